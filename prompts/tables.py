"""Tables of weights: names of features hashed to buckets, and data files of two bytes a bucket."""

import sys
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

UNIT = 4096  # a weight is kept as a whole number of this part
FOLDER = Path(__file__).parent / "weights"


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
