"""Which of Gadfly's rooms a person may see: the App Home shows nobody a private channel."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat.slack_calls import Calls, Silent
from bot.model import Room

FRESH = 300.0  # seconds that an answer serves
EVERYBODY = frozenset({"*"})


@dataclass(slots=True)
class Sight:
    """Rooms of the workspace, and who sees them; what Slack does not tell is seen by nobody."""

    calls: Calls
    rooms: tuple[Room, ...]
    known: dict[Room, tuple[float, frozenset[str]]] = field(default_factory=dict)
    names: dict[Room, str] = field(default_factory=dict)  # of the channels, once they were asked

    async def of(self, user: str) -> list[Room]:
        """The rooms that `user` sees, in the order of the settings."""
        seeing = await asyncio.gather(*(self._members(room) for room in self.rooms))
        return [
            room
            for room, members in zip(self.rooms, seeing, strict=True)
            if members == EVERYBODY or user in members
        ]

    async def told(self, user: str) -> str:
        """The same as the core wants it told: each room with its name."""
        return ",".join(f"{room}={self.names.get(room, '')}" for room in await self.of(user))

    async def _members(self, room: Room) -> frozenset[str]:
        now = asyncio.get_running_loop().time()
        if self.known.get(room, (0.0, None))[0] <= now:
            self.known[room] = (now + FRESH, await self._asked(room))
        return self.known[room][1]

    async def _asked(self, room: Room) -> frozenset[str]:
        said = await self.calls("conversations.info", channel=room.id)
        if not isinstance(said, Mapping):
            return frozenset()
        self.names[room] = str(said["channel"].get("name") or "")
        if not said["channel"].get("is_private"):
            return EVERYBODY
        try:
            pages = self.calls.pages("conversations.members", "members", channel=room.id)
            return frozenset([member async for member in pages])
        except Silent:
            return frozenset()
