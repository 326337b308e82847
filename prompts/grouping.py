"""Groups of like texts, what company a text keeps, and which few texts stand for the others.

Which points there are is decided by groups that share nothing; who holds a point is decided
afterwards, since one remark may speak to two points. Vectors come in an order made from their
content; the same vectors in the same order give the same groups.

Two texts say much the same if they are like the same others: short replies meet in few words, so
that how alike two of them are tells little; whom both are like tells more. Good for counting, and
for doubting: nobody is named for company alone, which is no proof, but of sentences that are alike
those in different company are right less often (#8).

Measured and left out (#8). Counting holders by weights learnt on other motions (how many wrote,
how many the words count, how many are expected, a point's rank and length): off by 2 to the .77
each, trees .79; only with the nearest of the points shown: .77 to .83. Choosing by word vectors
(GloVe) or sentence vectors (MiniLM), whatever their weight, or with a slot for the rarest sentence:
no more is covered. Counting a sentence less that keeps the company of those chosen, or is of a
group that one of them is of: rare points from .587 to .598 and .601, cover from .825 to .817.
"""

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from operator import mul

from prompts.likeness import Vector, neighbours

Group = list[int]  # positions of vectors, ascending

SAME = 0.14  # mean likeness of two groups, or of a text and a group, that say the same
AKIN = 0.26  # mean company at which two groups of too many may say the same
FEW = 1.2  # times the root of the texts: the groups that these are brought down to
HOLDS = 0.08  # mean likeness to a group that makes a text one of its holders
BROAD = 60  # features that a group's mean is known by
SAMPLE = 250  # texts compared all with all

Row = Sequence[float]
"""How like a text is to each of the others, of length one (all zeros for one like nobody)."""

FAINT = 0.7  # what a likeness is raised to, so that many faint ones tell something
ALL_WITH = 100  # texts, or up to twice as many, that all are compared with
CHANCE = (4.24, -0.25, -1.35)  # log-odds that a person holds a point: by company, by ln people

PLAIN = 2.0  # how much a sentence that stands alone well is preferred
FRESH = 2.0  # how much a sentence unlike those chosen is preferred
CHOSEN_FROM = 600  # sentences that are compared all with all


def group(
    vectors: Sequence[Vector],
    apart: Callable[[int, int], bool] | None = None,
    kin: Sequence[Row] | None = None,
) -> list[Group]:
    """Every position in exactly one group. `apart` forbids two positions to count as alike.

    Only what is surely the same is put together, and many groups stay many; but with `kin`, the
    vectors' rows, those who keep the same company are, until the groups are few.

    Time grows with n up to `SAMPLE` squared, beyond it with n log n: a sample is grouped, the rest
    joins what it resembles, and what is left over goes through another round.
    """
    rest = list(range(len(vectors)))
    done: list[Group] = []
    for _ in range(1 + int(math.log2(1 + len(vectors) / SAMPLE)) * 2):
        stride = max(1, math.ceil(len(rest) / SAMPLE))
        sample = rest[::stride]
        if kin is None or done:  # later rounds hold what was unlike: only the same is merged
            near = _alike([vectors[i] for i in sample], _relabelled(apart, sample))
            local = _linked(near, SAME)
        else:
            few = round(FEW * math.sqrt(len(sample)))
            local = _linked(_in_company([kin[i] for i in sample]), AKIN, few)
        found = [[sample[i] for i in members] for members in local]
        rest = _joined(vectors, found, sorted(set(rest) - set(sample)))
        done += found
        if not rest:
            break
    return [sorted(members) for members in done] + [[i] for i in rest]


def _relabelled(
    apart: Callable[[int, int], bool] | None, sample: Sequence[int]
) -> Callable[[int, int], bool]:
    return (lambda i, j: apart(sample[i], sample[j])) if apart else (lambda i, j: False)


def _joined(vectors: Sequence[Vector], groups: list[Group], rest: Sequence[int]) -> list[int]:
    """Adds to each group what resembles it most and enough; gives what resembles none."""
    index = Centres(vectors, groups)
    left: list[int] = []
    for i in rest:
        near = index.near(vectors[i])
        best = max(near, key=lambda k: (near[k], -k), default=None)
        if best is None or near[best] < SAME:
            left.append(i)
        else:
            groups[best].append(i)
    return left


class Centres:
    """The mean vectors of groups, ready to be compared with many vectors."""

    def __init__(self, vectors: Sequence[Vector], groups: Sequence[Group]) -> None:
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for k, members in enumerate(groups):
            total: defaultdict[str, float] = defaultdict(float)
            for i in members:
                for feature, x in vectors[i].items():
                    total[feature] += x / len(members)
            for feature in heapq.nlargest(BROAD, total, key=lambda f: (total[f], f)):
                self._postings[feature].append((k, total[feature]))

    def near(self, vector: Vector) -> dict[int, float]:
        """Group -> mean likeness of the vector to its members, where there is any."""
        found: defaultdict[int, float] = defaultdict(float)
        for feature, x in vector.items():
            for k, y in self._postings.get(feature, ()):
                found[k] += x * y
        return dict(found)


