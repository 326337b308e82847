"""Regular expressions of cue files: one of several, and such as are tried only beside a word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A pattern that need not be tried where none of the `signs` stands."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]

    def near(self, words: str) -> bool:
        for sign in self.signs:  # noqa: SIM110 - asked of every claim; any() is slower
            if sign in words:
                return True
        return False

    def found(self, words: str) -> bool:
        return self.near(words) and self.pattern.search(words) is not None


def one_of(
    patterns: str | Sequence[str], flag: re.RegexFlag = re.NOFLAG, frame: str = "{}"
) -> re.Pattern[str]:
    """One of the patterns; of none, what never matches."""
    known = [patterns] if isinstance(patterns, str) else patterns
    return re.compile(frame.format(_hoisted(known)), flag) if known else NOTHING


def word_of(words: str) -> re.Pattern[str]:
    """One of the words, parted by blanks; of none, what never matches."""
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b") if words else NOTHING


def guarded(
    table: Mapping[str, str | Sequence[str]], flag: re.RegexFlag = re.NOFLAG
) -> tuple[Guarded, ...]:
    """The rows of a table of a cue file: patterns by their signs, which bars part."""
    return tuple(Guarded(tuple(sign.split("|")), one_of(own, flag)) for sign, own in table.items())


def _hoisted(patterns: Sequence[str]) -> str:
    """Whether a word begins is asked once for all that ask it first, not in each of their
    branches: within words none need be tried, which takes most of the time (#3)."""
    words = [pattern for pattern in patterns if _at_words(pattern)]
    rest = [pattern for pattern in patterns if pattern not in words]
    branches = "".join(f"|{pattern}" for pattern in words).replace(r"|\b", "|")
    return "|".join([*([rf"\b(?:{branches[1:]})"] if words else []), *rest])


def _at_words(pattern: str) -> bool:
    """Whether each branch of a pattern asks first whether a word begins."""
    flat, inner = re.subn(r"\([^()]*\)", "", pattern)
    return _at_words(flat) if inner else all(p.startswith(r"\b") for p in flat.split("|"))
