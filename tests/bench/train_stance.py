"""Makes prompts/weights/stance.en.bin: logistic regression over hashed features, with numpy.

    python tests/bench/train_stance.py DATA [--without FILE]

DATA is a folder with `stance_argq`, `stance_perspectrum` and `perspectrum_counter` as in
../shared/bench-retrieval/data. The motions of FILE (JSON lines with "claim") are left out, so that
they can measure. The same data gives the same file, which carries the licences of its sources
(prompts/weights/stance.en.md).
"""

import argparse
import json
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from exactly import dot, odds
from exactly import total as summed

from prompts.stance import BUCKETS, UNIT, WEIGHTS, Motion, entries

DECAY = 2.5  # the weight of the squares of the weights
ROUNDS, KEPT = 80, 10  # of L-BFGS: steps, and steps remembered
VARIED = 2.0  # what a pair of Perspectrum counts: its motions are many, its texts short
SIDES = {"pro": 1, "con": 0, "same_side": 1, "opposing": 0}

Array = np.ndarray
Example = tuple[str, str, int, float]  # motion, text, 1 for pro or 0 for con, what it counts


def examples(folder: Path) -> list[Example]:
    """All that sides were given to; a pair that stands in two files is taken once."""
    found: dict[tuple[str, str], Example] = {}
    for name, counts in (("stance_argq", 1.0), ("stance_perspectrum", VARIED)):
        gold = {row["id"]: row["stance"] for row in lines(folder / name / "gold" / "stance.jsonl")}
        for row in lines(folder / name / "pairs.jsonl"):
            side = SIDES[gold[row["id"]]]
            found[row["motion"], row["text"]] = (row["motion"], row["text"], side, counts)
    folder = folder / "perspectrum_counter"
    claims = {row["query_id"]: row["text"] for row in lines(folder / "queries.jsonl")}
    texts = {row["doc_id"]: row["text"] for row in lines(folder / "corpus.jsonl")}
    for row in lines(folder / "gold" / "qrels.jsonl"):
        pair = claims[row["query_id"]], texts[row["doc_id"]]
        found.setdefault(pair, (*pair, SIDES[row["rel"]], VARIED))
    return list(found.values())


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@dataclass(frozen=True)
class Rows:
    """Sparse rows: for each entry its row, bucket and value."""

    row: Array
    bucket: Array
    value: Array
    count: int
    size: int

    @classmethod
    def over(cls, given: Iterable[Iterable[tuple[int, float]]], size: int) -> "Rows":
        row, bucket, value, count = [], [], [], 0
        for found in given:
            for key, x in found:
                row.append(count)
                bucket.append(key)
                value.append(x)
            count += 1
        return cls(np.array(row), np.array(bucket), np.array(value), count, size)

    def of(self, kept: Array) -> "Rows":
        """Some of the rows, by a mask, numbered anew."""
        entries = kept[self.row]
        number = np.cumsum(kept) - 1
        row = number[self.row[entries]]
        return Rows(row, self.bucket[entries], self.value[entries], int(kept.sum()), self.size)

    def times(self, weights: Array) -> Array:
        return np.bincount(self.row, self.value * weights[self.bucket], self.count)

    def turned(self, errors: Array) -> Array:
        return np.bincount(self.bucket, self.value * errors[self.row], self.size)


def rows(found: Sequence[Example]) -> Rows:
    motions = {motion: Motion(motion).subject for motion, *_ in found}
    return Rows.over((entries(motions[motion], text) for motion, text, *_ in found), BUCKETS)


def train(given: Rows, label: Array, counts: Array) -> Array:
    """The weights that fit best, by L-BFGS on the logistic loss."""

    def loss(weights: Array) -> tuple[float, Array]:
        total = given.times(weights)
        share, log = odds(total)
        slope = given.turned(counts * (share - label)) + DECAY * weights
        value = summed(counts * (log - label * total)) + DECAY / 2 * dot(weights, weights)
        return value, slope

    return descend(loss, np.zeros(BUCKETS))


def descend(loss: Callable[[Array], tuple[float, Array]], at: Array) -> Array:
    value, slope = loss(at)
    past: deque[tuple[Array, Array]] = deque(maxlen=KEPT)
    for _ in range(ROUNDS):
        way, step = -turned(slope, past), 1.0 if past else 1e-2
        after, steeper = loss(at + step * way)
        while after > value + 1e-4 * step * dot(slope, way) and step > 1e-9:
            step /= 2
            after, steeper = loss(at + step * way)
        past.append((step * way, steeper - slope))
        done = value - after < 1e-5 * value
        at, value, slope = at + step * way, after, steeper
        if done:
            break
    return at


def turned(slope: Array, past: deque[tuple[Array, Array]]) -> Array:
    """The slope as the curvature seen so far bends it."""
    out, shares = slope.copy(), []
    for move, change in reversed(past):
        share = dot(move, out) / dot(move, change)
        shares.append(share)
        out -= share * change
    if past:
        move, change = past[-1]
        out *= dot(move, change) / dot(change, change)
    for (move, change), share in zip(past, reversed(shares), strict=True):
        out += move * (share - dot(change, out) / dot(move, change))
    return out


def kept(weights: Array) -> Array:
    """Weights as they are shipped: whole numbers of two bytes, little end first."""
    return np.clip(np.rint(weights * UNIT), -32768, 32767).astype("<i2")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    left = {row["claim"].strip() for row in lines(given.without)} if given.without else set()
    found = [row for row in examples(given.data) if row[0].strip() not in left]
    label, counts = (np.array([row[k] for row in found], float) for k in (2, 3))
    given.out.write_bytes(kept(train(rows(found), label, counts)).tobytes())


if __name__ == "__main__":
    main()
