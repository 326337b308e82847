"""What the readings cannot answer is told to whoever runs Gadfly, and what was asked is not."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from story.group import ADA, ROOM, gathered, twice
from story.test_week import text_of

from bot import lookups
from bot.events import Typed
from bot.settings import ScheduleSettings


async def test_the_readings_of_every_schedule_of_a_room_are_asked(tmp_path: Path) -> None:
    friday = ScheduleSettings(at="fri 16:00", rooms=str(ROOM), readings="phones-in-school/*")
    more = {"schedules": {"friday": friday}, "readings": "voting-at-sixteen/*"}
    async with gathered(tmp_path, **more) as group:
        for topic in ("smartphones", "voting age"):
            told = await group.chat.ask(ROOM, ADA, "quote", topic)
            assert told
            assert told.quotations(), topic
        told = await group.chat.ask(ROOM, ADA, "quote", "Budapest Memorandum")
        assert told
        assert not told.quotations()


@pytest.mark.parametrize("command", ["quote", "counter"])
async def test_a_gap_is_logged_without_the_members_words(
    command: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with gathered(tmp_path) as group:
        with caplog.at_level(logging.INFO, logger="bot.gaps"):
            await group.chat.ask(ROOM, ADA, command, "xylophones are divine", None)
    assert f"no answer to a /{command}" in caplog.text
    assert "xylophone" not in caplog.text


async def test_facilitators_see_in_the_audit_how_many_questions_had_no_answer(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path, hears=twice) as group:
        await group.opened()
        assert "no answer to" not in text_of(await group.chat.ask(ROOM, ADA, "gadfly", "audit"))
        for _ in range(2):
            await group.chat.ask(ROOM, ADA, "quote", "xylophones are divine", None)
        await group.chat.ask(ROOM, ADA, "counter", "xylophones are divine", None)
        audit = text_of(await group.chat.ask(ROOM, ADA, "gadfly", "audit"))
        assert "no answer to: 1 by /counter and 2 by /quote." in audit
        await group.at(hours=24 * 15)
        assert "no answer to" not in text_of(await group.chat.ask(ROOM, ADA, "gadfly", "audit"))


async def test_what_is_suggested_comes_from_the_rooms_own_readings(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        (plan,) = group.study.schedules
        own = replace(group.study, schedules=(replace(plan, readings="voting-at-sixteen/*"),))
        typed = Typed(ROOM, "quote", "")
        told = text_of(await lookups.suggested(own, typed))
        everything = text_of(await lookups.suggested(group.study, typed))
    assert "ballot" in told
    assert "telephone" not in told
    assert "telephone" in everything


async def test_where_the_readings_are_many_a_counter_is_sought_beside_the_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gathered(tmp_path) as group:
        at_once = await group.chat.ask(ROOM, ADA, "counter", "Voting should be compulsory", None)
        monkeypatch.setattr(lookups, "MANY", 0)
        beside = await group.chat.ask(ROOM, ADA, "counter", "Voting should be compulsory", None)
    assert at_once == beside
    assert text_of(beside)
