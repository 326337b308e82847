"""Facilitators steer from the command line: beside a bot that runs, and without one."""

import asyncio
import os
import stat
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from story.group import ADA, ROOM, SEEDS, Group, gathered

from bot import control, orders, phrases
from bot.__main__ import main
from bot.errors import Wrong
from bot.model import Phase
from bot.store.store import Store
from bot.study import Live
from prompts.library import Library


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DATA_DIR", tmp_path), ("SEEDS_DIR", SEEDS), ("TIMEZONE", "UTC")):
        monkeypatch.setenv(name, str(value))


def answered(group: Group, folder: Path) -> AbstractAsyncContextManager[None]:
    return control.answering(Live(group.study), folder / "gadfly.db")


async def given(verb: str, room: str | None = None, text: str = "") -> str:
    lines: list[str] = []
    await asyncio.to_thread(orders.give, verb, room, text, lines.append)
    return "\n".join(lines)


async def test_the_bot_that_runs_does_what_it_is_told(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group, answered(group, tmp_path):
        await group.at(minutes=0)
        assert await given("skip") == (
            "Skipped: Monday 23 November, 09:00 UTC. The one after it comes as planned."
        )
        assert await given("now", "page:agora") == phrases.ON_ITS_WAY
        await group.at(minutes=2)
        debate = await group.study.store.latest(ROOM)
        assert debate is not None
        assert "/now/" in debate.id
        assert (await given("swap")) == phrases.SWAPPED_OPEN
        await group.at(minutes=1)
        assert await given("close") == phrases.CLOSING
        assert (await given("pause", text="2027-01-10")).startswith("Paused.")
        await group.at(minutes=1)
        assert [d.phase for d in await group.study.store.debates()] == [Phase.CLOSED] * 2
        await _a_day_without(group)
        with pytest.raises(Wrong, match="No debate is open here"):
            await given("close")
        assert await given("resume") == phrases.RESUMED


async def test_an_order_is_answered_from_the_readings_of_the_day(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare/timetable.txt").write_text("Monday: rivers.\n\nTuesday: trees.")
    async with gathered(tmp_path) as group:
        live = Live(replace(group.study, library=Library.open(tmp_path / "bare")))
        async with control.answering(live, tmp_path / "gadfly.db"):
            with pytest.raises(Wrong, match=phrases.OUT_OF_PROMPTS):
                await given("now", "page:agora")
            live.study = group.study
            assert await given("now", "page:agora") == phrases.ON_ITS_WAY


async def _a_day_without(group: Group) -> None:
    before = len(group.cards())
    await group.at(days=1)
    assert len(group.cards()) == before


async def test_without_a_bot_the_decision_waits_in_the_database_for_one(tmp_path: Path) -> None:
    assert await given("pause", text="2999-01-10") == (
        f"Paused. Prompts come again from 2999-01-10 on; /gadfly resume ends the pause earlier.\n"
        f"{phrases.NO_BOT}"
    )
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        await group.at(minutes=1)
        assert group.cards() == []


async def test_a_bot_that_was_killed_leaves_a_door_that_opens_on_nothing(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group, answered(group, tmp_path):
        door = tmp_path / "gadfly.db.sock"
        assert stat.S_IMODE(door.stat().st_mode) == 0o600
        os.link(door, tmp_path / "kept")
    os.rename(tmp_path / "kept", door)
    assert (await given("resume")).endswith(phrases.NO_BOT)
    async with gathered(tmp_path) as group, answered(group, tmp_path):
        assert await given("resume") == phrases.RESUMED


async def test_a_second_process_cannot_decide_behind_the_back_of_the_first(tmp_path: Path) -> None:
    store = await Store.at(f"sqlite:///{tmp_path}/gadfly.db")
    with pytest.raises(Wrong, match="another Gadfly process is using it"):
        await given("skip")
    await store.close()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["skip", "--room", "agora"], "'agora' is not a room; write platform:id"),
        (["skip", "--room", "page:elsewhere"], phrases.NO_SCHEDULE),
        (["pause", "--until", "2020-01-01"], phrases.PAUSE_HOW),
        (["close"], phrases.NO_DEBATE),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_the_exit_code_tells(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    [line] = captured.err.splitlines()
    assert told in line


def test_of_several_rooms_one_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMPT_ROOMS", "page:agora,page:stoa")
    with pytest.raises(Wrong, match="--room: which one\\? The rooms are page:agora, page:stoa"):
        orders.give("skip", None, "", print)


async def test_what_is_no_order_is_answered_and_harms_nothing(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group, answered(group, tmp_path):
        for order in (["explode", "page:agora", ""], ["skip"], {"a": 1}, ["skip", 7, []]):
            with pytest.raises(Wrong, match=r"does not know this order|is not a room"):
                await control.asked(tmp_path / "gadfly.db", order)  # type: ignore[arg-type]
        assert await given("resume") == phrases.RESUMED


async def test_a_slot_posted_late_says_so_in_the_audit(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        group.clock.move(timedelta(hours=2, minutes=1))
        await group.at(minutes=0)
        told = await group.chat.ask(ROOM, ADA, "gadfly", "audit")
        assert told is not None
        assert told.summary == "Monday 23 November, 09:00 UTC: posted late, 2 h after its time"
