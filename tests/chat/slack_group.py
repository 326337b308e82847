"""A study group on Slack for tests: the real core and adapter, a workspace on loopback."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from emulators.slack import APP_TOKEN, BOT_TOKEN, SECRET, Json, Slack, lines
from story.group import no_settings
from waiting import until

from bot import app, commands, menu, service
from bot.card import Card
from bot.chat.slack_adapter import Keys, SlackChat
from bot.clock import HandClock
from bot.events import Event
from bot.model import Debate, Room
from bot.study import Study
from bot.web import serving

MONDAY = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)
AGORA, STOA = Room("slack", "C0AGORA"), Room("slack", "C0STOA")
VERBS = frozenset((*menu.LOOKUPS, *commands.VERBS))
Core = Callable[[Event], Awaitable[Card | None]]


@dataclass(slots=True)
class Group:
    study: Study
    chat: SlackChat
    slack: Slack
    clock: HandClock
    readies: int = 0
    core: Core | None = None  # set: who is told instead of the core
    pressed: int = 0  # stances, by whoever counts them

    async def at(self, **ahead: float) -> None:
        """Let time pass (`hours=2`), then tick until nothing more is due."""
        self.clock.move(timedelta(**ahead))
        for _ in range(3):
            await service.tick(self.study, self.clock.now())

    async def opened(self) -> Debate:
        """Monday's debate, open."""
        await self.at(minutes=0)
        await self.at(minutes=1)
        debate = await self.study.store.latest(AGORA)
        assert debate is not None
        return debate

    async def handle(self, event: Event) -> Card | None:
        """What happened, to the core; `core` may stand before it."""
        if self.core is not None:
            return await self.core(event)
        return await service.handle(self.study, event)

    def ready(self) -> None:
        self.readies += 1

    async def texts(self, debate: Debate) -> list[str]:
        return [reply.text for reply in await self.study.store.replies(debate.id)]

    def prompt(self) -> Json:
        """The newest; the line that tells of a summary stands in the channel, too."""
        posts = self.slack.posts("C0AGORA")
        return [m for m in posts if not m["text"].startswith("Closed")][-1]

    def thread(self) -> list[str]:
        return lines(self.slack.posts("C0AGORA", self.prompt()["ts"]))


@asynccontextmanager
async def gathered(
    folder: Path,
    *,
    slack: Slack | None = None,
    clock: HandClock | None = None,
    http: bool = False,
    rooms: tuple[Room, ...] = (AGORA,),
    **more: object,
) -> AsyncIterator[Group]:
    """A running group; called again with the same folder and workspace, it is restarted."""
    clock = clock or HandClock(MONDAY)
    own = no_settings(folder, prompt_rooms=tuple(map(str, rooms)), **more)
    async with contextlib.AsyncExitStack() as stack:
        slack = slack or await stack.enter_async_context(
            Slack(lambda: clock.now().timestamp()).serving()
        )
        keys = Keys(BOT_TOKEN, None if http else APP_TOKEN, SECRET if http else None, slack.api)
        slack.add(*(room.id for room in rooms))
        chat = SlackChat(keys, rooms, clock, VERBS)
        study = await stack.enter_async_context(app.opened(own, clock, {"slack": chat}, "test"))
        group = Group(study, chat, slack, clock)
        if http:
            url = await stack.enter_async_context(serving([chat], "127.0.0.1", 0))
            slack.mode = f"{url}slack/events"
        stack.push_async_callback(_stopped, asyncio.create_task(_run(group)))
        await until(lambda: group.readies > 0)
        yield group


async def _run(group: Group) -> None:
    missed = asyncio.Event()

    async def filling() -> None:
        while True:
            await missed.wait()
            missed.clear()
            await service.back_fill(group.study, "slack")

    def ready() -> None:
        group.ready()
        missed.set()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(filling())
        tasks.create_task(group.chat.run(partial(_handled, group), ready))


async def _handled(group: Group, event: Event) -> Card | None:
    return await group.handle(event)


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
