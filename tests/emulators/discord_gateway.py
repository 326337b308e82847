"""Discord's gateway: sessions that outlive their connections, heartbeats, RESUME, op 7 and op 9."""

import asyncio
import json
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from emulators.discord import World

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
APART = 5.0  # seconds between two IDENTIFYs, max_concurrency being one
BUSY = 5.0  # seconds by which a heart may be late on a busy machine


@dataclass
class Session:
    """What a bot may come back to: everything dispatched, by sequence."""

    id: str
    intents: int
    sent: list[dict[str, Any]] = field(default_factory=list)
    line: "Line | None" = None
    dead: bool = False
    mute: bool = False  # its heart is answered, and nothing is told

    @property
    def content(self) -> bool:
        return bool(self.intents & MESSAGE_CONTENT)


class Line:
    """One websocket, compressed as it was asked for."""

    def __init__(self, socket: web.WebSocketResponse, compress: bool) -> None:
        self.socket = socket
        self.zombie = False
        self.heartless = False  # heartbeats are not answered
        self.beat = time.monotonic()
        self._deflate = zlib.compressobj() if compress else None
        self._order = asyncio.Lock()

    async def send(self, payload: dict[str, Any]) -> None:
        if self.zombie or self.socket.closed:
            return
        text = json.dumps(payload)
        async with self._order:
            try:
                if self._deflate is None:
                    await self.socket.send_str(text)
                else:
                    data = self._deflate.compress(text.encode())
                    await self.socket.send_bytes(data + self._deflate.flush(zlib.Z_SYNC_FLUSH))
            except (ConnectionError, RuntimeError):
                pass  # the other side is gone; the session keeps what was said

    def cut(self) -> None:
        """The wire is cut: no close frame, nothing."""
        transport = self.socket._req.transport if self.socket._req else None
        if transport is not None:
            transport.abort()


