"""When prompts are due: a rule's local times become instants, and these become slots.

Once per local date that exists. A time of day that the clocks repeat is due the first time; one
that they leave out is due at the first instant after the gap; a date that a zone never had (Apia,
30 December 2011) has none.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from operator import itemgetter
from typing import Literal
from zoneinfo import ZoneInfo

from bot import phrases
from bot.breaks import Breaks
from bot.model import Room
from bot.names import Names
from bot.rules import NEVER, Rule

Mark = Literal["", "gap", "overlap"]
EARLIEST = datetime(1, 1, 4, tzinfo=UTC)  # beyond these two, local dates leave the calendar
LATEST = datetime(9999, 12, 28, tzinfo=UTC)
NO_BREAKS = Breaks()
LOOK_BACK = timedelta(days=400)  # a longer downtime is not counted slot by slot


@dataclass(frozen=True, slots=True)
class Moment:
    """One due moment of a rule in a zone.

    `day` and `nominal` ("HH:MM") are the local date and time that the rule names, `number` counts
    the moments of that date from 1, and `at` is the instant, in UTC. `mark` says what the clocks
    did to it: "gap" for a time that they left out, "overlap" for the first of two.
    """

    day: date
    nominal: str
    number: int
    at: datetime
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When and where debates are opened, from which readings, and how long they live."""

    name: str
    rule: Rule
    zone: ZoneInfo
    rooms: tuple[Room, ...]
    readings: str = "*"
    close_after: timedelta = timedelta(hours=20)
    remind_after: timedelta | None = None
    catch_up: timedelta = timedelta(hours=6)
    breaks: Breaks = NO_BREAKS
    joint: bool = False
    names: Names = Names.NAMES
    digest: Rule = NEVER  # when several debates are told of in one post


@dataclass(frozen=True, slots=True)
class Slot:
    """A due moment of a schedule in one room."""

    schedule: str
    room: Room
    moment: Moment

    @property
    def at(self) -> datetime:
        """The instant from which it may be posted, in UTC."""
        return self.moment.at

    @property
    def key(self) -> str:
        """What makes it the same slot: not the time of day, or editing it would post twice."""
        number = f"#{self.moment.number}" if self.moment.number > 1 else ""
        return f"{self.schedule}/{self.room}/{self.moment.day}{number}"


def moments(rule: Rule, zone: ZoneInfo, after: datetime) -> Iterator[Moment]:
    """The due moments strictly after an aware instant, in order, to the end of the calendar.

    Breaks belong to a schedule and are not looked at; see `upcoming`.
    """
    # Moments keep the order of their local times, so that no earlier date has one left.
    first = min(max(after, EARLIEST), LATEST).astimezone(zone).date()
    for day, times in rule.dates(first):
        yield from (moment for moment in _on(day, times, zone) if moment.at > after)


def upcoming(schedule: Schedule, after: datetime) -> Iterator[Moment]:
    """The moments strictly after an instant at which a prompt is due, breaks left out."""
    for moment in moments(schedule.rule, schedule.zone, after):
        if schedule.breaks.covering(moment.day) is None:
            yield moment


def together(schedules: Sequence[Schedule], after: datetime) -> Iterator[tuple[Schedule, Moment]]:
    """The moments of several schedules in one row, earliest first, breaks left out."""

    def numbered(number: int) -> Iterator[tuple[datetime, int, Moment]]:
        return ((moment.at, number, moment) for moment in upcoming(schedules[number], after))

    rows = map(numbered, range(len(schedules)))
    for _, number, moment in heapq.merge(*rows, key=itemgetter(0, 1)):
        yield schedules[number], moment


def due_slots(schedule: Schedule, since: datetime, now: datetime) -> list[Slot]:
    """The slots in (since, now], oldest first, breaks left out; at most LOOK_BACK far back."""
    return [slot for slot in _slots(schedule, since, now) if _resting(schedule, slot) is None]


def resting_slots(schedule: Schedule, since: datetime, now: datetime) -> list[tuple[Slot, str]]:
    """The slots in (since, now] whose local date lies in a break, each with that break."""
    slots = ((slot, _resting(schedule, slot)) for slot in _slots(schedule, since, now))
    return [(slot, why) for slot, why in slots if why is not None]


def sentence(schedule: Schedule) -> str:
    """A schedule as people say it: every weekday at 09:00, Europe/Berlin, in page:agora, ..."""
    parts = [str(schedule.rule), schedule.zone.key]
    parts.append(f"in {' and '.join(map(str, schedule.rooms)) or 'no room'}")
    if schedule.joint:
        parts.append("the same prompt in all of them")
    if schedule.readings != "*":
        parts.append(f"from {schedule.readings}")
    if schedule.remind_after is not None:
        parts.append(f"with a reminder after {phrases.lasted(schedule.remind_after)}")
    parts.append(f"closing after {phrases.lasted(schedule.close_after)}")
    if schedule.digest != NEVER:
        parts.append(f"with a digest {schedule.digest}")
    if schedule.breaks:
        parts.append(f"with breaks {' and '.join(schedule.breaks)}")
    return ", ".join(parts)


def instant(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, Mark] | None:
    """The one instant, in UTC, of a local time of day on a local date; None if that date is not."""
    wall = datetime.combine(day, at, zone)
    first = wall.astimezone(UTC)
    second = wall.replace(fold=1).astimezone(UTC)
    if first == second:
        return first, ""
    if first < second:
        return first, "overlap"
    change = _change(second, first, zone)
    return (change, "gap") if _is_date(day, change, zone) else None


def _on(day: date, times: tuple[time, ...], zone: ZoneInfo) -> Iterator[Moment]:
    """The moments of one date: times that a gap throws together are one moment."""
    number, last = 0, None
    for at in times:
        found = instant(day, at, zone)
        if found is None or found[0] == last:
            continue
        number, last = number + 1, found[0]
        yield Moment(day, f"{at:%H:%M}", number, *found)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second within (before, after] at which the offset of a zone changes."""
    offset = after.astimezone(zone).utcoffset()
    low, high = 0, round((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        there = (before + timedelta(seconds=middle)).astimezone(zone).utcoffset()
        low, high = (low, middle) if there == offset else (middle, high)
    return before + timedelta(seconds=high)


def _is_date(day: date, change: datetime, zone: ZoneInfo) -> bool:
    """Whether any of a date is left where a change of offset jumped over a part of it."""
    last_before = (change - timedelta(seconds=1)).astimezone(zone).date()
    return day in (last_before, change.astimezone(zone).date())


def _slots(schedule: Schedule, since: datetime, now: datetime) -> Iterator[Slot]:
    start = max(since, now - LOOK_BACK)
    due = takewhile(lambda moment: moment.at <= now, moments(schedule.rule, schedule.zone, start))
    return (Slot(schedule.name, room, moment) for moment in due for room in schedule.rooms)


def _resting(schedule: Schedule, slot: Slot) -> str | None:
    return schedule.breaks.covering(slot.moment.day)
