"""Dates without prompts, as the setting BREAKS writes them.

Dates, runs of dates, .ics files, and the public holidays of a country or of a part of it.
"""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from operator import attrgetter
from pathlib import Path

from bot.public import Public, public
from bot.written import BadValue, clipped

ONE = timedelta(days=1)
SUCH = "write such as 2026-12-20..2027-01-06, 2027-05-01, holidays:DE-BY or a path ending in .ics"


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """A run of local dates without prompts; both ends belong to it."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class Breaks:
    """All breaks of a schedule; `runs` are sorted and apart, as `merged` leaves them."""

    runs: tuple[Break, ...] = ()
    holidays: tuple[Public, ...] = ()

    def covering(self, day: date) -> str | None:
        """What a local date is left out for, such as a run or a holiday's name; None: it is not."""
        place = bisect.bisect_right(self.runs, day, key=attrgetter("first"))
        if place and day <= self.runs[place - 1].last:
            return str(self.runs[place - 1])
        return next(filter(None, (some.name_of(day) for some in self.holidays)), None)

    def __iter__(self) -> Iterator[str]:
        yield from map(str, (*self.runs, *self.holidays))

    def __bool__(self) -> bool:
        return bool(self.runs or self.holidays)


def parse(text: str, zone: tzinfo) -> Breaks:
    """The breaks of a setting. An .ics file is read; its times are taken to the dates of `zone`.

    Raises BadValue with one line that names the item or the file and what to write instead.
    """
    runs: list[Break] = []
    holidays: list[Public] = []
    for item in filter(None, map(str.strip, text.split(","))):
        if item.lower().startswith("holidays:"):
            holidays.append(public(item))
        else:
            runs += _file(Path(item), zone) if item.lower().endswith(".ics") else [_run(item)]
    return Breaks(merged(runs), tuple(holidays))


def merged(breaks: Iterable[Break]) -> tuple[Break, ...]:
    """The same dates as runs that are sorted and neither touch nor overlap."""
    runs: list[Break] = []
    for item in sorted(breaks):
        if runs and item.first <= runs[-1].last + ONE:
            runs[-1] = Break(runs[-1].first, max(runs[-1].last, item.last))
        else:
            runs.append(item)
    return tuple(runs)


def _run(item: str) -> Break:
    first, dots, last = (part.strip() for part in item.partition(".."))
    try:
        run = Break(date.fromisoformat(first), date.fromisoformat(last if dots else first))
    except ValueError:
        raise BadValue(f"{clipped(item)} is no date and no run of dates; {SUCH}") from None
    if run.last < run.first:
        raise BadValue(f"{clipped(item)} ends before it begins; write {last}..{first}")
    return run


def _file(path: Path, zone: tzinfo) -> list[Break]:
    from bot import ics

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        why = getattr(wrong, "strerror", None) or "it is not text in UTF-8"
        raise BadValue(f"{clipped(str(path), 300)} cannot be read: {why}; {SUCH}") from None
    try:
        return [Break(first, last) for first, last in ics.dates(text, zone)]
    except BadValue as wrong:
        raise BadValue(f"{clipped(str(path), 300)}: {wrong}") from None
