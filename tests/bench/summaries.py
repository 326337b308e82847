"""How good the key points are on public debates: `python tests/bench/summaries.py [FOLDER]`.

Prints one table: random replies, the longest ones, and Gadfly, with the sides as given and with
noisy ones. FOLDER holds score.py and data/kpa_threads (see its README). The scorer needs numpy and
scipy, which Gadfly does not: name an interpreter that has them with --python.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from prompts.summarise import SHOWN, kpa

MEASURES = ("covauc", "covw@5", "pair_mcc", "count_err", "words", "src_side_ok", "minor@5")
Row = dict[str, Any]


def plain(lines: list[str], field: str, key: Callable[[Row], Any]) -> Iterator[str]:
    """The simplest summaries: five replies a side in the order of `key`, each of the others put
    with the one it shares most words with."""
    sides: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in map(json.loads, lines):
        if row[field]:
            sides[row["topic"]][row[field]].append(row)
    for topic, by_side in sides.items():
        best = [p for side, rows in by_side.items() for p in _points(sorted(rows, key=key), side)]
        yield json.dumps({"topic": topic, "key_points": best})


def _points(rows: list[Row], side: str) -> list[Row]:
    found = [
        {"text": row["text"], "source": row["reply_id"], "stance": side, "members": []}
        for row in rows[:SHOWN]
    ]
    for row in rows:
        said = set(row["text"].lower().split())
        nearest = max(found, key=lambda p: len(said & set(p["text"].lower().split())) / len(said))
        nearest["members"].append(row["reply_id"])
    return found


def scored(folder: Path, python: str, lines: Iterator[str]) -> Row:
    """The scorer's figures for predictions; exits with one line where the scorer cannot run."""
    with tempfile.TemporaryDirectory() as place:
        predicted, figures = Path(place, "predicted.jsonl"), Path(place, "figures.json")
        predicted.write_text("\n".join(lines), encoding="utf-8")
        task = folder / "data" / "kpa_threads"
        files = [folder / "score.py", "kpa", task, predicted, "--json", figures]
        command = [python, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            sys.exit(f"{python} cannot run score.py ({' '.join(last)}): --python with numpy, scipy")
        found: Row = json.loads(figures.read_text(encoding="utf-8"))
        return {name: _mean(found[name]) for name in MEASURES}


def _mean(value: Any) -> float:
    return float(value[0] if isinstance(value, list) else value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/bench-retrieval"))
    parser.add_argument("--python", default=sys.executable, help="one with numpy and scipy")
    chosen = parser.parse_args()
    replies = chosen.folder / "data" / "kpa_threads" / "replies.jsonl"
    if not replies.is_file():
        print(f"no {replies}: nothing to measure summaries on")
        return
    lines = replies.read_text(encoding="utf-8").splitlines()
    print(f"{'':24}" + "".join(f"{name:>12}" for name in MEASURES))
    for field in ("stance", "stance_noisy"):
        rng = random.Random(7)  # noqa: S311 - a baseline, no secret
        systems = {
            "random": plain(lines, field, lambda row, rng=rng: rng.random()),  # type: ignore[misc]  # bound early
            "longest": plain(lines, field, lambda row: -len(row["text"])),
            "gadfly": kpa(lines, field),
        }
        for name, found in systems.items():
            row = scored(chosen.folder, chosen.python, found)
            print(f"{name + ', ' + field:24}" + "".join(f"{row[m]:12.3f}" for m in MEASURES))


if __name__ == "__main__":
    main()
