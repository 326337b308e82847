"""Slack: slack_bolt's app on one side, the port on the other. Socket Mode, HTTP, or both."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.card import Card
from bot.chat import slack_cards, slack_events
from bot.chat.leaving import leaving
from bot.chat.slack_answers import Answers
from bot.chat.slack_calls import DEAD, OPEN, Calls, Denied, Silent
from bot.chat.slack_check import checked
from bot.chat.slack_home import Sight
from bot.chat.slack_intake import NAMING, Intake
from bot.chat.slack_people import People
from bot.chat.slack_posts import Posts
from bot.chat.slack_socket import DeafError, Line
from bot.errors import Wrong
from bot.model import Reply, Room
from bot.ports import Clock, Finding, Handle, Outcome, Ready, Traits

log = logging.getLogger(__name__)
# Bolt's warnings print requests, members' words among them: only its errors are ours to show.
bolts = logging.getLogger("slack_bolt.gadfly")
bolts.setLevel(logging.ERROR)

PER_SECOND = 6.25  # "several hundred messages per minute" in all channels of a workspace
AGAIN = 30.0  # seconds at most until Slack is asked again who we are
PATH = "/slack/events"
ANY = re.compile(".*")
SIGNED = re.compile(r"v0=[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Keys:
    """What an installation is reached with. `app` opens Socket Mode, `signing` HTTP mode."""

    bot: str = field(repr=False)
    app: str | None = field(repr=False)
    signing: str | None = field(repr=False)
    url: str


class SlackChat:
    """`ports.Chat` on one Slack workspace. `verbs` are the words that a mention may begin with."""

    name = "slack"
    traits = Traits(
        longest_text=slack_cards.LONGEST,
        commands_in_threads=False,
        posts_per_second=PER_SECOND,
        hides_threads=True,
    )

    def __init__(
        self, keys: Keys, rooms: tuple[Room, ...], clock: Clock, verbs: frozenset[str]
    ) -> None:
        self._keys, self._rooms, self._clock, self._verbs = keys, rooms, clock, verbs
        self._calls = Calls(keys.bot, keys.url)
        self._people = People(self._calls)
        self._posts = Posts(self._calls, clock)
        self._line = Line(self._session, self._address, self._enveloped, self._up)
        self._me: slack_events.Self | None = None
        self._door: AsyncApp | None = None  # open while we run
        self._ready: Ready = _nobody

    @property
    def listening(self) -> bool:
        """With a token that Slack turned down nobody can be answered, whoever is heard."""
        heard = self._line.listening if self._keys.app else self._door is not None
        return heard and not self._calls.dead

    def mount(self, app: web.Application) -> None:
        """HTTP mode's door, for requests with Slack's signature; none without the secret."""
        if self._keys.signing:
            app.router.add_post(PATH, self._posted)

    async def run(self, handle: Handle, ready: Ready) -> None:
        """As the port says. `Wrong` where Slack knows no such token."""
        try:
            await self._run(handle, ready)
        finally:
            await self._calls.close()

    async def _run(self, handle: Handle, ready: Ready) -> None:
        answers, self._ready = Answers(self._calls), ready
        self._me = await self._introduced()
        sight = Sight(self._calls, self._rooms)
        intake = Intake(self._me, handle, ready, self._clock, self._people, answers, sight)
        self._door = self._bolted(self._me, intake)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(answers.thinking(handle))
                if self._keys.app:
                    tasks.create_task(self._line.listen())
                else:
                    self._up()
        finally:
            self._door = None
            await intake.rest()

    async def post(
        self,
        room: Room,
        card: Card,
        key: str,
        thread: str | None = None,
        until: datetime | None = None,
    ) -> Outcome:
        with leaving(until, self._clock):
            return await self._posts.post(room.id, card, key, thread)

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        return await self._posts.edit(room.id, message, card)

    async def find(
        self, room: Room, key: str, thread: str | None = None, since: datetime | None = None
    ) -> str | None:
        return await self._posts.find(room.id, key, thread, since)

    async def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        """As the port says, under the names that can be had."""
        me = self._me or await self._introduced()
        pages = self._calls.pages("conversations.replies", "messages", channel=room.id, ts=thread)
        try:
            async for message in pages:
                if slack_events.reply(message, room.id, {}, me) is None:
                    continue  # our own, or nothing that was said: nobody's name is needed
                names = await self._people.names(slack_events.people(message), NAMING)
                reply = slack_events.reply(message, room.id, names, me)
                if reply is not None:
                    yield reply
        except Silent as silent:
            if silent.error != "thread_not_found":
                raise

    async def stands(self, room: Room, message: str) -> bool:
        return await self._posts.stands(room.id, message)

    async def tell(self, member: str, card: Card) -> Outcome:
        return await self._posts.tell(member.removeprefix("slack:"), card)

    async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
        return await self._posts.link(room.id, message)

    async def close(self) -> None:
        await self._calls.close()

    async def check(self) -> AsyncIterator[Finding]:
        try:
            async for finding in checked(self._calls, self._keys.app, self._rooms):
                yield finding
        finally:  # whoever looks may run out of patience
            if self._door is None:
                await self._calls.close()

    # Coming and going.

    async def _introduced(self) -> slack_events.Self:
        """Who we are; asked until Slack answers, since nothing can be understood before."""
        for attempt in count():
            said = await self._calls("auth.test")
            if isinstance(said, Mapping):
                return slack_events.Self(said["user_id"], said.get("bot_id", ""), self._verbs)
            if isinstance(said, Denied) and said.error in DEAD and self._me is None:
                raise Wrong(f"SLACK_BOT_TOKEN: {said.why}")
            log.warning("Slack does not say who we are: %s", said.why)
            await asyncio.sleep(min(AGAIN, 2.0**attempt))
        raise AssertionError  # count does not end

    def _session(self) -> aiohttp.ClientSession:
        session = self._calls.client.session
        assert session is not None  # noqa: S101 - the client was made with it
        return session

    async def _address(self) -> str:
        """A websocket's address, good for one connection."""
        said = await self._calls(OPEN, app_token=self._keys.app)
        if isinstance(said, Mapping):
            return str(said["url"])
        if isinstance(said, Denied) and said.lasting and not self._line.heard:
            raise Wrong(f"SLACK_APP_TOKEN: {said.why}")
        raise DeafError(said.why)

    def _up(self) -> None:
        self._ready()

    # What comes in, by Slack's two ways.

    async def _enveloped(self, envelope: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """An envelope of Socket Mode through bolt; what is not answered with 200 comes again."""
        if self._door is None:
            return None
        request = AsyncBoltRequest(mode="socket_mode", body=dict(envelope.get("payload") or {}))
        response = await self._door.async_dispatch(request)
        return _said(response) if response.status == 200 else None

    async def _posted(self, request: web.Request) -> web.StreamResponse:
        """A request of HTTP mode through bolt, which checks the signature and its age."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        # slack_sdk's verifier fails on stamps and signatures that are no such thing.
        if not (stamp.isascii() and stamp.isdigit() and SIGNED.fullmatch(signature)):
            if await _ssl_check(request):
                return web.Response()
            return web.json_response({"error": "invalid request"}, status=401)
        if self._door is None:
            return web.json_response({"error": "not ready"}, status=503)
        try:
            asked = await to_bolt_request(request)
        except (UnicodeDecodeError, ValueError):
            return web.json_response({"error": "invalid request"}, status=401)
        return await to_aiohttp_response(await self._door.async_dispatch(asked))

    def _bolted(self, me: slack_events.Self, intake: Intake) -> AsyncApp:
        """Bolt's app with an ear for everything, so that nothing goes unacknowledged."""

        async def authorize(**_: Any) -> AuthorizeResult:
            # Bolt's own would ask auth.test at the first event, and lose it if there is no answer.
            return AuthorizeResult(
                enterprise_id=None, team_id=None, bot_user_id=me.user, bot_token=self._keys.bot
            )

        app = AsyncApp(
            logger=bolts,
            name="gadfly",
            signing_secret=self._keys.signing or "for Socket Mode alone",
            client=self._calls.client,
            authorize=authorize,
            before_authorize=Told(intake.told, intake.missed),
            process_before_response=True,
            ignoring_self_events_enabled=False,  # it swallows the deletion of our own posts, too
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app.command(ANY)(intake.commanded)
        app.action(ANY)(intake.pushed)
        app.shortcut(ANY)(intake.pointed)
        app.view(ANY)(intake.reasoned)
        app.view({"type": "view_closed", "callback_id": ANY})(intake.reasoned)
        return app


@dataclass(frozen=True, slots=True)
class Told(AsyncMiddleware):
    """Events, as soon as bolt has checked their signature.

    They are most of what Slack tells, and need nothing of what bolt finds out about a request
    for its listeners, which costs as much as the rest (#5). What fails comes again.
    """

    told: Callable[[Mapping[str, Any]], Awaitable[None]]
    missed: Callable[[], None]

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[Any]]
    ) -> BoltResponse | None:
        match req.body.get("type"):
            case "event_callback":
                await self.told(req.body["event"])
            case "app_rate_limited":  # what was said stands in the threads
                log.warning("Slack left out events: more than it delivers in an hour")
                self.missed()
            case _:
                await next()
                return None
        return BoltResponse(status=200)


async def _ssl_check(request: web.Request) -> bool:
    """Slack's look at the certificate of a command's address, unsigned; bolt answers it so, too."""
    try:
        return parse_qs(await request.text()).get("ssl_check") == ["1"]
    except (UnicodeDecodeError, LookupError, ValueError):
        return False


def _said(response: BoltResponse) -> Mapping[str, Any]:
    """The payload of an acknowledgement; mostly empty."""
    said = json.loads(response.body) if response.body else {}
    return said if isinstance(said, dict) else {}


def _nobody() -> None: ...
