"""What Slack tells, on its way to the core and into the store, before it is acknowledged.

An acknowledgement waits for the store, but no longer than `PATIENCE`: what takes longer goes on
beside it, and if it then fails, the threads are read again. Commands and buttons are answered
beside, since Slack gives them three seconds.
"""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.card import KEPT, Card
from bot.chat import slack_events, slack_views
from bot.chat.kept import kept
from bot.chat.slack_answers import Answers, Place, answer_of, result
from bot.chat.slack_events import Names, Payload, Self
from bot.chat.slack_home import Sight
from bot.chat.slack_people import People
from bot.events import Asked, Event, Moved, Pressed, Said, Took
from bot.model import Room
from bot.ports import Clock, Handle, Ready

log = logging.getLogger(__name__)

PATIENCE = 0.2  # seconds that an acknowledgement waits for the store; Slack gives three
NAMING = 0.2  # of these, for names that are not known yet
GOODBYE = 1.5  # seconds for what is under way at the end
SETTLING = 5.0  # seconds between what was missed and reading the threads again
REMEMBERED = 10_000  # commands and presses that are not answered twice
HOME = Room("slack", "home")  # where a press on the App Home comes from
LEFT = ("channel_left", "group_left")
INVITE = "to go on there, type /invite @gadfly"
REOPENED = ("channel_unarchive", "group_unarchive")  # by whomever it names

Ack = Callable[..., Awaitable[Any]]


