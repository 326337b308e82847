"""Slack as a chat: Socket Mode, HTTP, or both."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web

from bot.card import Card
from bot.chat import skew, slack_cards, slack_events
from bot.chat.leaving import leaving
from bot.chat.slack_answers import Answers
from bot.chat.slack_calls import DEAD, OPEN, Calls, Denied, Silent
from bot.chat.slack_check import checked
from bot.chat.slack_door import Door
from bot.chat.slack_home import Sight
from bot.chat.slack_intake import NAMING, Intake
from bot.chat.slack_people import People
from bot.chat.slack_posts import Posts
from bot.chat.slack_socket import DeafError, Line
from bot.errors import Wrong
from bot.model import Reply, Room
from bot.ports import Clock, Facts, Finding, Handle, Outcome, Ready, ThreadGone, Traits

log = logging.getLogger(__name__)

PER_SECOND = 6.25  # "several hundred messages per minute" in all channels of a workspace
AGAIN = 30.0  # seconds at most until Slack is asked again who we are
PATH = "/slack/events"


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
        self._door: Door | None = None  # open while we run
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

    async def _posted(self, request: web.Request) -> web.StreamResponse:
        if self._door is None:
            return web.json_response({"error": "not ready"}, status=503)
        return await self._door.posted(request)

    async def _enveloped(self, envelope: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return await self._door.enveloped(envelope) if self._door is not None else None

    async def run(self, handle: Handle, ready: Ready) -> None:
        """As the port says. `Wrong` where Slack knows no such token."""
        answers, self._ready = Answers(self._calls), ready
        self._me = await self._introduced()
        sight = Sight(self._calls, self._rooms)
        intake = Intake(self._me, handle, ready, self._clock, self._people, answers, sight)
        self._door = Door.of(intake, self._keys.signing, self._calls.client)
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
                self._posts.stands_now(room.id, thread)
                if slack_events.reply(message, room.id, {}, me) is None:
                    continue  # our own, or nothing that was said: nobody's name is needed
                names = await self._people.names(slack_events.people(message), NAMING)
                reply = slack_events.reply(message, room.id, names, me)
                if reply is not None:
                    yield reply
        except Silent as silent:
            if silent.error == "thread_not_found":
                raise ThreadGone from None
            raise

    async def stands(self, room: Room, message: str) -> bool:
        return await self._posts.stands(room.id, message)

    async def tell(self, member: str, card: Card) -> Outcome:
        return await self._posts.tell(member.removeprefix("slack:"), card)

    async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
        return await self._posts.link(room.id, message)

    def recall(self, facts: Facts) -> None:
        self._calls.rests.share(facts, self._clock)

    def heed(self, moved: Mapping[str, str]) -> None:
        self._calls.moved.update(moved)

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
                self._look_at_the_clock()
                user, bot = said["user_id"], said.get("bot_id", "")
                return slack_events.Self(user, bot, self._verbs, said.get("team_id", ""))
            if isinstance(said, Denied) and said.error in DEAD and self._me is None:
                raise Wrong(f"SLACK_BOT_TOKEN: {said.why}")
            log.warning("Slack does not say who we are: %s", said.why)
            await asyncio.sleep(min(AGAIN, 2.0**attempt))
        raise AssertionError  # count does not end

    def _look_at_the_clock(self) -> None:
        skew.look("Slack", self._clock.now(), self._calls.date)

    def _session(self) -> aiohttp.ClientSession:
        session = self._calls.client.session
        assert session is not None  # noqa: S101 - the client was made with it
        return session

    async def _address(self) -> str:
        """A websocket's address, good for one connection."""
        said = await self._calls(OPEN, app_token=self._keys.app)
        if isinstance(said, Mapping):
            self._look_at_the_clock()
            return str(said["url"])
        if isinstance(said, Denied) and said.lasting and not self._line.heard:
            raise Wrong(f"SLACK_APP_TOKEN: {said.why}")
        raise DeafError(said.why)

    def _up(self) -> None:
        self._ready()


def _nobody() -> None: ...
