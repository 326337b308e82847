"""The wiring: settings in, a running study out. Everything meets here and nowhere else."""

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from bot import control, preview, service, settings, soon, ticker, timetable, web, written
from bot.card import Card
from bot.chats import chats_of
from bot.clock import SystemClock
from bot.errors import Wrong
from bot.events import Event
from bot.health import Health
from bot.metrics import Metrics
from bot.outbox import Patience, Witness, unseen
from bot.ports import Chat, Clock, Closes, Recalls
from bot.settings import Settings
from bot.shelf import as_it_is, aside, bar, shelf, unmatched
from bot.store.engine import file_of, read_url
from bot.store.store import Store
from bot.study import Live, Study, leased, paced
from bot.underway import Underway
from bot.until import until_told
from bot.watch import watch
from prompts.intake import Told
from prompts.readings import silent

log = logging.getLogger(__name__)

PROMPTLY = 2.0  # seconds in which a delivery ends that does not hang; no tick waits longer for one


@asynccontextmanager
async def opened(
    own: Settings,
    clock: Clock,
    chats: Mapping[str, Chat],
    owner: str,
    nudge: asyncio.Event | None = None,
    witness: Witness = unseen,
    told: Told = silent,
) -> AsyncIterator[Study]:
    """A study on its store and its readings, closed again at the end, and its chats with it.

    Raises `Wrong`, one line, for whatever a person has to put right first.
    """
    plans, lasting = timetable.schedules(own), patience(own)
    store = await Store.at(database(own))
    try:
        if not store.shared:
            await store.abandon(clock.now())
        for chat in chats.values():
            if isinstance(chat, Recalls):
                chat.recall(store)
        yield Study(  # which keeps no name here: its library goes once the folder changes (#9)
            library=await aside(partial(shelf, own), told),
            store=store,
            chats=chats,
            schedules=plans,
            clock=clock,
            owner=owner,
            nudge=nudge.set if nudge else _nobody,
            facilitators=own.facilitators,
            retention=timedelta(days=own.retention_days),
            patience=lasting,
            paces=paced(chats),
            witness=witness,
            started=clock.now(),
            leases=leased(chats, store, owner),
        )
    finally:
        for chat in chats.values():
            if isinstance(chat, Closes):
                await chat.close()
        await store.close()


def patience(own: Settings) -> Patience:
    """How long each thing may take. Raises `Wrong` for a quiet period that would post twice."""
    quiet = timetable.read("QUIET_PERIOD", written.span, own.quiet_period)
    made = Patience(quiet=quiet)
    if quiet < made.send:
        why = f"is shorter than a send may take; write {made.send.seconds}s or more, such as 60s"
        raise Wrong(f"QUIET_PERIOD={own.quiet_period}: {why}")
    return made


def _nobody() -> None:
    """Nobody ticks by themselves: whoever moves the clock does."""


def database(own: Settings) -> str:
    """The address of the database; SQLite in DATA_DIR where none is set."""
    if own.database_url is not None:
        return own.database_url.get_secret_value()
    return f"sqlite:///{Path(own.data_dir).resolve() / 'gadfly.db'}"


async def run(own: Settings, say: Callable[[str], None]) -> int:
    """Run until told to stop (SIGINT, SIGTERM). The first task that fails ends all of them."""
    for line in (*settings.strangers(), *timetable.nobody(own)):
        log.warning(line)
    clock, nudge, metrics = SystemClock(), asyncio.Event(), Metrics()
    chats = chats_of(own, clock)
    owner = f"{socket.gethostname()}/{uuid4().hex[:8]}"
    told = bar(sys.stderr)
    async with opened(own, clock, chats, owner, nudge, metrics.settled, told) as study:
        for plan in study.schedules:
            for line in preview.echo(plan, clock.now()):
                say(line)
            if wrong := unmatched(study.library, plan):
                log.warning(wrong)
        life = Life(Live(study), nudge, metrics, ticker.Pulse(), say)
        del study
        await until_told(_served(own, life))
    return 0


@dataclass(frozen=True, slots=True)
class Life:
    """A study that runs: who nudges it, who counts, how its ticks go, where its lines are said."""

    live: Live
    nudge: asyncio.Event
    metrics: Metrics
    pulse: ticker.Pulse
    say: Callable[[str], None]


async def _served(own: Settings, life: Life) -> None:
    """Everything, while the web server stands: it opens before the chats and closes after them."""
    guests = [chat for chat in life.live.study.chats.values() if isinstance(chat, web.Mounts)]
    async with (
        web.serving([vitals(life), *guests], own.web_host, own.web_port) as url,
        control.answering(life.live, file_of(read_url(database(own)))),
    ):
        await _together(own, life, url)


def vitals(life: Life) -> web.Vitals:
    live, health = life.live, Health(life.live, life.pulse)

    async def figures() -> bytes:
        now = live.study.clock.now()
        return await life.metrics.text(live.study.store, await health(), life.pulse, now)

    return web.Vitals(health, figures)


async def _together(own: Settings, life: Life, url: str) -> None:
    """Every chat, the ticking and a look at the readings now and then, side by side."""
    live, ticking, alarm = life.live, asyncio.Lock(), soon.Alarm(life.nudge.set)

    async def handle(event: Event) -> Card | None:
        return await service.handle(live.study, event)

    async def tick() -> None:
        async with ticking:
            await service.tick(live.study, live.study.clock.now(), PROMPTLY)
            now = live.study.clock.now()
            alarm.set(now, await soon.due(live.study, now))

    async with _ending(live.study.underway), asyncio.TaskGroup() as tasks:
        for chat in live.study.chats.values():
            missed = asyncio.Event()
            ready = partial(_ready, _once(partial(_listens, chat, url, life.say)), missed)
            tasks.create_task(service.filling(partial(_read, live, chat), missed))
            listen = partial(chat.run, life.metrics.timed(handle), ready)
            lease = live.study.leases.get(chat.name)
            tasks.create_task(lease.during(listen) if lease else listen())
        tasks.create_task(ticker.run(tick, pulse=life.pulse))
        tasks.create_task(life.metrics.watch_lag())
        tasks.create_task(watch(live, own.seeds_dir, partial(as_it_is, own)))
        tasks.create_task(_nudged(life.nudge, tick))


@asynccontextmanager
async def _ending(underway: Underway) -> AsyncIterator[None]:
    """What is being delivered at the end has a moment to end well."""
    try:
        yield
    finally:
        await underway.end(ticker.GRACE.total_seconds())


def _ready(greet: Callable[[], None], missed: asyncio.Event) -> None:
    """A chat listens (again): what was said in the meantime is read from its threads."""
    greet()
    missed.set()


async def _read(live: Live, chat: Chat) -> bool:
    return await service.back_fill(live.study, chat.name)  # of the study as it is by then


def _once(call: Callable[[], None]) -> Callable[[], None]:
    """The call, the first time; a line that is opened again every few minutes is no news."""
    left = [call]
    return lambda: left.pop()() if left else None


def _listens(chat: Chat, url: str, say: Callable[[str], None]) -> None:
    where = f" on {url}" if isinstance(chat, web.Mounts) else ""
    say(f"{chat.name} is listening{where}")


async def _nudged(nudge: asyncio.Event, tick: Callable[[], Awaitable[None]]) -> None:
    """Tick at once when somebody pressed for it, and not at the next beat."""
    while True:
        await nudge.wait()
        nudge.clear()
        try:
            await tick()
        except Exception as why:
            # The beat goes on and will try the same again within seconds.
            log.error("a tick failed: %s", why, exc_info=not isinstance(why, Wrong))
