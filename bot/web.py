"""The one web server of the process: whatever brings routes is mounted on it.

It binds to this machine alone unless WEB_HOST says otherwise. Who may ask for what is decided by
the routes themselves: the page answers to its own windows, Slack's routes to Slack's signature.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol, runtime_checkable

from aiohttp import web

from bot.errors import Wrong
from bot.health import Sign, as_json
from bot.machine import deaf

# For answers that say nothing else about themselves: nothing in them may run or be framed.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
LONGEST_BODY = 1024 * 1024
FIGURES = "text/plain; version=1.0.0; charset=utf-8"  # Prometheus' text form
GOODBYE = 2.0  # seconds that requests under way have at the end


@runtime_checkable
class Mounts(Protocol):
    """What brings routes of its own: the local page, health, a platform's HTTP mode."""

    def mount(self, app: web.Application) -> None:
        """Add the routes; called once, before the server listens."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """/healthz: the process answers; /readyz: 200 if it is well, else 503; /metrics: figures."""

    signs: Callable[[], Awaitable[tuple[Sign, ...]]]
    figures: Callable[[], Awaitable[bytes]]

    def mount(self, app: web.Application) -> None:
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)

    async def _alive(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _ready(self, _: web.Request) -> web.Response:
        told = as_json(await self.signs())
        return web.json_response(told, status=200 if told["ready"] else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=await self.figures(), headers={"Content-Type": FIGURES})


@asynccontextmanager
async def serving(parts: Iterable[Mounts], host: str, port: int) -> AsyncIterator[str]:
    """The server with everybody's routes, while the context lasts; gives its address.

    `port` 0 takes any free one. Raises `Wrong`, one line, where it cannot listen.
    """
    app = web.Application(client_max_size=LONGEST_BODY)
    app.on_response_prepare.append(_with_headers)
    for part in parts:
        part.mount(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GOODBYE)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        yield _url(host, runner.addresses[0][1])
    finally:
        await runner.cleanup()


def loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        # asyncio wraps the reason in a sentence of its own; the number tells it apart.
        why = f"cannot listen there on {host} ({error.strerror}); {deaf(error)}"
        raise Wrong(f"WEB_PORT={port}: {why}") from None


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
