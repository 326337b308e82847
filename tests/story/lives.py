"""Starting and ending real processes of the program, and what became of their posts."""

import json
import pickle
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from story.runner import PLAN

from bot.model import Effect, State
from bot.schedule import due_slots
from bot.store.store import Store
from prompts.library import Library

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SPEED = 7200.0  # two hours a second: a simulated day every twelve
START = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
ENV = {"PYTHONPATH": f"{ROOT}:{HERE.parent}", "PATH": "/usr/bin:/bin", "HOME": "/tmp"}  # noqa: S108 - any


@dataclass
class Lives:
    """The platform emulator, and as many lives of the program as a test cares to end."""

    folder: Path
    database: str
    seed: int
    epoch: float = field(default_factory=time.time)
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def __enter__(self) -> "Lives":
        log = str(self.folder / "log")
        self.platform = _python("emulator.py", log, "0.12", str(self.seed))
        assert self.platform.stdout
        self.port = self.platform.stdout.readline().strip()
        found = Library.open(ROOT / "seeds", self.folder / "derived").upcoming((), (None,), 4)
        (self.folder / "prompts").write_bytes(pickle.dumps(found))
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.running, self.platform):
            process.kill()
            process.communicate()

    def begin(self, *before: str) -> subprocess.Popen[str]:
        """A new life, ready to tick."""
        given = (self.database, self.port, START.isoformat(), str(self.epoch), str(SPEED))
        process = _python("runner.py", *given, str(self.folder / "prompts"), before=before)
        self.running.append(process)
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        return process

    def end(self, process: subprocess.Popen[str], how: signal.Signals) -> int:
        """Its exit code; longer than eight seconds is too long."""
        process.send_signal(how)
        process.communicate(timeout=8)
        self.running.remove(process)
        return process.returncode

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
        assert len(posted) > 10
        first = min(effect.due for effect in effects.values())
        slots = due_slots(PLAN, first, self.now() - timedelta(hours=8))
        found += [
            f"{slot.key} was forgotten" for slot in slots if f"prompt/{slot.key}" not in effects
        ]
        return found + [line for effect in effects.values() for line in _lost(effect, posted)]


def _lost(effect: Effect, posted: Counter[str]) -> list[str]:
    if effect.state is State.SENT and effect.kind in ("prompt", "summary"):
        return [] if posted[effect.key] else [f"{effect.key} was lost"]
    if effect.state is State.SKIPPED:
        return [] if effect.why else [f"{effect.key} was skipped without a reason"]
    return [f"{effect.key} was refused"] if effect.state is State.REFUSED else []


def _python(script: str, *given: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    command = [*before, sys.executable, str(HERE / script), *given]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENV)


def kill_about(lives: Lives, times: int, dice: random.Random) -> None:
    """So many lives, each ended at some moment within its first half second."""
    for number in range(times):
        process = lives.begin()
        time.sleep(dice.uniform(0, 0.5))
        code = lives.end(process, (signal.SIGKILL, signal.SIGTERM)[number % 2])
        assert code in (0, -signal.SIGKILL), f"life {number} ended with {code}"


def settle(lives: Lives, seconds: float = 5.0) -> None:
    """One undisturbed life at the end, for what is still under way."""
    process = lives.begin()
    time.sleep(seconds)
    with suppress(subprocess.TimeoutExpired):
        lives.end(process, signal.SIGTERM)
