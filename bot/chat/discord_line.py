"""The line to Discord's gateway: kept up, supervised, and what comes over it."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.chat import skew
from bot.chat.discord_ears import Hearing, Many, One
from bot.chat.discord_pulse import Pulse
from bot.chat.discord_rest import BAD_TOKEN, NO_PINGS, TROUBLES, Rest
from bot.errors import Wrong
from bot.model import Room
from bot.ports import Clock, Facts, Handle, Ready

log = logging.getLogger(__name__)

SILENCE = 44.0  # seconds; Discord's heart beats every 41.25, so more of it is a dead line
APART = 5.2  # seconds between two sessions begun; Discord wants five
GUILDS_WAIT = 1.0  # seconds after the last server was told until a new session is complete
FIRST_WAIT, LONGEST_WAIT = 1.0, 900.0  # seconds between two tries to connect
GOODBYE = 2.0  # seconds that answers under way have at the end
REVOKED_WAIT = 300.0
FREE_STARTS = 50  # starts a day without waiting; Discord's limit is 1000 sessions
FREE_TURNS = 500  # sessions a day of one start, where Discord ends one after the other
DAY = 86_400.0
BEGUN = "discord/begun"  # the fact that says when the last session was begun
NO_CONTENT = (
    "Discord does not give us the message-content intent: plain replies cannot be read. Stances, "
    "reasons and replies that name Gadfly count. Switch it on in the developer portal "
    "(deploy/discord.md) and start again."
)


class Line:
    """Listens while it runs. `up` is whether members are heard; `blind`, that words are not."""

    def __init__(
        self, token: str, rest: Rest, rooms: Sequence[Room], clock: Clock, *, asks_gateway: bool
    ) -> None:
        self.blind = False
        self._pulse = Pulse(rest)
        self._token, self._rest, self._rooms = token, rest, rooms
        self._clock, self._asks = clock, asks_gateway
        self._begun: deque[float] = deque()  # sessions of the last day, by the loop's clock
        self.facts: Facts | None = None
        self._unused = False  # Discord has counted no session lately, anybody's

    @property
    def up(self) -> bool:
        return self._pulse.up

    async def run(self, handle: Handle, ready: Ready) -> None:
        """Connect, and again whenever it ends; `Wrong` where that cannot help."""
        wait = FIRST_WAIT
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._session(handle, ready)
            except discord.PrivilegedIntentsRequired:
                log.warning(NO_CONTENT)
                self.blind = True
                continue
            except (discord.LoginFailure, discord.ConnectionClosed) as why:
                await self._turned_away(why)
            except TROUBLES as why:
                log.warning("Discord's gateway: %s: %s", type(why).__name__, why)
            except AttributeError:
                # How discord.py 2.7 dies of a first connection that fails (its issue 10520, #6).
                log.warning("Discord's gateway did not take the first connection")
                log.debug("that it did not", exc_info=True)
            except Exception as why:
                # A session that discord.py cannot begin must not end ours.
                log.warning("Discord's gateway told what discord.py cannot read: %r", why)
                log.debug("that it cannot", exc_info=True)
            finally:
                self._pulse.stands(False)
            wait = FIRST_WAIT if loop.time() - began > 2 * wait else min(2 * wait, LONGEST_WAIT)
            await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - no secret

    async def _turned_away(self, why: Exception) -> None:
        code = why.code if isinstance(why, discord.ConnectionClosed) else 4004
        if code != 4004:
            log.warning("Discord closed the line with %d", code)
        elif self._pulse.ever:
            # It was good once: somebody reset it. The rest of the house goes on meanwhile.
            log.error(BAD_TOKEN)
            await asyncio.sleep(REVOKED_WAIT)
        else:
            raise Wrong(BAD_TOKEN) from None

    async def _session(self, handle: Handle, ready: Ready) -> None:
        """One client from its login to its end; discord.py resumes by itself in between."""
        intents = discord.Intents(guilds=True, guild_messages=True)
        intents.message_content = not self.blind
        shards = await self._gateway()
        options: dict[str, Any] = {
            "intents": intents,
            "allowed_mentions": NO_PINGS,
            "max_messages": None,
            "heartbeat_timeout": SILENCE,
            "guild_ready_timeout": GUILDS_WAIT,
        }
        hearing = Hearing(
            handle, ready, self._rest, self._rooms, self._clock, self._pulse, self._turn
        )
        kind = One if shards == 1 else Many
        client = kind(hearing, shard_count=shards, **options)
        listening = asyncio.ensure_future(client.start(self._token))
        over = asyncio.ensure_future(self._pulse.over(lambda: client.latency))
        try:
            await asyncio.wait({listening, over}, return_when=asyncio.FIRST_COMPLETED)
            if listening.done():
                listening.result()
            else:
                log.warning("Discord's gateway: %s; a new session is begun", over.result())
        finally:
            for task in (listening, over):
                task.cancel()
            await client.hush(GOODBYE)
            # Looked at, whatever it is: discord.py may fail of its own closing (#4).
            await asyncio.gather(listening, over, return_exceptions=True)

    async def _turn(self, initial: bool) -> None:
        """Wait until a session may be begun: after another of ours, or after Discord ended one."""
        time = asyncio.get_running_loop().time
        while self._begun and time() - self._begun[0] > DAY:
            self._begun.popleft()
        last = max([time() - await self._ago(), *self._begun])
        apart = max(0.0 if initial else APART, last + APART - time())
        self._pulse.resting = True
        await asyncio.sleep(max(apart, pause(len(self._begun) - FREE_TURNS)))
        self._pulse.resting = False
        if self.facts is not None:
            with suppress(Wrong):
                await self.facts.set_fact(BEGUN, self._clock.now().isoformat())
        self._begun.append(time())

    async def _ago(self) -> float:
        """Seconds since a session was begun, in whichever process; 0 where that may be just now."""
        try:
            told = await self.facts.get_fact(BEGUN) if self.facts is not None else None
        except Wrong:
            return 0.0
        if told is None:
            return APART if self._unused else 0.0
        return max(0.0, (self._clock.now() - datetime.fromisoformat(told)).total_seconds())

    async def _gateway(self) -> int:
        """How many shards Discord wants, after the wait that its count of sessions asks for."""
        http = (await self._rest.client()).http
        try:
            shards, url, limit = await http.get_bot_gateway()
        except discord.GatewayNotFound:
            if self._asks:
                raise
            return 1
        skew.look("Discord", self._clock.now(), self._rest.date)
        if self._asks:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(url)
        self._unused = limit["remaining"] == limit["total"]
        reset = limit["reset_after"] / 1000
        if wait := before_start(limit["total"], limit["remaining"], reset):
            log.warning("Discord has counted many sessions today; the next is in %d s", wait)
            await asyncio.sleep(wait)
        return max(1, shards)


def before_start(total: int, left: int, reset: float) -> float:
    """The seconds before a start, where so many sessions of a day are left until the reset."""
    return min(reset, pause(total - left - FREE_STARTS)) if left else reset


def pause(more: int) -> float:
    """The seconds before a session, of which so many more were begun today than are free.

    Discord resets the token of a bot that begins more than it is allowed.
    """
    return min(2.0 ** min(more, 20), LONGEST_WAIT) if more > 0 else 0.0
