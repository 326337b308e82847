"""Where something happens on Discord: in which room, and in which thread of it."""

from typing import Any, NamedTuple

import discord

from bot.chat.discord_rest import TROUBLES, Rest
from bot.model import Room

MOST = 10_000  # channels of which the gateway did not tell, remembered


class Spot(NamedTuple):
    """A room, and the thread where somebody is in one."""

    room: Room
    thread: str | None


def spot(channel: Any) -> Spot | None:
    """Where a channel is; None for one of which only the number is known."""
    if isinstance(channel, discord.Thread):
        return Spot(Room("discord", str(channel.parent_id)), str(channel.id))
    if isinstance(channel, discord.abc.GuildChannel):
        return Spot(Room("discord", str(channel.id)), None)
    return None


class Spots:
    """The same for every channel: asked for once where the gateway has not told of it."""

    def __init__(self, rest: Rest) -> None:
        self._rest, self._known = rest, dict[int, Spot]()

    async def of(self, channel: Any) -> Spot | None:
        if (told := spot(channel)) is not None:
            return told
        if channel.id not in self._known:
            try:
                client = await self._rest.client()
                found = spot(await client.fetch_channel(channel.id))
            except TROUBLES:
                return None
            if found is None:
                return None
            if len(self._known) >= MOST:
                self._known.pop(next(iter(self._known)))
            self._known[channel.id] = found
        return self._known[channel.id]
