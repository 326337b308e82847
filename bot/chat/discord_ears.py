"""What the gateway tells, as events. Raw ones, since discord.py's others need its memory."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import discord

from bot.card import Card, Text
from bot.chat import discord_cards as cards
from bot.chat import discord_pages as pages
from bot.chat.discord_answers import Answers
from bot.chat.discord_events import SLASHED, commands, orders, same
from bot.chat.discord_inbox import Inbox
from bot.chat.discord_pulse import Pulse
from bot.chat.discord_rest import TROUBLES, Rest, answered
from bot.chat.discord_spots import Spots
from bot.events import Back, Deleted, Edited, Gone, Said
from bot.model import Room
from bot.ports import Clock, Handle, Ready

log = logging.getLogger(__name__)

REGISTER_AGAIN = 30.0  # seconds after a try to register the commands that was cut off
Channel = discord.abc.GuildChannel


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who hears it. `pulse` notices how the line is; `turn` waits until a session may begin."""

    handle: Handle
    ready: Ready
    rest: Rest
    rooms: Sequence[Room]
    clock: Clock
    pulse: Pulse
    turn: Callable[[bool], Awaitable[None]]


class Ears(discord.Client):
    """A client that turns everything it is told into events of ours."""

    def __init__(self, hearing: Hearing, **options: Any) -> None:
        super().__init__(**options)
        self._to = hearing
        self._answers = Answers(hearing.handle, hearing.rest)
        self._spots = Spots(hearing.rest)
        self._busy: set[asyncio.Task[Any]] = set()
        self._offering: dict[int, asyncio.Task[None]] = {}  # by server; nobody waits for it
        self._inbox = Inbox(hearing.ready)
        parsers = self._connection.parsers
        parsers.update({kind: partial(self._read, kind, parse) for kind, parse in parsers.items()})

    async def setup_hook(self) -> None:
        self._inbox.open()

    def _read(self, kind: str, parse: Callable[[Any], None], data: Any) -> None:
        """An event that discord.py cannot read is left out; its session would end of it."""
        try:
            parse(data)
        except Exception as why:
            if kind == "READY":
                raise
            log.warning("Discord told of a %s that discord.py cannot read: %r", kind, why)
            if kind.startswith("MESSAGE"):
                self._inbox.put(_unread)

    def _schedule_event(self, *args: Any, **more: Any) -> "asyncio.Task[None]":
        # discord.py starts a task for each event and forgets it; we let them end before we do.
        task = super()._schedule_event(*args, **more)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return task

    async def hush(self, within: float) -> None:
        """Wait for what is being answered and kept, but not longer; then close."""
        await self._inbox.close(within)
        if self._busy:
            await asyncio.wait(self._busy, timeout=within)
        for task in (*self._busy, *self._offering.values()):
            task.cancel()
        await self.close()

    # The line.

    async def on_connect(self) -> None:
        self._to.pulse.stands(True)

    async def on_ready(self) -> None:
        """A new session: what was said before it is not told any more."""
        self._to.ready()
        channels = (self.get_channel(int(room.id)) for room in self._to.rooms)
        for guild in {c.guild.id for c in channels if isinstance(c, Channel)}:
            self._register(guild)
        await self._deleted_rooms(self._to.rooms)
        await self._to.pulse.known()

    async def before_identify_hook(self, _: int | None, *, initial: bool = False) -> None:
        await self._to.turn(initial)

    async def on_resumed(self) -> None:
        self._to.pulse.stands(True)

    async def on_disconnect(self) -> None:
        self._to.pulse.stands(False)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited (again): its rooms may be read and written from now on."""
        await self._arrived(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """There again after an outage, which swallowed what was said."""
        if self.is_ready():  # at the start every server comes so
            await self._arrived(guild)

    async def _arrived(self, guild: discord.Guild) -> None:
        await self._back(guild.channels)
        self._to.ready()
        self._register(guild.id)

    # Where something about who may do what has changed, what was refused is tried again.

    async def on_guild_channel_update(self, before: Channel, after: Channel) -> None:
        self._to.rest.forget(Room("discord", str(after.id)))  # a forum's tags, for one
        if before.overwrites != after.overwrites:
            await self._back([after])

    async def on_guild_channel_create(self, channel: Channel) -> None:
        await self._back([channel])  # one that is made visible comes as new

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        if before.permissions != after.permissions:
            await self._back(after.guild.channels)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        if after == after.guild.me and before.roles != after.roles:
            await self._back(after.guild.channels)

    async def _back(self, channels: Iterable[Channel]) -> None:
        for channel in channels:
            room = Room("discord", str(channel.id))
            if room in self._to.rooms and channel.permissions_for(channel.guild.me).view_channel:
                self._to.rest.forget(room)
                await self._to.handle(Back(room, self._to.clock.now()))

    async def on_guild_channel_delete(self, channel: Channel) -> None:
        room = Room("discord", str(channel.id))
        if room in self._to.rooms:
            self._to.rest.forget(room)
            await self._deleted_rooms([room])

    async def _deleted_rooms(self, rooms: Sequence[Room]) -> None:
        """What was said in rooms that are deleted, not merely hidden from us, goes with them."""
        if deleted := await self._to.rest.meet(rooms):
            await self._to.handle(Gone(tuple(deleted), self._to.clock.now()))

    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """A thread that somebody unlocked takes what it refused; one that was closed leaves its
        place to another, in any channel of its server.
        """
        state = payload.data["thread_metadata"]
        own, rooms = Room("discord", str(payload.parent_id)), set[Room]()
        if state.get("archived", False):
            served = self._to.rest.guilds()
            rooms = {room for room, guild in served.items() if guild == payload.guild_id}
        rooms = rooms - {own} if state.get("locked", False) else rooms | {own}
        for room in sorted(rooms & set(self._to.rooms)):
            await self._to.handle(Back(room, self._to.clock.now()))

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """What was said in it is read again, and found gone."""
        if Room("discord", str(payload.parent_id)) in self._to.rooms:
            self._to.ready()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed from a server; an outage comes as `guild_unavailable` and touches nothing."""
        known = {Room("discord", str(channel.id)) for channel in guild.channels}
        known |= {room for room, where in self._to.rest.guilds().items() if where == guild.id}
        for room in known:
            self._to.rest.forget(room)
        await self._to.handle(Gone(tuple(sorted(known)), self._to.clock.now()))

    def _register(self, guild: int) -> None:
        if guild not in self._offering:
            task = self._offering[guild] = asyncio.create_task(self._registered(guild))
            task.add_done_callback(lambda _: self._offering.pop(guild))

    async def _registered(self, guild: int) -> None:
        """Register the commands: a try that is cut off is made again, a refused one when Discord
        lets us in anew."""
        while not self.is_closed():
            try:
                await self._offer(guild)
            except TROUBLES as why:
                log.warning("the commands could not be registered: %s", why)
                if isinstance(why, discord.HTTPException) and why.status < 500:
                    break
                await asyncio.sleep(REGISTER_AGAIN)
            else:
                break

    async def _offer(self, guild: int) -> None:
        """See that the commands there are as they should be: 200 a day may be registered."""
        wanted, app = commands(), self.application_id or 0
        http = (await self._to.rest.client()).http
        try:
            held: Sequence[Any] = await http.get_guild_commands(app, guild)
        except discord.HTTPException:
            held = ()
        if not same(held, wanted):
            await http.bulk_upsert_guild_commands(app, guild, wanted)

    # Messages.

    async def on_message(self, message: discord.Message) -> None:
        self._to.pulse.told(message.id)
        if message.guild is not None and self._to.rest.counts(message):
            self._inbox.put(partial(self._said, message))
        elif not message.author.bot and orders(message.content, self._to.rest.me):
            self._inbox.put(partial(self._ordered, message))

    async def _said(self, message: discord.Message) -> None:
        where = await self._spots.of(message.channel)
        if where is None or where.thread is None or where.room not in self._to.rooms:
            return
        member, text = self._to.rest.author(message.author), self._to.rest.text(message)
        at, answers = message.created_at, answered(message)
        said = Said(where.room, where.thread, str(message.id), member, text, at, answers)
        await self._to.handle(said)

    async def _ordered(self, message: discord.Message) -> None:
        """Only a slash can be answered in private; whoever mentions us instead is told so there."""
        where = await self._spots.of(message.channel)
        if where is None or where.room not in self._to.rooms:
            return
        [page] = cards.pages(Card((Text(SLASHED),)))
        try:
            client = await self._to.rest.client()
            direct = await client.create_dm(discord.Object(message.author.id))
            await pages.send(direct, page, f"slashed/{message.author.id}")
        except TROUBLES as why:
            log.warning("a member could not be told of the slash: %s", why)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """An edit has a time; a preview that was added or a pin comes without one."""
        message = payload.message
        if message.edited_at is not None and self._to.rest.counts(message):
            self._inbox.put(partial(self._edited, message, message.edited_at))

    async def _edited(self, message: discord.Message, at: datetime) -> None:
        where = await self._spots.of(message.channel)
        if where is not None and where.room in self._to.rooms:
            text = self._to.rest.text(message)
            await self._to.handle(Edited(where.room, str(message.id), text, at, where.thread))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self._inbox.put(partial(self._deleted, payload.channel_id, [payload.message_id]))

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        self._inbox.put(partial(self._deleted, payload.channel_id, payload.message_ids))

    async def _deleted(self, channel: int, messages: Iterable[int]) -> None:
        where = await self._spots.of(self.get_channel(channel) or discord.Object(channel))
        if where is None or where.room not in self._to.rooms:
            return
        for message in map(str, sorted(messages)):
            thread = where.thread or message
            await self._to.handle(Deleted(where.room, message, self._to.clock.now(), thread))

    async def on_interaction(self, interaction: "discord.Interaction[Any]") -> None:
        await self._answers.answer(interaction)

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        if not self.is_closed():
            log.exception("%s failed", event)


async def _unread() -> None:
    raise ValueError("discord.py cannot read it")


class One(Ears):
    """A bot of one shard."""


class Many(Ears, discord.AutoShardedClient):
    """A bot that has outgrown one shard: each is a session of its own."""

    async def on_shard_ready(self, _: int) -> None:
        self._to.ready()
