"""Due moments, against a clock that is read minute by minute, and slots."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import breaks, grammar, written
from bot.breaks import Breaks
from bot.model import Room
from bot.rules import Weekly
from bot.schedule import (
    NO_BREAKS,
    Moment,
    Schedule,
    due_slots,
    instant,
    moments,
    resting_slots,
    sentence,
    together,
    upcoming,
)
from tests.bot.oracle import QUARTER, QUARTERS, Dues, changes, dues, year

DAY = timedelta(days=1)
BERLIN = written.zone("Europe/Berlin")
AGORA, SLACK = Room("page", "agora"), Room("slack", "C012")
ODD_ZONES = (  # half-hour and two-hour shifts, shifts at and across midnight, a date left out
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Santiago",
    "America/Nuuk",
    "Africa/Cairo",
    "Asia/Beirut",
    "Antarctica/Troll",
)


def on(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def found(rule: str, zone: str, after: str, count: int) -> list[Moment]:
    return list(islice(moments(grammar.parse(rule), written.zone(zone), on(after)), count))


def instants(given: Iterable[Moment]) -> list[str]:
    return [f"{moment.at:%m-%d %H:%M}" for moment in given]


def plan(rule: str = "daily 09:00", breaks: Breaks = NO_BREAKS) -> Schedule:
    return Schedule("main", grammar.parse(rule), BERLIN, (AGORA,), breaks=breaks)


def mismatches(zone: ZoneInfo, expected: Dues, first: date, last: date) -> Iterator[str]:
    """Where the moments of [first, last] differ from what the clock showed."""
    begin = datetime.combine(first, time(), UTC) - 2 * DAY
    for at in sorted({wall.time() for wall in expected}):
        rule = Weekly(tuple(range(7)), at)
        due = takewhile(lambda moment: moment.day <= last, moments(rule, zone, begin))
        got = {moment.day: moment.at for moment in due if moment.day >= first}
        days = (first + n * DAY for n in range((last - first).days + 1))
        want = {day: expected.get(datetime.combine(day, at)) for day in days}
        for day in want:
            if got.get(day) != want[day]:
                yield f"{zone.key} {day} {at}: {got.get(day)}, and not {want[day]}"


def around(zone: ZoneInfo, change: datetime, times: Iterable[time]) -> Iterator[str]:
    """Mismatches on the dates about a change of offset, by a scan of every minute."""
    wanted = set(times)
    scan = dues(zone, change - 4 * DAY, change + 4 * DAY)
    expected = {wall: at for wall, at in scan.items() if wall.time() in wanted}
    yield from mismatches(zone, expected, change.date() - 2 * DAY, change.date() + 2 * DAY)


@pytest.mark.parametrize("name", ODD_ZONES)
def test_every_time_of_day_is_due_once_a_date_as_the_clock_shows_it(name: str) -> None:
    seed = random.Random(name)  # noqa: S311 - a seed that repeats is the point
    zone = written.zone(name)
    found = list(changes(zone, year(2024), year(2040)))
    assert found
    for change in seed.sample(found, 2):
        times = {*seed.sample(QUARTERS, 24), time(seed.randrange(24), seed.randrange(60))}
        assert not list(around(zone, change, {*times, time(0), time(2, 30), time(23, 45)}))


def test_a_date_that_a_zone_never_had_has_no_moment() -> None:
    apia = written.zone("Pacific/Apia")
    assert not list(around(apia, datetime(2011, 12, 30, 10, tzinfo=UTC), QUARTERS))
    days = [moment.day.day for moment in found("daily 12:00", "Pacific/Apia", "2011-12-28", 4)]
    assert days == [28, 29, 31, 1]
    assert instant(date(2011, 12, 30), time(12), apia) is None


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_no_zone_and_no_time_of_day_differs_from_the_clock_in_seventeen_years() -> None:
    """All zones x 96 times of day x 2024-2040; zones whose offsets agree throughout share a run.

    The clock is read each quarter of an hour, and each minute around every change of offset.
    """
    start, end = year(2024), year(2041)
    alike: dict[tuple[object, ...], list[ZoneInfo]] = {}
    for name in written.zones():
        zone = written.zone(name)
        shifts = tuple((at, at.astimezone(zone).utcoffset()) for at in changes(zone, start, end))
        alike.setdefault((start.astimezone(zone).utcoffset(), *shifts), []).append(zone)
    cases = 0
    for zones in alike.values():
        for number in range(2024, 2041):
            scan = dues(zones[0], year(number) - 3 * DAY, year(number + 1) + 3 * DAY, QUARTER)
            first, last = date(number, 1, 1), date(number, 12, 31)
            assert not list(mismatches(zones[0], scan, first, last))
            cases += len(QUARTERS) * ((last - first).days + 1) * len(zones)
        for change in changes(zones[0], start, end):
            assert not list(around(zones[0], change, QUARTERS))
    print(f"{cases} cases, {len(written.zones())} zones, {len(alike)} runs, 0 mismatches")


def test_a_time_that_the_clocks_leave_out_is_due_right_after_the_gap() -> None:
    due = found("daily 02:30", "Europe/Berlin", "2026-03-28T02:00", 2)
    assert instants(due) == ["03-29 01:00", "03-30 00:30"]
    assert [moment.mark for moment in due] == ["gap", ""]


def test_a_time_that_the_clocks_repeat_is_due_the_first_time_alone() -> None:
    due = found("daily 02:30", "Europe/Berlin", "2026-10-24T02:00", 2)
    assert instants(due) == ["10-25 00:30", "10-26 01:30"]
    assert [moment.mark for moment in due] == ["overlap", ""]


def test_the_day_after_the_spring_change_is_not_lost_at_midnight() -> None:
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Sydney"):
        for rule in ("daily 00:00", "daily 00:30"):
            days = [moment.day for moment in found(rule, zone, "2026-01-01T00:00", 3650)]
            assert days == [days[0] + n * DAY for n in range(3650)]


def test_a_gap_across_midnight_still_belongs_to_the_date_that_it_cut_short() -> None:
    due = found("daily 23:30", "America/Nuuk", "2024-03-30T12:00", 2)
    assert [(moment.day.day, moment.mark) for moment in due] == [(30, "gap"), (31, "")]
    assert instants(due)[0] == "03-31 01:00"
    late = found("daily 23:30", "America/Nuuk", "2024-03-31T00:59:59", 1)
    assert late == due[:1]


def test_several_times_of_cron_that_fall_into_one_gap_are_one_moment() -> None:
    due = found("cron: 10,40 2,3 * * *", "Europe/Berlin", "2026-03-29T00:00", 4)
    assert [(m.nominal, m.number) for m in due] == [
        ("02:10", 1),
        ("03:10", 2),
        ("03:40", 3),
        ("02:10", 1),
    ]


@given(
    st.sampled_from(ODD_ZONES),
    st.integers(-631_152_000, 2_840_140_800).map(lambda n: datetime.fromtimestamp(n, UTC)),
    st.sampled_from(("daily 00:30", "weekdays 02:15", "last sun 23:59", "cron: */20 0-3 * * *")),
)
def test_moments_come_in_order_strictly_after_and_wherever_one_begins(
    name: str, after: datetime, text: str
) -> None:
    rule, zone = grammar.parse(text), written.zone(name)
    due = list(islice(moments(rule, zone, after), 12))
    places = [(moment.at, moment.day, moment.number) for moment in due]
    assert due[0].at > after
    assert places == sorted(places)
    assert len({(moment.day, moment.number) for moment in due}) == len(due)
    assert (
        list(islice(moments(rule, zone, due[3].at), 3))
        == [moment for moment in due[4:] if moment.at > due[3].at][:3]
    )


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(ODD_ZONES))
@settings(max_examples=50)
def test_no_instant_of_the_calendar_is_too_early_or_too_late(after: datetime, name: str) -> None:
    for text in ("daily 00:00", "cron: 0 0 * * *"):
        for moment in islice(moments(grammar.parse(text), written.zone(name), after), 3):
            assert moment.at > after


def test_the_first_and_the_last_instant_of_the_calendar_are_answered() -> None:
    for zone in (written.zone("Pacific/Kiritimati"), written.zone("Pacific/Pago_Pago")):
        rule = grammar.parse("daily 12:00")
        assert next(moments(rule, zone, datetime.min.replace(tzinfo=UTC)))
        assert not list(moments(rule, zone, datetime.max.replace(tzinfo=UTC)))


def test_a_slot_keeps_its_key_when_the_time_of_day_is_edited() -> None:
    since, now = on("2026-05-04T00:00"), on("2026-05-04T20:00")
    due = [due_slots(plan(text), since, now) for text in ("daily 09:00", "daily 17:00")]
    assert {slot.key for slots in due for slot in slots} == {"main/page:agora/2026-05-04"}


def test_further_slots_of_one_date_are_numbered() -> None:
    due = due_slots(plan("cron: 0 9,17 * * *"), on("2026-05-04T00:00"), on("2026-05-05T08:00"))
    assert [slot.key for slot in due] == [
        "main/page:agora/2026-05-04",
        "main/page:agora/2026-05-04#2",
        "main/page:agora/2026-05-05",
    ]


def test_every_room_has_its_slots_oldest_first() -> None:
    both = Schedule("main", grammar.parse("daily 09:00"), BERLIN, (AGORA, SLACK))
    due = due_slots(both, on("2026-05-04T00:00"), on("2026-05-05T23:00"))
    assert [(slot.at.day, slot.room) for slot in due] == [
        (4, AGORA),
        (4, SLACK),
        (5, AGORA),
        (5, SLACK),
    ]


def test_looking_twice_at_touching_spans_finds_each_slot_once() -> None:
    start = on("2026-03-20T00:00")
    for step in (timedelta(minutes=20), timedelta(hours=8), timedelta(days=3)):
        keys: list[str] = []
        at = start
        while at < start + timedelta(days=15):
            keys += (slot.key for slot in due_slots(plan("daily 02:30"), at, at + step))
            at += step
        assert len(keys) == len(set(keys)) == 15


def test_a_slot_is_due_at_its_instant_and_not_again_after_it() -> None:
    nine = on("2026-05-04T07:00")
    assert len(due_slots(plan(), nine - timedelta(seconds=1), nine)) == 1
    assert not due_slots(plan(), nine, nine + timedelta(seconds=20))


def test_a_clock_that_was_set_back_makes_nothing_due() -> None:
    assert not due_slots(plan(), on("2026-05-04T08:00"), on("2026-05-02T08:00"))


def test_a_very_long_absence_is_not_counted_without_end() -> None:
    assert len(due_slots(plan(), on("1970-01-01T00:00"), on("2026-05-04T08:00"))) == 400


def test_a_date_in_a_break_is_told_apart_and_not_due() -> None:
    own = plan(breaks=breaks.parse("2026-05-05..2026-05-06", BERLIN))
    since, now = on("2026-05-03T12:00"), on("2026-05-07T12:00")
    assert [slot.moment.day.day for slot in due_slots(own, since, now)] == [4, 7]
    resting = resting_slots(own, since, now)
    assert [(slot.moment.day.day, why) for slot, why in resting] == [
        (5, "2026-05-05..2026-05-06"),
        (6, "2026-05-05..2026-05-06"),
    ]
    assert [moment.day.day for moment in islice(upcoming(own, since), 3)] == [4, 7, 8]


def test_a_schedule_is_echoed_as_a_sentence() -> None:
    own = Schedule("main", grammar.parse("weekdays 9:00"), BERLIN, (AGORA,))
    assert sentence(own) == (
        "every weekday at 09:00, Europe/Berlin, in page:agora, closing after 20 h"
    )


def test_the_sentence_leaves_out_nothing_that_was_set() -> None:
    own = Schedule(
        "ethics",
        grammar.parse("first mon 17:00"),
        BERLIN,
        (AGORA, SLACK),
        readings="ethics/*",
        close_after=timedelta(days=1, hours=6),
        remind_after=timedelta(hours=16),
        breaks=breaks.parse("2026-12-20..2027-01-06,2027-05-01", BERLIN),
        joint=True,
    )
    assert sentence(own) == (
        "the first Monday of every month at 17:00, Europe/Berlin, in page:agora and slack:C012, "
        "the same prompt in all of them, from ethics/*, with a reminder after 16 h, "
        "closing after 1 d 6 h, with breaks 2026-12-20..2027-01-06 and 2027-05-01"
    )


def test_several_schedules_come_in_one_row_each_under_its_own_name() -> None:
    early, late = (
        Schedule(name, grammar.parse(at), written.zone("UTC"), ())
        for name, at in (("early", "daily 08:00"), ("late", "weekdays 20:00"))
    )
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)
    row = islice(together((late, early), saturday), 4)
    assert [(plan.name, moment.day.day) for plan, moment in row] == [
        ("early", 22), ("early", 23), ("late", 23), ("early", 24),
    ]  # fmt: skip
