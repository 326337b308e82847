"""Socket Mode's line: a websocket that is never let go before the next one stands.

slack_sdk's own client closes the old socket first, tries a spent address for ever, and holds a
socket for good that says hello and then nothing. Here every connection has its own address, has
to say hello in time, is pinged, and is replaced when it has been silent for long; what arrives
on a socket is acknowledged on that socket.
"""

import asyncio
import contextlib
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp.helpers import get_env_proxy_for_url
from yarl import URL

log = logging.getLogger(__name__)

HELLO = 10.0  # seconds until a new socket has to have said hello
PING = 10.0  # seconds between pings; half of it without a pong is the end
SILENCE = 240.0  # seconds without an envelope after which a socket is replaced, in case it is deaf
OVER = (
    aiohttp.WSMsgType.CLOSE,
    aiohttp.WSMsgType.CLOSING,
    aiohttp.WSMsgType.CLOSED,
    aiohttp.WSMsgType.ERROR,
)
GOODBYE = 3.0  # seconds that answers under way have when their socket goes
LONGEST_PAUSE = 30.0  # seconds between two tries
DISABLED = "link_disabled"
REFUSED = ("too_many_websockets", DISABLED)
SWITCH = "switch it on for the app, Settings, Socket Mode; what was missed is read then"
AT_ONCE = 64  # envelopes in work at a time; the others wait in the socket

Json = Mapping[str, Any]
Take = Callable[[Json], Awaitable[Json | None]]
"""Takes an envelope; the answer's payload (perhaps empty), or None to leave it unacknowledged."""

Session = Callable[[], aiohttp.ClientSession]
Address = Callable[[], Awaitable[str]]


class DeafError(Exception):
    """A socket that did not say hello, or that ended before it did."""


@dataclass(slots=True)
class Socket:
    """One connection, from its hello to its end."""

    line: aiohttp.ClientWebSocketResponse
    take: Take
    hello: asyncio.Event = field(default_factory=asyncio.Event)
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    why: str = ""
    work: set[asyncio.Task[None]] = field(default_factory=set)
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def read(self) -> None:
        """Read until the socket ends; after a long silence another one is asked for."""
        try:
            while not self.line.closed:
                await self._next()
        finally:
            self.leaving.set()
            self.hello.set()

    async def _next(self) -> None:
        try:
            message = await self.line.receive(SILENCE)
        except TimeoutError:
            self.why = "silent"
            return self.leaving.set()
        if message.type is aiohttp.WSMsgType.TEXT:
            await self._message(message.data)
        elif message.type in OVER:
            await self.line.close()

    async def _message(self, data: str) -> None:
        try:
            message = json.loads(data)
        except ValueError:
            return log.warning("Slack sent something that is no JSON")
        match message:
            case {"type": "hello"}:
                self.hello.set()
            case {"type": "disconnect"}:
                self.why = str(message.get("reason", ""))
                self.leaving.set()
            case {"envelope_id": str()}:
                await self.room.acquire()
                task = asyncio.create_task(self._envelope(message))
                self.work.add(task)
                task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.work.discard(task)
        self.room.release()

    async def _envelope(self, message: Json) -> None:
        payload = await self.take(message)
        if payload is None:
            return
        said: dict[str, Any] = {"envelope_id": message["envelope_id"]}
        if payload:
            said["payload"] = payload
        # On a socket that has gone nobody listens: Slack delivers again, and the store knows.
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await self.line.send_json(said)

    async def end(self) -> None:
        """Let answers go out, then close; a far end that does not answer is not waited for."""
        if self.work:
            await asyncio.wait(set(self.work), timeout=GOODBYE)
        with contextlib.suppress(TimeoutError, aiohttp.ClientError, ConnectionError):
            async with asyncio.timeout(GOODBYE):
                await self.line.close()
        for task in self.work:
            task.cancel()


@dataclass(slots=True)
class Line:
    """Listens over one socket after the other. `up` is called after each hello."""

    session: Session
    address: Address
    take: Take
    up: Callable[[], None]
    listening: bool = False
    heard: bool = False  # at any time
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def listen(self) -> None:
        """Until cancelled. What `address` raises for good comes out."""
        current: tuple[Socket, asyncio.Task[None]] | None = None
        tries = 0
        try:
            while True:
                try:
                    following = await self._connected()
                except (aiohttp.ClientError, OSError, TimeoutError, DeafError) as error:
                    tries += 1
                    self.listening = current is not None and not current[0].line.closed
                    log.warning("Slack's socket could not be opened: %s", str(error) or "time out")
                    await asyncio.sleep(_pause(tries))
                    continue
                self._let_go(current)
                current, tries, self.listening, self.heard = following, 0, True, True
                self.up()
                await current[0].leaving.wait()
                self.listening = not current[0].line.closed
                why = current[0].why
                log.info("Slack's socket is replaced: %s", why or "closed")
                if why in REFUSED:
                    self._let_go(current)
                    current = None
                    await self._refused(why)
        finally:
            self.listening = False
            await self._all_go(current)

    async def _refused(self, why: str) -> None:
        """Slack wants no socket beside the old one, or none at all until somebody allows it."""
        if why == DISABLED:
            self.listening = False
            log.error("Slack's Socket Mode is off: %s", SWITCH)
            await asyncio.sleep(LONGEST_PAUSE)

    async def _connected(self) -> tuple[Socket, asyncio.Task[None]]:
        address = await self.address()
        async with asyncio.timeout(HELLO):
            line = await self.session().ws_connect(
                address, heartbeat=PING, max_msg_size=0, proxy=_proxy(address)
            )
        socket = Socket(line, self.take)
        reading = asyncio.create_task(socket.read())
        try:
            async with asyncio.timeout(HELLO):
                await socket.hello.wait()
        except BaseException:
            self._let_go((socket, reading))
            raise
        if socket.leaving.is_set():
            self._let_go((socket, reading))
            raise DeafError(socket.why or "it closed before it said hello")
        return socket, reading

    def _let_go(self, current: tuple[Socket, asyncio.Task[None]] | None) -> None:
        """End a socket beside the new one's work."""
        if current is not None:
            task = asyncio.create_task(_ended(*current))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _all_go(self, current: tuple[Socket, asyncio.Task[None]] | None) -> None:
        self._let_go(current)
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=3 * GOODBYE)


async def _ended(socket: Socket, reading: asyncio.Task[None]) -> None:
    await socket.end()
    reading.cancel()
    await asyncio.wait({reading})


def _proxy(address: str) -> URL | None:
    """The environment's proxy for the address: aiohttp looks for one of ws:// and finds none."""
    try:
        url = URL(address)
        return get_env_proxy_for_url(url.with_scheme("https" if url.scheme == "wss" else "http"))[0]
    except LookupError:
        return None


def _pause(tries: int) -> float:
    """Longer each time, never in step with others that lost their line at the same moment."""
    most = min(LONGEST_PAUSE, 0.25 * float(2 ** min(tries, 10)))
    return most * (0.5 + random.random() / 2)  # noqa: S311 - it spreads tries, it hides nothing
