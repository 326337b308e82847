"""Discord by REST alone: what posting needs on every replica, whoever holds the gateway."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import suppress
from operator import itemgetter
from typing import Any, TypeVar

import aiohttp
import discord

from bot.chat.discord_events import PASSING, PERHAPS, orders, readable, remedy
from bot.chat.discord_gate import JSON, REVOKED_WAIT, Gate, NotDiscordsError, again, asked_to_wait
from bot.model import Member, Reply, Room
from bot.ports import Done, NoAnswer, Outcome, Refused, Unsure

log = logging.getLogger(__name__)

NO_PINGS = discord.AllowedMentions.none()
AWAY = 30.0  # seconds until Discord is asked again where it did not answer at all
LONGEST_WAIT = 30.0  # seconds that discord.py may wait for a rate limit by itself
TROUBLES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
CLOSED = (RuntimeError, AssertionError)  # aiohttp's words for a session closed meanwhile (#6)
COUNTED = (discord.MessageType.default, discord.MessageType.reply)
NO_CHANNEL, NO_MESSAGE = 10003, 10008  # Discord's own numbers for a 404; a proxy's has none
CODES = "https://discord.com/developers/docs/topics/opcodes-and-status-codes"
MOST_NAMES = 10_000
MOST_GUILDS = 5  # that are asked for their threads at once
Home = discord.TextChannel | discord.ForumChannel
Readable = discord.TextChannel | discord.Thread | discord.PartialMessageable
T = TypeVar("T")
BAD_TOKEN = "DISCORD_TOKEN: Discord does not accept it; copy it again from the developer portal"  # noqa: S105 - a message, not a token


class NotOurs(discord.DiscordException):
    """A refusal of our own, before Discord is asked."""


class Missing(NotOurs):
    """What the post was to stand in was deleted."""


def number(ident: str) -> int:
    """An id of Discord's."""
    if not (ident.isascii() and ident.isdigit()):
        raise NotOurs(f"{ident} is no id of Discord's; switch on Developer Mode there and copy it")
    return int(ident)


# No voice here, so nobody needs to hear at each start that its libraries are missing.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Rest:
    """A client that has logged in and never connects. Logs in at the first need."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._gate = Gate()
        self._client: discord.Client | None = None
        self._homes: dict[Room, Home] = {}
        self._login = asyncio.Lock()
        # Names of the server, as the gateway tells them; a message read by REST has none.
        self.names: dict[int, str] = {}

    @property
    def date(self) -> str | None:
        """When Discord gave its last answer, by its own clock."""
        return self._gate.date

    @property
    def me(self) -> int | None:
        """Our own number, once logged in."""
        user = self._client.user if self._client is not None else None
        return user.id if user is not None else None

    async def client(self) -> discord.Client:
        """Raises what `told` knows how to tell."""
        async with self._login:
            if self._client is None:
                self._client = await self._logged_in()
            return self._client

    async def _logged_in(self) -> discord.Client:
        client = discord.Client(
            intents=discord.Intents(guilds=True),
            allowed_mentions=NO_PINGS,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
            http_trace=self._gate.trace,
        )
        http = client.http
        http.request = again(http.request)  # type: ignore[method-assign]  # it has no other seam
        try:
            await client.login(self._token)
        except BaseException:
            await client.close()
            raise
        return client

    async def home(self, room: Room) -> Home:
        """The channel of a room. `NotOurs` where it cannot hold debates."""
        if room not in self._homes:
            channel = await (await self.client()).fetch_channel(number(room.id))
            if not isinstance(channel, Home):
                raise NotOurs(remedy(50024, room))
            self._homes[room] = channel
        return self._homes[room]

    async def meet(self, rooms: Iterable[Room]) -> list[Room]:
        """Ask for the rooms before somebody posts there; those that are deleted for good."""
        deleted = []
        for room in rooms:
            try:
                await self.home(room)
            except TROUBLES as why:
                log.warning("%s: %s", room, why)
                if is_gone(why):
                    deleted.append(room)
        return deleted

    async def granted(self, home: Home) -> discord.Permissions:
        """What we may do in a channel, as Discord has it now."""
        guild = await (await self.client()).fetch_guild(home.guild.id)
        home.guild = guild  # with its roles, which the channel alone does not bring
        return home.permissions_for(await guild.fetch_member(self.me or 0))

    def forget(self, room: Room) -> None:
        """Ask anew for the room's channel the next time."""
        self._homes.pop(room, None)

    def guilds(self) -> dict[Room, int]:
        """The servers of the rooms that have been asked for so far."""
        return {room: home.guild.id for room, home in self._homes.items()}

    async def thread(self, home: Home, ident: str) -> discord.Thread | None:
        """The thread as it is now; None where there is none. `NotOurs` if it is not of `home`."""
        try:
            found = await (await self.client()).fetch_channel(number(ident))
        except discord.NotFound as why:
            if is_gone(why):
                return None
            raise
        if not isinstance(found, discord.Thread) or found.parent_id != home.id:
            raise NotOurs(f"{ident} is no thread of the channel {home.id}")
        return found

    async def newest(self, known: int) -> int:
        """The last message in threads of ours, if it is newer and a member's; else the known one.

        Only threads in use are asked for, and those of a few servers.
        """
        threads: list[discord.Thread] = []
        guilds = {home.guild.id: home.guild for home in self._homes.values()}
        for guild in list(guilds.values())[:MOST_GUILDS]:
            threads += [t for t in await guild.active_threads() if t.owner_id == self.me]
        ident, thread = max(
            ((t.last_message_id or 0, t) for t in threads), key=itemgetter(0), default=(0, None)
        )
        if thread is None or ident <= known:
            return known
        return ident if self.counts(await thread.fetch_message(ident)) else known

    def counts(self, message: discord.Message) -> bool:
        """Whether a message is somebody's reply: no bot's, no webhook's, no note of Discord's, and
        no command that was put to Gadfly by a mention.
        """
        mine = message.author.bot or message.webhook_id is not None
        said = message.type in COUNTED and not orders(message.content, self.me)
        return not mine and said

    def reply(self, message: discord.Message, room: Room) -> Reply:
        who, ident = message.author, message.author.id
        member = Member(f"discord:{ident}", self.names.get(ident, who.display_name))
        text, at, edited = self.text(message), message.created_at, message.edited_at
        return Reply(room, str(message.id), member, text, at, edited, answered(message))

    def text(self, message: discord.Message) -> str:
        """The message as members read it."""
        names = {user.id: user.display_name for user in message.mentions}
        return readable(message.content, {**names, **self.names}, self.me)

    def author(self, who: discord.User | discord.Member) -> Member:
        """Who did something, with the roles that the gateway told; their name is remembered."""
        if len(self.names) >= MOST_NAMES:
            self.names.pop(next(iter(self.names)))
        self.names[who.id] = who.display_name
        roles = who.roles if isinstance(who, discord.Member) else []
        groups = tuple(f"discord:role:{role.id}" for role in roles if not role.is_default())
        return Member(f"discord:{who.id}", who.display_name, groups)

    async def close(self) -> None:
        async with self._login:
            if self._client is not None:
                await self._client.close()
            self._client = None
            self._homes.clear()


