"""Groups of like texts: average linkage for a few hundred, in rounds of samples for more.

Which points there are is decided by groups that share nothing; who holds a point is decided
afterwards, since one remark may speak to two points. Vectors come in an order made from their
content; the same vectors in the same order give the same groups.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Sequence

from prompts.company import Row, company
from prompts.likeness import Vector, neighbours

Group = list[int]  # positions of vectors, ascending

SAME = 0.14  # mean likeness of two groups, or of a text and a group, that say the same
AKIN = 0.26  # mean company at which two groups of too many may say the same
FEW = 1.2  # times the root of the texts: the groups that these are brought down to
HOLDS = 0.08  # mean likeness to a group that makes a text one of its holders
BROAD = 60  # features that a group's mean is known by
SAMPLE = 250  # texts compared all with all


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
