"""Facilitators steer from the chat: skip, swap, pause, resume, and the audit of every slot."""

from dataclasses import replace
from pathlib import Path

import pytest
from story.group import ADA, BEN, ROOM, Group, gathered

from bot import coming, menu, phrases, plain
from bot.card import Buttons
from bot.chat.memory import DONE, REFUSED
from bot.model import Phase, State
from bot.settings import ScheduleSettings


async def said(group: Group, text: str, member: object = ADA) -> str:
    card = await group.chat.ask(ROOM, member, "gadfly", text)  # type: ignore[arg-type]
    assert card is not None
    return plain.render(card)


async def test_steering_is_for_facilitators(tmp_path: Path) -> None:
    async with gathered(tmp_path, facilitators=("page:ada",)) as group:
        await group.opened()
        for verb in menu.LEADS:
            assert await said(group, verb, BEN) == phrases.NOT_YOURS, verb
        for verb in ("skip", "swap", "pause until 2027-01-10", "resume", "audit"):
            assert await said(group, verb) != phrases.NOT_YOURS, verb


async def test_a_word_that_is_not_known_is_named_before_the_help(tmp_path: Path) -> None:
    async with gathered(tmp_path, facilitators=("page:ada",)) as group:
        for known in ("help", "", "  "):
            assert (await said(group, known, BEN)).startswith("/quote TOPIC")
        asked = await said(group, "psue until\n2027-01-10")
        first, _, help_ = asked.partition("\n\n")
        assert first == "Gadfly does not know the word psue. What it knows:"
        assert help_ == await said(group, "help")
        slashed = await group.chat.ask(ROOM, BEN, "qoute", "a topic")
        assert slashed is not None
        assert "qoute" in plain.render(slashed)


async def test_a_role_makes_a_facilitator_where_it_is_named(tmp_path: Path) -> None:
    tutor = replace(BEN, groups=("discord:role:12",))
    async with gathered(tmp_path, facilitators=("discord:role:12",)) as group:
        await group.at(minutes=0)
        assert await said(group, "skip", BEN) == phrases.NOT_YOURS
        assert await said(group, "skip", tutor) != phrases.NOT_YOURS


async def test_without_a_time_of_its_own_a_room_still_hears_its_facilitators(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path, prompt_at="off", facilitators=("page:ada",)) as group:
        await group.at(days=3)
        assert group.cards() == []
        assert await said(group, "next", BEN) == phrases.ONLY_ASKED
        assert await said(group, "skip") == phrases.NOTHING_AHEAD
        assert await said(group, "now") == phrases.ON_ITS_WAY
        await group.at(minutes=1)
        assert len(group.cards()) == 1
        await group.at(hours=20)
        assert len(group.cards((await group.study.store.latest(ROOM)).thread)) == 1  # its summary


async def test_what_says_a_time_names_the_moment_in_its_own_words(tmp_path: Path) -> None:
    async with gathered(tmp_path, remind_after="2h") as group:
        debate = await group.opened()
        await group.at(hours=2)
        status = await group.chat.ask(ROOM, ADA, "gadfly", "status")
        for card in (*group.cards(), *group.cards(debate.thread), status):
            [(line, moment)] = [(p.text, m) for p in card.parts for m in getattr(p, "moments", ())]
            assert moment.words in line
            assert moment.at == debate.closes


