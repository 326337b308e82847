"""Days in seconds, with everything going wrong: one seed, one history, one verdict.

The real core on a real SQLite file, in virtual time, against a platform that loses answers, takes
posts late, refuses and hangs. Processes die at any call and are started anew, freeze past their
leases and thaw; clocks are set wrong; the machine sleeps. At the end every slot has its message
or its reason, every closed debate its summary, and no key was posted twice.

    PYTHONPATH=.:tests .venv/bin/python -m story.simulator SEED DAYS     plays one seed again
"""

import asyncio
import random
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache, partial
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from begun import SEEDS, begun
from story import quick
from story.crowd import Crowd
from story.virtual import VirtualClock, run

from bot import service
from bot.app import PROMPTLY
from bot.card import Card
from bot.model import Effect, Member, Phase, Reply, Room, State
from bot.ports import Done, Handle, Outcome, Ready, Refused, Traits, Unsure
from bot.rules import Weekly
from bot.schedule import Schedule, Slot, due_slots
from bot.study import Study, paced
from prompts.library import Library
from prompts.model import Prompt

START = datetime(2026, 1, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BEAT = timedelta(seconds=20)
TRAITS = Traits(longest_text=20_000)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Faults:
    """How often each thing goes wrong: per post, per call, per tick or per day."""

    lost: float = 0.0  # per post: it lands, the answer does not
    late: float = 0.0  # per post: an error, and it lands up to 30 s later
    never: float = 0.0  # per post: no answer, and it never lands
    refused: float = 0.0  # per post: come again in so many seconds
    hang: float = 0.0  # per post or look-up
    stall: float = 0.0  # per post: frozen after the last look, it lands 2 to 5 min later
    held: float = 0.0  # per post: frozen for as long before the last look
    crash: float = 0.0  # per call of the store or the platform
    freeze: float = 0.0  # per call, for 2 to 10 minutes
    step: float = 0.0  # per tick: the clock is set to up to two hours wrong
    sleep: float = 0.0  # per tick: the machine sleeps for 72 hours
    dropped: float = 0.0  # per event: it is never told
    twice: float = 0.0  # per event: it is told again
    slow: float = 0.0  # per event: it is told up to ten minutes late, after others


ALL = Faults(
    lost=0.06, late=0.06, never=0.04, refused=0.06, hang=0.02, crash=0.004, freeze=0.001,
    dropped=0.1, twice=0.2, slow=0.3,
)  # fmt: skip


@dataclass(slots=True)
class Platform:
    """What really stands in the rooms: (key, message, when), and how the platform answers."""

    clock: VirtualClock
    chance: random.Random
    faults: Faults
    traits: Traits = TRAITS
    log: list[tuple[str, str, datetime]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    asked: list[datetime] = field(default_factory=list)
    threads: dict[str, dict[str, Reply]] = field(default_factory=dict)
    nonce: timedelta | None = None  # how long a key that comes again is known for the same post
    name: str = "page"

    async def post(
        self,
        room: Room,
        card: Card,
        key: str,
        thread: str | None = None,
        until: datetime | None = None,
    ) -> Outcome:
        self.asked.append(self.clock.true())
        await asyncio.sleep(0.2)
        fate = self._fate()
        if fate == "refused":
            return Refused("slow down", wait=self.chance.choice((None, 5.0, 300.0)))
        if fate == "never":
            return Unsure("connection lost")
        later = asyncio.get_running_loop().call_later
        if fate == "late":
            later(self.chance.uniform(0, 30), self._lands, room, key)
            return Unsure("server error 502")
        if fate in ("stall", "held"):
            last_look = until if fate == "held" else None
            later(self.chance.uniform(120, 300), self._thaws, room, key, last_look)
            await asyncio.sleep(3600)
        message = self._lands(room, key)
        if fate == "hang":
            await asyncio.sleep(3600)
        return Unsure("answer lost") if fate == "lost" else Done(message)

    def _thaws(self, room: Room, key: str, last_look: datetime | None) -> None:
        if last_look is None or self.clock.now() <= last_look:
            self._lands(room, key)

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        await asyncio.sleep(0.2)
        fate = self._fate()
        if fate == "hang":
            await asyncio.sleep(3600)
        unsure = fate in ("never", "late", "lost")
        return Unsure("answer lost") if unsure else Done(message)

    async def find(
        self, room: Room, key: str, thread: str | None = None, since: datetime | None = None
    ) -> str | None:
        if self.chance.random() < self.faults.hang:
            await asyncio.sleep(3600)
        found = (m for k, m, at in self.log if k == key and (since is None or at >= since))
        return next(found, None)

    async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
        return None

    async def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        for reply in list(self.threads.get(thread, {}).values()):
            yield reply

    async def run(self, handle: Handle, ready: Ready) -> None:
        ready()

    def _lands(self, room: Room, key: str) -> str:
        now = self.clock.true()
        if self.nonce and self._known(key, now - self.nonce):
            return self.keys[key]
        message = f"{len(self.log):08d}"
        self.log.append((key, message, now))
        self.keys.setdefault(key, message)
        if key.startswith("prompt/"):
            ada = Member("page:ada", "Ada")
            said = Reply(room, f"r{message}", ada, "Treaties need keepers.", now)
            self.threads[message] = {said.message: said}
        return message

    def _known(self, key: str, since: datetime) -> bool:
        return any(other == key and at > since for other, _, at in self.log)

    def _fate(self) -> str:
        names = ("lost", "late", "never", "refused", "hang", "stall", "held")
        weights = [getattr(self.faults, name) for name in names]
        return self.chance.choices((*names, ""), (*weights, 1 - sum(weights)))[0]


class Died(BaseException):
    """The process is gone; nothing in it runs any more."""


@dataclass(slots=True)
class Process:
    """One life of one replica: every call it makes may be its last, or take very long."""

    chance: random.Random
    faults: Faults
    alive: bool = True
    calls: int = 0
    dies_at: int | None = None  # the step at which it dies, where that is not left to chance

    async def step(self) -> None:
        self.calls += 1
        if not self.alive or self.calls == self.dies_at or self._now(self.faults.crash):
            self.alive = False
            raise Died
        if self._now(self.faults.freeze):
            await asyncio.sleep(self.chance.uniform(120, 600))

    def _now(self, often: float) -> bool:
        return often > 0 and self.chance.random() < often


class Mortal:
    """The store or the platform as a process reaches it: before and after each call it may die."""

    def __init__(self, to: Any, process: Process) -> None:
        self._to, self._process = to, process

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._to, name)
        if name == "replies" or not asyncio.iscoroutinefunction(found):
            return found

        async def call(*args: Any, **kwargs: Any) -> Any:
            await self._process.step()
            result = await found(*args, **kwargs)
            await self._process.step()
            return result

        setattr(self, name, call)  # asked once: whether it is a coroutine is slow to tell (#4)
        return call


class Endless:
    """The real readings, dealt in a circle: they would not last a decade."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._prompts = cycle([*islice(library.upcoming(()), 5)])

    def left(self, history: Iterable[object], pattern: str | None = None) -> int:
        return 1000

    def next_prompt(self, history: Iterable[object], pattern: str | None = None) -> Prompt:
        return next(self._prompts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)


@dataclass(slots=True)
class World:
    """One simulated machine park: the store and the platform last, processes come and go."""

    store: quick.Stirring
    platform: Platform
    clock: VirtualClock
    library: Any
    schedules: tuple[Schedule, ...]
    chance: random.Random
    faults: Faults
    lives: int = 0
    dies_at: int | None = None  # the step at which the first life ends
    checked: int = 0
    heard: list[str] = field(default_factory=list)  # summaries that missed what was in the thread

    def study(self, process: Process) -> Study:
        self.lives += 1
        chats: Any = {"page": Mortal(self.platform, process)}
        store: Any = Mortal(self.store, process)
        owner = f"process {self.lives}"
        return Study(
            self.library, store, chats, self.schedules, self.clock, owner, _nobody,
            paces=paced({"page": self.platform}),
        )  # fmt: skip

    async def live(self, until: datetime) -> None:
        """One replica until then, born again whenever it dies."""
        while self.clock.true() < until:
            process = Process(self.chance, self.faults, dies_at=self.dies_at)
            self.dies_at = None
            study = self.study(process)
            with suppress(Died):
                await self._ticking(study, until)
            await study.underway.end()

    async def _ticking(self, study: Study, until: datetime) -> None:
        while self.clock.true() < until:
            await service.tick(study, self.clock.now(), PROMPTLY)
            await self._listened()
            if self.chance.random() < self.faults.step:
                self.clock.skew = timedelta(minutes=self.chance.uniform(-120, 120))
            asleep = self.chance.random() < self.faults.sleep
            await asyncio.sleep((3 * DAY if asleep else await self._pause(until)).total_seconds())

    async def _listened(self) -> None:
        """What the store holds of a thread when its summary was posted is what the thread holds."""
        for key in [key for key, _, _ in self.platform.log[self.checked :] if "summary/" in key]:
            debate = await self.store.debate(key.removeprefix("summary/"))
            if debate is not None:
                held = {r.message: r.text for r in await self.store.replies(debate.id)}
                thread = self.platform.threads[debate.thread].values()
                if held != {r.message: r.text for r in thread}:
                    self.heard.append(f"{key} was posted without the thread as it stands")
        self.checked = len(self.platform.log)

    async def _pause(self, until: datetime) -> timedelta:
        """To the next moment at which anything can be due, at least a beat; jumps save hours."""
        if self.faults.step:
            return 15 * timedelta(minutes=1)
        now = self.clock.now()
        due = await self.store.stirs()
        due += [slot.at for plan in self.schedules for slot in due_slots(plan, now, now + DAY)]
        return max(min([*due, now + DAY, until]) - now, BEAT)

    async def calm(self) -> None:
        """Three hours in which nothing goes wrong, for what is still under way."""
        self.faults = self.platform.faults = Faults()
        self.clock.skew = timedelta()
        await self.live(self.clock.true() + 3 * HOUR)


def _nobody() -> None: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the oracle found: nothing in `wrong` is as it should be."""

    slots: int
    sent: int
    skipped: int
    posts: int
    lives: int
    slowest: float  # seconds from a slot to its message
    busiest: int  # posts asked of the platform within one second
    closest: float  # hours between two prompts of a room
    wrong: tuple[str, ...]


async def judge(world: World, since: datetime) -> Verdict:
    """Match slots with messages, skipped slots with reasons, closed debates with summaries."""
    posted = Counter(key for key, _, _ in world.platform.log)
    effects = {effect.key: effect for effect in await world.store.effects()}
    slots = [s for plan in world.schedules for s in _slots(plan, since, world.clock.true())]
    wrong = [f"{key} posted {n} times" for key, n in posted.items() if n > 1]
    wrong += [f"{key} posted out of nowhere" for key in posted if key not in effects]
    wrong += world.heard
    for slot in slots:
        wrong += _slot(slot, effects.get(f"prompt/{slot.key}"), posted)
    for debate in await world.store.debates():
        if debate.phase is Phase.OPEN and debate.closes > world.clock.true():
            continue
        summary = effects.get(f"summary/{debate.id}")
        skipped = summary is not None and summary.state is State.SKIPPED and summary.why
        if posted[f"summary/{debate.id}"] != 1 and not skipped:
            wrong.append(f"{debate.id} is {debate.phase} without its summary: {summary}")
    states = Counter(e.state for e in effects.values() if e.kind == "prompt")
    sent, skipped_ = states[State.SENT], states[State.SKIPPED]
    return Verdict(
        len(slots),
        sent,
        skipped_,
        len(world.platform.log),
        world.lives,
        _slowest(world.platform.log, effects),
        _busiest(world.platform.asked),
        _closest(world.platform.log),
        tuple(wrong),
    )


def _slots(plan: Schedule, since: datetime, now: datetime) -> Iterator[Slot]:
    """All of them: at most a year is looked back at a time."""
    while since < now:
        yield from due_slots(plan, since, min(since + 300 * DAY, now))
        since += 300 * DAY


def _slowest(log: list[tuple[str, str, datetime]], effects: dict[str, Effect]) -> float:
    late = [(at - effects[key].due).total_seconds() for key, _, at in log if key in effects]
    return max(late, default=0.0)


def _closest(log: list[tuple[str, str, datetime]]) -> float:
    rooms: dict[str, list[datetime]] = {}
    for key, _, at in log:
        if key.startswith("prompt/"):
            rooms.setdefault(key.split("/")[2], []).append(at)
    gaps = (b - a for times in rooms.values() for a, b in pairwise(sorted(times)))
    return min((gap / HOUR for gap in gaps), default=float("inf"))


def _busiest(asked: list[datetime]) -> int:
    second = timedelta(milliseconds=999)
    return max(bisect_right(asked, at + second) - n for n, at in enumerate(asked)) if asked else 0


def _slot(slot: Slot, effect: Effect | None, posted: Counter[str]) -> list[str]:
    if effect is None:
        return [f"{slot.key} was forgotten"]
    if effect.state is State.SKIPPED:
        lost = [] if effect.why else [f"{slot.key} skipped without a reason"]
        return [*lost, *([f"{effect.key} skipped and posted"] if posted[effect.key] else [])]
    if effect.state is not State.SENT or posted[effect.key] != 1:
        return [f"{effect.key} is {effect.state}, posted {posted[effect.key]} times: {effect.why}"]
    return []


def daily(rooms: int = 1, **more: Any) -> Schedule:
    """Every day at 09:00 in Berlin."""
    rule, zone = Weekly(tuple(range(7)), time(9)), ZoneInfo("Europe/Berlin")
    names = tuple(Room("page", f"room-{number}") for number in range(rooms))
    return replace(Schedule("main", rule, zone, names, remind_after=10 * HOUR), **more)


def play(
    folder: Path, seed: int, days: float, faults: Faults, *plans: Schedule, replicas: int = 1,
    traits: Traits | None = None, nonce: timedelta | None = None, dies_at: int | None = None,
) -> Verdict:  # fmt: skip
    """One seeded history of so many days. The same arguments always give the same history."""

    async def history() -> Verdict:
        clock, chance = VirtualClock(START), random.Random(seed)  # noqa: S311 - a die, no secret
        platform = Platform(clock, chance, faults, traits or TRAITS, nonce=nonce)
        store = quick.store(partial(_latency, chance, faults))
        library = Endless(_shelf(folder))
        world = World(
            store, platform, clock, library, plans or (daily(),), chance, faults, dies_at=dies_at
        )
        # A new schedule starts now: the first mark is made before anything can go wrong.
        first = world.study(Process(chance, Faults()))
        await service.tick(first, START)
        until = START + timedelta(days=days)
        async with asyncio.TaskGroup() as tasks:
            for _ in range(replicas):
                tasks.create_task(world.live(until))
            if faults.dropped:
                crowd = Crowd(platform, faults, chance, partial(service.handle, first), store)
                tasks.create_task(crowd.live(until))
        await world.calm()
        return await judge(world, START)

    return run(history())


@cache
def _shelf(folder: Path) -> Library:
    """Warm, since what is done in a thread takes no time here, and none would come."""
    library = Library.open(SEEDS, begun(folder) / "derived")
    library.warm()
    return library


async def _latency(chance: random.Random, faults: Faults) -> None:
    """A call of the store takes a moment, in which others act; without faults nobody does."""
    if faults.crash or faults.freeze:
        await asyncio.sleep(chance.uniform(0, 0.02))


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        print(play(Path(made), int(sys.argv[1]), float(sys.argv[2]), ALL, replicas=2))
