"""For or against a claim, by weights that have not seen it: the macro-F1 of `gadfly mine`'s ranks.

    python tests/bench/perspectives.py SHARED

SHARED is the folder with `bench` and `bench-retrieval` (../shared). `arguments.py --all` puts the
same claims to the shipped weights, which were trained on them: what it shows of sides is no
measure. Here each claim is judged by weights from the other folds, near twins left out as well.
"""

import json
import sys
from pathlib import Path

from unseen import Judge

from prompts.stance import Motion


def main(shared: Path) -> None:
    judge = Judge(shared / "bench-retrieval" / "data")
    text = (shared / "bench" / "data" / "dev" / "perspectrum.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    unknown = [row["claim"] for row in rows if row["claim"].strip() not in judge.fold]
    said = [
        (side, "pro" if judge(motion, line) >= 0.5 else "con")
        for row in rows
        for motion in [Motion(row["claim"].strip())]
        for side in ("pro", "con")
        for line, *_ in row[side]
    ]
    right = sum(gold == told for gold, told in said) / len(said)
    macro = (f1(said, "pro") + f1(said, "con")) / 2
    print(f"{len(unknown)} of {len(rows)} claims are in no training data")
    print(f"{len(rows)} claims, {len(said)} perspectives: macro-F1 {macro:.3f}, right {right:.3f}")


def f1(said: list[tuple[str, str]], side: str) -> float:
    """The harmonic mean of precision and recall for one side."""
    both = sum(gold == told == side for gold, told in said)
    return 2 * both / (sum(gold == side for gold, _ in said) + sum(t == side for _, t in said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
