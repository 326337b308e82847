"""From settings to schedules; single rules are in test_grammar and test_schedule."""

from pathlib import Path
from typing import Any

import pytest
from story.group import no_settings

from bot import timetable
from bot.chats import chats_of
from bot.clock import SystemClock
from bot.errors import Wrong
from bot.preview import echo
from bot.rules import Never
from bot.settings import ScheduleSettings, Settings

ETHICS = {"ethics": ScheduleSettings(at="mon 17:00", rooms="page:ethics")}


def rooms(own: Settings) -> dict[str, list[str]]:
    return {plan.name: list(map(str, plan.rooms)) for plan in timetable.schedules(own)}


def test_with_prompt_at_off_its_rooms_wait_for_a_facilitator(tmp_path: Path) -> None:
    own = no_settings(tmp_path, prompt_at="off")
    [plan] = timetable.schedules(own)
    assert plan.rule == Never()
    said = "main: only when a facilitator asks, UTC, in page:agora, closing after 20 h"
    assert echo(plan, SystemClock().now()) == [said]
    assert list(chats_of(own, SystemClock())) == ["page"]


def test_rooms_that_other_schedules_post_in_are_theirs(tmp_path: Path) -> None:
    given = {"prompt_at": "off", "schedules": ETHICS}
    assert rooms(no_settings(tmp_path, **given)) == {"ethics": ["page:ethics"]}
    both = no_settings(tmp_path, prompt_rooms=("page:ethics", "page:agora"), **given)
    assert rooms(both) == {"ethics": ["page:ethics"], "main": ["page:agora"]}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"schedules": {"main": ETHICS["ethics"]}}, "SCHEDULES__MAIN__AT: so is the schedule of"),
        ({"schedules": {"e" * 33: ETHICS["ethics"]}}, f"SCHEDULES__{'E' * 33}__AT: the name is"),
        ({"schedules": ETHICS, "close_after": "0h"}, "CLOSE_AFTER: '0h' is no time at all"),
        ({"prompt_rooms": ()}, "PROMPT_ROOMS: names no room; write platform:id, such as"),
    ],
)
def test_a_schedule_that_cannot_be_is_told_by_the_setting_that_is_wrong(
    given: dict[str, Any], told: str, tmp_path: Path
) -> None:
    with pytest.raises(Wrong) as caught:
        timetable.schedules(no_settings(tmp_path, **given))
    assert str(caught.value).startswith(told)


def test_a_further_schedule_may_be_off_as_well(tmp_path: Path) -> None:
    off = {"ethics": ScheduleSettings(at="off", rooms="page:ethics", readings="ethics/*")}
    own = no_settings(tmp_path, schedules=off)
    assert rooms(own) == {"main": ["page:agora"], "ethics": ["page:ethics"]}
