"""What is due, found without any arithmetic of time zones: by reading the clock, step by step."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Dues = dict[datetime, datetime]
"""A local time, without a zone, and the instant at which it is due."""

QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
QUARTER_DAY = timedelta(hours=6)


def dues(zone: tzinfo, start: datetime, end: datetime, step: timedelta = MINUTE) -> Dues:
    """Every local time that a clock shows or leaves out, with the first instant it may have.

    The clock is read at each step of [start, end). What it shows again is due the first time;
    what it jumps over is due when it has jumped; dates of which it shows nothing are dropped.
    """
    found: Dues = {}
    shown: set[date] = set()
    expected: datetime | None = None
    at = start
    while at < end:
        wall = at.astimezone(zone).replace(tzinfo=None, fold=0)
        while expected is not None and expected < wall:
            found.setdefault(expected, at)
            expected += step
        found.setdefault(wall, at)
        shown.add(wall.date())
        expected = wall + step
        at += step
    return {wall: at for wall, at in found.items() if wall.date() in shown}


def changes(zone: tzinfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The half hours of [start, end) in which the offset of a zone changes."""
    for far in _differing(zone, start, end, QUARTER_DAY):  # no zone changes twice within that
        yield from _differing(zone, far - QUARTER_DAY, far, timedelta(minutes=30))


def _differing(zone: tzinfo, start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    at, offset = start, start.astimezone(zone).utcoffset()
    while at < end:
        at += step
        now = at.astimezone(zone).utcoffset()
        if now != offset:
            yield at
        offset = now


def year(number: int) -> datetime:
    return datetime(number, 1, 1, tzinfo=UTC)