def answered(message: discord.Message) -> str | None:
    """The message that this is an answer to; one that is forwarded refers to another as well."""
    meant = message.reference if message.type is discord.MessageType.reply else None
    return str(meant.message_id) if meant and meant.message_id else None


def is_gone(why: BaseException) -> bool:
    """Whether Discord itself says that a channel, a thread or a message is no more."""
    return isinstance(why, discord.NotFound) and why.code in (NO_CHANNEL, NO_MESSAGE)


async def told(doing: Awaitable[str], room: Room | None) -> Outcome:
    """How a post ended. Whatever leaves it open whether Discord has it is `Unsure`."""
    try:
        return Done(await doing)
    except NotOurs as why:
        return Refused(str(why), lasting=True, gone=isinstance(why, Missing))
    except discord.LoginFailure:
        return Refused(BAD_TOKEN, wait=REVOKED_WAIT)
    except discord.RateLimited as limit:
        return Refused("Discord asks us to wait", wait=limit.retry_after)
    except aiohttp.ClientConnectorError as why:
        return Refused(f"Discord cannot be reached ({why.strerror})")  # so it was never asked
    except discord.HTTPException as error:
        return _refused(error, room)
    except (*TROUBLES, *CLOSED) as why:
        return Unsure(f"{type(why).__name__}: {why}")


def _refused(error: discord.HTTPException, room: Room | None) -> Outcome:
    if error.status >= 500:
        return Unsure(f"Discord answered {error.status}")
    if error.status == 401:
        return Refused(BAD_TOKEN, wait=REVOKED_WAIT)
    if error.status == 429:
        return Refused("Discord asks us to wait", wait=asked_to_wait(error.response.headers))
    if error.response.headers.get("Content-Type") != JSON:
        return Refused(f"somebody between us and Discord answered {error.status}")
    why = f"Discord refused it: {error.text or error.status}"
    if error.code:
        why = f"{why} ({error.code}, which stands on {CODES})"
    perhaps = error.code in PERHAPS
    lasting = not perhaps and error.code not in PASSING
    return Refused(remedy(error.code, room) or why, lasting=lasting, perhaps=perhaps)


async def history(place: Readable, **how: Any) -> AsyncIterator[discord.Message]:
    """The messages of a place; raises where they may not be read.

    Without Read Message History Discord answers as if nobody had ever written anything, and
    refuses no more than a single message: which one is all the same.
    """
    empty = True
    async for message in place.history(**how):
        empty = False
        yield message
    if empty:
        with suppress(discord.NotFound):
            await place.fetch_message(place.id)


async def asked(doing: Awaitable[T]) -> T:
    """What is only read. Raises `NoAnswer` where Discord did not tell."""
    try:
        return await doing
    except (*TROUBLES, *CLOSED) as why:
        raise no_answer(why) from None


def no_answer(why: BaseException, room: Room | None = None) -> NoAnswer:
    """Why Discord did not tell, and what to do about it where somebody can."""
    known = remedy(why.code, room) if room and isinstance(why, discord.HTTPException) else ""
    return NoAnswer(known or f"{type(why).__name__}: {why}", _wait(why))


def _wait(why: BaseException) -> float | None:
    """What Discord asked for, or what an outage may last; None where it refused."""
    if isinstance(why, discord.RateLimited):
        return why.retry_after
    away = not isinstance(why, discord.DiscordException)
    return AWAY if away or isinstance(why, discord.DiscordServerError | NotDiscordsError) else None
