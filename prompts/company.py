"""What company a text keeps: two texts say much the same if they are like the same others.

Short replies meet in few words, so that how alike two of them are tells little; whom both are like
tells more. Good for counting, and for doubting: nobody is named for company alone, which is no
proof, but of sentences that are alike those in different company are right less often (#8).

Weights learnt on other motions count no better than `holders`: from how many wrote, how many the
words count, how many are expected, a point's rank and length; off by 2 to the .77 each, trees .79.
Nor does it help to count only with the nearest of the points shown (.77 to .83): two of one meaning
share its people (#8).
"""

import math
from array import array
from collections.abc import Collection, Sequence
from operator import mul

from prompts.likeness import Vector, neighbours

Row = Sequence[float]
"""How like a text is to each of the others, of length one (all zeros for one like nobody)."""

ROOT = 0.7  # what a likeness is raised to, so that many faint ones tell something
SAMPLE = 100  # texts, or up to twice as many, that all are compared with
CHANCE = (4.24, -0.25, -1.35)  # log-odds that a person holds a point: by company, by ln people


def rows(vectors: Sequence[Vector]) -> list[Row]:
    """Each text's row, in order; of a great many, their likeness to a sample of them."""
    stride = max(1, len(vectors) // SAMPLE)
    sample = range(0, len(vectors), stride)
    rest = [i for i in range(len(vectors)) if i % stride]
    found = [array("d", bytes(8 * len(sample))) for _ in vectors]
    first = len(sample)
    for here, near in enumerate(neighbours([vectors[i] for i in (*sample, *rest)], first)):
        i = sample[here] if here < first else rest[here - first]
        for there, alike in near.items():
            found[i][there] = alike**ROOT
            if here < first:
                found[sample[there]][here] = found[i][there]
        if here < first and vectors[i]:
            found[i][here] = 1.0
    return [_unit(row) for row in found]


def _unit(row: Sequence[float]) -> Row:
    length = math.sqrt(sum(map(mul, row, row))) or 1.0
    return array("d", (x / length for x in row))


def company(a: Row, b: Row) -> float:
    """0 (no company in common) to 1."""
    return float(sum(map(mul, a, b)))


def holders(
    shown: int, alike: Sequence[float], near: Collection[int], people: Sequence[str]
) -> list[int]:
    """The texts of those who seem to hold the shown one: as many people as can be expected.

    `alike` is its company with each text, `near` the texts that words alone put with it, `people`
    who wrote each. Words count too few people for points of many and too many for others; so the
    number lies midway between theirs and what company lets expect, and the nearest people make it
    up.
    """
    best: dict[str, tuple[bool, float, int]] = {}
    for i, (person, x) in enumerate(zip(people, alike, strict=True)):
        if person != people[shown]:
            best[person] = max(best.get(person, (False, -1.0, 0)), (i in near, x, -i))
    chances = (_chance(x, 1 + len(best)) for _, x, _ in best.values())
    expected = 1 + math.fsum(chances)
    counted = 1 + sum(with_it for with_it, _, _ in best.values())
    others = round(math.sqrt(counted * expected)) - 1
    return [shown, *(-i for _, _, i in sorted(best.values(), reverse=True)[: max(0, others)])]


def _chance(alike: float, people: int) -> float:
    by_company, by_people, usual = CHANCE
    return 1 / (1 + math.exp(-(by_company * alike + by_people * math.log(people) + usual)))
