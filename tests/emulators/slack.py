"""A Slack workspace on 127.0.0.1: its Web API, Socket Mode, signed HTTP, its members' hands.

It keeps what Slack keeps (every channel's messages as they read now), tells it as Slack tells it
(3 seconds, retries, duplicates where asked for), refuses what Slack refuses, and can be made to
fail in every way that Slack has been seen to fail.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import canaries
from aiohttp import web
from emulators.slack_limits import Limits
from emulators.slack_shapes import (
    METHODS,
    words,
    wrong_arguments,
    wrong_blocks,
    wrong_view,
)

BOT_TOKEN, APP_TOKEN = canaries.SLACK_BOT, canaries.SLACK_APP
SECRET = canaries.SLACK_SIGNING
BOT, BOT_ID, TEAM, APP = "U0GADFLY", "B0GADFLY", "T0STUDY", "A0GADFLY"
MANIFEST = Path(__file__).parents[2] / "deploy/slack/manifest-socket.json"
SCOPES = frozenset(json.loads(MANIFEST.read_text())["oauth_config"]["scopes"]["bot"])
DEADLINE = 3.0
Json = dict[str, Any]


@dataclass
class Channel:
    id: str
    private: bool = False
    archived: bool = False
    members: set[str] = field(default_factory=lambda: {BOT})
    messages: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What becomes of one call: an error's word, a status, or a line that breaks."""

    error: str = ""
    status: int = 200
    after: bool = False  # the call is done all the same
    drop: bool = False  # the line breaks
    wait: float | None = None  # Retry-After
    html: bool = False
    slow: float = 0.0
    late: float = 0.0  # seconds between what it does and what it says


Faults = Callable[[str, Json], Fault | None]


def no_faults(_: str, __: Json) -> Fault | None:
    return None


def first(*planned: tuple[str, Fault]) -> Faults:
    """Each fault meets the next call of its method, in order."""
    left: dict[str, deque[Fault]] = defaultdict(deque)
    for method, fault in planned:
        left[method].append(fault)
    return lambda method, _: left[method].popleft() if left[method] else None


class SlackSays(Exception):
    def __init__(self, error: str, **more: Any) -> None:
        self.answer = {"ok": False, "error": error, **more}


