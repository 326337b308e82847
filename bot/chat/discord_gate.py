"""The way to Discord's API: at our own pace, and shut where more requests would only do harm.

Discord allows a bot fifty requests a second, and locks out an address that sends ten thousand
which it has to turn down (401, 403, 429) within ten minutes. discord.py heeds the limits of single
routes; what all requests together may do is kept here.
"""

import asyncio
import random
import re
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
from discord.http import Ratelimit, Route

from bot.chat.leaving import watched
from bot.pace import SHARE, Pace

PER_SECOND = 50.0  # requests that Discord allows a bot; answers to interactions are not counted
WINDOW = 600.0  # seconds in which requests that were turned down add up
MOST_TURNED_DOWN = 500  # of Discord's 10,000: then all wait until the first are forgotten
REVOKED_WAIT = 300.0  # seconds between tries with a token that Discord does not take
BANNED_WAIT = 60.0  # where Cloudflare shuts us out and does not say for how long
SHORT = 5.0  # seconds that a request rather waits than fails
SCOPE = "X-RateLimit-Scope"
JSON = "application/json"  # to the letter: discord.py reads nothing else
AGAIN = (0.3, 1.0, 3.0)  # seconds, more or less, before a read is tried again
UNGUARDED = re.compile(r".*/channels/\d+/threads")


class NoSecondTry(discord.DiscordException):
    """A request that must not be sent again by the library met an error of the server's."""


class NotDiscordsError(discord.DiscordException):
    """Somebody between us and Discord answered in its place; nobody knows what became of it."""


class Window(Ratelimit):
    """A route's limit. While a window is longer than we would wait, discord.py's own turns down
    every request, though more are left in it: one thread in five minutes (#6).
    """

    async def acquire(self) -> None:
        if self.is_expired():
            self.reset()  # type: ignore[no-untyped-call]  # it has no types
        if self.remaining <= 0:
            return await super().acquire()
        self._last_request = _now()
        self.remaining -= 1
        self.outgoing += 1


discord.http.Ratelimit = Window  # type: ignore[misc]  # there is no other seam
Request = Callable[..., Coroutine[Any, Any, Any]]


def again(request: Request) -> Request:
    """What asks Discord, asking once more where a line broke and nothing was to be changed.

    discord.py knows a broken line by the numbers of other systems alone (54, 10054), and fails.
    """

    async def asked(route: Route, **more: Any) -> Any:
        for rest in AGAIN if route.method == "GET" else ():
            try:
                return await request(route, **more)
            except aiohttp.ClientConnectorError:
                raise  # there is no line at all: whoever posts is to know at once
            except (aiohttp.ClientError, OSError, NotDiscordsError):
                await asyncio.sleep(rest * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
        return await request(route, **more)

    return asked


def asked_to_wait(headers: Mapping[str, str]) -> float:
    """The seconds that a 429 asks for, in headers that Cloudflare may have written."""
    told = headers.get("Retry-After", "")
    return float(told) if re.fullmatch(r"\d+(\.\d+)?", told) else BANNED_WAIT


class Gate:
    """What every request of one client passes; `trace` is how aiohttp takes it there."""

    def __init__(self) -> None:
        self._pace = Pace(PER_SECOND * SHARE)
        self._opens = 0.0  # by the loop's clock
        self._revoked = False  # the token, as far as the last answer tells
        self._turned_down: deque[float] = deque()
        self.date: str | None = None  # when Discord gave its last answer, by its own clock
        self.trace = watched()
        self.trace.on_request_start.append(self._before)
        self.trace.on_request_end.append(self._after)

    async def _before(self, _: aiohttp.ClientSession, __: SimpleNamespace, ___: object) -> None:
        wait = self._opens - _now()
        if wait > SHORT:
            raise discord.LoginFailure if self._revoked else discord.RateLimited(wait)
        await asyncio.sleep(wait)
        await self._pace.wait()

    async def _after(self, _: aiohttp.ClientSession, __: SimpleNamespace, done: object) -> None:
        if not isinstance(done, aiohttp.TraceRequestEndParams):
            return
        status, headers = done.response.status, done.response.headers
        self._revoked, self.date = status == 401, headers.get("Date")
        if self._revoked:
            self._shut(REVOKED_WAIT)
        elif status == 429 and ("Via" not in headers or headers.get(SCOPE) == "global"):
            self._shut(asked_to_wait(headers))
        if status in (401, 403, 429) and headers.get(SCOPE) != "shared":
            self._count()
        # Posts in a forum have no nonce, and discord.py sends again by itself after a 5xx (#6).
        if done.method == "POST" and status >= 500 and UNGUARDED.fullmatch(done.url.path):
            done.response.close()
            raise NoSecondTry(f"Discord answered {status}")
        # A page of a proxy's with a 200: discord.py would look for a message's id in its words.
        if status in (200, 201) and headers.get("Content-Type") != JSON:
            done.response.close()
            raise NotDiscordsError(f"somebody between us and Discord answered {status}")

    def _count(self) -> None:
        now = _now()
        self._turned_down.append(now)
        while now - self._turned_down[0] > WINDOW:
            self._turned_down.popleft()
        if len(self._turned_down) >= MOST_TURNED_DOWN:
            self._shut(self._turned_down[0] + WINDOW - now)

    def _shut(self, seconds: float) -> None:
        self._opens = max(self._opens, _now() + seconds)


def _now() -> float:
    return asyncio.get_running_loop().time()
