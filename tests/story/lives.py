"""Starting and ending real processes of the program, and what became of their posts."""

import asyncio
import json
import os
import pickle
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from subprocess import PIPE

from begun import SEEDS, begun
from story.runner import PLAN

from bot.model import Effect, State
from bot.schedule import Slot, due_slots
from bot.store.store import Store
from prompts.library import Library

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OPEN = (State.PENDING, State.SENDING, State.DOUBT)
SPEED = 172_800.0  # a simulated day in half a second
START = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
ENV = {"PYTHONPATH": f"{ROOT}:{HERE.parent}", "PATH": "/usr/bin:/bin", "HOME": "/tmp"}  # noqa: S108 - any


@dataclass
class Lives:
    """The platform emulator, and as many lives of the program as a test cares to end."""

    folder: Path
    database: str
    seed: int
    epoch: float = field(default_factory=time.time)
    running: list[int] = field(default_factory=list)

    def __enter__(self) -> "Lives":
        self.platform = _python("emulator.py", str(self.folder / "log"), "0.12", str(self.seed))
        library = Library.open(SEEDS, begun(self.folder) / "derived")
        found = tuple(islice(library.upcoming(()), 4))
        (self.folder / "prompts").write_bytes(pickle.dumps(found))
        clock = (START.isoformat(), str(self.epoch), str(SPEED))
        port, prompts = _line(self.platform), str(self.folder / "prompts")
        self.nursery = _python("runner.py", self.database, port, *clock, prompts)
        return self

    def __exit__(self, *_: object) -> None:
        for life in self.running:
            os.kill(life, signal.SIGKILL)
        for process in (self.nursery, self.platform):
            process.kill()
            process.communicate()

    def begin(self, *doom: str, first: bool = False) -> int:
        """A new life, ready to tick; `doom` and `first` are as the runner says."""
        _told(self.nursery, "first" if first else "begin", *doom)
        life = int(_line(self.nursery).split()[1])
        self.running.append(life)
        return life

    def end(self, life: int, how: signal.Signals | None = None) -> int:
        """Its exit code. Without a signal it ends itself."""
        if how is not None:
            os.kill(life, how)
        _told(self.nursery, "end", str(life))
        code = int(_line(self.nursery))
        self.running.remove(life)
        return code

    def now(self) -> datetime:
        return START + timedelta(seconds=(time.time() - self.epoch) * SPEED)

    async def wrong(self) -> list[str]:
        """What is not as it should be, once nothing is under way any more."""
        lines = (self.folder / "log").read_text().splitlines()
        posted = Counter(json.loads(line)["key"] for line in lines)
        store = await Store.at(self.database)
        effects = {effect.key: effect for effect in await store.effects()}
        await store.close()
        found = [f"{key} posted {n} times" for key, n in posted.items() if n > 1]
        found += [] if len(posted) > 10 else [f"{len(posted)} posts are too few to tell"]
        first = min(effect.due for effect in effects.values())
        slots = _slots(first, self.now() - timedelta(days=8))
        found += [
            f"{slot.key} was forgotten" for slot in slots if f"prompt/{slot.key}" not in effects
        ]
        found += [line for effect in effects.values() for line in _lost(effect, posted)]
        overdue = self.now() - timedelta(days=8)
        stuck = (e for e in effects.values() if e.state in OPEN and e.due < overdue)
        return found + [f"{effect.key} is still {effect.state}: {effect.why}" for effect in stuck]


def _slots(first: datetime, last: datetime) -> Iterator[Slot]:
    """All of them: at most a year is looked back at a time."""
    while first < last:
        yield from due_slots(PLAN, first, min(first + timedelta(days=300), last))
        first += timedelta(days=300)


def _lost(effect: Effect, posted: Counter[str]) -> list[str]:
    if effect.state is State.SENT and effect.kind in ("prompt", "summary"):
        return [] if posted[effect.key] else [f"{effect.key} was lost"]
    if effect.state is State.SKIPPED:
        return [] if effect.why else [f"{effect.key} was skipped without a reason"]
    return [f"{effect.key} was refused"] if effect.state is State.REFUSED else []


def _python(script: str, *given: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / script), *given]
    return subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, env=ENV)


def _told(process: subprocess.Popen[str], *words: str) -> None:
    assert process.stdin
    process.stdin.write(f"{' '.join(words)}\n")
    process.stdin.flush()


def _line(process: subprocess.Popen[str], seconds: float = 60) -> str:
    assert process.stdout
    assert select.select([process.stdout], [], [], seconds)[0], f"nothing within {seconds} s"
    return process.stdout.readline().strip()


def kill_about(lives: Lives, times: int, dice: random.Random) -> None:
    """So many lives, each killed at some moment of its first day and a half."""
    for number in range(times):
        life = lives.begin()
        time.sleep(dice.uniform(0, 0.75))
        assert lives.end(life, signal.SIGKILL) == -signal.SIGKILL, number


async def settled(lives: Lives, tries: int = 8) -> list[str]:
    """What is wrong after undisturbed lives: as many as it takes for what is still under way."""
    wrong: list[str] = []
    for _ in range(tries):
        life = lives.begin()
        await asyncio.sleep(5)
        assert lives.end(life, signal.SIGTERM) == 0
        wrong = await lives.wrong()
        if not wrong:
            break
    return wrong
