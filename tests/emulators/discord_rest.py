"""Discord's REST API v10: routes, rate limits, nonces, permissions and injected faults."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web
from emulators import discord_rules as rules
from emulators.discord_rules import No

if TYPE_CHECKING:
    from emulators.discord import World

Json = dict[str, Any]
Route = Callable[[web.Request, Any, dict[str, bytes]], Awaitable[Any]]
PREFIX = "/api/v10"
PER_SECOND = 50


@dataclass
class Fault:
    """What goes wrong with the next `times` requests that match.

    `status` 0 cuts the connection; `landed` lets the request happen first; `delay` holds the
    answer back; `headers` and `body` are those of a stranger, such as Cloudflare.
    """

    method: str
    ending: str
    status: int = 502
    landed: bool = False
    times: int = 1
    delay: float = 0.0
    headers: Json = field(default_factory=dict)
    body: str | None = None

    def meets(self, request: web.Request) -> bool:
        template = request.match_info.route.resource.canonical.removeprefix(PREFIX)
        return self.times > 0 and self.method == request.method and template.endswith(self.ending)


@dataclass
class Bucket:
    limit: int
    per: float
    used: int = 0
    until: float = 0.0

    def take(self, now: float) -> bool:
        if now >= self.until:
            self.used, self.until = 0, now + self.per
        self.used += 1
        return self.used <= self.limit


@dataclass
class Rest:
    """The API over `world`. `rates` gives (requests, seconds) by a template's ending."""

    world: "World"
    rates: dict[str, tuple[int, float]] = field(
        default_factory=lambda: {
            "POST /channels/{channel}/messages": (5, 5.0),
            "POST /channels/{channel}/threads": (5, 5.0),
        }
    )
    faults: list[Fault] = field(default_factory=list)
    buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    log: list[tuple[str, str, int]] = field(default_factory=list)
    by_the_spec: bool = True  # bodies are held against it: more than half of a post's time
    limited: int = 0
    turned_down: int = 0  # with 401, 403 or 429, of which Discord takes so many
    recent: deque[float] = field(default_factory=deque)  # requests of the last second

    def fail(self, method: str, ending: str, **how: Any) -> Fault:
        fault = Fault(method, ending, **how)
        self.faults.append(fault)
        return fault

    def count(self, method: str, ending: str) -> int:
        """How many such requests came, answered or not."""
        return sum(m == method and path.endswith(ending) for m, path, _ in self.log)

    def mount(self, app: web.Application) -> None:
        w = self.world
        c, m = "/channels/{channel}", "/channels/{channel}/messages"
        hook = "/webhooks/{app}/{token}"
        for method, path, route in (
            ("GET", "/gateway/bot", w.get_gateway),
            ("GET", "/users/@me", w.get_me),
            ("GET", "/oauth2/applications/@me", w.get_application),
            ("GET", "/applications/@me", w.get_application),
            ("PUT", "/applications/{app}/commands", w.put_commands),
            ("PUT", "/applications/{app}/guilds/{guild}/commands", w.put_commands),
            ("GET", "/applications/{app}/guilds/{guild}/commands", w.get_commands),
            ("POST", "/users/@me/channels", w.post_dm),
            ("GET", c, w.get_channel),
            ("PATCH", c, w.patch_channel),
            ("POST", m, w.post_message),
            ("GET", m, w.get_messages),
            ("GET", m + "/{message}", w.get_message),
            ("PATCH", m + "/{message}", w.patch_message),
            ("DELETE", m + "/{message}", w.delete_message),
            ("POST", m + "/{message}/threads", w.post_thread),
            ("POST", c + "/threads", w.post_forum),
            ("GET", c + "/threads/archived/public", w.get_archived),
            ("GET", "/guilds/{guild}/threads/active", w.get_active),
            ("GET", "/guilds/{guild}", w.get_guild),
            ("GET", "/guilds/{guild}/roles", w.get_roles),
            ("GET", "/guilds/{guild}/members/{user}", w.get_member),
            ("POST", "/interactions/{interaction}/{token}/callback", w.post_callback),
            ("POST", hook, w.post_followup),
            ("GET", hook + "/messages/@original", w.get_original),
            ("PATCH", hook + "/messages/@original", w.patch_original),
        ):
            app.router.add_route(method, PREFIX + path, self._wrapped(path, route))
        app.router.add_route("*", "/{rest:.*}", self._nowhere)

    async def _nowhere(self, request: web.Request) -> web.Response:
        self.world.wrong(f"{request.method} {request.path} is no route")
        return _json({"message": "404: Not Found", "code": 0}, 404)

    def _wrapped(self, template: str, route: Route) -> Callable[[web.Request], Awaitable[Any]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            body, files = await _read(request)
            fault = next((f for f in self.faults if f.meets(request)), None)
            if fault is not None:
                fault.times -= 1
                if not fault.landed:
                    return await self._fail(request, fault)
            response = await self._answer(request, template, route, body, files)
            self.turned_down += response.status in (401, 403, 429)
            if fault is not None:
                return await self._fail(request, fault)
            self.log.append((request.method, request.path, response.status))
            return response

        return handler

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        self.log.append((request.method, request.path, fault.status))
        await asyncio.sleep(fault.delay)
        if fault.status == 0:
            assert request.transport is not None
            request.transport.abort()
        if fault.body is not None:
            made = {"Content-Type": "text/html", **fault.headers}
            return web.Response(body=fault.body.encode(), status=fault.status, headers=made)
        return _json({"message": "upstream", "code": 0}, fault.status or 502, fault.headers)

    async def _answer(
        self, request: web.Request, template: str, route: Route, body: Any, files: dict[str, bytes]
    ) -> web.Response:
        hook = template.startswith(("/webhooks", "/interactions"))
        if not hook and request.headers.get("Authorization") != f"Bot {self.world.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        headers, wait = self._limit(request, template, hook)
        if wait is not None:
            # Real ones carry Via, and discord.py takes one without for a ban by Cloudflare.
            headers["Via"] = "1.1 google"
            headers["Retry-After"] = str(int(wait) + 1)
            said = {"message": "You are being rate limited.", "retry_after": wait}
            said["global"] = "X-RateLimit-Global" in headers
            return _json(said, 429, headers)
        if body is not None and self.by_the_spec:
            for line in rules.against_the_spec(request.method, template, body):
                self.world.wrong(line)
        try:
            answer = await route(request, body, files)
        except No as no:
            return _json({"message": no.message, "code": no.code}, no.status, headers)
        if answer is None:
            return web.Response(status=204, headers=headers)
        return _json(answer, 200, headers)

    def _limit(self, request: web.Request, template: str, hook: bool) -> tuple[Json, float | None]:
        if hook:
            return {}, None
        if not self._globally(time.monotonic()):
            return {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}, 1.0
        name = f"{request.method} {template}"
        major = request.match_info.get("channel") or request.match_info.get("guild") or ""
        limit, per = self.rates.get(name, (50, 1.0))
        bucket = self.buckets.setdefault((name, major), Bucket(limit, per))
        bucket.limit, bucket.per = limit, per
        now = time.monotonic()
        known = bucket.until > now and bucket.used >= bucket.limit
        fine = bucket.take(now)
        if not fine:
            self.limited += 1
            if known:
                self.world.wrong(f"{name} was sent while its limit was known to be used up")
        left = max(bucket.until - now, 0.001)
        headers = {
            "X-RateLimit-Bucket": str(abs(hash(name)) % 10**12),
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(limit - bucket.used, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }
        return headers, None if fine else left

    def _globally(self, now: float) -> bool:
        """Whether it is among the requests that a bot has a second."""
        while self.recent and now - self.recent[0] > 1.0:
            self.recent.popleft()
        self.recent.append(now)
        if len(self.recent) > PER_SECOND:
            self.world.wrong(f"more than {PER_SECOND} requests in a second")
        return len(self.recent) <= PER_SECOND


async def _read(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """The JSON of a request and its files by name."""
    if not request.can_read_body:
        return None, {}
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else None), {}
    body, files = None, {}
    async for part in await request.multipart():
        data = await part.read(decode=False)
        if part.name == "payload_json":
            body = json.loads(data)
        else:
            files[part.filename or part.name or ""] = bytes(data)
    return body, files


def _json(data: Any, status: int, headers: Json | None = None) -> web.Response:
    # discord.py reads JSON only where the content type is this to the letter.
    made = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=made)
