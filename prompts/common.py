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
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from prompts.camps import Answers, ways

SMALLEST = 3  # people of a camp
INTO = (2, 3)  # camps that people are split into, whatever the camps that are found
NAMED = 30  # people from which camps are told of as camps
SURE = 1.5  # standard deviations of the bound
DOUBT = 2  # who agree, and who do not, beside those who answered
OTHERS = 1.0  # standard deviations of the bound on what the other camps say


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
