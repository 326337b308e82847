"""What Gadfly says to one person on Slack, and its nods. Nothing in here is worth a retry."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot import phrases
from bot.card import Card, Text
from bot.chat import slack_cards, slack_views
from bot.chat.slack_calls import Calls, Denied
from bot.chat.slack_posts import STILL
from bot.events import Heard, Said, Took
from bot.ports import Handle

log = logging.getLogger(__name__)

NOD = "speech_balloon"  # neither praise nor assent: it was heard
WAITING = 100  # replies at most; of a flood some get a nod, and all are kept
APART = 1.2  # seconds; Slack allows some fifty nods a minute
WINDOW = 1.2  # seconds that a window waits for the store; its trigger lives for three
SORRY = Card((Text(phrases.AGAIN),), phrases.AGAIN)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person asked: enough to answer there, to them alone."""

    channel: str
    user: str
    thread: str | None = None
    url: str | None = None  # Slack's response_url, good for half an hour and in no thread
    replaces: bool = False  # the message that holds the button is one that only they see


@dataclass(slots=True)
class Answers:
    """Private answers, the window after a stance, the App Home, nods."""

    calls: Calls
    kept: asyncio.Queue[Said] = field(default_factory=lambda: asyncio.Queue(WAITING))

    async def say(self, place: Place, card: Card) -> None:
        """The card, for one person's eyes; in a thread it stands in the thread."""
        at_hand = place.thread is None or place.replaces
        if at_hand and await self._respond(place, card):
            return
        placed = {"thread_ts": place.thread} if place.thread else {}
        said = await self.calls(
            "chat.postEphemeral",
            channel=place.channel,
            user=place.user,
            **placed,
            **slack_cards.message(card),
        )
        if isinstance(said, Denied) and not at_hand and await self._respond(place, card):
            return
        if not isinstance(said, Mapping):
            log.warning("an answer could not be given: %s", said.why)

    async def _respond(self, place: Place, card: Card) -> bool:
        body = slack_cards.message(card) | STILL
        body |= {"response_type": "ephemeral", "replace_original": place.replaces}
        session = self.calls.client.session
        if session is None or place.url is None:
            return False
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with session.post(place.url, json=body) as answer:
                return answer.status == 200
        return False

    async def stand(
        self, took: Took, trigger: str, place: Place, work: "asyncio.Task[Card | None]"
    ) -> None:
        """The window after a press: the counts, and room for a reason, once the store has it."""
        await asyncio.wait({work}, timeout=WINDOW)
        card = await result(work) if work.done() else None
        view = slack_views.stand(took, card)
        opened = await self.calls("views.open", trigger_id=trigger, view=view)
        if card is None:
            card = await result(work)
            if isinstance(opened, Mapping):
                ident = opened["view"]["id"]
                view = slack_views.stand(took, card)
                opened = await self.calls("views.update", view_id=ident, view=view)
        if not isinstance(opened, Mapping):
            await self.say(place, card)

    async def home(self, user: str, card: Card) -> None:
        said = await self.calls("views.publish", user_id=user, view=slack_views.home(card))
        if not isinstance(said, Mapping):
            log.warning("the App Home could not be shown: %s", said.why)

    def heard(self, said: Said) -> None:
        """A reply that was kept: a nod, and a thought, when there is time for them."""
        with contextlib.suppress(asyncio.QueueFull):
            self.kept.put_nowait(said)

    async def thinking(self, handle: Handle) -> None:
        """Nods and what there is to say, one reply after the other, until cancelled."""
        nods = True
        while True:
            said = await self.kept.get()
            nods = nods and await self._nod(said)
            try:
                card = await handle(Heard(said))
            except Exception as error:  # nothing that is owed to anybody
                log.warning("a reply was not thought about: %s", error)
                card = None
            if card is not None:
                user = said.member.id.removeprefix("slack:")
                await self.say(Place(said.room.id, user, said.thread), card)
            if not self.kept.empty():
                await asyncio.sleep(APART)

    async def _nod(self, said: Said) -> bool:
        """A light reaction; False where the scope for it is missing, and will be."""
        where = {"channel": said.room.id, "timestamp": said.message}
        told = await self.calls("reactions.add", name=NOD, **where)
        if isinstance(told, Denied) and told.error == "missing_scope":
            log.info("replies get no reaction: %s", told.why)
            return False
        return True


async def result(work: "asyncio.Task[Card | None]") -> Card:
    """What came of it; an apology where it failed."""
    try:
        return await asyncio.shield(work) or SORRY
    except Exception as error:  # whatever it is, the person is told
        log.warning("an answer failed: %s", error)
        return SORRY


def answer_of(body: Mapping[str, Any], thread: str | None) -> Place:
    """The place of a button, a shortcut or a command."""
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
    user = body.get("user_id") or body["user"]["id"]
    return Place(
        channel=body.get("channel_id") or channel or "",
        user=user,
        thread=thread,
        url=body.get("response_url") or None,
        replaces=bool(container.get("is_ephemeral")),
    )
