"""For or against: where a text stands towards a motion, from words alone.

A linear model over how a text bears on a motion (prompts/bearing.py). The weights are data of their
own, with their licence beside them (`weights/stance.en.*`): names of features hashed to buckets,
two bytes a bucket. `make weights` makes them.
"""

import math
import sys
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from prompts.bearing import COMMON, Subject, features, words
from prompts.cues import word_set

UNIT = 4096  # a weight is kept as a whole number of this part
FOLDER = Path(__file__).parent / "weights"
WEIGHTS = FOLDER / "stance.en.bin"
BUCKETS = 1 << 18
# What the engine turns sides by (prompts/conflicts.py); motions have a list of their own.
AGAINST = word_set(
    "ban bans banned banning abolish abolished abolishing end ended prohibit prohibited outlaw "
    "outlawed forbid forbidden criminalise criminalize cancel fight oppose reject rejected limit "
    "limited restrict restricted disband close abandon remove withdraw stop scrap repeal eliminate "
    "reduce cut dismantle boycott divest punish censor wrong harmful bad immoral unjust unethical "
    "worse failure failed unnecessary harm harms dangerous unjustified unfair unacceptable illegal "
    "ineffective evil abuse threat danger problem flawed unconstitutional hurts hurt destroys "
    "destroying ruining waste pointless useless damaging damages obsolete overrated negative"
)


def stem(word: str) -> str:
    """A crude common beginning, so that "ban", "bans" and "banning" meet."""
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


class Motion:
    """A motion made ready to be compared with many texts."""

    __slots__ = ("stems", "subject", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.subject = Subject(text)
        self.stems = frozenset(stem(word) for word in words(text) if word not in COMMON)


def stance(motion: Motion | str, text: str, table: Sequence[int] | None = None) -> float:
    """The probability, 0 to 1, that a text speaks for the motion; .5 where nothing tells.

    Right about as often as it says on motions that the weights have not seen. `table` stands in
    for the shipped weights.
    """
    return 1 / (1 + math.exp(-leaning(motion, text, table)))


def leaning(motion: Motion | str, text: str, table: Sequence[int] | None = None) -> float:
    """The stance as odds on a logarithmic scale, -30 to 30: above 0 where a text speaks for it."""
    heard = motion if isinstance(motion, Motion) else Motion(motion)
    known = weights() if table is None else table
    return max(-30.0, min(30.0, weighed(entries(heard.subject, text), known)))


def entries(subject: Subject, text: str) -> Iterator[tuple[int, float]]:
    """The buckets of a text's features with their values."""
    found = features(subject, text)
    size = 3 / math.sqrt(len(found) + 1)
    return ((key, value * size) for key, value in hashed(found, BUCKETS))


def weights() -> Sequence[int]:
    """The shipped weights by bucket; all 0 where the data file was left out."""
    return table(WEIGHTS, BUCKETS)


# -- tables of weights ----------------------------------------------------------------------------


def hashed(named: Mapping[str, float], size: int) -> Iterator[tuple[int, float]]:
    """The bucket of each feature with its value; the same in every process."""
    for name, value in named.items():
        yield zlib.crc32(name.encode()) % size, value


@cache
def table(path: Path, size: int) -> Sequence[int]:
    """The weights of a file by bucket, in parts of UNIT; all 0 where the file was left out."""
    found = array("h", path.read_bytes() if path.exists() else bytes(2 * size))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def weighed(entries: Iterator[tuple[int, float]], known: Sequence[int]) -> float:
    return sum(known[key] * value for key, value in entries) / UNIT
