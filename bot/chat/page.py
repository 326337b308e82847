"""The local page: a chat platform of one machine, for trying Gadfly without a token.

A window says who it is and nothing checks that, so the page belongs on loopback alone: it answers
to this machine's own names alone (against DNS rebinding), and takes requests from its own pages
alone. Every change is on the disk before it is acknowledged.
"""

import asyncio
import contextlib
import json
import logging
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.card import Card
from bot.chat import page_file
from bot.chat.history import Entry, History
from bot.chat.memory import TRAITS, MemoryChat
from bot.chat.page_cards import BadAct, act_of, card_json, check, entry_json
from bot.model import Reply, Room
from bot.ports import Clock, Finding, Handle, Outcome, Ready, Refused

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HERE = Path(__file__).parent
FILES = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/page_cards.js": ("page_cards.js", "text/javascript; charset=utf-8"),
    "/page_window.js": ("page_window.js", "text/javascript; charset=utf-8"),
    "/page.svg": ("page.svg", "image/svg+xml"),
}
OWN_NAMES = ("127.0.0.1", "localhost", "::1")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LONGEST_BODY = 64 * 1024
HEARTBEAT = 15.0  # seconds; a window that hears nothing for longer has lost its server


class PageChat:
    """`ports.Chat` as a web page, on the server that it is mounted on.

    `file` keeps what was said; raises `Wrong` if it is damaged. Its guards stand before its own
    routes alone.
    """

    def __init__(self, rooms: tuple[Room, ...], file: Path, clock: Clock) -> None:
        self.name = "page"
        self.traits = TRAITS
        self._rooms, self._file, self._clock = rooms, file, clock
        self._news = asyncio.Event()
        self._closing = False
        self._erased: set[str] = set()  # members whose window has still to hear of it
        self._chat = MemoryChat(clock, "page", history=page_file.load(file), keep=self._keep)

    def mount(self, app: web.Application) -> None:
        """The page's routes, each behind the page's guard."""
        for path, (name, kind) in FILES.items():
            app.router.add_get(path, _guarded(_file(HERE / name, kind)))
        app.router.add_get("/feed", _guarded(self._feed))
        app.router.add_post("/act", _guarded(self._act))

    @property
    def listening(self) -> bool:
        return self._chat.listening

    async def run(self, handle: Handle, ready: Ready) -> None:
        """As the port says; open windows are let go at the end."""
        self._closing = False
        try:
            await self._chat.run(handle, ready)
        finally:
            self._closing = True
            self._wake()

    async def post(
        self,
        room: Room,
        card: Card,
        key: str,
        thread: str | None = None,
        until: datetime | None = None,
    ) -> Outcome:
        if room not in self._rooms:
            return Refused(f"{room} is not a room of the page; see PROMPT_ROOMS", lasting=True)
        return await self._chat.post(room, card, key, thread, until)

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        return await self._chat.edit(room, message, card)

    async def find(
        self, room: Room, key: str, thread: str | None = None, since: datetime | None = None
    ) -> str | None:
        return await self._chat.find(room, key, thread, since)

    def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        return self._chat.replies(room, thread)

    async def tell(self, member: str, card: Card) -> Outcome:
        return Refused("the page has no private messages", lasting=True)

    async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
        return None

    async def erase(self, member: str) -> None:
        """The page is this member's platform, too: their lines go, and what their window shows."""
        self._erased.add(member)
        self._chat.drop(lambda line: line.member.id == member)

    async def purge(self, before: datetime) -> None:
        self._chat.drop(lambda line: line.at < before)

    async def check(self) -> AsyncIterator[Finding]:
        """That the file it keeps can be replaced; that it can be read, the start has shown.

        The file itself is left alone: a bot that runs beside this look has it in its hands.
        """
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._file.parent) as probe:
                probe.write(b" " * 4096)
        except OSError as error:
            remedy = f"Make {self._file.parent} writable, or set DATA_DIR to a folder that is."
            yield Finding("the page's file", f"cannot be written ({error.strerror})", remedy)
        else:
            yield Finding("the page's file")

    def _keep(self, history: History) -> None:
        # Some milliseconds of writing on the loop are the price of one simple order of things.
        page_file.save(self._file, history)
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _act(self, request: web.Request) -> web.Response:
        try:
            body = await request.clone(client_max_size=LONGEST_BODY).read()
            act = act_of(body, self._clock.now(), self._chat.fresh)
            check(act, self._chat.history, self._rooms)
            self._chat.hold(act.event)
        except BadAct as error:
            return web.json_response({"wrong": str(error)}, status=400)
        except OSError as error:
            log.error("%s: %s", self._file, error.strerror)
            return web.json_response({"wrong": f"Not kept: {error.strerror}."}, status=503)
        answer = await self._chat.deliver(act.event)
        said = card_json(answer) if answer and answer.parts else None
        erased = act.member.id in self._erased
        self._erased.discard(act.member.id)
        return web.json_response({"answer": said, "erased": erased})

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first everything, then what changed since."""
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await stream.prepare(request)
        with contextlib.suppress(ConnectionResetError):
            await self._stream(stream)
        return stream

    async def _stream(self, stream: web.StreamResponse) -> None:
        sent: Mapping[str, Entry] = {}
        first = {"first": True, "rooms": [str(room) for room in self._rooms]}
        message: dict[str, object] = first
        while not self._closing:
            news, held = self._news, self._chat.history.entries
            message |= changes(sent, held)
            await stream.write(_event(message))
            sent, message = held, {}
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), HEARTBEAT)


def changes(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> dict[str, object]:
    """What a window that was sent `before` must be told: new and changed messages, ids gone."""
    changed = [entry_json(entry) for key, entry in now.items() if before.get(key) is not entry]
    return {"entries": changed, "gone": [key for key in before if key not in now]}


def _event(message: Mapping[str, object]) -> bytes:
    # json.dumps writes no line breaks, and a line break is all that could end an event early.
    return f"data: {json.dumps(message)}\n\n".encode()


def _file(path: Path, kind: str) -> Handler:
    async def send(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers={"Content-Type": kind})

    return send


def _guarded(handler: Handler) -> Handler:
    """Refuses other people's pages, whether they come by another name or by another origin."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        host = request.headers.get("Host", "")
        if _hostname(host) not in OWN_NAMES:
            raise web.HTTPForbidden(text="This page answers to 127.0.0.1 and localhost alone.\n")
        if request.method not in ("GET", "HEAD") and not _own(request, host):
            raise web.HTTPForbidden(text="This page takes requests from its own windows alone.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guarded


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _own(request: web.Request, host: str) -> bool:
    """True unless a browser says that another page sent it; JSON alone cannot come from a form."""
    origin = request.headers.get("Origin", f"http://{host}")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return (
        origin == f"http://{host}"
        and site == "same-origin"
        and request.content_type == "application/json"
    )
