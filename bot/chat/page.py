"""The local page: a chat platform of one machine, for trying Gadfly without a token.

A window says who it is and nothing checks that, so the page answers on loopback alone, to this
machine's own names alone (against DNS rebinding), and takes requests from its own pages alone.
Every change is on the disk before it is acknowledged.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.card import Card
from bot.chat import page_file
from bot.chat.memory import TRAITS, Entry, History, MemoryChat
from bot.chat.page_cards import BadAct, act_of, card_json, check, entry_json
from bot.errors import Wrong
from bot.model import Reply, Room
from bot.ports import Clock, Handle, Outcome, Ready, Refused

log = logging.getLogger(__name__)

Mount = Callable[[web.Application], None]
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
    "img-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LONGEST_BODY = 64 * 1024
HEARTBEAT = 15.0  # seconds; a window that hears nothing for longer has lost its server
GOODBYE = 2.0  # seconds that requests under way have at the end


class PageChat:
    """`ports.Chat` as a web page on `port` of this machine; 0 takes any free port.

    `file` keeps what was said; raises `Wrong` if it is damaged. `mount` may add routes of its
    own, and they stand behind the same checks.
    """

    def __init__(
        self,
        rooms: tuple[Room, ...],
        port: int,
        file: Path,
        clock: Clock,
        host: str = "127.0.0.1",
        mount: Mount | None = None,
    ) -> None:
        self.name = "page"
        self.traits = TRAITS
        self.port = port
        self._rooms, self._host, self._file = rooms, host, file
        self._clock, self._mount = clock, mount
        self._news = asyncio.Event()
        self._closing = False
        self._chat = MemoryChat(clock, "page", history=page_file.load(file), keep=self._keep)

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}/"

    async def run(self, handle: Handle, ready: Ready) -> None:
        """As the port says; `ready` once the page can be opened. `Wrong` if the port is taken."""
        self._closing = False
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=GOODBYE)
        await runner.setup()
        try:
            await self._listen(runner)
            await self._chat.run(handle, ready)
        finally:
            self._closing = True
            self._wake()
            await runner.cleanup()

    async def post(self, room: Room, card: Card, key: str, thread: str | None = None) -> Outcome:
        if room not in self._rooms:
            return Refused(f"{room} is not a room of the page; see PROMPT_ROOMS", lasting=True)
        return await self._chat.post(room, card, key, thread)

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        return await self._chat.edit(room, message, card)

    async def find(self, room: Room, key: str) -> str | None:
        return await self._chat.find(room, key)

    def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        return self._chat.replies(room, thread)

    def _keep(self, history: History) -> None:
        # Some milliseconds of writing on the loop are the price of one simple order of things.
        page_file.save(self._file, history)
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[_guard], client_max_size=LONGEST_BODY)
        app.on_response_prepare.append(_with_headers)
        for path, (name, kind) in FILES.items():
            app.router.add_get(path, _file(HERE / name, kind))
        app.router.add_get("/feed", self._feed)
        app.router.add_post("/act", self._act)
        app.router.add_get("/healthz", _healthy)
        if self._mount is not None:
            self._mount(app)
        return app

    async def _listen(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, self._host, self.port).start()
        except OSError as error:
            # asyncio wraps the reason in a sentence of its own; the number tells it apart.
            raise Wrong(
                f"PAGE_PORT={self.port}: cannot listen there ({error.strerror}); "
                "stop the program that does, or choose another port"
            ) from None
        self.port = runner.addresses[0][1]

    async def _act(self, request: web.Request) -> web.Response:
        try:
            act = act_of(await request.read(), self._clock.now(), self._chat.fresh)
            check(act, self._chat.history, self._rooms)
            self._chat.hold(act.event)
        except BadAct as error:
            return web.json_response({"wrong": str(error)}, status=400)
        except OSError as error:
            log.error("%s: %s", self._file, error.strerror)
            return web.json_response({"wrong": f"Not kept: {error.strerror}."}, status=503)
        answer = await self._chat.deliver(act.event)
        return web.json_response({"answer": card_json(answer) if answer else None})

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first everything, then what changed since."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
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


async def _healthy(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses other people's pages, whether they come by another name or by another origin."""
    host = request.headers.get("Host", "")
    if _hostname(host) not in OWN_NAMES:
        raise web.HTTPForbidden(text="This page answers to 127.0.0.1 and localhost alone.\n")
    if request.method not in ("GET", "HEAD") and not _own(request, host):
        raise web.HTTPForbidden(text="This page takes requests from its own windows alone.\n")
    return await handler(request)


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
