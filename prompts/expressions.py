"""Regular expressions of cue files: one of several, and such as are tried only beside a word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

NOTHING = re.compile(r"(?!)")
_PARTS = re.compile(r"\w+|\.\.\.|…")
MARKS = "’‘–—"  # of a sentence that is plain ASCII but for these
_BLANKS = bytes(c if chr(c).isalnum() or c == ord("_") else 32 for c in range(128)).ljust(256)


Beside = dict[str, tuple[re.Pattern[str], ...]]  # patterns, by the words beside which each is tried


@dataclass(frozen=True, slots=True)
class Guarded:
    """A pattern that need not be tried where none of the words `signs` stands."""

    signs: frozenset[str]
    pattern: re.Pattern[str]

    def near(self, held: frozenset[str]) -> bool:
        """`held`: the `parts` of a sentence, or of what it was cut from."""
        return not self.signs.isdisjoint(held)


def found(table: Beside, words: str, held: frozenset[str]) -> bool:
    """Whether one of the patterns is found beside one of its words."""
    for sign in table.keys() & held:
        for pattern in table[sign]:
            if pattern.search(words):
                return True
    return False


def parts(words: str) -> frozenset[str]:
    """The words of a sentence in lower case, its dots, and "", which is in all, for `Guarded`."""
    plain = words
    for mark in () if words.isascii() else MARKS:
        plain = plain.replace(mark, " ")
    if not plain.isascii():
        return frozenset(("", *_PARTS.findall(words)))
    dots = ("...",) if "..." in plain else ()
    # Without a look at each letter in a fifth of the time.
    return frozenset(("", *dots, *plain.encode().translate(_BLANKS).decode().split()))


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
    """The rows of a table of a cue file: patterns by their signs, which bars part: whole words,
    each with its plural; of several in a row the longest is looked for. Without a sign a pattern
    is tried everywhere."""
    return tuple(
        Guarded(frozenset(_forms(signs.split("|"))), one_of(own, flag))
        for signs, own in table.items()
    )


def beside(table: Mapping[str, str | Sequence[str]]) -> Beside:
    """The rows of such a table by each of their words."""
    known: Beside = {}
    for row in guarded(table):
        for sign in row.signs:
            known[sign] = (*known.get(sign, ()), row.pattern)
    return known


def _forms(signs: Iterable[str]) -> Iterator[str]:
    for sign in signs:
        word = max(_PARTS.findall(sign), key=len, default="")
        yield from (word, f"{word}s") if word else ("",)


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
