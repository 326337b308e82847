"""What may be argued over: a judgement, a proposal, a disputed cause; and nothing thin.

Sentences that are put like claims are often facts in the end ("Conservatives want X, liberals want
Y"). So what is not surely a claim is posted only where it judges or urges; and what names no matter
of its own, or speaks of the text itself, is not posted however sure it is (#3).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from prompts.clauses import Clause, Outline
from prompts.cues import code, source
from prompts.edges import NOTHING
from prompts.genres import named
from prompts.leaning import leaning

SURE = 0.8  # from here on a view shows itself even without a word that judges
HOLDS = ("deontic", "judge", "stance")  # what urges or judges may name whom it likes
VALUES = ("conclude", "good", "bad", "matter", "rebut", "cause")
TELLS = -0.2  # a sentence whose words lean so far to stories tells something
FACTS = ("narrate", "statistic", "evidence")


@dataclass(frozen=True, slots=True)
class Thin:
    """What leaves a sentence open, under `[thin]` in a cue file: regular expressions for how it
    `opens` and for what it `holds`, the latter by the words of which one must be there; and a
    pronoun (`her`) that points at nobody where no such word (`she`) stands before it."""

    opens: re.Pattern[str]
    holds: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
    her: re.Pattern[str]
    she: re.Pattern[str]


def debatable(doc: Outline, whole: Clause, score: float) -> bool:
    """Whether a claim of the author's holds what others may deny, as far as its words tell."""
    if whole.has(*HOLDS):
        return True
    if whole.has(*FACTS) or named(doc, whole) > 1 or _tells(doc, whole):
        return False
    return score >= SURE or whole.has(*VALUES)


def _tells(doc: Outline, whole: Clause) -> bool:
    words = doc.words(whole)
    return leaning(words, len(words), doc.reading.language) < TELLS


def thin(words: str, language: str) -> bool:
    """Whether a sentence, given in lower case, leaves open what it is about."""
    known = _read(code(language))
    if known.opens.match(words) or _holds(words, known):
        return True
    pronoun = known.her.search(words)
    return pronoun is not None and not known.she.search(words, 0, pronoun.start())


def _holds(words: str, known: Thin) -> bool:
    for signs, pattern in known.holds:
        for sign in signs:
            if sign in words:
                if pattern.search(words):
                    return True
                break
    return False


@cache
def _read(known: str) -> Thin:
    own = source(known)["thin"]
    return Thin(
        re.compile("|".join(own["opens"])),
        tuple((tuple(signs.split("|")), _any(found)) for signs, found in own["holds"].items()),
        _one_of(own["her"]),
        _one_of(own["she"]),
    )


def anywhere(patterns: Sequence[str]) -> str:
    """One of the patterns. Whether a word begins is asked once for all that ask it first, not in
    each of their branches: within words none need be tried, which takes most of the time (#3)."""
    words = [pattern for pattern in patterns if pattern.startswith(r"\b")]
    rest = [pattern for pattern in patterns if pattern not in words]
    branches = "".join(f"|{pattern}" for pattern in words).replace(r"|\b", "|")
    return "|".join([*([rf"\b(?:{branches[1:]})"] if words else []), *rest])


def _any(found: str | list[str]) -> re.Pattern[str]:
    return re.compile(anywhere([found] if isinstance(found, str) else found))


def _one_of(words: str) -> re.Pattern[str]:
    """One of the words; of none, what never matches."""
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b") if words else NOTHING
