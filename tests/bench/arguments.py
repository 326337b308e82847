"""The engine and the baseline side by side on the public corpora for development.

    python tests/bench/arguments.py [FOLDER] [--all]

FOLDER holds run.py, score.py, rules.py and data/dev; it is no part of this repository. `--all` adds
the corpus of perspectives, which takes minutes. Intervals are 95 %, bootstrap over texts.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHOWN = {
    "micro1": ("central@1", "MAP", "counter_macroF1", "counter_F1", "pair_P", "pair_R", "pair_F1"),
    "perspectrum": ("con@5", "own_ap", "stance_macroF1"),
}


def measure(folder: Path, command: str, corpora: list[str]) -> dict[str, dict[str, object]]:
    """The harness' figures by corpus."""
    with tempfile.TemporaryDirectory() as room:
        out = Path(room) / "figures.json"
        run = [sys.executable, "run.py", command, "--split", "dev", "--ci"]
        run += ["--corpus", ",".join(corpora), "--json", str(out)]
        path = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        subprocess.run(run, cwd=folder, check=True, capture_output=True, env=path)
        figures: dict[str, dict[str, object]] = json.loads(out.read_text(encoding="utf-8"))
    return figures


def line(name: str, ours: dict[str, object], theirs: dict[str, object]) -> str:
    spread = ours.get(f"{name}_ci")
    interval = "({:.3f}, {:.3f})".format(*spread) if isinstance(spread, list) else ""
    before = theirs.get(name)
    old = f"{before:.3f}" if isinstance(before, float) else "-"
    return f"  {name:16} {ours[name]:.3f} {interval:16} {old}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    if not (given.folder / "run.py").exists():
        sys.stdout.write(f"no bench in {given.folder}: give its folder to measure\n")
        return
    corpora = ["micro1", "perspectrum"] if given.all else ["micro1"]
    ours = measure(given.folder, f"{sys.executable} -m prompts.mine", corpora)
    theirs = measure(given.folder, f"{sys.executable} rules.py", ["micro1"])
    for corpus in corpora:
        sys.stdout.write(f"{corpus:18} engine                 baseline\n")
        for name in SHOWN[corpus]:
            sys.stdout.write(line(name, ours[corpus], theirs.get(corpus, {})) + "\n")


if __name__ == "__main__":
    main()
