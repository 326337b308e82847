"""What `gadfly next` says, for people and for programs."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import breaks, grammar, written
from bot.preview import ahead, as_json, as_text, echo, start
from bot.schedule import Moment, Schedule
from bot.written import BadValue

BERLIN = written.zone("Europe/Berlin")


def plan(text: str, zone: str = "Europe/Berlin", rest: str = "") -> Schedule:
    own = written.zone(zone)
    return Schedule("", grammar.parse(text), own, (), breaks=breaks.parse(rest, own))


def coming(schedule: Schedule, after: str, count: int) -> list[Moment]:
    return ahead(schedule, start(after, schedule.zone), count)


def test_programs_get_instants_in_utc_with_their_local_times() -> None:
    own = plan("daily 02:30")
    found = json.loads(as_json(coming(own, "2026-03-28T00:00:00Z", 3), own.zone))
    assert found == [
        {
            "utc": f"2026-03-{utc}:00Z",
            "local": f"2026-03-{local}",
            "zone": "Europe/Berlin",
            "mark": mark,
        }
        for utc, local, mark in [
            ("28T01:30", "28T02:30:00+01:00", ""),
            ("29T01:00", "29T03:00:00+02:00", "gap"),
            ("30T00:30", "30T02:30:00+02:00", ""),
        ]
    ]


def test_programs_get_an_empty_array_when_nothing_is_asked_for() -> None:
    own = plan("daily 02:30")
    for count in (0, -1):
        assert json.loads(as_json(coming(own, "2026-03-28", count), own.zone)) == []


def test_people_are_told_what_the_clocks_do_to_a_moment() -> None:
    spring, autumn = plan("daily 02:30"), plan("weekends 09:00")
    assert as_text(coming(spring, "2026-03-28T12:00Z", 2), BERLIN) == [
        "Sun 2026-03-29 03:00 CEST  (the clocks leave out 02:30: due right after the gap)",
        "Mon 2026-03-30 02:30 CEST",
    ]
    assert as_text(coming(spring, "2026-10-24T12:00Z", 1), BERLIN) == [
        "Sun 2026-10-25 02:30 CEST  (the clocks show 02:30 twice: due the first time)",
    ]
    assert as_text(coming(autumn, "2026-10-23", 2), BERLIN) == [
        "Sat 2026-10-24 09:00 CEST",
        "Sun 2026-10-25 09:00 CET  (the clocks go back by 60 min on this day)",
    ]


@pytest.mark.parametrize(
    ("zone", "after", "note"),
    [
        ("America/Santiago", "2026-09-06", "forward by 60 min"),  # at midnight, 00:00 to 01:00
        ("America/Santiago", "2026-04-04", "back by 60 min"),  # at midnight, 24:00 to 23:00
        ("America/Havana", "2025-11-02", "back by 60 min"),
        ("Australia/Lord_Howe", "2026-10-04", "forward by 30 min"),
        ("Antarctica/Troll", "2026-03-29", "forward by 120 min"),
    ],
)
def test_a_daylight_saving_day_is_marked_on_its_own_date_alone(
    zone: str, after: str, note: str
) -> None:
    own = plan("daily 12:00", zone)
    eve = (datetime.fromisoformat(after) - timedelta(days=1)).date().isoformat()
    before, that_day, next_day = as_text(coming(own, eve, 3), own.zone)
    assert note in that_day
    assert "(" not in before + next_day


def test_breaks_are_passed_over() -> None:
    own = plan("weekdays 09:00", rest="2026-12-21..2027-01-06")
    lines = as_text(coming(own, "2026-12-17", 4), BERLIN)
    assert [line[4:14] for line in lines] == [
        "2026-12-17",
        "2026-12-18",
        "2027-01-07",
        "2027-01-08",
    ]


def test_a_start_without_an_offset_is_local() -> None:
    assert start("2026-05-04", BERLIN).astimezone(UTC).hour == 22
    assert start("2026-05-04T00:00+05:00", BERLIN).astimezone(UTC).hour == 19


def test_a_start_that_cannot_be_read_is_refused_with_what_to_write() -> None:
    with pytest.raises(BadValue, match="'tomorrow' is no instant; write such as 2026-03-27"):
        start("tomorrow", BERLIN)


def test_both_ends_of_the_calendar_are_answered() -> None:
    own = plan("daily 12:00")
    assert len(json.loads(as_json(coming(own, "0001-01-01T00:00:00Z", 2), BERLIN))) == 2
    assert json.loads(as_json(coming(own, "9999-12-31T23:00:00Z", 2), BERLIN)) == []
    assert as_text(coming(own, "0001-01-01T00:00:00Z", 1), BERLIN)


def test_a_schedule_is_echoed_with_its_next_seven_moments_and_what_the_clocks_do() -> None:
    own = replace(plan("daily 02:30"), name="main")
    told = echo(own, datetime(2026, 3, 27, tzinfo=UTC))
    assert told[0].startswith("main: every day at 02:30, Europe/Berlin")
    assert len(told) == 8
    assert told[3].startswith("  Sun 2026-03-29 03:00 CEST  (the clocks leave out 02:30")
