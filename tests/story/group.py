"""A study group for tests: the real core, a real SQLite file, real readings, a hand-moved clock."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from begun import SEEDS, begun

from bot import app, service
from bot.card import Card
from bot.chat.history import History
from bot.chat.memory import Fates, Hears, MemoryChat
from bot.clock import HandClock
from bot.events import Event
from bot.model import Debate, Member, Room
from bot.settings import Settings
from bot.study import Study
from prompts.model import Stance

MONDAY = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)
ROOM = Room("page", "agora")
ADA, BEN, CEM = (Member(f"page:{n.lower()}", n) for n in ("Ada", "Ben", "Cem"))


@dataclass(frozen=True, slots=True)
class Group:
    study: Study
    chat: MemoryChat
    clock: HandClock

    async def at(self, **ahead: float) -> None:
        """Let time pass (`hours=2`), then tick until nothing more is due."""
        self.clock.move(timedelta(**ahead))
        for _ in range(3):
            await service.tick(self.study, self.clock.now())

    async def opened(self) -> Debate:
        """Monday's debate, open."""
        await self.at(minutes=0)
        await self.at(minutes=1)
        debate = await self.study.store.latest(ROOM)
        assert debate is not None
        return debate

    async def summed_up(self, line: str, other: str, under: bool = False) -> Debate:
        """Monday's debate of three, closed: one for, one against (`under` the first one's line, as
        Discord has it), one who only agrees."""
        debate = await self.opened()
        await self.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        await self.chat.take(ROOM, debate.id, BEN, Stance.AGAINST)
        first = await self.chat.say(ROOM, debate.thread, ADA, line)
        await self.chat.say(ROOM, debate.thread, BEN, other, first if under else None)
        await self.chat.say(ROOM, debate.thread, CEM, "I agree!")
        await self.at(hours=20)
        return debate

    def cards(self, thread: str | None = None) -> list[Card]:
        """Gadfly's posts in the room (no thread) or in a thread, as they stand."""
        return [post.card for post in self.chat.posts(ROOM) if post.thread == thread]


def no_settings(folder: Path, **more: object) -> Settings:
    """The defaults, whatever the environment says, with the data in `folder`."""
    own = Settings(_env_file=None, data_dir=begun(folder), seeds_dir=SEEDS)
    return own.model_copy(update=more)


@asynccontextmanager
async def gathered(
    folder: Path,
    *,
    clock: HandClock | None = None,
    history: History | None = None,
    fates: Fates | None = None,
    hears: Hears | None = None,
    **more: object,
) -> AsyncIterator[Group]:
    """A running group; called again on the same folder, it is the same group after a restart."""
    clock = clock or HandClock(MONDAY)
    odd = {key: value for key, value in (("fates", fates), ("hears", hears)) if value}
    chat = MemoryChat(clock, name="page", history=history, **odd)
    own = no_settings(folder, **more)
    async with app.opened(own, clock, {"page": chat}, owner="test") as study:
        listening = asyncio.create_task(chat.run(partial(service.handle, study), _ready))
        await asyncio.sleep(0)
        try:
            yield Group(study, chat, clock)
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening


def _ready() -> None: ...


def deaf(_: Event) -> int:
    """No event is ever delivered; only the thread's history tells."""
    return 0


def twice(_: Event) -> int:
    """Every event comes twice."""
    return 2
