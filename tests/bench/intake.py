"""How fast a folder of readings is taken in, again, and after one file changed.

    python tests/bench/intake.py [--megabytes 100] [--readings 1000] [--lag] [--interrupt]

The corpus is made from the sample readings, with other words in each, the same at every run.
`--interrupt` ends a first process by SIGINT when a third is analysed; what comes next goes on.
`--lag` measures instead how late an event loop is while 10 MB of new readings are taken in.
"""

import argparse
import asyncio
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from prompts.library import Library  # noqa: E402 - run as a script

NAMES = ("river", "school", "ballot", "treaty", "market", "garden", "library", "railway")


def corpus(folder: Path, count: int, size: int, seed: int = 9) -> int:
    """`count` texts of about `size` characters; the number of bytes written."""
    dice = random.Random(seed)  # noqa: S311 - a corpus, no secret
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("seeds/*/*.md"))]
    paragraphs = [
        p for text in texts for p in text.split("---", 2)[-1].split("\n\n") if len(p) > 80
    ]
    written = 0
    for number in range(count):
        path = folder / f"week-{number % 30:02d}" / f"{number:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"On {dice.choice(NAMES)} number {number}\n\n"
        while len(text) < size:
            one = " ".join(dice.choice(paragraphs).split())
            text += one.replace(" the ", f" the {dice.choice(NAMES)} ", dice.randrange(4)) + "\n\n"
        path.write_text(text, encoding="utf-8")
        written += path.stat().st_size
    return written


def peak() -> float:
    """Megabytes of this process at its largest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Stages:
    """Times of what is told to be done."""

    def __init__(self) -> None:
        self.first: dict[str, float] = {}
        self.last: dict[str, float] = {}

    def __call__(self, doing: str, done: int, of: int) -> None:
        now = time.perf_counter()
        self.first.setdefault(doing, now)
        self.last[doing] = now
        if done == of or done % 50 == 0:
            print(f"  {doing} {done} of {of}", file=sys.stderr)

    def spent(self) -> str:
        return ", ".join(f"{k} {self.last[k] - self.first[k]:.1f} s" for k in self.first)


def apart() -> float:
    """Seconds that the processor gave to the processes apart; told when they have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def opened(
    seeds: Path, kept: Path, before: Library | None = None
) -> tuple[float, float, float, str, Library]:
    stages = Stages()
    wall, own, others = time.perf_counter(), time.process_time(), apart()
    library = Library.open(seeds, kept, stages, before=before.shelf if before else None)
    wall, own, others = time.perf_counter() - wall, time.process_time() - own, apart() - others
    return wall, own, others, stages.spent(), library


def interrupted(seeds: Path, kept: Path) -> float:
    """A process that takes the folder in, interrupted as by Ctrl-C when a third is analysed.

    The share of the readings that it left to do.
    """
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; "
        "from prompts.library import Library; "
        "Library.open(Path(sys.argv[2]), Path(sys.argv[3]), lambda *x: print(*x, flush=True))"
    )
    command = [sys.executable, "-c", code, str(ROOT), str(seeds), str(kept)]
    begin = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        for line in process.stdout or ():
            doing, done, of = line.rsplit(None, 2)
            if doing == "Analysing" and int(done) * 3 >= int(of):
                process.send_signal(signal.SIGINT)
                break
        cut = time.perf_counter()
        process.communicate()
    print(
        f"interrupted at {done} of {of} after {cut - begin:.1f} s, "
        f"gone {time.perf_counter() - cut:.1f} s later with code {process.returncode}"
    )
    return 1 - int(done) / int(of)


def measured(megabytes: float, count: int, interrupt: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="gadfly-intake-") as room:
        seeds, kept = Path(room) / "seeds", Path(room) / "kept"
        size = corpus(seeds, count, int(megabytes * 1e6 / count))
        left = interrupted(seeds, kept) if interrupt else 1.0
        library: Library | None = None
        for name in ("first time", "again", "one file changed"):
            if name == "one file changed":
                path = next(seeds.glob("week-07/*.txt"))
                path.write_text(path.read_text(encoding="utf-8") + "\n\nOne more word.\n")
            before = library if name == "one file changed" else None  # as the running bot has it
            wall, own, others, stages, library = opened(seeds, kept, before)
            prompts, begin, work = library.left(()), time.perf_counter(), time.process_time()
            library.warm()
            warm, busy = time.perf_counter() - begin, time.process_time() - work
            done = size * left / 1e6 if name == "first time" else size / 1e6
            rate, ideal = done / wall, done / max(own, (own + others) / 2)
            print(
                f"{name:18} {wall:7.1f} s  {rate:5.2f} MB/s ({ideal:.2f} on two cores of its own)  "
                f"processor {own:.1f} s and {others:.1f} s apart  "
                f"{prompts} prompts, ready for questions {warm:.1f} s later ({busy:.1f} s of the "
                f"processor here), peak {peak():.0f} MB  ({stages})"
            )


async def lag(megabytes: float) -> None:
    """The loop's lag while a library is opened and warmed in a thread, as the watcher does."""
    with tempfile.TemporaryDirectory(prefix="gadfly-lag-") as room:
        seeds, kept = Path(room) / "seeds", Path(room) / "kept"
        corpus(seeds, 100, int(megabytes * 1e4))
        late: list[float] = []

        def work() -> None:
            Library.open(seeds, kept).warm()

        task = asyncio.create_task(asyncio.to_thread(work))
        start = time.perf_counter()
        while not task.done():
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            late.append(time.perf_counter() - before - 0.01)
        await task
        spent = time.perf_counter() - start
        cuts = statistics.quantiles(late, n=1000)
        print(
            f"{megabytes:.0f} MB in {spent:.1f} s; the loop was late by "
            f"p50 {cuts[499] * 1e3:.1f} ms, p99 {cuts[989] * 1e3:.0f} ms, "
            f"worst {max(late) * 1e3:.0f} ms ({len(late)} looks)"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--readings", type=int, default=1000)
    parser.add_argument("--lag", action="store_true")
    parser.add_argument("--interrupt", action="store_true")
    known = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    if known.lag:
        asyncio.run(lag(10))
    else:
        measured(known.megabytes, known.readings, known.interrupt)


if __name__ == "__main__":
    main()
