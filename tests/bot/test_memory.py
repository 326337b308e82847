"""The fake platform can fail in the ways that platforms fail."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.card import Card, Text
from bot.chat.history import History
from bot.chat.memory import REFUSED, UNSURE_LANDED, UNSURE_LOST, MemoryChat, in_turn
from bot.events import Event
from bot.model import Member, Room
from bot.ports import Done, Refused, Unsure

ROOM = Room("memory", "agora")
ANN = Member("memory:ann", "Ann")
CARD = Card((Text("A motion."),), "A motion.")


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass
class Ear:
    """A handle that answers with how many events it has heard."""

    heard: list[Event] = field(default_factory=list)

    async def __call__(self, event: Event) -> Card | None:
        self.heard.append(event)
        return Card((Text(str(len(self.heard))),))


async def test_posts_meet_their_fates_in_turn_and_then_all_is_done() -> None:
    chat = MemoryChat(Still(), fates=in_turn(REFUSED, UNSURE_LANDED, UNSURE_LOST))
    outcomes = [await chat.post(ROOM, CARD, key) for key in "abcd"]
    assert [type(outcome) for outcome in outcomes] == [Refused, Unsure, Unsure, Done]
    assert [post.key for post in chat.posts(ROOM)] == ["b", "d"]


async def test_an_event_that_nobody_heard_stands_in_the_history() -> None:
    chat, ear = MemoryChat(Still(), hears=lambda _: 0), Ear()
    thread = await chat.post(ROOM, CARD, "monday")
    assert isinstance(thread, Done)
    task = asyncio.create_task(chat.run(ear, lambda: None))
    await asyncio.sleep(0)
    await chat.say(ROOM, thread.message, ANN, "Never.")
    task.cancel()
    assert ear.heard == []
    assert [reply.text async for reply in chat.replies(ROOM, thread.message)] == ["Never."]


async def test_what_happens_before_run_and_after_it_is_in_the_history_alone() -> None:
    chat, ear = MemoryChat(Still()), Ear()
    await chat.say(ROOM, "1", ANN, "early")
    task = asyncio.create_task(chat.run(ear, lambda: None))
    await asyncio.sleep(0)
    await chat.say(ROOM, "1", ANN, "meanwhile")
    task.cancel()
    await asyncio.wait([task])
    await chat.say(ROOM, "1", ANN, "late")
    assert len(ear.heard) == 1
    assert len([reply async for reply in chat.replies(ROOM, "1")]) == 3


async def test_an_event_can_be_delivered_twice_and_its_last_answer_counts() -> None:
    chat, ear = MemoryChat(Still(), hears=lambda _: 2), Ear()
    task = asyncio.create_task(chat.run(ear, lambda: None))
    await asyncio.sleep(0)
    answer = await chat.ask(ROOM, ANN, "quote", "play")
    task.cancel()
    assert ear.heard[0] == ear.heard[1]
    assert answer == Card((Text("2"),))


async def test_a_full_disk_refuses_the_post_and_leaves_the_history_as_it_was() -> None:
    def full(_: History) -> None:
        raise OSError(28, "No space left on device")

    chat = MemoryChat(Still(), keep=full)
    outcome = await chat.post(ROOM, CARD, "monday")
    assert isinstance(outcome, Refused)
    assert "No space left" in outcome.why
    assert not outcome.lasting
    assert chat.posts(ROOM) == ()
    with pytest.raises(OSError, match="No space"):
        await chat.say(ROOM, "1", ANN, "Never.")


async def test_an_edit_does_not_bring_back_a_post_that_was_deleted() -> None:
    chat = MemoryChat(Still())
    posted = await chat.post(ROOM, CARD, "monday")
    assert isinstance(posted, Done)
    edit = asyncio.create_task(chat.edit(ROOM, posted.message, CARD))
    await chat.delete(posted.message)
    assert isinstance(await edit, Refused)
    assert await chat.find(ROOM, "monday") is None
