"""The engine and the baseline side by side on the public corpora for development.

    python tests/bench/arguments.py [FOLDER] [--all]

FOLDER holds run.py, score.py, rules.py and data/dev; it is no part of this repository. `--all` adds
the corpus of perspectives, which takes minutes; the shipped weights have seen its sides, so that
these are measured by `perspectives.py`. Intervals are 95 %, bootstrap over texts. The texts with
marks in `texts/` are scored too: they are few, and the engine was tuned while they were seen.
"""

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asserted
import marked

ROOT = Path(__file__).parents[2]
MONO = ("central@1", "MAP", "P@3", "P@5", "counter_macroF1", "counter_F1", "pair_F1")
SHOWN = {
    "micro1": ("central@1", "MAP", "counter_macroF1", "counter_F1", "pair_P", "pair_R", "pair_F1"),
    "perspectrum": ("con@5", "own_ap", "stance_macroF1"),
    **dict.fromkeys(marked.KINDS, MONO),
    "cmv_pairs": ("hit@1", "hit@3"),
}
Figures = dict[str, dict[str, object]]


def measure(folder: Path, command: str, data: Path, corpora: list[str]) -> Figures:
    """The harness' figures by corpus, on the texts of `data`/dev."""
    with tempfile.TemporaryDirectory() as room:
        out, place = Path(room) / "figures.json", Path(room) / "bench"
        place.mkdir()
        for name in ("run", "score", "rules", "lexicon", "clauses", "segment"):
            (place / f"{name}.py").symlink_to(folder / f"{name}.py")
        (place / "data").symlink_to(data)
        # The harness looks for its data beside itself, so it is copied, not linked.
        (place / "run.py").unlink()
        (place / "run.py").write_bytes((folder / "run.py").read_bytes())
        run = [sys.executable, "run.py", command, "--split", "dev", "--ci"]
        run += ["--corpus", ",".join(corpora), "--json", str(out)]
        path = {"PYTHONPATH": f"{ROOT}:{folder}", "PATH": "/usr/bin:/bin"}
        subprocess.run(run, cwd=place, check=True, capture_output=True, env=path)
        figures: Figures = json.loads(out.read_text(encoding="utf-8"))
    return figures


def written(data: Path) -> Path:
    """The marked texts as the harness reads them."""
    (data / "dev").mkdir()
    rows = {kind: marked.gold(kind) for kind in marked.KINDS} | {"cmv_pairs": marked.pairs()}
    for name, found in rows.items():
        text = "".join(json.dumps(row) + "\n" for row in found)
        (data / "dev" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return data


def line(name: str, ours: dict[str, object], theirs: dict[str, object]) -> str:
    spread = ours.get(f"{name}_ci")
    interval = "({:.3f}, {:.3f})".format(*spread) if isinstance(spread, list) else ""
    before = theirs.get(name)
    old = f"{before:.3f}" if isinstance(before, float) else "-"
    return f"  {name:16} {ours[name]:.3f} {interval:16} {old}"


def table(folder: Path, data: Path, corpora: list[str]) -> None:
    ours = measure(folder, f"{sys.executable} -m prompts.mine", data, corpora)
    old = [corpus for corpus in corpora if corpus != "perspectrum"]
    theirs = measure(folder, f"{sys.executable} rules.py", data, old)
    for corpus in corpora:
        sys.stdout.write(f"{corpus:18} engine                 baseline\n")
        for name in SHOWN[corpus]:
            value = ours[corpus].get(name)
            if isinstance(value, float) and value == value:
                sys.stdout.write(line(name, ours[corpus], theirs.get(corpus, {})) + "\n")


def speed() -> str:
    """The analysis of the samples, as MB/s and as a multiple of a plain count of their words."""
    from prompts.child import SWEPT
    from prompts.engine import analyse
    from prompts.mine import reading

    text = "\n\n".join(
        path.read_text(encoding="utf-8") for path in sorted(marked.SEEDS.glob("*/*"))
    )
    text *= 5
    gc.set_threshold(SWEPT)  # as `gadfly mine` does
    spent = min(_seconds(lambda: analyse(reading(text))) for _ in range(3))
    plain = min(_seconds(lambda: [word.lower() for word in text.split()]) for _ in range(3))
    return f"{len(text) / spent / 1e6:.2f} MB/s, {spent / plain:.0f} times a count of the words\n"


def _seconds(work: object) -> float:
    begin = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    if not (given.folder / "run.py").exists():
        sys.stdout.write(f"no bench in {given.folder}: give its folder to measure\n")
        return
    folder = given.folder.resolve()
    table(folder, folder / "data", ["micro1", "perspectrum"] if given.all else ["micro1"])
    with tempfile.TemporaryDirectory() as room:
        table(folder, written(Path(room)), [*marked.KINDS, "cmv_pairs"])
    sys.stdout.write(asserted.columns())
    sys.stdout.write(speed())


if __name__ == "__main__":
    main()