class Slack:
    """The workspace. `mode` is how it reaches the app: `socket`, or a URL for signed HTTP."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.users = {"U0ANN": "Ann", "U0BEN": "Ben", "U0CEM": "Cem", "U0LEA": "Lea"}
        self.channels: dict[str, Channel] = {}
        self.add("C0AGORA", "C0STOA")
        self.scopes = SCOPES
        self.faults: Faults = no_faults
        self.calls: list[tuple[str, Json]] = []
        self.refused: list[tuple[str, str]] = []  # what was wrong with a request, for the tests
        self.ephemeral: list[Json] = []
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.shared_after = 1  # tries before an uploaded file may stand in a message
        self.reactions: list[tuple[str, str, str]] = []
        self.sockets: list[web.WebSocketResponse] = []
        self.tickets: set[str] = set()
        self.mode = "socket"
        self.acks: list[float] = []
        self.unacked: list[Json] = []
        self.silent_sockets = False  # no hello
        self.duplicates = 1
        self.retries = True
        self.page = 200
        self.enforce_limits = False
        self.token_error = ""
        self.clock_off = 0.0  # seconds
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._ids = itertools.count(1)
        self._last = 0
        self._limits = Limits()
        self._triggers: set[str] = set()
        self._background: set[asyncio.Task[Any]] = set()
        self.url = ""

    def add(self, *channels: str) -> None:
        """Channels with everybody in them, where there are none of that id."""
        for ident in channels:
            known = Channel(ident, members={BOT, *self.users})
            self.channels.setdefault(ident, known)

    # The server.

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Slack"]:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/respond/{token}", self._respond)
        app.router.add_get("/socket/{ticket}", self._socket)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession()
        try:
            yield self
        finally:
            await self._session.close()
            for socket in self.sockets:
                await socket.close()
            await runner.cleanup()

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def ts(self) -> str:
        now = max(self._last + 1, int(self._now() * 1_000_000))
        self._last = now
        return f"{now // 1_000_000}.{now % 1_000_000:06d}"

    def ident(self, letter: str) -> str:
        return f"{letter}{next(self._ids):08d}"

    # The Web API.

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        fault = self.faults(method, arguments) or Fault()
        if fault.slow:
            await asyncio.sleep(fault.slow)
        wait = self._rest(method, arguments) if fault.wait is None else fault.wait
        if wait is not None:
            headers = {"Retry-After": f"{wait:g}"}
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers=headers)
        answer: Json = {"ok": False, "error": fault.error}
        if fault.after or not (fault.error or fault.status != 200 or fault.drop or fault.html):
            answer = self._answer(method, arguments, request)
        await asyncio.sleep(fault.late)
        if fault.error:
            answer = {"ok": False, "error": fault.error}
        if fault.drop:
            assert request.transport is not None
            request.transport.close()
        if fault.html:
            return web.Response(text="<html>oops</html>", content_type="text/html")
        if fault.status != 200:
            return web.Response(text="upstream", status=fault.status)
        date = formatdate(self._now() + self.clock_off, usegmt=True)
        headers = {"x-oauth-scopes": ",".join(self.scopes), "Date": date}
        return web.json_response(answer, headers=headers)

    def _rest(self, method: str, arguments: Json) -> float | None:
        """How long this call would have to wait, where limits are enforced."""
        if not self.enforce_limits:
            return None
        now = asyncio.get_running_loop().time()
        wait = self._limits.refuses(method, arguments.get("channel", ""), now)
        if wait:
            self.refused.append((method, "ratelimited"))
        return wait or None

    def _answer(self, method: str, arguments: Json, request: web.Request) -> Json:
        try:
            self._admit(method, arguments, request)
            done: Json = getattr(self, "_do_" + method.replace(".", "_"))(**arguments)
        except SlackSays as no:
            self.refused.append((method, str(no.answer)))
            return no.answer
        return {"ok": True, **done}

    def _admit(self, method: str, arguments: Json, request: web.Request) -> None:
        known = METHODS.get(method)
        if known is None:
            raise SlackSays("unknown_method")
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != (APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN):
            raise SlackSays("invalid_auth" if token else "not_authed")
        if self.token_error:
            raise SlackSays(self.token_error)
        if known.scopes and not self.scopes & set(known.scopes.split()):
            needed = known.scopes.split()[0]
            raise SlackSays("missing_scope", needed=needed, provided=",".join(self.scopes))
        why = wrong_arguments(known, arguments)
        if why:
            raise SlackSays("invalid_arguments", response_metadata={"messages": [why]})

    def _channel(self, ident: str) -> Channel:
        channel = self.channels.get(ident)
        if channel is None or (channel.private and BOT not in channel.members):
            raise SlackSays("channel_not_found")
        if BOT not in channel.members:
            raise SlackSays("not_in_channel")
        return channel

    def _do_auth_test(self) -> Json:
        return {
            "user_id": BOT,
            "bot_id": BOT_ID,
            "team_id": TEAM,
            "team": "Study",
            "user": "gadfly",
        }

    def _do_apps_connections_open(self) -> Json:
        ticket = self.ident("ticket")
        self.tickets.add(ticket)
        return {"url": f"{self.url.replace('http', 'ws')}/socket/{ticket}"}

    def _do_chat_postMessage(self, channel: str, **sent: Any) -> Json:  # noqa: N802 - Slack's name
        if channel in self.users:
            channel = f"D{channel[1:]}"
        place = self._channel(channel)
        if place.archived:
            raise SlackSays("is_archived")
        self._check_message(sent)
        if len(json.dumps(sent.get("metadata", {}))) > 1024:
            raise SlackSays("metadata_too_large")
        ts = self.ts()
        message = {
            "type": "message",
            "ts": ts,
            "user": BOT,
            "bot_id": BOT_ID,
            "app_id": APP,
            "text": sent.get("text", ""),
            "blocks": sent.get("blocks", []),
        }
        if "thread_ts" in sent:
            message |= {"thread_ts": sent["thread_ts"], "parent_user_id": BOT}
            parent = place.messages.get(sent["thread_ts"])
            if parent is None:
                raise SlackSays("thread_not_found")
            parent["thread_ts"] = parent["ts"]
        if "metadata" in sent:
            message["metadata"] = sent["metadata"]
        place.messages[ts] = message
        self._later("event", self.event({**message, "channel": channel, "subtype": None}))
        return {"channel": channel, "ts": ts, "message": message}

    def _check_message(self, sent: Json) -> None:
        if not sent.get("text") and not sent.get("blocks"):
            raise SlackSays("no_text")
        if len(sent.get("text", "")) > 40_000:
            raise SlackSays("msg_too_long")
        why = wrong_blocks(sent.get("blocks", []), 50)
        if why:
            raise SlackSays("invalid_blocks", errors=[why])
        if len(words(sent.get("blocks", []))) > 13_000:
            raise SlackSays("msg_blocks_too_long")
        for block in sent.get("blocks", []):
            if block["type"] == "image":
                self._check_file(block["slack_file"]["id"])

    def _check_file(self, ident: str) -> None:
        file = self.files.get(ident)
        if file is None or not file["complete"]:
            raise SlackSays("invalid_blocks", errors=["invalid slack file"])
        file["tries"] += 1
        if file["tries"] <= self.shared_after:
            raise SlackSays("invalid_blocks", errors=["invalid slack file"])

    def _do_chat_postEphemeral(self, channel: str, user: str, **sent: Any) -> Json:  # noqa: N802
        place = self._channel(channel)
        if user not in place.members:
            raise SlackSays("user_not_in_channel")
        self._check_message(sent)
        self.ephemeral.append({"channel": channel, "user": user, **sent})
        return {"message_ts": self.ts()}

    def _do_chat_update(self, channel: str, ts: str, **sent: Any) -> Json:
        message = self._channel(channel).messages.get(ts)
        if message is None:
            raise SlackSays("message_not_found")
        if message.get("bot_id") != BOT_ID:
            raise SlackSays("cant_update_message")
        self._check_message(sent)
        if len(sent.get("text", "")) > 4_000:
            raise SlackSays("msg_too_long")
        before = dict(message)
        message |= {"text": sent.get("text", ""), "blocks": sent.get("blocks", [])}
        message["edited"] = {"user": BOT, "ts": self.ts()}
        self._later("event", self._changed(channel, message, before))
        return {"channel": channel, "ts": ts, "text": message["text"]}

    def _do_chat_getPermalink(self, channel: str, message_ts: str) -> Json:  # noqa: N802
        if message_ts not in self._channel(channel).messages:
            raise SlackSays("message_not_found")
        link = f"https://study.slack.com/archives/{channel}/p{message_ts.replace('.', '')}"
        return {"channel": channel, "permalink": link}

    def _do_conversations_history(self, channel: str, **asked: Any) -> Json:
        held = self._channel(channel).messages.values()
        tops = [m for m in held if m.get("thread_ts", m["ts"]) == m["ts"]]
        oldest = float(asked.get("oldest", 0))
        newest = [m for m in reversed(tops) if float(m["ts"]) > oldest]
        return self._paged(newest, asked)

    def _do_conversations_replies(self, channel: str, ts: str, **asked: Any) -> Json:
        held = self._channel(channel).messages
        if ts not in held:
            raise SlackSays("thread_not_found")
        rest = [m for m in held.values() if m.get("thread_ts") == ts and m["ts"] != ts]
        page = self._paged(rest, asked)
        return {**page, "messages": [held[ts], *page["messages"]]}  # the parent is on every page

    def _paged(self, messages: list[Json], asked: Json) -> Json:
        start = int(asked.get("cursor") or 0)
        limit = min(asked.get("limit", 100), self.page)
        if not 1 <= asked.get("limit", 100) <= 999:
            raise SlackSays("invalid_limit")
        cut = [dict(m) for m in messages[start : start + limit]]
        if not asked.get("include_all_metadata"):
            for message in cut:
                message.pop("metadata", None)
        end = start + limit
        more = end < len(messages)
        after = {"next_cursor": str(end)} if more else {"next_cursor": ""}
        return {"messages": cut, "has_more": more, "response_metadata": after}

    def _do_conversations_info(self, channel: str, **_: Any) -> Json:
        place = self.channels.get(channel)
        if place is None or (place.private and BOT not in place.members):
            raise SlackSays("channel_not_found")
        known = {"id": channel, "name": channel.lower(), "is_private": place.private}
        known |= {"is_archived": place.archived, "is_member": BOT in place.members}
        return {"channel": known}

    def _do_conversations_members(self, channel: str, **_: Any) -> Json:
        return {"members": sorted(self._channel(channel).members)}

    def _do_conversations_open(self, users: str) -> Json:
        if users not in self.users:
            raise SlackSays("user_not_found")
        direct = f"D{users[1:]}"
        self.channels.setdefault(direct, Channel(direct, members={BOT, users}))
        return {"channel": {"id": direct}}

    def _do_users_info(self, user: str, **_: Any) -> Json:
        if user not in self.users:
            raise SlackSays("user_not_found")
        profile = {"display_name": self.users[user], "real_name": f"{self.users[user]} Real"}
        return {"user": {"id": user, "name": self.users[user].lower(), "profile": profile}}

    def _do_views_open(self, trigger_id: str, view: Json) -> Json:
        if trigger_id not in self._triggers:
            raise SlackSays("expired_trigger_id")
        self._triggers.discard(trigger_id)
        return self._view(self.ident("V"), view)

    def _do_views_update(self, view_id: str, view: Json) -> Json:
        if view_id not in self.views:
            raise SlackSays("not_found")
        return self._view(view_id, view)

    def _view(self, ident: str, view: Json) -> Json:
        why = wrong_view(view)
        if why:
            raise SlackSays("invalid_arguments", response_metadata={"messages": [why]})
        self.views[ident] = {**view, "id": ident}
        return {"view": self.views[ident]}

    def _do_views_publish(self, user_id: str, view: Json) -> Json:
        why = wrong_view(view)
        if why:
            raise SlackSays("invalid_arguments", response_metadata={"messages": [why]})
        self.homes[user_id] = view
        return {"view": view}

    def _do_reactions_add(self, channel: str, timestamp: str, name: str) -> Json:
        if timestamp not in self._channel(channel).messages:
            raise SlackSays("message_not_found")
        if (channel, timestamp, name) in self.reactions:
            raise SlackSays("already_reacted")
        self.reactions.append((channel, timestamp, name))
        return {}

    def _do_files_getUploadURLExternal(self, filename: str, length: int, **_: Any) -> Json:  # noqa: N802
        ident = self.ident("F")
        self.files[ident] = {"length": length, "data": b"", "complete": False, "tries": 0}
        return {"upload_url": f"{self.url}/upload/{ident}", "file_id": ident}

    def _do_files_completeUploadExternal(self, files: list[Json], **_: Any) -> Json:  # noqa: N802
        for file in files:
            known = self.files.get(file["id"])
            if known is None or len(known["data"]) != known["length"]:
                raise SlackSays("file_not_found")
            known["complete"] = True
        return {"files": files}

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.files[request.match_info["file"]]
        file["data"] = await request.read()
        return web.Response(text=f"OK - {len(file['data'])}")

    async def _respond(self, request: web.Request) -> web.Response:
        channel, user, shown = request.match_info["token"].split(",")
        body = await request.json()
        self._check_message({k: v for k, v in body.items() if k in ("text", "blocks")})
        answer = {"channel": channel, "user": user, **body}
        if body.get("replace_original") and shown:
            self.ephemeral[int(shown)] = answer
        else:
            self.ephemeral.append(answer)
        return web.Response(text="ok")

    # Telling the app.

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.match_info["ticket"]
        if ticket not in self.tickets:
            return web.Response(status=401)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if not self.silent_sockets:
            info = {"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}}
            await socket.send_json(info)
            self.sockets.append(socket)
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                break
            ack = message.json()
            future = self._waiting.get(ack["envelope_id"])
            if future and not future.done():
                future.set_result(ack.get("payload") or {})
        if socket in self.sockets:
            self.sockets.remove(socket)
        return socket

    async def disconnect(self, reason: str) -> None:
        """Slack's own announcements; the socket goes a little later."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    def freeze(self) -> None:
        """The sockets stay, and nothing comes out of them any more: no event, no pong."""
        for socket in list(self.sockets):
            self.sockets.remove(socket)
            request = socket._req
            if request is not None and request.transport is not None:
                request.transport.pause_reading()

    def cut(self) -> None:
        """Every socket breaks without a word."""
        for socket in list(self.sockets):
            self.sockets.remove(socket)
            request = socket._req  # aiohttp has no other way to break a line
            if request is not None and request.transport is not None:
                request.transport.abort()

    def event(self, event: Json) -> Json:
        inner = {k: v for k, v in event.items() if v is not None}
        inner.setdefault("event_ts", inner.get("ts") or self.ts())
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": inner,
            "event_id": self.ident("Ev"),
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }

    def _later(self, kind: str, body: Json) -> None:
        task = asyncio.create_task(self.tell(kind, body))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def tell(self, kind: str, body: Json) -> Json | None:
        """One delivery, with Slack's retries for events; the payload of the acknowledgement."""
        tries = 4 if kind == "event" and self.retries else 1
        for attempt in range(tries):
            for _ in range(self.duplicates - 1):
                self._spare(kind, body, attempt)
            began = time.perf_counter()
            answer = await self._deliver(kind, body, attempt)
            if answer is not None:
                self.acks.append(time.perf_counter() - began)
                return answer
            await asyncio.sleep(0.05 * (attempt + 1))
        self.unacked.append(body)
        return None

    def _spare(self, kind: str, body: Json, attempt: int) -> None:
        task = asyncio.create_task(self._deliver(kind, body, attempt))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _deliver(self, kind: str, body: Json, attempt: int) -> Json | None:
        if self.mode != "socket":
            return await self._post(kind, body, attempt)
        if not self.sockets:
            return None
        envelope = self.ident("env")
        future = self._waiting[envelope] = asyncio.get_running_loop().create_future()
        types = {"event": "events_api", "command": "slash_commands"}
        message = {
            "envelope_id": envelope,
            "type": types.get(kind, "interactive"),
            "payload": body,
            "accepts_response_payload": kind != "event",
        }
        if attempt:
            message |= {"retry_attempt": attempt, "retry_reason": "timeout"}
        with suppress(ConnectionError, TimeoutError):
            await self.sockets[next(self._ids) % len(self.sockets)].send_json(message)
            async with asyncio.timeout(DEADLINE if self.retries else 5):
                return await future
        return None

    def signed(self, body: str, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
        stamp = str(int(at if at is not None else time.time()))
        base = f"v0:{stamp}:{body}".encode()
        mac = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}

    async def _post(self, kind: str, body: Json, attempt: int) -> Json | None:
        text, content = json.dumps(body), "application/json"
        if kind != "event":
            content = "application/x-www-form-urlencoded"
            text = urlencode(body if kind == "command" else {"payload": text})
        headers = {**self.signed(text), "Content-Type": content}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_error"}
        timeout = aiohttp.ClientTimeout(total=DEADLINE)
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.post(
                self.mode, data=text.encode(), headers=headers, timeout=timeout
            ) as answer:
                if answer.status == 200:
                    said = await answer.text()
                    return json.loads(said) if said.startswith("{") else {}
        return None

    # What members do.

    async def say(
        self, user: str, channel: str, text: str, thread: str | None = None, **more: Any
    ) -> str:
        """A message; returns its ts. Retries and all, until the app has acknowledged it."""
        ts, body = self.write(user, channel, text, thread, **more)
        if f"<@{BOT}>" in text:
            mention = self.event({**body["event"], "type": "app_mention"})
            await asyncio.gather(self.tell("event", body), self.tell("event", mention))
        else:
            await self.tell("event", body)
        return ts

    def write(
        self, user: str, channel: str, text: str, thread: str | None = None, **more: Any
    ) -> tuple[str, Json]:
        """A message that nobody has told yet, and its event."""
        ts = self.ts()
        message: Json = {"type": "message", "user": user, "text": text, "ts": ts, "team": TEAM}
        message |= {"client_msg_id": self.ident("cm"), **more}
        place = self.channels[channel]
        if thread is not None:
            parent = place.messages[thread]
            message |= {"thread_ts": thread, "parent_user_id": parent["user"]}
            parent["thread_ts"] = thread
            parent["reply_count"] = parent.get("reply_count", 0) + 1
        place.messages[ts] = message
        kind = "group" if place.private else "channel"
        return ts, self.event({**message, "channel": channel, "channel_type": kind})

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        message = self.channels[channel].messages[ts]
        before = dict(message)
        message |= {"text": text, "edited": {"user": user, "ts": self.ts()}}
        await self.tell("event", self._changed(channel, message, before))

    async def unfurl(self, channel: str, ts: str) -> None:
        """A link unfolds: the message changes and nobody edited it."""
        message = self.channels[channel].messages[ts]
        before = dict(message)
        message["attachments"] = [{"title": "A page", "from_url": "https://example.org"}]
        await self.tell("event", self._changed(channel, message, before))

    def _changed(self, channel: str, now: Json, before: Json) -> Json:
        return self.event(
            {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "channel": channel,
                "ts": self.ts(),
                "message": dict(now),
                "previous_message": before,
            }
        )

    async def delete(self, channel: str, ts: str) -> None:
        held = self.channels[channel].messages
        before = held.pop(ts)
        answered = any(m.get("thread_ts") == ts for m in held.values())
        if answered:
            stone = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": ts}
            stone |= {"text": "This message was deleted.", "thread_ts": ts, "hidden": True}
            held[ts] = stone
            body = self._changed(channel, stone, before)
        else:
            event = {"type": "message", "subtype": "message_deleted", "channel": channel}
            event |= {"ts": self.ts(), "deleted_ts": ts, "hidden": True}
            body = self.event({**event, "previous_message": before})
        await self.tell("event", body)

    def trigger(self) -> str:
        trigger = f"{next(self._ids)}.{next(self._ids)}.abc"
        self._triggers.add(trigger)
        return trigger

    def _respond_url(self, channel: str, user: str, shown: int | None = None) -> str:
        place = "" if shown is None else str(shown)
        return f"{self.url}/respond/{channel},{user},{place}"

    async def slash(self, user: str, channel: str, command: str, text: str = "") -> None:
        body = {
            "command": command,
            "text": text,
            "team_id": TEAM,
            "channel_id": channel,
            "channel_name": channel.lower(),
            "user_id": user,
            "user_name": self.users[user].lower(),
            "api_app_id": APP,
            "trigger_id": self.trigger(),
            "response_url": self._respond_url(channel, user),
        }
        await self.tell("command", body)

    async def press(self, user: str, channel: str, ts: str, label: str) -> Json:
        """A button of a message, by its label; the body that was told."""
        message = self.channels[channel].messages[ts]
        container = {"type": "message", "message_ts": ts, "channel_id": channel}
        container["is_ephemeral"] = False
        if "thread_ts" in message:
            container["thread_ts"] = message["thread_ts"]
        body = self._action(user, message["blocks"], label)
        body |= {"container": container, "channel": {"id": channel, "name": channel.lower()}}
        body |= {"message": message, "response_url": self._respond_url(channel, user)}
        await self.tell("interactive", body)
        return body

    async def push(
        self, user: str, channel: str, action: str, value: str, thread: str | None = None
    ) -> None:
        """A button that stands in a thread (or in the channel), whatever message it is on."""
        button = {"action_id": action, "value": value, "text": {"type": "plain_text", "text": "x"}}
        body = self.action(user, button)
        container = {"type": "message", "message_ts": self.ts(), "channel_id": channel}
        body["container"] = {**container, **({"thread_ts": thread} if thread else {})}
        body |= {"channel": {"id": channel}, "response_url": self._respond_url(channel, user)}
        await self.tell("interactive", body)

    async def press_answer(self, user: str, label: str) -> None:
        """A button of the last private answer to the member."""
        at = max(i for i, shown in enumerate(self.ephemeral) if shown["user"] == user)
        shown = self.ephemeral[at]
        channel = shown["channel"]
        container = {"type": "message", "message_ts": self.ts(), "channel_id": channel}
        container["is_ephemeral"] = True
        if shown.get("thread_ts"):
            container["thread_ts"] = shown["thread_ts"]
        body = self._action(user, shown["blocks"], label)
        body |= {"container": container, "channel": {"id": channel, "name": channel.lower()}}
        body["response_url"] = self._respond_url(channel, user, at)
        await self.tell("interactive", body)

    async def press_home(self, user: str, label: str) -> None:
        body = self._action(user, self.homes[user]["blocks"], label)
        body |= {"container": {"type": "view", "view_id": "V0HOME"}, "view": self.homes[user]}
        await self.tell("interactive", body)

    def _action(self, user: str, blocks: list[Json], label: str) -> Json:
        buttons = [b for block in blocks if block["type"] == "actions" for b in block["elements"]]
        return self.action(user, next(b for b in buttons if b["text"]["text"] == label))

    def action(self, user: str, button: Json) -> Json:
        """What Slack tells of a pressed button, but for its place."""
        action = {**button, "type": "button", "block_id": "b1", "action_ts": self.ts()}
        return {
            "type": "block_actions",
            "user": self._user(user),
            "api_app_id": APP,
            "team": {"id": TEAM, "domain": "study"},
            "trigger_id": self.trigger(),
            "actions": [action],
        }

    def _user(self, user: str) -> Json:
        name = self.users[user].lower()
        return {"id": user, "username": name, "name": name, "team_id": TEAM}

    async def shortcut(self, user: str, channel: str, ts: str, callback: str) -> None:
        body = {
            "type": "message_action",
            "callback_id": callback,
            "trigger_id": self.trigger(),
            "action_ts": self.ts(),
            "message_ts": ts,
            "message": self.channels[channel].messages[ts],
            "channel": {"id": channel, "name": channel.lower()},
            "user": self._user(user),
            "team": {"id": TEAM, "domain": "study"},
            "response_url": self._respond_url(channel, user),
        }
        await self.tell("interactive", body)

    async def submit(self, user: str, reason: str | None) -> Json | None:
        """The last window, sent; what the app answered to it."""
        view = list(self.views.values())[-1]
        field = {"reason": {"reason": {"type": "plain_text_input", "value": reason}}}
        body = {
            "type": "view_submission",
            "user": self._user(user),
            "team": {"id": TEAM, "domain": "study"},
            "trigger_id": self.trigger(),
            "view": {**view, "state": {"values": field}},
        }
        return await self.tell("interactive", body)

    async def close(self, user: str) -> None:
        """The last window, closed; the app is told where it asked for that."""
        view = list(self.views.values())[-1]
        body = {
            "type": "view_closed",
            "user": self._user(user),
            "team": {"id": TEAM, "domain": "study"},
            "view": {**view, "state": {"values": {}}},
            "is_cleared": False,
        }
        if view.get("notify_on_close"):
            await self.tell("interactive", body)

    async def open_home(self, user: str) -> None:
        event = {"type": "app_home_opened", "user": user, "channel": f"D{user[1:]}", "tab": "home"}
        await self.tell("event", self.event(event))

    async def uninstall(self) -> None:
        self.token_error = "account_inactive"  # noqa: S105 - Slack's word for it
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}}
        await self.tell("event", self.event(revoked))
        await self.tell("event", self.event({"type": "app_uninstalled"}))

    # What one sees.

    def posts(self, channel: str, thread: str | None = None) -> list[Json]:
        held = self.channels[channel].messages.values()
        own = [m for m in held if m.get("bot_id") == BOT_ID]
        if thread is None:
            return [m for m in own if m.get("thread_ts", m["ts"]) == m["ts"]]
        return [m for m in own if m.get("thread_ts") == thread and m["ts"] != thread]

    def answers(self, user: str) -> list[str]:
        return [words(m["blocks"]) for m in self.ephemeral if m["user"] == user]

    def made(self, method: str) -> list[Json]:
        return [arguments for called, arguments in self.calls if called == method]


async def _arguments(request: web.Request) -> Json:
    """Query, form or JSON, with the types that Slack would make of them."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**arguments, **await request.json()}
    arguments |= dict(await request.post())
    method = METHODS.get(request.match_info["method"])
    kinds = {**method.needs, **method.takes} if method else {}
    for name, value in arguments.items():
        kind = kinds.get(name)
        if kind is bool:
            arguments[name] = value in ("1", "true")
        elif kind is int:
            arguments[name] = int(value)
        elif kind in (list, dict):
            arguments[name] = json.loads(value)
    return arguments


def lines(messages: Iterable[Json]) -> list[str]:
    """Messages as their readers see them."""
    return [words(message["blocks"]) for message in messages]
