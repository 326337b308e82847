"""Every way to write a schedule, on days when clocks change, against a clock that is read."""

import random
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice
from operator import itemgetter

import pytest

from bot import grammar, written
from bot.schedule import moments
from tests.bot.oracle import changes, dues, year

DAY = timedelta(days=1)
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Nuuk", "America/Santiago",
    "Antarctica/Troll", "Asia/Beirut", "Australia/Lord_Howe", "Europe/Berlin", "Pacific/Apia",
)  # fmt: skip
# The end of a year that has 53 weeks, a leap day, and the date that Apia never had.
MIDDLES = [datetime(*day, tzinfo=UTC) for day in ((2026, 12, 31), (2012, 2, 29), (2011, 12, 30))]
ELSEWHERE = timezone(timedelta(hours=5, minutes=45))  # where whoever asks lives


def last(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def nth(day: date, weekday: int, number: int) -> bool:
    return day.weekday() == weekday and (day.day - 1) // 7 + 1 == number


def week(day: date, start: date) -> int:
    return (day - start).days // 7


At = tuple[int, int]
FORMS: dict[str, tuple[Callable[[date], bool], list[At]]] = {
    "daily 02:30": (lambda day: True, [(2, 30)]),
    "weekdays 00:15": (lambda day: day.weekday() < 5, [(0, 15)]),
    "weekends midnight": (lambda day: day.weekday() > 4, [(0, 0)]),
    "fri-sun 23:45": (lambda day: day.weekday() > 3, [(23, 45)]),
    "every 2 weeks on sat,sun 02:00": (
        lambda day: day.weekday() > 4 and week(day, date(2024, 1, 1)) % 2 == 0,
        [(2, 0)],
    ),
    "every 3 weeks on sun 01:30 from 2010-02-03": (
        lambda day: day.weekday() == 6 and week(day, date(2010, 2, 1)) % 3 == 0,
        [(1, 30)],
    ),
    "first sun 02:15": (lambda day: nth(day, 6, 1), [(2, 15)]),
    "last fri 00:30": (
        lambda day: day.weekday() == 4 and (day + 7 * DAY).month != day.month,
        [(0, 30)],
    ),
    "cron: */20 0-3 * * *": (
        lambda day: True,
        [(hour, minute) for hour in range(4) for minute in (0, 20, 40)],
    ),
    "cron: 30 2 L * *": (last, [(2, 30)]),
    "cron: 10 0 * * sun#2": (lambda day: nth(day, 6, 2), [(0, 10)]),
    "cron: 0 2 29 feb *": (lambda day: (day.month, day.day) == (2, 29), [(2, 0)]),
    "cron: 30 1 1-7 * sun": (lambda day: day.day <= 7 or day.weekday() == 6, [(1, 30)]),
    "cron: 45 23 */2 * 6,7": (lambda day: day.day % 2 == 1 and day.weekday() > 4, [(23, 45)]),
    "cron: 5/25 2 * mar-apr/1,10 1-5": (
        lambda day: day.month in (3, 4, 10) and day.weekday() < 5,
        [(2, 5), (2, 30), (2, 55)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_each_form_is_due_when_the_clock_shows_it_first(zone: str) -> None:
    where, seed = written.zone(zone), random.Random(zone)  # noqa: S311 - a seed that repeats
    shifts = list(changes(where, year(2011), year(2031)))
    for middle in (*seed.sample(shifts, 2), *MIDDLES):
        start, end = middle - 4 * DAY, middle + 4 * DAY
        scan = dues(where, start - 2 * DAY, end + 2 * DAY)
        shown: dict[time, list[tuple[date, datetime]]] = {}
        for wall, at in scan.items():
            shown.setdefault(wall.time(), []).append((wall.date(), at))
        for text, (falls, times) in FORMS.items():
            wanted = [time(*at) for at in times]
            expected = {
                (day, at)
                for one in wanted
                for day, at in shown.get(one, ())
                if falls(day) and start < at <= end
            }
            due = moments(grammar.parse(text), where, start.astimezone(ELSEWHERE))
            found = [(m.day, m.at) for m in islice(due, len(expected) + 1)]
            last_one = found.pop()
            assert found == sorted(expected, key=itemgetter(1, 0)), (text, middle)
            assert last_one[1] > end
