"""What a start, a text and a question cost on this machine.

    python tests/bench/speed.py

Each figure is the best of three, since these machines are noisy; the goal stands beside it.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
MEGABYTE = 1_000_000


def best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest run."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def program(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, "-m", *arguments]
    return lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def first_prompt() -> object:
    """A fresh process: settings, readings, store, one tick at the due minute, the post."""
    code = (
        "import asyncio, sys; sys.path[:0] = ['tests']; from pathlib import Path; "
        "from tempfile import mkdtemp; from story.group import gathered\n"
        "async def go():\n"
        "    async with gathered(Path(mkdtemp())) as group:\n"
        "        await group.opened()\n"
        "        assert len(group.cards()) == 1\n"
        "asyncio.run(go())\n"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def megabyte(folder: Path) -> Path:
    """Readings of one megabyte: the samples again and again, each with words of its own."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(SEEDS.glob("*/*.md"))]
    written, number = 0, 0
    while written < MEGABYTE:
        text = texts[number % len(texts)].replace(" the ", f" the n{number} ", 40)
        (folder / f"{number:04d}.md").write_text(text, encoding="utf-8")
        written, number = written + len(text), number + 1
    return folder


def resident() -> float:
    """Megabytes at the peak of a process that opened the seeds and asked both questions."""
    code = (
        "import resource, bot.app, bot.chat.page; from pathlib import Path; "
        "from prompts.library import Library; lib = Library.open(Path('seeds')); "
        "lib.quotes('turnout'); lib.counter('Assurances protect nobody.'); lib.next_prompt(()); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


def opened(seeds: Path, kept: Path) -> Callable[[], object]:
    from prompts.library import Library

    return lambda: Library.open(seeds, kept).next_prompt(())


def main() -> None:
    rows = [
        ("gadfly --help", best(program("bot", "--help"), 5), "0.15 s"),
        ("start to first prompt", best(first_prompt), "1.5 s"),
        ("gadfly demo, a whole week", best(program("bot", "demo"), 1), "20 s"),
    ]
    with tempfile.TemporaryDirectory() as room:
        seeds, kept = Path(room) / "seeds", Path(room) / "kept"
        seeds.mkdir()
        megabyte(seeds)
        rows.append(("1 MB of readings, first time", best(opened(seeds, kept), 1), "10 s"))
        rows.append(("1 MB of readings, again", best(opened(seeds, kept)), "0.5 s"))
    for name, seconds, goal in rows:
        print(f"{name:32} {seconds:7.2f} s   (goal {goal})")
    print(f"{'resident, after both questions':32} {resident():7.0f} MB  (goal 120 MB)")


if __name__ == "__main__":
    main()
