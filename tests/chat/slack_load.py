"""A workspace under load: short in tests, as long as it takes in tests/bench/slack.py."""

import asyncio
import contextlib
import random
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chat.slack_group import AGORA, Group, gathered
from emulators.slack import Slack
from story.group import SEEDS
from waiting import LONG, until

from bot import service
from bot.model import Debate, Room
from bot.study import Live
from bot.watch import take_in
from prompts.intake import Told
from prompts.library import Library
from prompts.readings import Shelf

AT = AGORA.id


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in a thread, and what the store holds of it."""

    thread: list[str]
    store: list[str]

    @property
    def alike(self) -> bool:
        return self.thread == self.store


async def kept(group: Group, debate: Debate) -> Kept:
    held = group.slack.channels[debate.room.id].messages.values()
    thread = [m for m in held if m.get("thread_ts") == debate.thread and "client_msg_id" in m]
    return Kept([message["text"] for message in thread], await group.texts(debate))


async def settled(group: Group, debate: Debate, seconds: float = LONG) -> Kept:
    """The thread and the store, once they are alike; as they are when they never were."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not (await kept(group, debate)).alike:  # noqa: ASYNC110 - the store tells no news
                await asyncio.sleep(0.05)
    return await kept(group, debate)


class Traffic:
    """Things that are told side by side, at a steady pace however long each takes."""

    def __init__(self, a_second: float) -> None:
        self._apart, self._tasks = 1 / a_second, list[asyncio.Future[object]]()
        self._next = time.perf_counter()

    async def tell(self, telling: Awaitable[object]) -> None:
        self._tasks.append(asyncio.ensure_future(telling))
        self._next += self._apart
        await asyncio.sleep(max(0.0, self._next - time.perf_counter()))

    async def over(self) -> None:
        await asyncio.gather(*self._tasks)


# Many replies at once.


async def flooded(
    folder: Path, *, replies: int, seconds: float, threads: int = 10, http: bool = False
) -> list[Kept]:
    """`replies` to as many threads, every event told twice: what came of each thread."""
    rooms = (AGORA, *(Room("slack", f"C0ROOM{n}") for n in range(1, threads)))
    async with running(folder, rooms, http=http) as group:
        debates = await group.study.store.debates()
        group.slack.duplicates = 2
        people, traffic = list(group.slack.users), Traffic(replies / seconds)
        for n in range(replies):
            debate = debates[n % threads]
            text = f"Reply {n}, since it binds others."
            who = people[n % len(people)]
            await traffic.tell(group.slack.say(who, debate.room.id, text, debate.thread))
        await traffic.over()
        return [await settled(group, debate) for debate in debates]


@asynccontextmanager
async def running(folder: Path, rooms: tuple[Room, ...], *, http: bool) -> AsyncIterator[Group]:
    """A group with an open debate in each of the rooms."""
    async with gathered(folder, rooms=rooms, http=http) as group:
        await group.opened()
        async with asyncio.timeout(30):
            while len(await group.study.store.debates()) < len(rooms):
                await group.at(seconds=2)
        yield group


# A line that breaks.


async def cut(folder: Path, cuts: int) -> tuple[float, Kept]:
    """Random cuts while members write, edit and delete: messages a second, and what came of it."""
    rng = random.Random(cuts)  # noqa: S311 - the same cuts each time
    async with gathered(folder) as group:
        debate = await group.opened()
        group.slack.retries = False
        began = time.perf_counter()
        writing = asyncio.create_task(members(group.slack, debate.thread, rng))
        for _ in range(cuts):
            await _cut(group, rng)
        written = len(group.slack.channels[AT].messages) / (time.perf_counter() - began)
        writing.cancel()
        await asyncio.sleep(0.3)
        ready = group.readies
        group.slack.cut()
        await connected(group, ready + 1)
        return written, await settled(group, debate)


async def _cut(group: Group, rng: random.Random) -> None:
    ready = group.readies
    rng.choice([group.slack.cut, lambda: None])()
    await group.slack.disconnect(rng.choice(["warning", "refresh_requested"]))
    await connected(group, ready + 1)
    await asyncio.sleep(rng.random() / 20)


async def connected(group: Group, count: int) -> None:
    await until(lambda: group.readies >= count and bool(group.slack.sockets))


async def members(slack: Slack, thread: str, rng: random.Random) -> None:
    """Writing, editing and deleting, whether anybody listens or not; over 30 new ones a second."""
    written, traffic = list[str](), Traffic(45)

    async def say(text: str) -> None:
        written.append(await slack.say("U0ANN", AT, text, thread))

    for n in range(100_000):
        if written and rng.random() < 0.2:
            await traffic.tell(slack.edit("U0ANN", AT, rng.choice(written), f"edited {n}"))
        elif len(written) > 3 and rng.random() < 0.1:
            await traffic.tell(slack.delete(AT, written.pop(rng.randrange(len(written)))))
        else:
            await traffic.tell(say(f"reply {n}"))


# A machine that is busy, and a database that keeps everybody waiting.


async def hurried(
    folder: Path, write: Callable[[Path], object], *, http: bool, slow: float, least: float = 0.0
) -> tuple[list[float], Kept]:
    """Members at work while the readings that `write` makes are taken in and the store is slow.

    How long each of their doings waited for its acknowledgement, and what became of the replies.
    """
    seeds = folder / "seeds"
    async with running(folder, (AGORA,), http=http) as group:
        [debate] = await group.study.store.debates()
        live = Live(group.study)
        group.core = lambda event: service.handle(live.study, event)
        write(seeds)
        engine = asyncio.create_task(take_in(live, partial(_reopened, seeds, folder)))
        with slowed(folder / "gadfly.db", slow):
            await _at_work(group, debate, engine, least)
        await engine
        assert len(live.study.library.readings) > 0
        found = await settled(group, debate)
        assert len(await group.study.store.positions(debate.id)) == group.pressed
        return group.slack.acks, found


def _reopened(seeds: Path, folder: Path, told: Told, before: Shelf) -> Library:
    return Library.open(seeds, folder / "derived", told, before=before)


async def _at_work(
    group: Group, debate: Debate, engine: "asyncio.Task[object]", least: float
) -> None:
    """Replies, presses and commands, twenty a second, until the engine is done."""
    slack, traffic, ends = group.slack, Traffic(20), time.perf_counter() + least
    people = list(slack.users)
    n = 0
    while not engine.done() or time.perf_counter() < ends:
        n += 1
        who = people[n % len(people)]
        if n % 10 == 3:
            group.pressed += 1
            label = ("For", "Against", "Torn")[n % 3]
            await traffic.tell(slack.press(who, AT, debate.thread, label))
        elif n % 10 == 7:
            await traffic.tell(slack.slash(who, AT, "/quote", "voting age"))
        else:
            await traffic.tell(slack.say(who, AT, f"Reply {n}.", debate.thread))
    await traffic.over()


@contextmanager
def slowed(database: Path, seconds: float) -> Iterator[None]:
    """Somebody else keeps the database to themselves for a while, again and again: a backup."""
    over = threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=30)) as other:
            while not over.wait(seconds):
                other.execute("BEGIN IMMEDIATE")
                over.wait(seconds)
                other.execute("COMMIT")

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        yield
    finally:
        over.set()
        holder.join()


def essays(folder: Path) -> None:
    """The sample readings under other names: new to the library, though not to us."""
    for path in sorted(SEEDS.glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        (folder / path.parent.name).mkdir(parents=True, exist_ok=True)
        (folder / path.parent.name / f"again-{path.name}").write_text(
            text.replace(" the ", " the same "), encoding="utf-8"
        )
