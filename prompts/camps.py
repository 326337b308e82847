"""Camps: people who answered the same statements alike, by principal axes and k-means.

Pure Python on purpose: a debate has hundreds of people, not millions. Nothing is random; the same
answers make the same camps, in whatever order they come.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Answers = Mapping[str, Mapping[str, int]]
"""Person -> statement -> 1 (agrees), -1 (disagrees) or 0 (passes)."""

Row = Mapping[str, float]
Point = tuple[float, ...]

AXES = 2
STEPS = 40  # of the power iteration; the axes of such data stand still long before
MOST = 5  # camps
ROUNDS = 50  # of k-means; it ends earlier, when nobody moves any more


def camps(answers: Answers, smallest: int) -> list[list[str]]:
    """People by camp, the largest first; one camp where no split sets people apart."""
    return ways(answers, smallest)[0]


def ways(answers: Answers, smallest: int, into: Sequence[int] = ()) -> list[list[list[str]]]:
    """The camps of `camps`, then people split into so many each time, however little that sets
    them apart; without the splits that people are too few for."""
    places = project(answers)
    people = sorted(places)
    spots = [places[person] for person in people]
    splits = {k: split(spots, k) for k in range(2, MOST + 1) if k * smallest <= len(people)}
    large = (gathered(spots, camp, smallest) for camp in splits.values())
    fit = [s for s in large if len(set(s)) > 1]
    best = max(fit, key=lambda s: silhouette(spots, s), default=[0] * len(people))
    return [_by_camp(people, s) for s in (best, *(splits[k] for k in into if k in splits))]


def _by_camp(people: Sequence[str], split: Sequence[int]) -> list[list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for person, camp in zip(people, split, strict=True):
        found[camp].append(person)
    return sorted(found.values(), key=lambda camp: (-len(camp), camp))


def project(answers: Answers) -> dict[str, Point]:
    """Each person's place on the axes along which people differ most.

    A statement left unanswered counts as its mean answer. Who answered few therefore lies near
    the middle, and is moved outwards by the root of the share that was left unanswered.
    """
    rows, statements = _centred(answers)
    axes: list[Row] = []
    for _ in range(AXES):
        axes.append(_axis(rows, axes))
    return {
        person: tuple(_dot(row, axis) * math.sqrt(statements / len(row)) for axis in axes)
        for person, row in rows.items()
        if row
    }


def _centred(answers: Answers) -> tuple[dict[str, Row], int]:
    total: defaultdict[str, float] = defaultdict(float)
    count: Counter[str] = Counter()
    for person in sorted(answers):  # sums of floats depend on the order
        for statement, answer in answers[person].items():
            total[statement] += answer
            count[statement] += 1
    rows: dict[str, Row] = {
        person: {s: answers[person][s] - total[s] / count[s] for s in sorted(answers[person])}
        for person in sorted(answers)
    }
    return rows, len(count)


def _axis(rows: Mapping[str, Row], before: Sequence[Row]) -> Row:
    """The direction that spreads the rows most, at right angles to the axes before it."""
    known = sorted({statement for row in rows.values() for statement in row})
    axis: Row = {statement: 1.0 + i / 100 for i, statement in enumerate(known)}
    for _ in range(STEPS):
        turned: defaultdict[str, float] = defaultdict(float)
        for row in rows.values():
            along = _dot(row, axis)
            for statement, x in row.items():
                turned[statement] += along * x
        for other in before:
            back = _dot(turned, other)
            for statement, x in other.items():
                turned[statement] -= back * x
        length = math.sqrt(sum(x * x for x in turned.values())) or 1.0
        axis = {statement: x / length for statement, x in turned.items()}
    return axis


def _dot(row: Row, axis: Row) -> float:
    return sum(x * axis.get(s, 0.0) for s, x in row.items())


def split(spots: Sequence[Point], k: int) -> list[int]:
    """The camp of each spot, by k-means from the spots that lie farthest apart."""
    centres = _spread(spots, k)
    camp: list[int] = []
    for _ in range(ROUNDS):
        now = [min(range(len(centres)), key=lambda c: math.dist(s, centres[c])) for s in spots]
        if now == camp:
            break
        camp = now
        held = [[s for s, c in zip(spots, camp, strict=True) if c == n] for n in range(k)]
        centres = [_mean(own) or centres[n] for n, own in enumerate(held)]
    return camp


def gathered(spots: Sequence[Point], camp: Sequence[int], smallest: int) -> list[int]:
    """The camps that are large enough; who was in a smaller one is put with the nearest of these.

    k-means puts a few people who stand far out into a camp of their own; without this, they would
    hide every other difference.
    """
    large = sorted(c for c, size in Counter(camp).items() if size >= smallest)
    centres = {c: _mean([s for s, own in zip(spots, camp, strict=True) if own == c]) for c in large}
    return [min(large, key=lambda c: math.dist(s, centres[c]), default=0) for s in spots]


def _spread(spots: Sequence[Point], k: int) -> list[Point]:
    middle = _mean(spots)
    chosen = [max(spots, key=lambda s: (math.dist(s, middle), s))]
    while len(chosen) < k:
        chosen.append(max(spots, key=lambda s: (min(math.dist(s, c) for c in chosen), s)))
    return chosen


def _mean(spots: Sequence[Point]) -> Point:
    return tuple(sum(axis) / len(spots) for axis in zip(*spots, strict=True))


def silhouette(spots: Sequence[Point], camp: Sequence[int]) -> float:
    """How much nearer people are to their own camp than to the next, -1 to 1, over its people."""
    members: defaultdict[int, list[Point]] = defaultdict(list)
    for spot, c in zip(spots, camp, strict=True):
        members[c].append(spot)
    total = 0.0
    for spot, own in zip(spots, camp, strict=True):
        away = {c: sum(math.dist(spot, o) for o in others) for c, others in members.items()}
        inside = away.pop(own) / max(1, len(members[own]) - 1)
        outside = min(d / len(members[c]) for c, d in away.items())
        total += (outside - inside) / (max(outside, inside) or 1.0)
    return total / len(spots)
