"""Many texts on one motion, heard together: who says what the surely sided say is of their side.

A single line is judged by words that mean the same on any motion (prompts/stance.py). On one motion
many more words tell: "endangered" speaks for zoos. Which ones do is learnt from the lines
themselves, by naive Bayes over their first judgements, a few times over; no line teaches itself.

For this a motion's own side must be plain. Who asks for something says so. What tells an effect is
for or against its subject by words that tell good from bad: "A carbon tax would ruin us" is against
a carbon tax, and "Banning X does no good" is against banning X. Elsewhere nobody should tell by
words who speaks for the motion (#7).
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from prompts.bearing import (
    HEDGES,
    NEEDS,
    STATES,
    WEIGHING,
    moods,
    polarity,
    stemmed,
    tone,
    turns,
    unframed,
    words,
)
from prompts.cues import word_set
from prompts.likeness import stems
from prompts.lines import Row, objects
from prompts.stance import Motion, stance

ROUNDS = 3
SHARP = 2.0  # how much surer a judgement counts when it teaches
TAUGHT = 2.0  # what many others teach counts for beside a line's own words
FEW = 20  # lines that teach half of what many do; of three or four there is nothing to learn (#7)
RARE = 2.0  # lines on each side that a stem is taken to have before it is seen
_SUPPOSES = re.compile(
    r"\b(?:if|unless|otherwise|even|without|no (?:proof|evidence|reason|link)s?)\b", re.IGNORECASE
)
MILD = 0.25  # and its opposite: the surest that is said of a motion in other words than its own
CALM = 0.6  # of the odds that are said: lines that repeat each other make them too sure

ASKS = word_set("should must ought need needs")  # or "has to", "have to"
ACTIONS = word_set(
    "ban bans end abolition prohibition restriction restrictions boycott repeal cuts"
)

Judge = Callable[[Motion, str], float]


def together(motion: Motion | str, texts: Sequence[str], judge: Judge = stance) -> list[float]:
    """The probability that each text speaks for the motion, in the order of the texts.

    The same texts give the same figures in any order, and a text that comes twice teaches once.
    """
    heard = motion if isinstance(motion, Motion) else Motion(motion)
    known = sorted(set(texts))
    alone = [_odds(judge(heard, text)) for text in known]
    bags = [frozenset(stems(text)) for text in known]
    odds, taught = alone, TAUGHT * len(known) / (len(known) + FEW)
    for _ in range(ROUNDS):
        sides = [_share(SHARP * x) for x in odds]
        odds = [x + taught * y for x, y in zip(alone, _taught(bags, sides), strict=True)]
    said = dict(zip(known, odds, strict=True))
    return [_share(CALM * said[text]) for text in texts]


def cautious(motion: Motion | str, texts: Sequence[str], judge: Judge = stance) -> list[float]:
    """As `together`, but no surer than what each text says by itself; for naming a side.

    What only supposes ("if we do not", "even if", "no proof of harm") keeps its side to itself:
    its words are those of the other side. Nor is a side told towards a motion whose own is not
    plain ("a ban costs too much"), and never surely where it had to be put in other words.
    """
    text = motion if isinstance(motion, str) else motion.text
    plain, sign = plainly(text) or ("", 0)
    if not sign:
        return [0.5] * len(texts)
    heard, mild = Motion(plain), 0.0 if plain == text else MILD
    pairs = zip(texts, together(heard, texts, judge), strict=True)
    found = (_weaker(judge(heard, text), side, text) for text, side in pairs)
    return [min(1 - mild, max(mild, p if sign > 0 else 1 - p)) for p in found]


def _weaker(alone: float, side: float, text: str) -> float:
    if (alone > 0.5) != (side > 0.5) or _SUPPOSES.search(text):
        return 0.5
    return min(alone, side, key=lambda p: abs(p - 0.5))


def judged(lines: Iterable[str]) -> Iterator[str]:
    """For each line {"id", "motion", "text"} one of {"id", "stance", "score"}, in the same order.

    The stance is "pro", "con" or null where nothing tells; the score is the probability, 0.5 to 1,
    that it is right. All lines are read first, since those on one motion teach each other. Raises
    as `prompts.lines.objects` does.
    """
    pairs = list(objects(lines, ("id", "motion", "text"), _pair))
    said = defaultdict[str, list[str]](list)
    for _, motion, text in pairs:
        said[motion].append(text)
    sides = {motion: iter(together(motion, texts)) for motion, texts in said.items()}
    for name, motion, _ in pairs:
        yield json.dumps({"id": name, **_side(next(sides[motion]))})


def _pair(row: Row) -> tuple[Any, str, str]:
    return row["id"], str(row["motion"]), str(row["text"])


def _side(pro: float) -> dict[str, object]:
    side = "pro" if pro > 0.5 else "con" if pro < 0.5 else None
    return {"stance": side, "score": round(max(pro, 1 - pro), 6)}


def _taught(bags: Sequence[frozenset[str]], sides: Sequence[float]) -> Iterable[float]:
    """For each bag what the others' sides tell of its stems, as odds."""
    spread, pro = Counter[str](), defaultdict[str, float](float)
    for bag, side in zip(bags, sides, strict=True):
        spread.update(bag)
        for stem in bag:
            pro[stem] += side
    total = math.fsum(sides)
    common = math.log((total + RARE) / (len(bags) - total + RARE))
    for bag, side in zip(bags, sides, strict=True):
        told = (_told(spread[stem] - 1, pro[stem] - side, common) for stem in sorted(bag))
        yield sum(told) / math.sqrt(len(bag) + 1)


def _told(count: int, pro: float, common: float) -> float:
    """What a stem tells that `count` others say, beyond how common its side is."""
    if count == 0:
        return 0.0
    usual = common * count / (count + 2 * RARE)
    return math.log((pro + RARE) / (count - pro + RARE)) - usual


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


# -- which side of its subject a motion takes -----------------------------------------------------


def plainly(motion: str) -> tuple[str, int] | None:
    """A motion in a form whose side is plain, and 1; or -1 where it is against what that asks for.

    None where its side is not plain.
    """
    found = words(unframed(motion))
    urges = next((k for k in range(len(found)) if _asks(found, k)), None)
    states = next((k for k, word in enumerate(found) if word in STATES | HEDGES), len(found))
    front = found[: states if urges is None else urges]
    bare = [word for k, word in enumerate(front) if not _acts(word, k)]
    acted = len(bare) < len(front)
    if urges is not None or _orders(front) or WEIGHING.search(motion.lower()):
        return None if acted or turns(motion) > 1 else (motion, 1)
    mood = _mood(found[len(front) :] or found)
    if turns(motion) < 2 and mood * (-1 if acted else 1) * polarity(motion) > 0:
        return motion, 1
    if not (mood and bare and len(front) < len(found)):
        return None
    return " ".join(["ban", *bare] if acted else bare), 1 if mood > 0 else -1


def _asks(found: list[str], at: int) -> bool:
    return found[at] in ASKS or (found[at] in NEEDS and "to" in found[at + 1 : at + 2])


def _acts(word: str, place: int) -> bool:
    """Whether a word at that place names the doing away with something: "banning X", "a ban"."""
    return word in ACTIONS if place else word.endswith("ing") and word in tone().against


def _orders(front: list[str]) -> bool:
    """Whether a motion begins by asking for something to be gone: "Ban X"."""
    return bool(front) and front[0] in tone().against and not _acts(front[0], 0)


def _mood(said: list[str]) -> int:
    return sum(moods(said, stemmed(said)))
