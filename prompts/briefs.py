"""What each reading brings to a debate, and what the readings of a folder say against one another.

A brief is made of one reading alone, so that a change to one file makes one brief anew; what it
is held against are the readings that follow it in its folder.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from prompts.conflicts import Side, opposed, side
from prompts.model import Analysis, Counterpoint, Reading
from prompts.pairs import Pair, folder_of, pairs, shared
from prompts.sayings import Saying, saying

SIBLINGS = 12  # readings of one folder that a reading is held against
HELD = 60  # claims of a reading that are held against others, best first
FIRM = 0.7  # how sure a claim must be to stand beside others of its reading
LONE = 0.8  # and how sure to stand alone, if it holds nothing
NEAR = 0.3  # the share of the smaller one's stems that two claims must have in common


@dataclass(frozen=True, slots=True)
class Brief:
    """One reading's pairs, best claims first; what each of them says, in the same order; and the
    first of them as they are held against other readings."""

    pairs: tuple[Pair, ...]
    sayings: tuple[Saying, ...]
    sides: tuple[Side, ...]


def brief(analysis: Analysis) -> Brief:
    found = pairs(analysis)
    claims = [pair.claim for pair in found]
    return Brief(found, tuple(map(saying, claims)), tuple(map(side, claims[:HELD])))


class Rival(NamedTuple):
    """That a claim of one reading is opposed by one of another: which claim, which of the readings
    that follow in the folder, which of its claims, how surely."""

    claim: int
    sibling: int
    theirs: int
    score: float


def rivals(mine: Brief, others: Sequence[Brief]) -> tuple[Rival, ...]:
    """For each claim of a reading the surest contrary claim of another, if there is one."""
    best: dict[int, Rival] = {}
    for number, theirs in enumerate(others):
        for i, j, score in opposed(mine.sides, theirs.sides):
            near = shared(mine.sides[i].stems.keys(), theirs.sides[j].stems.keys()) >= NEAR
            if near and (i not in best or score > best[i].score):
                best[i] = Rival(i, number, j, score)
    return tuple(best.values())


def siblings(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    """For each reading, by its digest, those that follow in the same folder, counted round."""
    folders: dict[str, list[Reading]] = {}
    for reading in readings:
        folders.setdefault(folder_of(reading), []).append(reading)
    return {
        reading.digest: [*near[at + 1 :], *near[:at]][:SIBLINGS]
        for near in folders.values()
        for at, reading in enumerate(near)
    }


Row = tuple[Pair, Saying]
Order = tuple[float, str, int]


def rows(
    readings: Sequence[Reading],
    briefs: Mapping[str, Brief],
    met: Mapping[str, Sequence[Rival]],
) -> list[Row]:
    """All that may be dealt with what it says, strongest first; briefs and rivals by digest."""
    beside = siblings(readings)
    found: list[list[tuple[Order, Row]]] = []
    for reading in readings:
        mine, near = briefs[reading.digest], beside[reading.digest]
        rival = {
            r.claim: _against(mine, briefs[near[r.sibling].digest], r) for r in met[reading.digest]
        }
        whole = (replace(p, other=rival[k]) if k in rival else p for k, p in enumerate(mine.pairs))
        own = zip(whole, mine.sayings, strict=True)
        found.append(sorted(((_order(row), row) for row in _opening([*own])), key=itemgetter(0)))
    # To sort them all stops everybody else for a second.
    return [row for _, row in merge(*found, key=itemgetter(0))]


def _opening(own: Sequence[Row]) -> list[Row]:
    """What may open a debate and is surely claimed; of a reading that has nothing of the kind its
    best claim (#3)."""
    disputed = [row for row in own if row[0].disputed]
    firm = [row for row in disputed if row[0].claim.score >= FIRM]
    lone = (row for row in own if row[0].claim.score >= LONE)
    return firm or sorted((*disputed, *lone), key=lambda row: -row[0].claim.score)[:1]


def _against(mine: Brief, other: Brief, rival: Rival) -> Counterpoint:
    claim, contrary = mine.pairs[rival.claim].claim, other.pairs[rival.theirs].claim
    return Counterpoint(contrary.passage, claim.passage, rival.score)


def _order(row: Row) -> Order:
    passage = row[0].claim.passage
    return -row[0].strength, passage.reading.key, passage.start
