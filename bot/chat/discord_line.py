"""The line to Discord's gateway: kept up, supervised, and what comes over it."""

import asyncio
import logging
import random
from collections.abc import Sequence
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.chat.discord_ears import Hearing, Many, One
from bot.chat.discord_rest import BAD_TOKEN, NO_PINGS, TROUBLES, Rest
from bot.errors import Wrong
from bot.model import Room
from bot.ports import Clock, Handle, Ready

log = logging.getLogger(__name__)

SILENCE = 45.0  # seconds; Discord's heart beats every 41.25, so more of it is a dead line
APART = 5.2  # seconds between two sessions begun; Discord wants five
GUILDS_WAIT = 1.0  # seconds after the last server was told until a new session is complete
FIRST_WAIT, LONGEST_WAIT = 1.0, 900.0  # seconds between two tries to connect
DEAF = 60.0  # seconds without a line after which we do not wait for discord.py to get one
GOODBYE = 2.0  # seconds that answers under way have at the end
REVOKED_WAIT = 300.0
FREE_STARTS = 50  # sessions a day that are begun without waiting; Discord's limit is 1000
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
        self.up = self.blind = False
        self._token, self._rest, self._rooms = token, rest, rooms
        self._clock, self._asks = clock, asks_gateway
        self._begun = float("-inf")  # the last session, by the loop's clock
        self._heard = False  # at least once since the start

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
                log.warning("Discord's gateway did not take the first connection", exc_info=True)
            except Exception:
                # An event that discord.py cannot read ends its session, and must not end ours.
                log.exception("Discord's gateway told what discord.py does not understand")
            finally:
                self.up = False
            wait = FIRST_WAIT if loop.time() - began > 2 * wait else min(2 * wait, LONGEST_WAIT)
            await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - no secret

    async def _turned_away(self, why: Exception) -> None:
        code = why.code if isinstance(why, discord.ConnectionClosed) else 4004
        if code != 4004:
            log.warning("Discord closed the line with %d", code)
        elif self._heard:
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
            handle, ready, self._rest, self._rooms, self._clock, self._tell, self._turn
        )
        kind = One if shards == 1 else Many
        client = kind(hearing, shard_count=shards, **options)
        listening = asyncio.ensure_future(client.start(self._token))
        deaf = asyncio.ensure_future(self._deaf())
        try:
            await asyncio.wait({listening, deaf}, return_when=asyncio.FIRST_COMPLETED)
            if listening.done():
                listening.result()
        finally:
            for task in (listening, deaf):
                task.cancel()
            await client.hush(GOODBYE)
            await asyncio.wait({listening, deaf})

    async def _deaf(self) -> None:
        """Return when nobody has been heard for too long: discord.py may wait many minutes."""
        time = asyncio.get_running_loop().time
        heard = time()
        while time() - heard < DEAF:
            await asyncio.sleep(DEAF / 20)
            if self.up:
                heard = time()
        log.warning("Discord's gateway: no line for %d s; a new session is begun", DEAF)

    def _tell(self, up: bool) -> None:
        self.up = up
        self._heard = self._heard or up

    async def _turn(self, initial: bool) -> None:
        """Wait until a session may be begun: after another of ours, or after Discord ended one."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0 if initial else APART, self._begun + APART - now))
        self._begun = asyncio.get_running_loop().time()

    async def _gateway(self) -> int:
        """How many shards Discord wants, after the wait that its count of sessions asks for."""
        http = (await self._rest.client()).http
        try:
            shards, url, limit = await http.get_bot_gateway()
        except discord.GatewayNotFound:
            if self._asks:
                raise
            return 1
        if self._asks:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(url)
        begun = limit["total"] - limit["remaining"] - FREE_STARTS
        if begun > 0:
            await asyncio.sleep(min(2.0**begun, LONGEST_WAIT))
        return max(1, shards)