Near = list[dict[int, float]]
"""For each text the others that it is like, and how much."""


def _alike(vectors: Sequence[Vector], apart: Callable[[int, int], bool]) -> Near:
    near: Near = [{} for _ in vectors]
    for i, earlier in enumerate(neighbours(vectors)):
        for j, x in earlier.items():
            if not apart(i, j):
                near[i][j] = near[j][i] = x
    return near


def _in_company(kin: Sequence[Row]) -> Near:
    near: Near = [{} for _ in kin]
    for i, row in enumerate(kin):
        for j in range(i):
            near[i][j] = near[j][i] = company(row, kin[j])
    return near


def _linked(near: Near, same: float, few: int = 0) -> list[Group]:
    """Average linkage: the likest two groups merge, while `same` and more than `few`."""
    heap = [(-x, j, i) for i in range(len(near)) for j, x in near[i].items() if j < i]
    heapq.heapify(heap)
    groups: dict[int, Group] = {i: [i] for i in range(len(near))}
    while heap and len(groups) > few:
        x, i, j = heapq.heappop(heap)
        if -x < same:
            break
        if i in groups and j in groups and near[i].get(j) == -x:
            _merge(i, j, groups, near, heap)
    return list(groups.values())


def _merge(
    i: int,
    j: int,
    groups: dict[int, Group],
    near: Near,
    heap: list[tuple[float, int, int]],
) -> None:
    """Takes group j into group i; the likeness to every third is the mean over the members."""
    a, b = len(groups[i]), len(groups[j])
    mine, theirs = near[i], near[j]
    for k in sorted((mine.keys() | theirs.keys()) - {i, j}):
        x = (a * mine.get(k, 0.0) + b * theirs.get(k, 0.0)) / (a + b)
        mine[k] = near[k][i] = x
        near[k].pop(j, None)
        heapq.heappush(heap, (-x, min(i, k), max(i, k)))
    mine.pop(j, None)
    near[j] = {}
    groups[i] += groups.pop(j)


def nearest(vectors: Sequence[Vector], groups: Sequence[Group]) -> list[set[int]]:
    """For each group its members and whatever else is like enough to them; these overlap."""
    held = [set(members) for members in groups]
    index = Centres(vectors, groups)
    for i, vector in enumerate(vectors):
        for k, x in index.near(vector).items():
            if x >= HOLDS:
                held[k].add(i)
    return held


# -- company --------------------------------------------------------------------------------------


def rows(vectors: Sequence[Vector]) -> list[Row]:
    """Each text's row, in order; of a great many, their likeness to a sample of them."""
    stride = max(1, len(vectors) // ALL_WITH)
    sample = range(0, len(vectors), stride)
    rest = [i for i in range(len(vectors)) if i % stride]
    found = [array("d", bytes(8 * len(sample))) for _ in vectors]
    first = len(sample)
    for here, near in enumerate(neighbours([vectors[i] for i in (*sample, *rest)], first)):
        i = sample[here] if here < first else rest[here - first]
        for there, alike in near.items():
            found[i][there] = alike**FAINT
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


# -- the few that stand for the others ------------------------------------------------------------


def chosen(vectors: Sequence[Vector], clear: Sequence[float], shown: int) -> Group:
    """Up to `shown` positions, best first. `clear` weighs each: 0 never, 1 gladly."""
    stride = max(1, -(-len(vectors) // CHOSEN_FROM))
    sample = range(0, len(vectors), stride)
    near = _near([vectors[i] for i in sample])
    weight = [clear[i] ** PLAIN for i in sample]
    stands = [0.0] * len(sample)  # how well each is stood for by what is chosen
    new = [1.0] * len(sample)  # how unlike it all: a rare point tells more than a large one again
    found: Group = []
    while len(found) < min(shown, len(sample)):
        gains = [
            weight[i] * new[i] ** FRESH * sum(max(0.0, x - stands[j]) for j, x in near[i].items())
            for i in range(len(sample))
        ]
        best = max((i for i in range(len(sample)) if i not in found), key=lambda i: (gains[i], -i))
        found.append(best)
        for j, x in near[best].items():
            stands[j] = max(stands[j], x)
            new[j] = min(new[j], 1 - x) if j != best else new[j]
    return [sample[i] for i in found]


def _near(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    near: list[dict[int, float]] = [{i: 1.0} for i in range(len(vectors))]
    for i, earlier in enumerate(neighbours(vectors)):
        for j, x in sorted(earlier.items()):
            near[i][j] = near[j][i] = x**FAINT
    return near
