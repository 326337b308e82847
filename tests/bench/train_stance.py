"""Makes prompts/weights/stance.en.tsv: logistic regression over hashed features, pure Python.

    python tests/bench/train_stance.py DATA [--without FILE]

DATA is a folder with `stance_argq` and `stance_perspectrum` (pairs.jsonl, gold/stance.jsonl). The
motions of FILE (JSON lines with "claim") are left out, so that they can measure. The weights carry
the licences of their sources, see prompts/weights/stance.en.md.
"""

import argparse
import json
import math
import random
from pathlib import Path

from prompts.stance import WEIGHTS, Motion, features, words

RATE, DECAY, ROUNDS, KEPT = 0.15, 1e-7, 3, 0.03
TWICE = "stance_perspectrum"  # short, varied motions: counted double beside the many of ArgQ


def examples(folder: Path, without: set[str]) -> list[tuple[str, str, int]]:
    """Rows of (motion, text, 1 for pro or 0 for con)."""
    rows = []
    for name in ("stance_argq", "stance_perspectrum"):
        gold = {row["id"]: row["stance"] for row in _lines(folder / name / "gold" / "stance.jsonl")}
        for row in _lines(folder / name / "pairs.jsonl"):
            if row["motion"].strip() not in without and gold.get(row["id"]) in ("pro", "con"):
                example = (row["motion"], row["text"], int(gold[row["id"]] == "pro"))
                rows += [example, example] if name == TWICE else [example]
    return rows


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def train(rows: list[tuple[str, str, int]]) -> dict[int, float]:
    """AdaGrad on the logistic loss, in a fixed order."""
    motions = {motion: Motion(motion) for motion, _, _ in rows}
    data = [(features(motions[motion], words(text)), label) for motion, text, label in rows]
    chance = random.Random(7)  # noqa: S311 - an order, not a secret
    table: dict[int, float] = {}
    seen: dict[int, float] = {}
    for _ in range(ROUNDS):
        chance.shuffle(data)
        for found, label in data:
            step(table, seen, found, label, DECAY * len(data))
    return table


def step(
    table: dict[int, float],
    seen: dict[int, float],
    found: list[tuple[int, float]],
    label: int,
    decay: float,
) -> None:
    """One example's step; the weights grow smaller by `decay` where nothing keeps them."""
    total = sum(table.get(key, 0.0) * value for key, value in found)
    error = label - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    for key, value in found:
        move = error * value - decay * table.get(key, 0.0)
        seen[key] = seen.get(key, 0.0) + move * move
        table[key] = table.get(key, 0.0) + RATE * move / math.sqrt(seen[key] + 1.0)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    left = {row["claim"].strip() for row in _lines(given.without)} if given.without else set()
    table = train(examples(given.data, left))
    rows = [
        f"{key}\t{round(1000 * value)}" for key, value in sorted(table.items()) if abs(value) > KEPT
    ]
    head = "# Weights of prompts/stance.py. CC BY-SA 4.0; sources and authors in stance.en.md"
    given.out.write_text("\n".join([head, *rows]) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
