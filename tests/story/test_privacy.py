"""Privacy as members have it: shown, erased, opted out, called as the schedule says, expired."""

import asyncio
import sqlite3
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from story.group import BEN, CEM, MONDAY, ROOM, Group, gathered, no_settings
from waiting import LONG

from bot import answers, app, lull, phrases, plain, service
from bot.chat.memory import DONE, UNSURE_LANDED, in_turn
from bot.chat.page import PageChat
from bot.clock import HandClock
from bot.model import Debate, Member
from bot.names import Names
from bot.settings import ScheduleSettings
from bot.story import hear
from bot.web import serving
from prompts.model import Stance

CANARY = "xanthopsia"
EVE = Member(f"page:{CANARY}-id", f"{CANARY}-name")


def holding(folder: Path) -> list[str]:
    """The files below the folder that hold the canary."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if CANARY.encode() in path.read_bytes()]


async def everything(group: Group, debate: Debate) -> None:
    """Eve does all that a member can do."""
    chat = group.chat
    message = await chat.say(ROOM, debate.thread, EVE, f"I doubt treaties, {CANARY} one.")
    await chat.reword(message, f"I doubt treaties bind anybody, {CANARY} two.")
    await chat.take(ROOM, debate.id, EVE, Stance.FOR, f"since {CANARY} three")
    await chat.take(ROOM, debate.id, EVE, Stance.AGAINST, f"since {CANARY} four")
    answer = await chat.ask(ROOM, EVE, "quote", "voting", debate.thread)
    assert answer
    (button,) = answer.parts[-1].buttons  # type: ignore[union-attr]
    await chat.press(ROOM, EVE, button.action, button.value, debate.thread)
    await chat.ask(ROOM, EVE, "quote", f"{CANARY} five")
    await chat.say(ROOM, debate.thread, BEN, "Assurances are worth their signers.")
    await group.at(minutes=1)


def shown(group: Group, debate: Debate) -> str:
    cards = [*group.cards(), *group.cards(debate.thread)]
    return "\n".join(plain.render(card) for card in cards)


async def test_erasing_waits_for_what_is_about_to_be_posted_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lull, "LOOK", 0.01)
    async with gathered(tmp_path) as group:
        await group.at(seconds=40)
        erasing = asyncio.create_task(group.chat.ask(ROOM, EVE, "gadfly", "forget"))
        await asyncio.sleep(0.2)
        assert not erasing.done()
        await group.at(seconds=20)
        assert group.cards()
        assert await asyncio.wait_for(erasing, LONG) == answers.line(phrases.FORGOTTEN)
        monkeypatch.setattr(lull, "PATIENCE", 0.2)
        await group.at(hours=23, minutes=59, seconds=50)
        assert await group.chat.ask(ROOM, EVE, "gadfly", "forget")


async def test_what_was_shared_and_is_on_its_way_loses_the_name_too(tmp_path: Path) -> None:
    async with gathered(tmp_path, fates=in_turn(DONE, UNSURE_LANDED)) as group:
        debate = await group.opened()
        answer = await group.chat.ask(ROOM, EVE, "quote", "voting", debate.thread)
        assert answer
        (button,) = answer.parts[-1].buttons  # type: ignore[union-attr]
        await group.chat.press(ROOM, EVE, button.action, button.value, debate.thread)
        await service.tick(group.study, group.clock.now())
        assert CANARY in shown(group, debate)  # it landed, and nobody knows
        await group.chat.ask(ROOM, EVE, "gadfly", "forget")
        await group.at(seconds=1)  # too soon to change what nobody knows to stand there
        await group.at(minutes=2)
        await group.at(minutes=2)
        assert CANARY not in shown(group, debate)


@pytest.mark.parametrize("how", list(Names))
async def test_who_shares_is_named_only_where_all_schedules_of_the_room_name_members(
    how: Names, tmp_path: Path
) -> None:
    friday = ScheduleSettings(at="fri 16:00", rooms=str(ROOM), names=how)
    async with gathered(tmp_path, schedules={"friday": friday}) as group:
        answer = await group.chat.ask(ROOM, BEN, "quote", "voting")
        assert answer
        (button,) = answer.parts[-1].buttons  # type: ignore[union-attr]
        await group.chat.press(ROOM, BEN, button.action, button.value)
        await group.at(minutes=0)
        (shared,) = group.cards()
        assert ("Ben" in plain.render(shared)) is (how is Names.NAMES)


@pytest.mark.parametrize("verb", ["forget", "optout"])
@pytest.mark.parametrize("closed", [False, True])
async def test_erasing_leaves_not_a_byte_in_any_file_nor_in_any_post(
    verb: str, closed: bool, tmp_path: Path
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await everything(group, debate)
        await group.at(hours=20 if closed else 0)
        assert CANARY in shown(group, debate)
        assert holding(tmp_path)
        await group.chat.ask(ROOM, EVE, "gadfly", verb)
        assert holding(tmp_path) == []  # at once, with the database still open
        await group.at(seconds=60)
        assert CANARY not in shown(group, debate)
        await group.at(hours=24)
        assert CANARY not in shown(group, debate)
        assert holding(tmp_path) == []
    assert holding(tmp_path) == []


async def test_what_is_held_is_shown_whole_with_two_buttons_that_erase_it(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await everything(group, debate)
        told = await group.chat.ask(ROOM, EVE, "gadfly", "me")
        assert told
        text = plain.render(told)
        assert f"{CANARY} two" in text
        assert f"{CANARY} three" in text
        assert "you shared a quotation" in text
        assert str(debate.prompt["motion"]) in text
        assert debate.id not in text  # our own keys say nothing to a member
        assert BEN.name not in text
        opt_out, erase = told.parts[-1].buttons  # type: ignore[union-attr]
        await group.at(minutes=0)  # what was shared is posted: nothing is to wait for a lull
        sure = await group.chat.press(ROOM, EVE, erase.action, erase.value)
        assert sure
        (button,) = sure.parts[-1].buttons  # type: ignore[union-attr]
        await group.chat.press(ROOM, EVE, button.action, button.value)
        told = await group.chat.ask(ROOM, EVE, "gadfly", "me")
        assert told
        assert phrases.NOTHING_HELD in plain.render(told)
        assert not await group.study.store.opted_out(EVE.id)
        await group.at(minutes=0)
        await group.chat.press(ROOM, EVE, opt_out.action, opt_out.value)
        assert await group.study.store.opted_out(EVE.id)


@pytest.mark.parametrize("how", list(Names))
async def test_members_are_called_as_the_schedule_says(how: Names, tmp_path: Path) -> None:
    async with gathered(tmp_path, names=how) as group:
        debate = await group.opened()
        await everything(group, debate)
        await group.chat.say(ROOM, debate.thread, CEM, "Treaties fail when nobody enforces them.")
        await group.at(hours=20)
        posts = shown(group, debate)
        exchange = await hear(group.study, debate, group.clock.now())
    assert bool(exchange.led_to) == (how is Names.NAMES)  # a link tells whose message it leads to
    assert (EVE.name in posts) == (how is Names.NAMES)
    assert (BEN.name in posts) == (how is Names.NAMES)
    assert ("Member 1" in posts) == (how is Names.PSEUDONYMS)
    assert ("A member" in posts) == (how is Names.NONE)
    assert "3 of 3 contributors" in posts


async def test_a_further_schedule_may_call_its_members_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHEDULES__ETHICS__AT", "mon 17:00")
    monkeypatch.setenv("SCHEDULES__ETHICS__NAMES", "none")
    async with gathered(tmp_path) as group:
        assert group.study.called("main") is Names.NAMES
        assert group.study.called("ethics") is Names.NONE
        assert group.study.called("gone") is Names.NONE


async def test_words_are_gone_a_day_after_their_time(tmp_path: Path) -> None:
    async with gathered(tmp_path, retention_days=30) as group:
        debate = await group.opened()
        await everything(group, debate)
        await group.at(hours=20)
        await group.at(days=29)
        assert holding(tmp_path)
        await group.at(days=2)
        assert holding(tmp_path) == []
        assert await group.study.store.debate(debate.id)


# On the page, which is a platform of its own and keeps what was said in a file.


async def test_on_the_page_erasing_takes_the_words_out_of_its_own_file_too(tmp_path: Path) -> None:
    clock = HandClock(MONDAY)
    page = PageChat((ROOM,), tmp_path / "page.json", clock)
    async with app.opened(no_settings(tmp_path), clock, {"page": page}, owner="test") as study:
        up = asyncio.Event()
        async with serving([page], "127.0.0.1", 0) as url, ClientSession(url) as session:
            running = asyncio.create_task(page.run(partial(service.handle, study), up.set))
            await up.wait()
            for _ in range(3):
                await service.tick(study, clock.now())
                clock.move(timedelta(minutes=1))
            debate = await study.store.latest(ROOM)
            assert debate
            who = {"id": f"{CANARY}-id", "name": f"{CANARY}-name"}

            async def act(**what: Any) -> Any:
                body = {"room": str(ROOM), "member": who, **what}
                async with session.post("/act", json=body) as answer:
                    assert answer.status == 200, await answer.text()
                    return (await answer.json())["answer"]

            said = f"I doubt treaties, {CANARY}."
            await act(do="write", thread=debate.thread, text=said)
            assert len(holding(tmp_path)) > 1
            told = await act(do="write", text="/gadfly me")
            erase = told["parts"][-1]["buttons"][-1]
            assert said in str(told)
            clock.move(timedelta(minutes=1))
            sure = await act(do="press", action=erase["action"], value=erase["value"])
            button = sure["parts"][-1]["buttons"][0]
            await act(do="press", action=button["action"], value=button["value"])
            assert holding(tmp_path) == []
            assert [reply async for reply in page.replies(ROOM, debate.thread)] == []
            await act(do="write", thread=debate.thread, text=said)
            clock.move(timedelta(days=120))
            await service.tick(study, clock.now())
            await service.tick(study, clock.now())
            assert holding(tmp_path) == []
            running.cancel()
            await asyncio.wait({running})


def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    async def once() -> None:
        async with gathered(tmp_path) as group:
            await group.opened()
            modes = {p.name: p.stat().st_mode & 0o077 for p in tmp_path.glob("gadfly.db*")}
            assert len(modes) > 1
            assert set(modes.values()) == {0}

    asyncio.run(once())
    assert sqlite3.connect(tmp_path / "gadfly.db").execute("PRAGMA integrity_check").fetchone()
