"""Which side a reply is on, where the sides that came with it may be wrong.

Only for the batch form: sides in a file were often put there by somebody other than the author. In
a debate a member's stance is what the member said, and nothing here touches it.
"""

import math
from collections.abc import Callable, Sequence

from prompts.model import Stance
from prompts.stance import Motion, stance

BOUND = 3.0  # log-odds; the words alone are never surer than this (20 to 1 on motions not seen)
CLEAN = 0.03  # a share of wrong sides below this is taken for none
ROUNDS = 20

Labelled = tuple[str, str, Stance | None]  # motion, text, side as it came
Judge = Callable[[Motion, str], float]  # probability that a text speaks for a motion


def mended(rows: Sequence[Labelled], judge: Judge = stance) -> list[tuple[Stance | None, float]]:
    """Each reply's likelier side and its probability, from the side that came and the words.

    How many sides are wrong is estimated from all rows together (expectation-maximisation over one
    share of wrong sides); where hardly any are, every side stays as it came, with probability 1.
    """
    motions = {motion: Motion(motion) for motion, _, _ in rows}
    speaks = [_probability(judge(motions[motion], text)) for motion, text, _ in rows]
    wrong = _share_wrong([(side, p) for (_, _, side), p in zip(rows, speaks, strict=True)])
    if wrong < CLEAN:
        return [(side, 1.0) for _, _, side in rows]
    return [_mended(side, p, wrong) for (_, _, side), p in zip(rows, speaks, strict=True)]


def _probability(judged: float) -> float:
    p = min(max(judged, 1e-9), 1 - 1e-9)
    odds = math.log(p / (1 - p))
    return 1 / (1 + math.exp(-max(-BOUND, min(BOUND, odds))))


def _share_wrong(rows: Sequence[tuple[Stance | None, float]]) -> float:
    fits = [p if side is Stance.FOR else 1 - p for side, p in rows if side is not None]
    wrong = 0.1
    for _ in range(ROUNDS if fits else 0):
        doubts = (wrong * (1 - fit) / (wrong * (1 - fit) + (1 - wrong) * fit) for fit in fits)
        wrong = sum(doubts) / len(fits)
    return wrong if fits else 0.0


def _mended(side: Stance | None, speaks_for: float, wrong: float) -> tuple[Stance, float]:
    said_for = {Stance.FOR: 1 - wrong, Stance.AGAINST: wrong}.get(side or Stance.TORN, 0.5)
    yes, no = said_for * speaks_for, (1 - said_for) * (1 - speaks_for)
    likelier = Stance.FOR if yes > no else Stance.AGAINST
    return likelier, max(yes, no) / (yes + no)