@dataclass(slots=True)
class Intake:
    """Bolt's listeners. `ready` is called when something may have been missed."""

    me: Self
    handle: Handle
    ready: Ready
    clock: Clock
    people: People
    answers: Answers
    sight: Sight
    tasks: set["asyncio.Task[Any]"] = field(default_factory=set)
    seen: "OrderedDict[str, None]" = field(default_factory=OrderedDict)
    healing: bool = False

    @property
    def before(self) -> Names:
        """The settings' ids of channels that have new ones, by these."""
        moved = self.answers.calls.moved
        return {moved[room.id]: room.id for room in self.sight.rooms if room.id in moved}

    async def told(self, event: Payload) -> None:
        """Every event; returns when it may be acknowledged, raises where it must come again."""
        event, kind = slack_events.moved(event, self.before), event["type"]
        if kind == "message":
            await self._message(event)
        elif kind == "app_mention":
            self._mention(event)
        elif kind == "app_home_opened" and event.get("tab", "home") == "home":
            self.start(self._home(event["user"]))
        elif kind in slack_events.REMOVED:
            gone = slack_events.removed(event, self.sight.rooms, self.clock.now())
            if gone is not None:
                self.answers.calls.dead |= kind in slack_events.UNINSTALLED
                await self._waited(self._handled(gone))
        elif kind == "channel_id_changed":
            await self._moved(event["old_channel_id"], event["new_channel_id"])
        elif kind in LEFT:
            log.warning("slack:%s: Gadfly is not in it any more; %s", event["channel"], INVITE)
        elif kind in REOPENED or (kind == "member_joined_channel" and self._is_me(event)):
            self.missed()
            await self._waited(self._handled(slack_events.back(event, self.clock.now())))

    async def _moved(self, old: str, new: str) -> None:
        """A private channel that is shared with another organisation gets another id, for good.

        Here it goes by the one that the settings name.
        """
        room = slack_events.room(self.before.get(old, old))
        if room in self.sight.rooms:
            self.answers.calls.moved[room.id] = new
            await self._waited(self._handled(Moved(room, new)))

    def _is_me(self, event: Payload) -> bool:
        return bool(event.get("user") == self.me.user)

    async def _message(self, event: Payload) -> None:
        if event.get("subtype") is None and slack_events.command(event.get("text") or "", self.me):
            return self._mention(event)
        if slack_events.near(event, self.me):
            await self._waited(self._heard(event))

    async def _heard(self, event: Payload) -> None:
        names = await self.people.names(slack_events.people(event), NAMING)
        said = slack_events.heard(event, names, self.me)
        if said is not None and await self.handle(said) is KEPT and isinstance(said, Said):
            self.answers.heard(said)

    def _mention(self, event: Payload) -> None:
        """A mention comes as a message and as a mention; whichever is first is answered."""
        asked = slack_events.mentioned(event, {}, self.me)
        if asked is not None and self._fresh(asked.event):
            place = Place(asked.room.id, event["user"], asked.thread)
            self.start(self._mentioned(event, place))

    async def _mentioned(self, event: Payload, place: Place) -> None:
        names = await self.people.names(slack_events.people(event), NAMING)
        asked = slack_events.mentioned(event, names, self.me)
        if asked is not None:
            await self._answer(asked, place)

    async def commanded(self, ack: Ack, body: Payload) -> None:
        """A slash command. What it decides is mostly in the store before it is acknowledged."""
        body = slack_events.moved(body, self.before)
        if self._fresh(body["trigger_id"]):
            work = self.start(self._ordered(body))
            self.start(self._said(answer_of(body, None), work))
            await asyncio.wait({work}, timeout=PATIENCE)
        await ack()

    async def _ordered(self, body: Payload) -> Card | None:
        names = await self._named(body, body["user_id"], body.get("user_name"))
        return await self.handle(slack_events.ordered(body, names, self.clock.now()))

    async def pointed(self, ack: Ack, body: Payload) -> None:
        """A shortcut on a message."""
        body = slack_events.moved(body, self.before)
        if body.get("type") == "message_action" and self._fresh(body["trigger_id"]):
            self.start(self._shortcut(body))
        await ack()

    async def _shortcut(self, body: Payload) -> None:
        names = await self._named(body, body["user"]["id"], body["user"].get("name"))
        asked = slack_events.shortcut(body, names, self.me)
        await self._answer(asked, answer_of(body, (body.get("message") or {}).get("thread_ts")))

    async def pushed(self, ack: Ack, body: Payload) -> None:
        """A button. A stance is in the store before it is acknowledged."""
        body = slack_events.moved(body, self.before)
        pushed = body["actions"][0]
        ident = f"{body.get('trigger_id')}/{pushed['action_ts']}"
        if pushed.get("type") == "button" and self._fresh(ident):
            work = self.start(self._pressed(body))
            self.start(self._reply(body, work))
            await asyncio.wait({work}, timeout=PATIENCE)
        await ack()

    async def _pressed(self, body: Payload) -> Card | None:
        event = await self._press(body)
        return await (kept(self.handle, event) if isinstance(event, Took) else self.handle(event))

    async def _press(self, body: Payload) -> Took | Pressed:
        names = await self._named({}, body["user"]["id"], body["user"].get("name"))
        return slack_events.pressed(body, names, HOME)

    async def _reply(self, body: Payload, work: "asyncio.Task[Card | None]") -> None:
        event = slack_events.pressed(body, {}, HOME)
        thread = (body.get("container") or {}).get("thread_ts")
        place = answer_of(body, thread or (body.get("message") or {}).get("thread_ts"))
        if isinstance(event, Took):
            await self.answers.stand(event, body["trigger_id"], place, work)
        elif event.room == HOME:
            await self._home(place.user, await result(work))
        else:
            await self._said(place, work)

    async def reasoned(self, ack: Ack, body: Payload) -> None:
        """The window after a stance is sent or closed; it stays where the store did not take it."""
        if self._fresh(body.get("trigger_id") or f"{body['view'].get('id')}/closed"):
            work = self.start(self._reason(body))
            await asyncio.wait({work}, timeout=PATIENCE)
            if not work.done():
                self.start(self._reason_later(body, work))
            elif (why := slack_views.untaken(await result(work))) and _sent(body):
                await ack(response_action="errors", errors={"reason": why})
                return
        await ack()

    async def _reason(self, body: Payload) -> Card | None:
        """What came of the press and of its reason, if there was one."""
        names = await self._named({}, body["user"]["id"], body["user"].get("name"))
        who = slack_events.member(body["user"]["id"], names)
        card: Card | None = None
        for took in slack_views.told(body["view"], who):
            card = await kept(self.handle, took)
        return card

    async def _reason_later(self, body: Payload, work: "asyncio.Task[Card | None]") -> None:
        """The window is closed by now: that a reason was not taken is said where it was asked."""
        card = await result(work)
        if slack_views.untaken(card) and _sent(body):
            room, *_ = json.loads(body["view"]["private_metadata"])
            await self.answers.say(Place(room, body["user"]["id"]), card)

    async def _answer(self, asked: Asked, place: Place) -> None:
        await self._said(place, self.start(self.handle(asked)))

    async def _said(self, place: Place, work: "asyncio.Task[Card | None]") -> None:
        await self.answers.say(place, await result(work))

    async def _home(self, user: str, said: Card | None = None) -> None:
        """The App Home as it stands, under the answer to what was pressed there."""
        at, names = self.clock.now(), await self.people.names([user], NAMING)
        rooms, who = await self.sight.told(user), slack_events.member(user, names)
        work = self.start(self.handle(Asked(HOME, who, "home", rooms, at, f"home/{user}/{at}")))
        card = await result(work)
        top = said.parts if said else ()
        await self.answers.home(user, Card((*top, *card.parts), card.summary))

    async def _named(self, body: Payload, user: str, fallback: str | None) -> Names:
        """The names for one person's doing, Slack's short one where there is no other."""
        names = await self.people.names({user, *slack_events.people(body)}, NAMING)
        return {user: fallback or "", **names}

    async def _handled(self, event: Event) -> None:
        await self.handle(event)

    async def _waited(self, work: Coroutine[Any, Any, None]) -> None:
        """Done, or on its way after `PATIENCE`. Raises what went wrong in the meantime."""
        task = self.start(work)
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if done:
            task.result()
        else:
            task.add_done_callback(self._late)

    def _late(self, task: "asyncio.Task[None]") -> None:
        """It was acknowledged, so Slack will not tell it again: the thread has to."""
        if not task.cancelled() and task.exception() is not None:
            self.missed()

    def missed(self) -> None:
        """Something may not have been heard; however much it was, it is read again once."""
        if not self.healing:
            self.healing = True
            self.start(self._heal())

    async def _heal(self) -> None:
        await asyncio.sleep(SETTLING)
        self.healing = False
        self.ready()

    def start(self, work: Awaitable[Any]) -> "asyncio.Task[Any]":
        """Work that nobody waits for; `rest` ends it."""
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("what Slack told could not be dealt with: %s", task.exception())

    def _fresh(self, event: str) -> bool:
        """Whether it is told for the first time, as far as this process knows."""
        if event in self.seen:
            return False
        self.seen[event] = None
        if len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)
        return True

    async def rest(self) -> None:
        """End what is under way; what is nearly in the store gets there."""
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=GOODBYE)
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def _sent(body: Payload) -> bool:
    """Whether a window was sent, and not just closed: only then somebody waits for an answer."""
    return bool(body["type"] == "view_submission")
