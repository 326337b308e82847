"""Reading a thread again: what is not shown is gone, but for what may be shown later."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from story.group import ADA, BEN, ROOM, Group, gathered
from waiting import until

from bot import collect, service
from bot.model import Debate, Reply, Room
from bot.ports import NoAnswer, ThreadGone

SAID = ("It binds others.", "It binds nobody.", "They pay tax.")


@pytest.fixture
def hidden() -> set[str]:
    """Texts that the platform's history does not show."""
    return set()


async def debated(group: Group, hidden: set[str], monkeypatch: pytest.MonkeyPatch) -> Debate:
    """A debate with three replies, ten seconds apart, in a thread that shows not all of them."""
    debate, whole = await group.opened(), group.chat.replies
    for n, text in enumerate(SAID):
        await group.chat.say(ROOM, debate.thread, (ADA, BEN)[n % 2], text)
        group.clock.move(timedelta(seconds=10))

    async def replies(room: Room, thread: str) -> AsyncIterator[Reply]:
        async for reply in whole(room, thread):
            if reply.text not in hidden:
                yield reply

    monkeypatch.setattr(group.chat, "replies", replies)
    return debate


async def stored(group: Group, debate: Debate) -> list[str]:
    await collect.sweep(group.study, group.chat, debate)
    return [reply.text for reply in await group.study.store.replies(debate.id)]


@pytest.mark.parametrize("shown", [0, 1])
async def test_the_newest_that_a_history_does_not_show_yet_are_kept_for_a_minute(
    tmp_path: Path, hidden: set[str], monkeypatch: pytest.MonkeyPatch, shown: int
) -> None:
    async with gathered(tmp_path) as group:
        debate = await debated(group, hidden, monkeypatch)
        hidden |= set(SAID[shown:])
        assert await stored(group, debate) == list(SAID)
        group.clock.move(timedelta(minutes=1))
        assert await stored(group, debate) == list(SAID[:shown])


async def test_what_was_said_in_a_thread_that_is_gone_is_gone_at_once(
    tmp_path: Path, hidden: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(room: Room, thread: str) -> AsyncIterator[Reply]:
        raise ThreadGone
        yield

    async with gathered(tmp_path) as group:
        debate = await debated(group, hidden, monkeypatch)
        monkeypatch.setattr(group.chat, "replies", gone)
        assert await stored(group, debate) == []


async def test_what_is_older_than_the_newest_that_is_shown_is_gone_at_once(
    tmp_path: Path, hidden: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gathered(tmp_path) as group:
        debate = await debated(group, hidden, monkeypatch)
        hidden.add(SAID[1])
        assert await stored(group, debate) == [SAID[0], SAID[2]]
        hidden.clear()  # it was only not shown: a later reading brings it back
        assert await stored(group, debate) == list(SAID)


@pytest.mark.parametrize("deleted", [False, True])
async def test_a_summary_waits_for_what_its_thread_does_not_show_and_never_tells_what_is_deleted(
    tmp_path: Path, hidden: set[str], monkeypatch: pytest.MonkeyPatch, deleted: bool
) -> None:
    async with gathered(tmp_path) as group:
        debate = await debated(group, hidden, monkeypatch)
        group.clock.move(debate.closes - group.clock.now() - timedelta(seconds=5))
        await group.chat.say(ROOM, debate.thread, ADA, "A last word, since it binds us all.")
        hidden |= {*SAID, "A last word, since it binds us all."}
        await group.at(seconds=5)
        await group.at(seconds=5)
        assert group.cards(debate.thread) == []
        if not deleted:  # the history is only late
            hidden.clear()
        await group.at(seconds=60 if deleted else 5)
        [summary] = group.cards(debate.thread)
        assert ("A last word" in str(summary)) is not deleted


async def test_a_thread_that_could_not_be_read_is_read_again_and_not_at_the_next_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles = [NoAnswer("it is away"), NoAnswer("it is still away")]

    async def replies(room: Room, thread: str) -> AsyncIterator[Reply]:
        if troubles:
            raise troubles.pop()
        yield Reply(room, "unheard", ADA, SAID[0], group.clock.now())

    async with gathered(tmp_path) as group:
        debate = await group.opened()
        monkeypatch.setattr(group.chat, "replies", replies)
        missed = asyncio.Event()
        missed.set()
        read = partial(service.back_fill, group.study, "page")
        filling = asyncio.create_task(service.filling(read, missed, (0.0, 0.0, 0.0)))
        await until(partial(group.study.store.replies, debate.id))
        filling.cancel()
    assert not troubles
