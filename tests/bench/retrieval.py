"""What /quote and /counter find, and which side it is on, on the bench's development data.

    python tests/bench/retrieval.py [BENCH]

BENCH is the folder of the bench (../shared/bench-retrieval). The weights shipped have seen these
texts; so each motion is judged by weights that were trained without it and its near-twins.
"""

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import train_quality as grading
import train_stance as training
from unseen import FOLDS, Judge, folds

from prompts.quality import Company, quality
from prompts.rank import ranked
from prompts.stance import Motion
from prompts.together import together

BENCH = Path("../shared/bench-retrieval")
RANKED = {
    "arguana_full": ("counter", ("ndcg@10", "acc@1")),
    "arguana_claim": ("counter", ("ndcg@10", "opp@1", "own@1", "wrong_side@1")),
    "perspectrum_counter": ("counter", ("ndcg@10", "opp@1", "wrong_side@1")),
    "argq_quote": ("quote", ("ndcg@10", "pos_p@5")),
}
JUDGED = ("stance_argq", "stance_perspectrum")


class Critic:
    """Quality by weights that have not seen the motion; a motion of no fold gets fold 0's."""

    def __init__(self, data: Path, judge: Judge) -> None:
        found = grading.examples(data)
        self.judge = judge
        self.fold = folds([motion for motion, *_ in found])
        fold = np.array([self.fold[motion] for motion, *_ in found])
        grades = np.array([grade for *_, grade in found])
        given = grading.rows(found, judge)
        self.tables = [
            training.kept(grading.train(given.of(fold != k), grades[fold != k])).tolist()
            for k in range(FOLDS)
        ]

    def __call__(self, motion: str, text: str, company: Company) -> float:
        leans = self.judge.leaning(Motion(motion), text)
        return quality(motion, text, company, self.tables[self.fold.get(motion, 0)], leans)


def main() -> None:
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH
    if not bench.is_dir():
        sys.exit(f"{bench} is not here: nothing measured")
    score = _scorer(bench / "score.py")
    judge = Judge(bench / "data")
    critic = Critic(bench / "data", judge)
    for name, (task, figures) in RANKED.items():
        folder = bench / "data" / name
        corpus, queries = _lines(folder / "corpus.jsonl"), _lines(folder / "queries.jsonl")
        found = [json.loads(line) for line in ranked(corpus, task, queries, judge, critic)]
        out, _ = score.retrieval(str(folder), found)
        _say(name, {figure: out[figure] for figure in figures})
    for name in JUDGED:
        folder = bench / "data" / name
        rows = [json.loads(line) for line in _lines(folder / "pairs.jsonl") if line]
        out, _ = score.stance(str(folder), list(_judged(judge, rows)))
        figures = ("accuracy", "topic_macro_acc", "acc_top25%", "acc_top50%")
        _say(name, {figure: out[figure] for figure in figures})


def _judged(judge: Judge, rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The sides of pairs, those of one motion heard together as `gadfly stance` does."""
    texts = defaultdict[str, list[str]](list)
    for row in rows:
        texts[row["motion"]].append(row["text"])
    sides = {motion: iter(together(motion, said, judge)) for motion, said in texts.items()}
    for row in rows:
        pro = next(sides[row["motion"]])
        yield {"id": row["id"], "stance": "pro" if pro > 0.5 else "con", "score": max(pro, 1 - pro)}


def _say(name: str, figures: dict[str, Any]) -> None:
    """A figure is [mean, 2.5 %, 97.5 %] or a mean alone."""
    told = (
        f"{what} {x[0]:.3f} [{x[1]:.3f}, {x[2]:.3f}]" if isinstance(x, list) else f"{what} {x:.3f}"
        for what, x in figures.items()
    )
    print(f"{name:20}", "  ".join(told), flush=True)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
