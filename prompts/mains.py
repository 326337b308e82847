"""Main clauses: where one begins behind what its sentence grants first, or gives as a reason."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from prompts.cues import Cues, Tokens
from prompts.patterns import Bare
from prompts.shapes import MARK, having

DASHES = frozenset("–—-")
SHORT = 5  # tokens, with the mark, that are no clause unless a verb is among them
LISTED = 5  # tokens of one thing of a row, with the mark and the connective behind it


class Stretch:
    """The tokens of a sentence, the number of marks before each, the word sets of its language."""

    __slots__ = ("first", "known", "last", "marks", "words")

    def __init__(self, text: Tokens, cues: Cues, first: int, last: int) -> None:
        self.words, self.known, self.first, self.last = text.words, cues.known, first, last
        marks = having(text.shapes[first:last], MARK)
        self.marks = list(accumulate(marks, initial=0))

    def has(self, first: int, last: int, least: int) -> bool:
        """At least so many words, not marks, stand at the tokens `[first, last)`."""
        marks = self.marks[last - self.first] - self.marks[first - self.first]
        return last - first - marks >= least


def main_clause(text: Stretch, hits: list[Bare], begin: int) -> int:
    """The token at which the main clause begins after a concession or a reason at the head, or 0.

    An insertion straight after the conjunction ("Even if, like with X, the ...") is skipped.
    """
    words, last = text.words, text.last
    going = {at for cue, at, _ in hits if cue == "goeson"}
    finite = [at for cue, at, _ in hits if cue == "finite"]
    verbs = max(finite, default=0)
    commas = [k for k in _outside(words, begin, last, text.known("inserts")) if k > begin]
    plain = [c + 1 for c in commas if c - begin >= 2 and (words[c] != "," or c + 1 not in going)]
    begins = text.known("begins")
    again = {*words[begin + 1 : begin + 3]} - begins  # "While I agree that A, agree that B, I"
    plain = [c for c in plain if text.has(c, last, 3) and words[c] not in again]
    plain = [c for c in plain if words[c] in begins or not _listed(words, c)] or plain
    named = [c for c in plain if c <= verbs]
    found = _first_full(text, [(a, b, _verb(finite, a, b)) for a, b in pairwise([*named, last])])
    return found or next(iter(named), plain[0] if plain else 0)


def _first_full(text: Stretch, parts: list[tuple[int, int, bool]]) -> int:
    """The first stretch that may be a clause, of stretches with whether each has a verb, or 0:
    "for us moderate, hopeful voters, this is worse" goes through two adjectives first."""
    words, begins, pronouns = text.words, text.known("begins"), text.known("pronouns")
    full = [a for a, b, verb in parts if verb or words[a] in begins or b - a > SHORT]
    first, begin = next(iter(full), 0), parts[0][0] if parts else 0
    if first != begin and not text.known("rows").isdisjoint(words[first + 1 : first + LISTED]):
        return begin  # "parents, teachers and school boards should": the row is its subject
    # "in Hull, Mass., showed that ..., it": what follows a short insertion may go on; what one
    # adjective stands before is no clause yet: "Although it is an old, dear rule that ..., I"
    described = not text.known("indefinite").isdisjoint(words[first - 4 : first - 2])
    likely = words[first] in begins or (first == begin and not described)
    # A comma before "it" or "there's" ends a row: "..., respect for others, there are many".
    ends = [words[a].partition("'")[0] in pronouns for a, _, _ in parts]
    sure = (
        a
        for (a, _, verb), end in zip(parts, ends, strict=True)
        if verb and (end or (likely and a == first))
    )
    return next(sure, first)


def _listed(words: Sequence[str], at: int) -> bool:
    """ "Although roofs, walls, and pipes leak, ...": what stands before a ", and" is no clause."""
    near = words[at : at + LISTED]
    return any(a == "," and b in ("and", "or") for a, b in pairwise(near))


def _outside(words: Sequence[str], begin: int, last: int, inserts: frozenset[str]) -> list[int]:
    """The commas that do not stand in an insertion ("and, with time, have", "- old, poor -").

    A dash that closes an insertion stands as a comma does.
    """
    found: list[int] = []
    opened = ""
    for k in range(begin, last):
        if words[k] in DASHES and opened != ",":
            if opened:
                found.append(k)
            opened = "" if opened else words[k] * (not DASHES.isdisjoint(words[k + 1 : last]))
        elif words[k] == "," and opened == ",":
            opened = ""
        elif words[k] == "," and not opened:
            inserted = k == begin or words[k - 1] in inserts
            opened = "," * (inserted and "," in words[k + 1 : last])
            if not opened:
                found.append(k)
    return found


def _verb(finite: list[int], first: int, last: int) -> bool:
    return any(first <= at < last for at in finite)