async def test_a_skipped_slot_posts_nothing_and_the_one_after_it_comes(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        assert "Monday 23 November, 09:00" in await said(group, "skip")
        first, *_ = (await said(group, "next")).splitlines()
        assert first == f"Monday 23 November, 09:00 UTC: {phrases.BY_FACILITATOR}"
        await group.at(minutes=1)
        assert group.cards() == []
        await group.at(hours=24)
        assert len(group.cards()) == 1
        assert "Wednesday" in await said(group, "skip")
        assert "Thursday" in await said(group, "skip")


async def test_a_pause_ends_at_its_date(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        assert "2026-11-25" in await said(group, "pause until 2026-11-25")
        await group.at(minutes=1)
        await group.at(hours=24)
        assert group.cards() == []
        await group.at(hours=24)
        assert len(group.cards()) == 1
        lines = (await said(group, "audit")).splitlines()
        assert lines[0] == "Monday 23 November, 09:00 UTC: skipped (paused until 2026-11-25)"
        assert lines[-1] == "Wednesday 25 November, 09:00 UTC: posted, 0 s after its time"


async def test_a_resumed_room_posts_again_and_a_pause_needs_a_date_ahead(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        for text in ("pause", "pause until soon", "pause until 2026-11-23"):
            assert await said(group, text) == phrases.PAUSE_HOW
        await said(group, "pause until 2027-01-10")
        assert "paused until 2027-01-10" in await said(group, "next")
        await said(group, "resume")
        await group.at(minutes=1)
        assert len(group.cards()) == 1


async def test_a_swapped_claim_is_not_asked(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        passed = await said(group, "swap")
        debate = await group.opened()
        assert str(debate.prompt["motion"]) not in passed


async def test_an_open_debate_is_swapped_while_nobody_has_answered(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        first = await group.opened()
        assert await said(group, "swap") == phrases.SWAPPED_OPEN
        await group.at(seconds=1)
        second = await group.study.store.latest(ROOM)
        assert second is not None
        assert second.prompt["key"] != first.prompt["key"]
        closed = await group.study.store.debate(first.id)
        assert closed is not None
        assert closed.phase is Phase.CLOSED
        await group.chat.say(ROOM, second.thread, BEN, "Treaties need keepers.")
        assert await said(group, "swap") == phrases.ANSWERED


async def test_swapping_the_next_leaves_the_open_debate_alone(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        first = await group.opened()
        assert "Another claim comes instead" in await said(group, "swap next")
        still = await group.study.store.debate(first.id)
        assert still is not None
        assert still.phase is Phase.OPEN


async def test_what_comes_next_goes_on_behind_a_skipped_slot(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        await said(group, "skip")
        skipped, *coming = filter(None, (await said(group, "next")).splitlines())
        assert skipped.endswith(phrases.BY_FACILITATOR)
        assert len(coming) == 3


async def test_a_prompt_held_up_until_the_next_is_due_gives_way_to_it(tmp_path: Path) -> None:
    nine = f"prompt/main/{ROOM}/2026-11-23"
    down = {"fates": lambda key: REFUSED if key == nine else DONE}
    async with gathered(tmp_path, prompt_at="cron: 0 9,11 * * *", **down) as group:
        await group.at(minutes=0)
        await group.at(minutes=1)
        await group.at(hours=2)
        effects = await group.study.store.effects(kind="prompt")
        assert [(e.state, e.why) for e in effects] == [
            (State.SKIPPED, phrases.OVERTAKEN),
            (State.SENT, None),
        ]


async def test_a_prompt_held_up_does_not_give_way_to_a_slot_that_is_skipped(
    tmp_path: Path,
) -> None:
    nine = f"prompt/main/{ROOM}/2026-11-23"
    down = {nine}
    fates = {"fates": lambda key: REFUSED if key in down else DONE}
    async with gathered(tmp_path, prompt_at="cron: 0 9,11 * * *", **fates) as group:
        await group.at(minutes=0)
        await group.at(minutes=1)
        await said(group, "skip")
        down.clear()
        await group.at(hours=2)
        effects = await group.study.store.effects(kind="prompt")
        assert [(e.state, e.why) for e in effects] == [
            (State.SENT, None),
            (State.SKIPPED, phrases.BY_FACILITATOR),
        ]


async def test_the_audit_is_read_beside_a_running_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    async with gathered(tmp_path) as group:
        await group.opened()
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        await coming.audit(36500, lines.append)
    assert lines[0] == "main in page:agora:"
    assert lines[1].endswith("posted, 0 s after its time")


async def test_where_two_schedules_post_each_is_named_with_what_it_brings(tmp_path: Path) -> None:
    friday = ScheduleSettings(at="fri 16:00", rooms=str(ROOM))
    async with gathered(tmp_path, schedules={"friday": friday}) as group:
        told = [line for line in (await said(group, "next")).splitlines() if line]
        assert told[0] == "main:"
        assert told[4] == "friday:"
        assert told[5].startswith("Friday 27 November, 16:00")


PHONES = {"rooms": str(ROOM), "readings": "phones-in-school/*"}
AGES = {"prompt_at": "fri 09:00", "readings": "voting-at-sixteen/*"}


@pytest.mark.parametrize(
    ("order", "schedule"), [("now", "noon"), ("now NOON", "noon"), ("now main", "main")]
)
async def test_of_several_schedules_the_one_that_is_named_or_comes_next_is_opened(
    tmp_path: Path, order: str, schedule: str
) -> None:
    noon = ScheduleSettings(at="daily 12:00", **PHONES)
    async with gathered(tmp_path, schedules={"noon": noon}, **AGES) as group:
        await group.at(minutes=0)
        assert await said(group, order) == f"{schedule}: {phrases.ON_ITS_WAY}"
        await group.at(minutes=1)
        opened = await group.study.store.latest(ROOM)
        assert opened is not None
        assert opened.schedule == schedule


@pytest.mark.parametrize("verb", ["now", "skip", "swap", "resume", "pause until 2026-12-01"])
async def test_an_order_that_names_a_schedule_which_is_not_there_changes_nothing(
    tmp_path: Path, verb: str
) -> None:
    noon = ScheduleSettings(at="daily 12:00", **PHONES)
    async with gathered(tmp_path, schedules={"noon": noon}, **AGES) as group:
        await group.at(minutes=0)
        coming = await said(group, "next")
        assert "there is main, noon" in await said(group, f"{verb} friday")
        assert await said(group, "next") == coming


async def test_an_order_that_names_a_schedule_leaves_the_others_alone(tmp_path: Path) -> None:
    noon = ScheduleSettings(at="daily 12:00", **PHONES)
    async with gathered(tmp_path, schedules={"noon": noon}, **AGES) as group:
        await group.at(minutes=0)
        assert "Friday 27 November, 09:00" in await said(group, "skip main")
        assert "phone" not in await said(group, "swap main")
        await said(group, "pause until 2026-12-01 noon")
        coming = await said(group, "next")
        assert "Monday 23 November, 12:00 UTC: paused until 2026-12-01" in coming
        assert "Friday 04 December, 09:00 UTC\n" in coming


async def test_a_button_of_the_home_is_about_the_schedule_that_it_stands_under(
    tmp_path: Path,
) -> None:
    noon = ScheduleSettings(at="daily 12:00", **PHONES)
    async with gathered(tmp_path, schedules={"noon": noon}, **AGES) as group:
        await group.at(minutes=0)

        async def approvals() -> list[str]:
            home = await group.chat.ask(ROOM, ADA, "home", str(ROOM))
            assert home is not None
            rows = [part.buttons for part in home.parts if isinstance(part, Buttons)]
            return [b.value for row in rows for b in row if b.action == "approve"]

        main, other = await approvals()
        await group.chat.press(ROOM, ADA, "approve", other)
        assert await approvals() == [main]
        swapped = await group.chat.press(ROOM, ADA, "swap", main)
        assert swapped is not None
        assert plain.render(swapped).startswith("main: Passed over")


async def test_an_open_debate_is_swapped_for_another_of_its_own_schedule(tmp_path: Path) -> None:
    noon = ScheduleSettings(at="daily 12:00", rooms=str(ROOM), readings="phones-in-school/*")
    async with gathered(tmp_path, schedules={"noon": noon}, prompt_at="fri 09:00") as group:
        await group.at(minutes=0)
        await group.at(hours=3, minutes=1)
        await said(group, "swap")
        await group.at(minutes=1)
        swapped = await group.study.store.latest(ROOM)
        assert swapped is not None
        assert (swapped.schedule, "/now/" in swapped.id) == ("noon", True)


async def test_the_next_claim_that_is_swapped_is_that_of_the_schedule_that_comes_next(
    tmp_path: Path,
) -> None:
    noon = ScheduleSettings(at="daily 12:00", rooms=str(ROOM), readings="phones-in-school/*")
    ages = {"prompt_at": "fri 09:00", "readings": "voting-at-sixteen/*"}
    async with gathered(tmp_path, schedules={"noon": noon}, **ages) as group:
        await group.at(minutes=0)
        assert "phone" in await said(group, "swap")
