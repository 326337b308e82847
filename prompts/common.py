"""Common ground: the statements that people of every camp agree with, from who agreed with what.

From answers, never from words: what texts have in common tells nothing about who agrees. With few
people the lower bound of the share that agrees decides, since one early "yes" would win
otherwise; with many, agreement has to hold in every camp, the smallest included.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from prompts.camps import Answers, camps

FEW, MANY = 25, 40  # people: below, bounds alone decide; above, camps alone; between, both
SMALLEST = 5  # people of a camp
NAMED = 30  # people from which camps are told of as camps
SURE = 2.5  # standard deviations of the bound over all people
DOUBT = 1.0  # the same within a camp, which counts together with the others


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
    found = camps(heard, SMALLEST) if heard else []
    scores = agreement(heard, found)
    best = sorted(statements, key=lambda s: (-scores[s], s))[:shown]
    known = len(heard) >= NAMED
    return Common(
        tuple(best),
        tuple(
            Camp(tuple(camp) if known else (), tuple(_telling(heard, camp, statements)[:each]))
            for camp in (found if len(found) > 1 else ())
        ),
    )


def agreement(answers: Answers, found: Sequence[Sequence[str]]) -> dict[str, float]:
    """Statement -> how surely it is common ground, as a logarithm: a product over the camps."""
    everyone = _counts(answers, answers)
    apart = [_counts(answers, camp) for camp in found]
    weight = min(1.0, max(0.0, (len(answers) - FEW) / (MANY - FEW)))
    scores = {}
    for statement, tally in everyone.items():
        whole = math.log(lower(tally, SURE))
        by_camp = [_doubted(camp.get(statement, (0, 0))) for camp in apart]
        mean = sum(math.log(lower(camp, DOUBT)) for camp in by_camp) / len(apart)
        scores[statement] = (1 - weight) * whole + weight * mean
    return scores


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


def _doubted(tally: Tally) -> Tally:
    """One who agrees and one who does not are added, so that nobody's silence is a yes."""
    return tally[0] + 1, tally[1] + 2


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
    """Whether most of the camp say so; their share, times how many times the others' it is."""
    yes, n = own.get(statement, (0, 0))
    other, m = rest.get(statement, (0, 0))
    inside, outside = (yes + 1) / (n + 2), (other + 1) / (m + 2)
    return inside > 0.5, inside * inside / outside