class Gateway:
    """All sessions of the bot. `interval` is the heartbeat's, in seconds."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.interval = 41.25
        self.content_allowed = True
        self.identifies: list[float] = []
        self.resumes = 0
        self.refuse = 0  # this many connections are turned away
        self.lines: set[Line] = set()

    @property
    def current(self) -> Session:
        return next(s for s in reversed(self.sessions.values()) if s.line and not s.dead)

    @property
    def connected(self) -> bool:
        return any(s.line and not s.dead for s in self.sessions.values())

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Send an event to every session that asked for its kind; the unconnected keep it."""
        for session in list(self.sessions.values()):
            if session.dead or not self._wanted(session, event):
                continue
            await self._to(session, event, self._seen(session, event, data))

    async def _to(self, session: Session, event: str, data: Any) -> None:
        payload = {"op": 0, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(payload)
        if session.line is not None and not session.mute:
            await session.line.send(payload)

    def _wanted(self, session: Session, event: str) -> bool:
        if event.startswith("MESSAGE_"):
            return bool(session.intents & (GUILD_MESSAGES | DIRECT_MESSAGES))
        if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
            return bool(session.intents & GUILDS)
        return True

    def _seen(self, session: Session, event: str, data: dict[str, Any]) -> dict[str, Any]:
        if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            return self.world.as_seen(data, session.content)
        return data

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=503)
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            self.world.wrong(f"gateway asked for as {request.query_string}")
        socket = web.WebSocketResponse(max_msg_size=4096 * 4)
        await socket.prepare(request)
        line = Line(socket, request.query.get("compress") == "zlib-stream")
        self.lines.add(line)
        await line.send({"op": 10, "d": {"heartbeat_interval": int(self.interval * 1000)}})
        watch = asyncio.create_task(self._watch(line))
        try:
            await self._listen(line)
        finally:
            watch.cancel()
            self.lines.discard(line)
            self._left(line)
        return socket

    async def _watch(self, line: Line) -> None:
        while not line.socket.closed:
            await asyncio.sleep(self.interval / 4)
            late = time.monotonic() - line.beat - self.interval * 1.8
            if late > BUSY and not line.zombie:
                self.world.wrong("the bot's heart stopped")
                await line.socket.close(code=4009)

    async def _listen(self, line: Line) -> None:
        times: list[float] = []
        async for message in line.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            now = time.monotonic()
            times = [t for t in times if t > now - 60] + [now]
            if len(times) > 120 or len(message.data) > 4096:
                self.world.wrong("more than 120 messages a minute, or one over 4096 bytes")
                await line.socket.close(code=4008)
            if not line.zombie:
                await self._said(line, json.loads(message.data))

    async def _said(self, line: Line, payload: dict[str, Any]) -> None:
        line.beat = time.monotonic()
        match payload["op"]:
            case 1 if line.heartless:
                pass
            case 1:
                await line.send({"op": 11})
            case 2:
                await self._identify(line, payload["d"])
            case 6:
                await self._resume(line, payload["d"])
            case op:
                self.world.wrong(f"op {op} was not expected")

    async def _identify(self, line: Line, data: dict[str, Any]) -> None:
        world, now = self.world, time.monotonic()
        if self.identifies and now - self.identifies[-1] < APART:
            world.wrong(f"IDENTIFY {now - self.identifies[-1]:.1f} s after the last")
        self.identifies.append(now)
        if data["token"] != world.token:
            await line.socket.close(code=4004)
            return
        if data["intents"] & PRIVILEGED & ~(MESSAGE_CONTENT if self.content_allowed else 0):
            await line.socket.close(code=4014)
            return
        session = Session(f"session{len(self.sessions)}", data["intents"], line=line)
        self.sessions[session.id] = session
        guilds = [{"id": g, "unavailable": True} for g in world.guilds]
        await self._to(
            session,
            "READY",
            {
                "v": 10,
                "user": world.me,
                "guilds": guilds,
                "session_id": session.id,
                "resume_gateway_url": world.gateway_url,
                "shard": data.get("shard", [0, 1]),
                "application": {"id": world.app, "flags": world.flags()},
                "private_channels": [],
            },
        )
        for guild in world.guilds:
            await self._to(session, "GUILD_CREATE", world.guild_create(guild))

    async def _resume(self, line: Line, data: dict[str, Any]) -> None:
        session = self.sessions.get(str(data["session_id"]))
        if session is None or session.dead or data["seq"] is None:
            await line.send({"op": 9, "d": False})
            return
        self.resumes += 1
        session.line = line
        for payload in session.sent[data["seq"] :]:
            await line.send(payload)
        await self._to(session, "RESUMED", {})

    def _left(self, line: Line) -> None:
        for session in self.sessions.values():
            if session.line is line:
                session.line = None
                if line.socket.close_code in (1000, 1001):
                    session.dead = True

    # What a test does to the line.

    def cut(self) -> None:
        """Cut the wire under the bot; its session lives on."""
        for line in list(self.lines):
            line.cut()

    async def reconnect(self) -> None:
        """Op 7."""
        for line in list(self.lines):
            await line.send({"op": 7, "d": None})

    async def invalidate(self, resumable: bool = False) -> None:
        """Op 9; the session is gone unless it is resumable."""
        for session in self.sessions.values():
            session.dead = session.dead or not resumable
        for line in list(self.lines):
            await line.send({"op": 9, "d": resumable})

    def forget(self) -> None:
        """Sessions are lost while the bot is away: its next RESUME is answered with op 9."""
        for session in self.sessions.values():
            session.dead = True

    def freeze(self) -> None:
        """A zombie: the connection stands, and nothing comes any more."""
        for line in self.lines:
            line.zombie = True

    def mute(self) -> None:
        """The sessions there are beat on and tell nothing any more."""
        for session in self.sessions.values():
            session.mute = True

    async def close(self) -> None:
        for line in list(self.lines):
            await line.socket.close(code=1001)
