"""What a rule is: the local dates and times of day at which a schedule is due.

`bot.grammar` reads rules from plain words, `bot.schedule` adds the time zone. The text of a rule
is a sentence for people: every weekday at 09:00.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

EPOCH = date(2024, 1, 1)  # a Monday, the first day of ISO week 1 of 2024
LAST = date(9999, 12, 30)  # a day short of the calendar's end, where zones still have room
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPELT = tuple(day.capitalize() for day in DAYS)
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
PLAIN = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)}
SINGLE = {"day": "daily", "weekday": "weekdays", "weekend": "weekends"}  # after `every`

Dated = tuple[date, tuple[time, ...]]
"""A local date with its nominal times of day, ascending and never empty."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """On these weekdays (0 is Monday, ascending), every week or every so many weeks."""

    days: tuple[int, ...]
    at: time
    every: int = 1
    start: date | None = None

    def dates(self, first: date) -> Iterator[Dated]:
        """The dates from `first` on that this rule falls on, without end."""
        return _each(self._falls_on, self.at, max(first, self.start or first))

    def _falls_on(self, day: date) -> bool:
        if day.weekday() not in self.days:
            return False
        return (_week(day) - _week(self.start or EPOCH)) % self.every == 0

    def __str__(self) -> str:
        since = f", counted from {self.start}" if self.start else ""
        return f"{_every(self.days, self.every)} at {self.at:%H:%M}{since}"


@dataclass(frozen=True, slots=True)
class Monthly:
    """On the first, second, third, fourth (1 to 4) or last (-1) such weekday of each month."""

    nth: int
    day: int
    at: time

    def dates(self, first: date) -> Iterator[Dated]:
        """The dates from `first` on that this rule falls on, without end."""
        return _each(self._falls_on, self.at, first)

    def _falls_on(self, day: date) -> bool:
        if day.weekday() != self.day:
            return False
        if self.nth < 0:
            return (day + timedelta(days=7)).month != day.month
        return (day.day + 6) // 7 == self.nth

    def __str__(self) -> str:
        nth = next(word for word, number in NTH.items() if number == self.nth)
        return f"the {nth} {SPELT[self.day]} of every month at {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Cron:
    """Five fields as cron reads them; the only rule that can have several times on one date."""

    fields: str

    def dates(self, first: date) -> Iterator[Dated]:
        """The dates from `first` on that this rule falls on, without end."""
        minutes, hours, days = self.fields.split(maxsplit=2)
        times = _times(f"{minutes} {hours} * * *")
        return ((midnight.date(), times) for midnight in _walls(f"0 0 {days}", first))

    def __str__(self) -> str:
        from cronsim import CronSim

        said = CronSim(self.fields, datetime(2001, 1, 1)).explain()  # noqa: DTZ001 - explains only
        return f"cron {self.fields} ({said[:1].lower()}{said[1:]})"


@dataclass(frozen=True, slots=True)
class Never:
    """No date at all: a prompt comes when a facilitator asks for one."""

    def dates(self, first: date) -> Iterator[Dated]:
        return iter(())

    def __str__(self) -> str:
        return "only when a facilitator asks"


NEVER = Never()
Rule = Weekly | Monthly | Cron | Never


@lru_cache(maxsize=64)
def _times(fields: str) -> tuple[time, ...]:
    """The times of day of a cron expression that names no days."""
    walls = itertools.takewhile(lambda wall: wall.date() == EPOCH, _walls(fields, EPOCH))
    return tuple(wall.time() for wall in walls)


def _walls(fields: str, first: date) -> Iterator[datetime]:
    """What a clock shows at the times of a cron expression, on `first` or later.

    The walk knows no zone: daylight saving is settled in one place, for all rules alike.
    """
    from cronsim import CronSim

    try:
        yield from CronSim(fields, datetime.combine(first, time()) - timedelta(seconds=1))
    except OverflowError:  # the calendar ends
        return


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7  # 0001-01-01 was a Monday


def _each(falls_on: Callable[[date], bool], at: time, first: date) -> Iterator[Dated]:
    for ordinal in range(first.toordinal(), LAST.toordinal()):
        day = date.fromordinal(ordinal)
        if falls_on(day):
            yield day, (at,)


def _every(days: tuple[int, ...], weeks: int) -> str:
    if weeks > 1:
        return f"every {weeks} weeks on {_listed(days)}"
    for single, plain in SINGLE.items():
        if days == tuple(PLAIN[plain]) and single != "weekend":
            return f"every {single}"
    return f"every {_listed(days)}"


def _listed(days: tuple[int, ...]) -> str:
    names = [SPELT[day] for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]} to {names[-1]}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
