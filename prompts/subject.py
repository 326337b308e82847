"""What a sentence is about: a kind of thing ("a town", "nobody", "banning cars"), or one of them.

Who speaks of all of a kind claims more than anybody has seen, so that others may deny it; of one
thing in particular a text mostly tells. Words that open a subject of the first sort stand under
`[subject]` in a cue file as `kinds`, what an activity ends in as `doing` (but for the words of
`other`), and words of number as `numbers`; a file without them knows of none.
"""

from dataclasses import dataclass
from functools import cache

from prompts.clauses import Clause, Outline
from prompts.cues import code, source, word_set

OPENERS = ("contrast", "reply", "lead", "conclude", "enumerate", "stance", "so", "after", "concede")
JOINS = frozenset(("that", "and", "but"))
LONG = 6  # letters of a word that names an activity; "being" and "thing" name none


@dataclass(frozen=True, slots=True)
class Subject:
    """The table `[subject]`."""

    kinds: frozenset[str]
    doing: tuple[str, ...]
    other: frozenset[str]
    numbers: frozenset[str]


@cache
def subject(known: str) -> Subject:
    """The table of a language, by the name of its cue file."""
    own = {"doing": ""} | source(known).get("subject", {})
    kinds, other, numbers = (word_set(own.get(name, "")) for name in ("kinds", "other", "numbers"))
    return Subject(kinds, tuple(own["doing"].split()), other, numbers)


def generic(doc: Outline, clause: Clause) -> bool:
    """Whether a clause, behind what ties it to others, begins with a kind of thing."""
    own = subject(code(doc.reading.language))
    after = (clause.opening[name] for name in OPENERS if name in clause.opening)
    for word in doc.tokens.words[max(after, default=clause.first) : clause.last]:
        if word[0].isalnum() and word not in JOINS:
            doing = len(word) >= LONG and word.endswith(own.doing) and word not in own.other
            return doing or word in own.kinds
    return False


def numbered(doc: Outline, clause: Clause) -> bool:
    """Whether a number stands in a clause as a word: "thirty", "half"."""
    return not subject(code(doc.reading.language)).numbers.isdisjoint(doc.words(clause))
