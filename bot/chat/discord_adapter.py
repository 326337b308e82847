"""Discord as a chat. Posting works by REST alone, on any replica; listening needs the gateway."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime

from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.card import Card, Note
from bot.chat import discord_cards as cards
from bot.chat.discord_check import findings
from bot.chat.discord_events import BLIND, api_base
from bot.chat.discord_gate import PER_SECOND
from bot.chat.discord_line import Line
from bot.chat.discord_posts import Posts
from bot.chat.discord_rest import CLOSED, TROUBLES, Rest, asked, history, is_gone, no_answer, told
from bot.chat.leaving import leaving
from bot.model import Reply, Room
from bot.ports import Clock, Facts, Finding, Handle, Outcome, Ready, Refused, ThreadGone, Traits

TRAITS = Traits(longest_text=cards.LONGEST_TEXT, posts_per_second=PER_SECOND, one_listener=True)


def use_addresses(api: str | None, gateway: str | None) -> None:
    """Have discord.py talk to these instead of Discord; it keeps both for the whole process."""
    if api is not None:
        Route.BASE = api_base(api)
    if gateway is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)


class DiscordChat:
    """`ports.Chat` on Discord. Where `asks_gateway`, Discord is asked for the gateway's address.

    `ping_role` is called under each new prompt; roles among the facilitators are told what needs
    them in the channel `notices`, and called there. Nobody else is ever called.
    """

    def __init__(
        self,
        token: str,
        rooms: Sequence[Room],
        clock: Clock,
        *,
        asks_gateway: bool = True,
        ping_role: int | None = None,
        notices: int | None = None,
    ) -> None:
        self.name = "discord"
        self.traits = replace(TRAITS, tells_roles=notices is not None)
        self._rooms, self._token = tuple(rooms), token
        self._clock = clock
        self._rest = Rest(token)
        self._posts = Posts(
            self._rest, ping_role, Room("discord", str(notices)) if notices else None
        )
        self._line = Line(token, self._rest, self._rooms, clock, asks_gateway=asks_gateway)

    @property
    def listening(self) -> bool:
        return self._line.up

    def recall(self, facts: Facts) -> None:
        self._line.facts = facts

    async def run(self, handle: Handle, ready: Ready) -> None:
        """As the port says. `Wrong` where Discord will not have us and a person has to act."""
        await self._line.run(handle, ready)

    async def post(
        self,
        room: Room,
        card: Card,
        key: str,
        thread: str | None = None,
        until: datetime | None = None,
    ) -> Outcome:
        """As the port says; under a prompt `open` has to follow."""
        card, posts = self._shown(card), self._posts
        with leaving(until, self._clock):
            doing = posts.within(room, card, key, thread) if thread else posts.top(room, card, key)
            outcome = await told(doing, room)
        if isinstance(outcome, Refused):
            self._rest.forget(room)  # what is known of it may be what is wrong
        return outcome

    async def open(self, room: Room, message: str, card: Card) -> Outcome:
        return await told(self._posts.open(room, message, self._shown(card)), room)

    def _shown(self, card: Card) -> Card:
        """A prompt says how to answer it where plain replies cannot be read."""
        blind = self._line.blind and cards.prompts(card)
        return replace(card, parts=(*card.parts, Note(BLIND))) if blind else card

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        return await told(self._posts.edit(room, message, card), room)

    async def find(
        self, room: Room, key: str, thread: str | None = None, since: datetime | None = None
    ) -> str | None:
        """As the port says. What was posted in part is taken back, so that it is posted anew."""
        return await asked(self._posts.find(room, key, thread, since))

    async def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        """As the port says, read page by page."""
        client = await asked(self._rest.client())
        place = client.get_partial_messageable(int(thread))
        try:
            async for message in history(place, limit=None, oldest_first=True):
                if self._rest.counts(message):
                    yield self._rest.reply(message, room)
        except (*TROUBLES, *CLOSED) as why:
            if is_gone(why):
                raise ThreadGone from None
            raise no_answer(why, room) from None

    async def stands(self, room: Room, message: str) -> bool:
        return await asked(self._posts.stands(room, message))

    async def tell(self, member: str, card: Card) -> Outcome:
        """As the port says; the same card within minutes arrives once."""
        return await told(self._posts.tell(member, card), None)

    async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
        try:
            return await self._posts.link(room, message, thread)
        except (*TROUBLES, *CLOSED):
            return None

    async def close(self) -> None:
        await self._rest.close()

    async def check(self) -> AsyncIterator[Finding]:
        rest = Rest(self._token)
        try:
            async for finding in findings(rest, self._rooms, blind=self._line.blind):
                yield finding
        finally:
            await rest.close()
