"""Common ground: the statements that people of every camp agree with, from who agreed with what.

From answers, never from words: what texts have in common tells nothing about who agrees. Which
camps there are is seldom certain, so agreement has to hold among all, and in each camp however
people are split: where it sets them apart best, into two, into three. What counts is the lower
bound of the share that agrees, since one early "yes" would win otherwise.

Little is left to find in answers: with the true camps, were they known, .69 of the best five's
agreement where this has .68 (pol.is, halves drawn anew 24 times); .70 with what the conversation's
other statements are like besides; and who knew what everybody thinks, those who are asked later
included, would get .89 (of five conversations). The rest is in who happened to be asked. Measured
beside it and left out (#8): a prior from the words by weights that have not seen the conversation
(length, first person, hedges, absolutes: .64); one from the answers to like statements (.69, less
from twenty people) or to all (.64); weights learnt on other conversations (.63); low-rank models;
statements told of one camp only (more of them are shown, no better ones).

Camps are found by principal axes and k-means, in pure Python: a debate has hundreds of people, not
millions. Nothing is random; the same answers make the same camps, in whatever order they come.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 3  # people of a camp
INTO = (2, 3)  # camps that people are split into, whatever the camps that are found
NAMED = 30  # people from which camps are told of as camps
SURE = 1.5  # standard deviations of the bound
DOUBT = 2  # who agree, and who do not, beside those who answered
OTHERS = 1.0  # standard deviations of the bound on what the other camps say

Answers = Mapping[str, Mapping[str, int]]
"""Person -> statement -> 1 (agrees), -1 (disagrees) or 0 (passes)."""

Row = Mapping[str, float]
Point = tuple[float, ...]

AXES = 2
STEPS = 40  # of the power iteration; the axes of such data stand still long before
MOST = 5  # camps
ROUNDS = 50  # of k-means; it ends earlier, when nobody moves any more


@dataclass(frozen=True, slots=True)
class Camp:
    """People who answered alike, and the statements that set them apart, most telling first.

    Where people are too few to be told apart, `members` is empty.
    """

    members: tuple[str, ...]
    representative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """Statements by how surely all agree, best first; and what divides people."""

    consensus: tuple[str, ...]
    camps: tuple[Camp, ...]


def common(answers: Answers, shown: int = 5, each: int = 3) -> Common:
    """The common ground of people who answered statements; up to `each` statements a camp."""
    heard = {person: given for person, given in answers.items() if given}
    statements = sorted({s for given in heard.values() for s in given})
    splits = ways(heard, SMALLEST, INTO) if heard else []
    found = splits[0] if splits else []
    scores = agreement(heard, splits)
    best = sorted(statements, key=lambda s: (-scores[s], s))[:shown]
    known = len(heard) >= NAMED
    return Common(
        tuple(best),
        tuple(
            Camp(tuple(camp) if known else (), tuple(_telling(heard, camp, statements)[:each]))
            for camp in (found if len(found) > 1 else ())
        ),
    )


def agreement(answers: Answers, splits: Sequence[Sequence[Sequence[str]]]) -> dict[str, float]:
    """Statement -> how surely it is common ground, as a logarithm: summed over everybody and
    each split, there as a mean over its camps."""
    everyone = _counts(answers, answers)
    apart = [[_counts(answers, camp) for camp in split] for split in splits]

    def within(split: Sequence[Mapping[str, Tally]], statement: str) -> float:
        return sum(_surely(camp.get(statement, (0, 0))) for camp in split) / len(split)

    return {
        statement: _surely(tally) + sum(within(split, statement) for split in apart)
        for statement, tally in everyone.items()
    }


Tally = tuple[int, int]
"""How many agree, and how many answered."""


def _counts(answers: Answers, people: Iterable[str]) -> dict[str, Tally]:
    yes: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for person in people:
        for statement, answer in answers[person].items():
            total[statement] += 1
            yes[statement] += answer == 1
    return {s: (yes[s], n) for s, n in total.items()}


def lower(tally: Tally, deviations: float) -> float:
    """The Wilson lower bound of a share: what can be counted on, given how few were asked."""
    yes, n = tally
    p, z = yes / n, deviations
    middle = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max((middle - spread) / (1 + z * z / n), 1e-9)


def _surely(tally: Tally) -> float:
    """How surely people agree; nobody's silence is a yes."""
    yes, n = tally
    return math.log(lower((yes + DOUBT, n + 2 * DOUBT), SURE))


def _telling(answers: Answers, camp: Sequence[str], statements: Sequence[str]) -> list[str]:
    """The statements that a camp answers differently from the others, most telling first."""
    inside = set(camp)
    own = {v: _with(answers, inside, v) for v in (1, -1)}
    rest = {v: _with(answers, answers.keys() - inside, v) for v in (1, -1)}

    def weight(statement: str) -> tuple[bool, float]:
        return max(_repness(own[v], rest[v], statement) for v in (1, -1))

    return sorted(sorted(statements), key=weight, reverse=True)


def _with(answers: Answers, people: Iterable[str], value: int) -> Mapping[str, Tally]:
    given = {p: {s: int(v == value) for s, v in answers[p].items()} for p in people}
    return _counts(given, given)


def _repness(
    own: Mapping[str, Tally], rest: Mapping[str, Tally], statement: str
) -> tuple[bool, float]:
    """Whether most of the camp say so; the least share of it that does, by how many times it is
    more than the others' at most."""
    yes, n = own.get(statement, (0, 0))
    other, m = rest.get(statement, (0, 0))
    inside = lower((yes + 1, n + 2), SURE)
    outside = 1 - lower((m - other + 1, m + 2), OTHERS)
    return yes * 2 > n, inside * inside / outside


# -- camps ----------------------------------------------------------------------------------------


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
