"""A study group on an emulated Discord: the real core, a real SQLite file, the real discord.py."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from emulators import discord_rules as rules
from emulators.discord import Json, Person, World
from emulators.discord_stage import discord_chat, room_of, until
from story.group import no_settings

from bot import app, service
from bot.chat.discord_adapter import DiscordChat
from bot.clock import SystemClock
from bot.model import Debate
from bot.ports import Clock
from bot.study import Study


@dataclass
class DiscordGroup:
    """The group, its server and its room."""

    study: Study
    world: World
    chat: DiscordChat
    room: str
    filled: int = 0
    missed: asyncio.Event = field(default_factory=asyncio.Event)

    async def tick(self, times: int = 2) -> None:
        for _ in range(times):
            await service.tick(self.study, self.study.clock.now())

    async def opened(self, by: Person) -> tuple[Debate, Json]:
        """A debate that a facilitator opened, and its prompt as Discord holds it."""
        await (await by.ask(self.room, "gadfly", "now")).answered()
        await self.tick()
        debate = await self.study.store.latest(room_of(self.room))
        assert debate is not None
        where = self.room if self.world.posts(self.room) else debate.thread
        return debate, self.world.posts(where)[0]

    async def kept(self, debate: Debate) -> dict[str, str]:
        """The thread as the store holds it: text by message."""
        return {r.message: r.text for r in await self.study.store.replies(debate.id)}

    def said(self, debate: Debate) -> dict[str, str]:
        """The thread as Discord holds it, without the bot's."""
        held = self.world.messages[debate.thread].values()
        mine = self.world.me["id"]
        return {m["id"]: m["content"] for m in held if m["author"]["id"] != mine}

    def last(self, channel: str) -> str:
        return rules.words(self.world.posts(channel)[-1])

    async def filling(self) -> None:
        """One reading of the threads at a time, as `app` has it."""
        while True:
            await self.missed.wait()
            self.missed.clear()
            await service.back_fill(self.study, "discord")
            self.filled += 1


@asynccontextmanager
async def discord_group(
    folder: Path,
    kind: int = 0,
    world: World | None = None,
    room: str | None = None,
    rooms: Sequence[str] | None = None,
    clock: Clock | None = None,
    **more: Any,
) -> AsyncIterator[DiscordGroup]:
    """A running group; called again with the same folder and world, it is restarted.

    `room` is given where it may not be there any more; `rooms` where there are several.
    """
    clock = clock or SystemClock()
    async with discord_chat(clock, world, [room_of(room)] if room else None) as (world, chat):
        if room is None:
            room = world.channel("seminar", kind) if kind else next(iter(world.channels))
        given = {"facilitators": ("discord:*",), "prompt_at": "daily 04:00", **more}
        own = no_settings(folder, prompt_rooms=tuple(rooms or (f"discord:{room}",)), **given)
        async with app.opened(own, clock, {"discord": chat}, owner="test") as study:
            group = DiscordGroup(study, world, chat, room)
            async with asyncio.TaskGroup() as tasks:
                handle = partial(service.handle, study)
                listening = tasks.create_task(chat.run(handle, group.missed.set))
                filling = tasks.create_task(group.filling())
                try:
                    await until(lambda: group.filled and world.commands)
                    yield group
                finally:
                    filling.cancel()
                    listening.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await listening
