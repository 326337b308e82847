"""Which side a reply is on, where the sides that came with it may be wrong.

Only for the batch form: sides in a file were often put there by somebody other than the author. In
a debate a member's stance is what the member said, and nothing here touches it.
"""

import math
from collections.abc import Callable, Sequence

from prompts.likeness import Vector, neighbours
from prompts.model import Stance
from prompts.stance import Motion, stance

BOUND = 3.0  # log-odds; the words alone are never surer than this (20 to 1 on motions not seen)
CLEAN = 0.03  # a share of wrong sides below this is taken for none
GUESSED = 0.15  # the least share of wrong sides where some are missing: somebody guessed them
COMPANY = 2.0  # what a reply just like this one counts beside the reply itself
ALIKE = 0.05  # likeness below which two replies tell nothing about each other
CROWD = 1500  # replies that are compared all with all
SAMPLE = 1000  # replies that tell whether any sides are wrong
ROUNDS = 20

Sided = tuple[Stance | None, float]
"""A side, and how probable it is."""

Labelled = tuple[str, str, Stance | None]  # motion, text, side as it came
Judge = Callable[[Motion, str], float]  # probability that a text speaks for a motion


def mended(rows: Sequence[Labelled], judge: Judge = stance) -> list[Sided]:
    """Each reply's likelier side and its probability, from the side that came and the words.

    How many sides are wrong is estimated from all rows together (expectation-maximisation over one
    share of wrong sides); where hardly any are, every side stays as it came, with probability 1.
    Where sides are missing, somebody has guessed them, and at least `GUESSED` are taken for wrong.
    """
    guessed = any(side is None for _, _, side in rows)
    if not guessed and _share_wrong(_judged(_sample(rows), judge)) < CLEAN:
        return [(side, 1.0) for _, _, side in rows]
    judged = _judged(rows, judge)  # judging is most of the time of a great many replies
    wrong = max(_share_wrong(judged), GUESSED if guessed else 0.0)
    return [_mended(side, p, wrong) for side, p in judged]


def _sample(rows: Sequence[Labelled]) -> Sequence[Labelled]:
    """Some of a great many rows: the same ones, in whatever order they come."""
    stride = -(-len(rows) // SAMPLE)
    return sorted(rows, key=lambda r: (r[0], r[1], str(r[2])))[:: max(1, stride)]


def _judged(rows: Sequence[Labelled], judge: Judge) -> list[Sided]:
    """Each row's side as it came, and how probably its words speak for the motion."""
    motions = {motion: Motion(motion) for motion, _, _ in rows}
    return [(side, _probability(judge(motions[motion], text))) for motion, text, side in rows]


def _probability(judged: float) -> float:
    p = min(max(judged, 1e-9), 1 - 1e-9)
    odds = math.log(p / (1 - p))
    return 1 / (1 + math.exp(-max(-BOUND, min(BOUND, odds))))


def _share_wrong(rows: Sequence[Sided]) -> float:
    fits = [p if side is Stance.FOR else 1 - p for side, p in rows if side is not None]
    wrong = 0.1
    for _ in range(ROUNDS if fits else 0):
        doubts = (wrong * (1 - fit) / (wrong * (1 - fit) + (1 - wrong) * fit) for fit in fits)
        wrong = sum(doubts) / len(fits)
    return wrong if fits else 0.0


def _mended(side: Stance | None, speaks_for: float, wrong: float) -> tuple[Stance, float]:
    if side is Stance.TORN:
        return side, 1.0
    said_for = {Stance.FOR: 1 - wrong, Stance.AGAINST: wrong}.get(side or Stance.TORN, 0.5)
    yes, no = said_for * speaks_for, (1 - said_for) * (1 - speaks_for)
    likelier = Stance.FOR if yes > no else Stance.AGAINST
    return likelier, max(yes, no) / (yes + no)


def among(sides: Sequence[Sided], vectors: Sequence[Vector]) -> list[Sided]:
    """The sides of one topic's replies, each seen in the company of the replies like it.

    Sides that are certain stay as they are; of a great many replies, all do.
    """
    if len(sides) > CROWD or all(sure == 1.0 for _, sure in sides):
        return list(sides)
    speaks = [sure if side is Stance.FOR else 1 - sure for side, sure in sides]
    company = [0.0] * len(sides)
    for i, earlier in enumerate(neighbours(vectors)):
        for j, alike in sorted(earlier.items()):
            if alike > ALIKE:
                company[i] += alike * (2 * speaks[j] - 1)
                company[j] += alike * (2 * speaks[i] - 1)
    return [
        sided if sided[1] == 1.0 else _seen(p, COMPANY * pull)
        for sided, p, pull in zip(sides, speaks, company, strict=True)
    ]


def _seen(speaks_for: float, pull: float) -> tuple[Stance, float]:
    p = min(max(speaks_for, 1e-6), 1 - 1e-6)
    now = 1 / (1 + math.exp(-max(-30.0, min(30.0, math.log(p / (1 - p)) + pull))))
    return (Stance.FOR, now) if now > 0.5 else (Stance.AGAINST, 1 - now)
