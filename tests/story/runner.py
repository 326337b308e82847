"""The program as `gadfly run` wires it, on a quick clock and against the platform emulator.

    python tests/story/runner.py DATABASE PORT START EPOCH SPEED PROMPTS

It reads `begin [WHEN CALL NUMBER SIGNAL]` for a new life, a process of its own that says `up PID`
when it ticks and, if told so, gets the signal before, during or after that call; `first ...` for
one that is process 1 of a namespace of its own, as in a container; and `end PID`, whose answer is
the exit code. Lives are forked from here: importing takes a second.

A second of the machine is SPEED seconds of its clock, which showed START at the machine's EPOCH;
waits shrink alike. PROMPTS is a file of pickled prompts, so that a life begins at once.
"""

import asyncio
import ctypes
import os
import pickle
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import aiohttp

from bot import service
from bot.card import Card
from bot.chat.leaving import leaving, watched
from bot.model import Reply, Room
from bot.outbox import Patience
from bot.ports import Done, Handle, Outcome, Ready, Traits, Unsure
from bot.rules import Cron
from bot.schedule import Schedule
from bot.store.store import Store
from bot.study import Study
from bot.until import until_told
from prompts.model import Summary

LEASE, QUIET, SEND = 1.2, 1.0, 0.5  # seconds of the machine
ROOMS = (Room("page", "room-0"), Room("page", "room-1"))
PLAN = Schedule(
    "main", Cron("0 9 * * *"), ZoneInfo("UTC"), ROOMS,
    close_after=timedelta(hours=20), catch_up=timedelta(days=24),
)  # fmt: skip


NEW_PIDS = 0x20000000  # CLONE_NEWPID


@dataclass(frozen=True, slots=True)
class Life:
    """How this process is known outside, and the pipe that has it killed if it is process 1."""

    pid: int
    outside: int | None


class QuickClock:
    def __init__(self, start: datetime, epoch: float, speed: float) -> None:
        self.start, self.epoch, self.speed = start, epoch, speed

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.epoch) * self.speed)


class Wire:
    """`ports.Chat` over HTTP, to the emulator."""

    name = "page"
    traits = Traits(longest_text=20_000)

    def __init__(self, port: int, clock: QuickClock) -> None:
        self.url, self.clock = f"http://127.0.0.1:{port}", clock
        self.session = aiohttp.ClientSession(trace_configs=[watched()])

    async def post(
        self,
        room: Room,
        card: Card,
        key: str,
        thread: str | None = None,
        until: datetime | None = None,
    ) -> Outcome:
        with leaving(until, self.clock):
            return await self._sent("post", {"key": key})

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        return await self._sent("edit", {"key": message})

    async def find(
        self, room: Room, key: str, thread: str | None = None, since: datetime | None = None
    ) -> str | None:
        async with self.session.get(f"{self.url}/find", params={"key": key}) as answer:
            found: str | None = (await answer.json())["message"]
            return found

    async def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        for reply in ():
            yield reply

    async def run(self, handle: Handle, ready: Ready) -> None:
        ready()
        try:
            await asyncio.Event().wait()
        finally:
            await self.session.close()

    async def _sent(self, what: str, body: dict[str, str]) -> Outcome:
        try:
            async with self.session.post(f"{self.url}/{what}", json=body) as answer:
                if answer.status != 200:
                    return Unsure(f"answered {answer.status}")
                return Done((await answer.json())["message"])
        except aiohttp.ClientError as error:
            return Unsure(type(error).__name__)


class Few:
    """A library of prompts that were frozen before: it opens in no time."""

    warmed = True

    def __init__(self, path: Path) -> None:
        self.prompts = pickle.loads(path.read_bytes())  # noqa: S301 - the test's own file

    def left(self, *_: object) -> int:
        return 1000

    def next_prompt(self, past: list[Any], *_: object) -> Any:
        return self.prompts[len(past) % len(self.prompts)]

    def passage(self, key: str, digest: str, start: int, end: int) -> Any:
        pairs = ((p.claim, p.counterpoint) for p in self.prompts)
        passages = [part.passage for pair in pairs for part in pair if part]
        return next(p for p in passages if (p.reading.key, p.start, p.end) == (key, start, end))

    def key_points(self, *_: object) -> Summary:
        return Summary((), (), (), (), ())


