"""Members who write, reword and delete, and a platform that tells only some of it, and in disorder.

They are silent in the last hour of a debate: what they did is then told, or in the thread alone.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.events import Deleted, Edited, Event, Said
from bot.ledger import Store
from bot.model import Member, Reply, Room

NAMES = ("Ada", "Ben", "Cem")
SILENT = timedelta(hours=1)


@dataclass(slots=True)
class Crowd:
    platform: Any  # a simulator.Platform
    faults: Any
    chance: random.Random
    handle: Callable[[Event], Awaitable[object]]
    store: Store
    telling: set["asyncio.Task[None]"] = field(default_factory=set)
    failed: list[BaseException] = field(default_factory=list)
    said: int = 0

    async def live(self, until: datetime) -> None:
        clock = self.platform.clock
        while clock.true() < until:
            await asyncio.sleep(self.chance.uniform(600, 7200))
            prompts = [entry for entry in self.platform.log if entry[0].startswith("prompt/")]
            debate = await self.store.debate(prompts[-1][0]) if prompts else None
            if debate is not None and clock.true() < debate.closes - SILENT:
                self._tell(self._act(debate.room, debate.thread, clock.true()))
        if self.telling:
            await asyncio.wait(self.telling)
        if self.failed:
            raise self.failed[0]

    def _act(self, room: Room, thread: str, at: datetime) -> Event:
        """Something happens in the thread; what would be told of it."""
        replies: dict[str, Reply] = self.platform.threads[thread]
        what = self.chance.random()
        if what < 0.6 or not replies:
            return self._say(room, thread, at)
        message = self.chance.choice(list(replies))
        if what < 0.8:
            text = f"On reflection, {at:%H:%M}."
            replies[message] = replace(replies[message], text=text, edited=at)
            return Edited(room, message, text, at, thread)
        del replies[message]
        return Deleted(room, message, at)

    def _say(self, room: Room, thread: str, at: datetime) -> Event:
        self.said += 1
        name = self.chance.choice(NAMES)
        member = Member(f"page:{name.lower()}", name)
        reply = Reply(room, f"m{self.said}", member, f"Treaties need keepers, {self.said}.", at)
        self.platform.threads[thread][reply.message] = reply
        return Said(room, thread, reply.message, member, reply.text, at)

    def _tell(self, event: Event) -> None:
        if self.chance.random() < self.faults.dropped:
            return
        for _ in range(2 if self.chance.random() < self.faults.twice else 1):
            late = self.chance.uniform(0, 600) if self.chance.random() < self.faults.slow else 0.0
            task = asyncio.create_task(self._told(event, late))
            self.telling.add(task)
            task.add_done_callback(self._heard)

    def _heard(self, task: "asyncio.Task[None]") -> None:
        self.telling.discard(task)
        if error := task.exception():  # else nobody would see that nothing is heard
            self.failed.append(error)

    async def _told(self, event: Event, late: float) -> None:
        await asyncio.sleep(late)
        await self.handle(event)
