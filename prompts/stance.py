"""For or against: where a text stands towards a motion, from words alone.

A linear model over stems and pairs of stems, read relative to the motion: words of the motion are
replaced by one mark, what a negation reaches is marked too, and every sign is turned where the
motion asks against something ("ban", "abolish"). The weights are data of their own, with
their licence beside them (`weights/stance.en.*`).
"""

import json
import math
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from prompts.cues import word_set

WEIGHTS = Path(__file__).parent / "weights" / "stance.en.tsv"
BUCKETS = 1 << 17
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
NEGATIONS = word_set(
    "not no never cannot nor neither without hardly don't doesn't didn't isn't aren't wasn't won't "
    "can't couldn't wouldn't shouldn't nothing nobody none stop lack lacks fails fail"
)
AGAINST = word_set(
    "ban bans banned banning abolish abolished abolishing end ended prohibit prohibited outlaw "
    "outlawed forbid forbidden criminalise criminalize cancel fight oppose reject rejected limit "
    "limited restrict restricted disband close abandon remove withdraw stop scrap repeal eliminate "
    "reduce cut dismantle boycott divest punish censor wrong harmful bad immoral unjust unethical "
    "worse failure failed unnecessary harm harms dangerous unjustified unfair unacceptable illegal "
    "ineffective evil abuse threat danger problem flawed unconstitutional hurts hurt destroys "
    "destroying ruining waste pointless useless damaging damages obsolete overrated negative"
)
COMMON = word_set(
    "the a an of to in and or is are be we should would that this it for on with as by at from "
    "it's their they must can will has have all our more than its was were been being do does not"
)


def words(text: str) -> list[str]:
    """The words of a text in lower case, apostrophes straight."""
    return _WORD.findall(text.lower().replace("’", "'"))


def stem(word: str) -> str:
    """A crude common beginning, so that "ban", "bans" and "banning" meet."""
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def polarity(motion: str) -> int:
    """1 where a motion asks for something, -1 where it asks against it ("We should ban X")."""
    found = words(motion)
    flips = sum(word in AGAINST or word in NEGATIONS for word in found)
    return -1 if flips % 2 else 1


class Motion:
    """A motion made ready to be compared with many texts."""

    __slots__ = ("sign", "stems")

    def __init__(self, text: str) -> None:
        self.sign = polarity(text)
        self.stems = frozenset(stem(word) for word in words(text) if word not in COMMON)


def stance(motion: Motion | str, text: str) -> float:
    """The probability, 0 to 1, that a text speaks for the motion; .5 where nothing tells."""
    heard = motion if isinstance(motion, Motion) else Motion(motion)
    table = weights()
    total = sum(table.get(key, 0.0) * value for key, value in features(heard, words(text)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def judged(lines: Iterable[str]) -> Iterator[str]:
    """For each line {"id", "motion", "text"} one of {"id", "stance", "score"}, in the same order.

    The stance is "pro", "con" or null where nothing tells; the score is the probability, 0.5 to 1,
    that it is right. Raises ValueError with the line's number for a line that lacks something.
    """
    motions: dict[str, Motion] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                motion, text = str(row["motion"]), str(row["text"])
                heard = motions.setdefault(motion, Motion(motion))
                yield json.dumps({"id": row["id"], **_side(stance(heard, text))})
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"line {number} lacks {error}: id, motion, text") from None


def _side(pro: float) -> dict[str, object]:
    side = "pro" if pro > 0.5 else "con" if pro < 0.5 else None
    return {"stance": side, "score": round(max(pro, 1 - pro), 6)}


def features(motion: Motion, found: list[str]) -> list[tuple[int, float]]:
    """The hash buckets of a text's features towards a motion, each with its value.

    All but the bias change their sign with the motion's, so that what speaks against a ban is
    learnt together with what speaks for a permission. The same in every process.
    """
    names = set(_names(motion, found))
    size = 3 / math.sqrt(len(names) + 1)
    return [(bucket("bias"), size), *((bucket(name), motion.sign * size) for name in names)]


def _names(motion: Motion, found: list[str]) -> Iterator[str]:
    yield "sign"
    scope, before, topical = 0, "<", False
    for word in found:
        mark = stem(word)
        if mark in motion.stems:
            mark, topical = "TOPIC", True
        yield ("!" if scope and mark not in COMMON else "") + mark
        yield f"{before} {mark}"
        scope = 4 if word in NEGATIONS else max(0, scope - 1)
        before = mark
    negated = sum(word in NEGATIONS for word in found) % 2
    yield f"parity {negated} {topical}"
    yield f"against {sum(word in AGAINST for word in found) % 2} {negated}"


@cache
def bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS


@cache
def weights() -> dict[int, float]:
    """The shipped weights by bucket; empty where the data file was left out."""
    if not WEIGHTS.exists():
        return {}
    rows = WEIGHTS.read_text(encoding="ascii").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {int(key): int(value) / 1000 for key, value in pairs}
