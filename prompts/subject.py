"""What a sentence is about: a kind of thing ("a town", "nobody", "banning cars"), or one of them.

Who speaks of all of a kind claims more than anybody has seen, so that others may deny it; of one
thing in particular a text mostly tells. Under `[subject]` in a cue file stand

    kinds     words that open a subject of the first sort
    one       what behind such a word tells of one thing all the same: "a recent", "none of"
    doing     what an activity ends in
    other     words that open no such subject, though they end like one or lead up to one
    numbers   words of number

A file without them knows of none.
"""

from dataclasses import dataclass
from functools import cache

from prompts.clauses import Clause, Outline
from prompts.cues import code, source, word_set

OPENERS = word_set("contrast reply lead conclude enumerate stance so after concede")
JOINS = frozenset(("that", "and", "but"))
LONG = 6  # letters of a word that names an activity; "being" and "thing" name none


@dataclass(frozen=True, slots=True)
class Subject:
    """The table `[subject]`."""

    kinds: frozenset[str]
    doing: tuple[str, ...]
    other: frozenset[str]
    one: frozenset[str]
    numbers: frozenset[str]


@cache
def subject(known: str) -> Subject:
    """The table of a language, by the name of its cue file."""
    own = {"doing": ""} | source(known).get("subject", {})
    sets = {name: word_set(own.get(name, "")) for name in ("kinds", "other", "one", "numbers")}
    return Subject(doing=tuple(own["doing"].split()), **sets)


def generic(doc: Outline, clause: Clause) -> bool:
    """Whether a clause, behind what ties it to others, begins with a kind of thing."""
    own, words = subject(code(doc.reading.language)), doc.tokens.words
    if words[clause.first] in own.other:
        return False
    begin = clause.first
    for cue, after in clause.opening.items():
        if cue in OPENERS and after > begin:
            begin = after
    for at in range(begin, clause.last - 1):
        word = words[at]
        if word[0].isalnum() and word not in JOINS:
            doing = len(word) >= LONG and word.endswith(own.doing) and word not in own.other
            return doing or (word in own.kinds and words[at + 1] not in own.one)
    return False


def numbered(doc: Outline, clause: Clause) -> bool:
    """Whether a number stands in a clause as a word: "thirty", "half"."""
    return not subject(code(doc.reading.language)).numbers.isdisjoint(doc.words(clause))
