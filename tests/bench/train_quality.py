"""Makes prompts/weights/quality.en.bin: ridge regression over hashed features, with numpy.

    python tests/bench/train_quality.py DATA [--out FILE]

DATA is a folder with `argq_quote` as in ../shared/bench-retrieval/data. The same data gives the
same file, which carries the licence of its source (prompts/weights/quality.en.md).
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from exactly import dot
from train_stance import Array, Rows, kept, lines
from unseen import Judge

from prompts.quality import BUCKETS, WEIGHTS, Company, entries
from prompts.stance import Motion

DECAY = 15.0
ROUNDS = 60  # of conjugate gradients

Judged = tuple[str, str, float]  # motion, text, how good it was found


def examples(folder: Path) -> list[Judged]:
    """The arguments of each motion with the grade that people gave them."""
    folder = folder / "argq_quote"
    motions = {row["query_id"]: row["text"] for row in lines(folder / "queries.jsonl")}
    texts = {row["doc_id"]: row["text"] for row in lines(folder / "corpus.jsonl")}
    gold = lines(folder / "gold" / "qrels.jsonl")
    return [(motions[r["query_id"]], texts[r["doc_id"]], float(r["grade"])) for r in gold]


def rows(found: Sequence[Judged], judge: Judge) -> Rows:
    """The features of each text in the company of the others on its motion.

    Its side is judged by weights that have not seen the motion, as those of new motions are.
    """
    said = defaultdict[str, list[str]](list)
    for motion, text, _ in found:
        said[motion].append(text)
    company = {motion: Company.of(texts) for motion, texts in said.items()}
    heard = {motion: Motion(motion) for motion in said}
    given = ((m, text, company[m], judge.leaning(heard[m], text)) for m, text, _ in found)
    return Rows.over((entries(*row) for row in given), BUCKETS)


def train(given: Rows, grades: Array) -> Array:
    """The ridge's weights for the squares of the grades, by conjugate gradients."""
    at = np.zeros(BUCKETS)
    rest = given.turned(grades * grades)  # it is the best that are quoted
    way, size = rest.copy(), dot(rest, rest)
    for _ in range(ROUNDS):
        if not size:
            break
        bent = given.turned(given.times(way)) + DECAY * way
        step = size / dot(way, bent)
        at, rest = at + step * way, rest - step * bent
        size, before = dot(rest, rest), size
        way = rest + size / before * way
    return at


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    found = examples(given.data)
    grades = np.array([grade for _, _, grade in found])
    given.out.write_bytes(kept(train(rows(found, Judge(given.data)), grades)).tobytes())


if __name__ == "__main__":
    main()