class Doom:
    """The life ends itself at a named call of the store or the platform, the first or a later."""

    def __init__(self, outside: int | None, when: str, call: str, number: str, how: str) -> None:
        self.when, self.call, self.left = when, call, int(number)
        self.how, self.outside = signal.Signals[how], outside

    def strike(self) -> None:
        if self.outside is not None and self.how is signal.SIGKILL:
            os.write(self.outside, b"!")  # process 1 is killed from outside or not at all
            time.sleep(60)
        os.kill(os.getpid(), self.how)

    def around(self, to: Any) -> Any:
        doom = self

        class Doomed:
            def __getattr__(self, name: str) -> Any:
                found = getattr(to, name)
                return doom.watch(found) if name == doom.call else found

        return Doomed()

    def watch(self, found: Any) -> Any:
        async def call(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            when = self.when if self.left == 0 else ""  # others may be called meanwhile
            if when == "before":
                self.strike()
            if when == "during":
                asyncio.get_running_loop().call_later(0.004, self.strike)
            result = await found(*args, **kwargs)
            if when == "after":
                self.strike()
            return result

        return call


async def main(
    database: str, port: int, clock: QuickClock, prompts: Path, life: Life, *doom: str
) -> None:
    store: Any = await Store.at(database)
    chat: Any = Wire(port, clock)
    if doom:
        store, chat = (Doom(life.outside, *doom).around(to) for to in (store, chat))
    spans = (timedelta(seconds=seconds * clock.speed) for seconds in (LEASE, QUIET))
    lease, quiet = spans
    patience = Patience(lease, lease / 2, timedelta(seconds=SEND), quiet, quiet)
    library: Any = Few(prompts)
    study = Study(
        library, store, {"page": chat}, (PLAN,), clock, uuid4().hex, _nobody,
        patience=patience,
    )  # fmt: skip
    print(f"up {life.pid}", flush=True)
    try:
        await until_told(_together(study))
    finally:
        await store.close()


def _nobody() -> None: ...


async def _together(study: Study) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(study.chats["page"].run(None, _nobody))  # type: ignore[arg-type]  # deaf
        tasks.create_task(_ticking(study))


async def _ticking(study: Study) -> None:
    while True:
        try:
            await service.tick(study, study.clock.now())
        except Exception as error:  # a database that restarts; as the ticker does
            print(f"tick: {type(error).__name__} {error}", file=sys.stderr)
        await asyncio.sleep(0.05)


def _first() -> int:
    """Go on as process 1 of a new namespace; what is written to the returned pipe kills it.

    The caller itself stays outside, waits, and ends as its child did.
    """
    asked, ask = os.pipe()
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_PIDS):
        raise OSError(ctypes.get_errno(), "unshare")
    inside = os.fork()
    if not inside:
        os.close(asked)
        return ask
    os.close(ask)
    if os.read(asked, 1):  # nothing: it has ended by itself
        os.kill(inside, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(inside, 0)[1])
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


def nursery(given: list[str]) -> None:
    """Lives begin and end as standard input says, until it ends."""
    database, port, start, epoch, speed, prompts = given
    clock = QuickClock(datetime.fromisoformat(start), float(epoch), float(speed))
    for line in sys.stdin:
        word, *more = line.split()
        if word == "end":
            code = os.waitstatus_to_exitcode(os.waitpid(int(more[0]), 0)[1])
            print(code, flush=True)
        elif os.fork() == 0:
            life = Life(os.getpid(), _first() if word == "first" else None)
            asyncio.run(main(database, int(port), clock, Path(prompts), life, *more))
            os._exit(0)


if __name__ == "__main__":
    nursery(sys.argv[1:])
