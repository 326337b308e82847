"""The dates that the events of an iCalendar file cover (RFC 5545, as far as breaks need it).

All-day and timed events, ends or durations, folded lines, times in UTC, in a named zone or in
none, and events that come back every year. Any other repetition is refused by name, because a
break that is silently missed posts a prompt into a holiday.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot import written
from bot.written import BadValue, clipped

Span = tuple[date, date]
"""The first and the last local date that an event touches."""

YEARS = 30  # how long an event that comes back every year is followed
WANTED = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "STATUS", "SUMMARY"}
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Property:
    """One unfolded line: `DTSTART;TZID=Europe/Berlin:20261220T090000`."""

    parameters: str
    value: str


Event = dict[str, Property]


def dates(text: str, zone: tzinfo) -> list[Span]:
    """The local dates of `zone` that each event covers; cancelled events cover none.

    Raises BadValue, naming the event and the line that cannot be followed.
    """
    if "BEGIN:VCALENDAR" not in text[:1000].upper():
        raise BadValue("it is not an iCalendar file; export one that begins with BEGIN:VCALENDAR")
    spans: list[Span] = []
    for event in _events(text):
        if "STATUS" in event and event["STATUS"].value.upper() == "CANCELLED":
            continue
        try:
            spans += _repeated(event, _span(event, zone))
        except OverflowError:
            raise BadValue(f"the event {_title(event)} leaves the calendar; delete it") from None
    return spans


def _events(text: str) -> Iterator[Event]:
    """The properties of each event; those of its alarms and of zones are passed over."""
    event: Event = {}
    inside: list[str] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, _, value = line.partition(":")
        name = head.upper().partition(";")[0]
        if name == "BEGIN":
            inside.append(value.strip().upper())
            event = {} if inside[-1] == "VEVENT" else event
        elif name == "END" and inside:
            if inside.pop() == "VEVENT":
                yield event
        elif inside[-1:] == ["VEVENT"] and name in WANTED:
            event[name] = Property(head[len(name) + 1 :], value.strip())


def _span(event: Event, zone: tzinfo) -> Span:
    if "DTSTART" not in event:
        raise BadValue(f"the event {_title(event)} has no DTSTART; give it one, or delete it")
    start = _moment(event, event["DTSTART"], zone)
    end = _end(event, start, zone)
    if isinstance(end, datetime):
        last = (end - timedelta(microseconds=1)).date() if end != start else end.date()
    else:
        last = end - ONE  # the end of an all-day event is the day after it
    first = start.date() if isinstance(start, datetime) else start
    return first, max(first, last)


def _end(event: Event, start: date, zone: tzinfo) -> date:
    if "DTEND" in event:
        end = _moment(event, event["DTEND"], zone)
        if isinstance(end, datetime) != isinstance(start, datetime):
            raise BadValue(f"the event {_title(event)} mixes a date and a time; mend or delete it")
        return end
    if "DURATION" in event:
        return start + _duration(event)
    return start if isinstance(start, datetime) else start + ONE


def _moment(event: Event, line: Property, zone: tzinfo) -> date:
    """A date, or a time on the clock of `zone`."""
    plain = line.value.upper().rpartition(":")[2]  # the name of a zone may hold a colon
    found = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", plain)
    try:
        if found is None:
            raise ValueError
        day = datetime.strptime(found[1], "%Y%m%d")  # noqa: DTZ007 - its zone is found below
        if not found[2]:
            return day.date()
        clock = datetime.combine(day, time.fromisoformat(found[2]))
        return clock.replace(tzinfo=_zone(found[3], line, zone)).astimezone(zone)
    except (ValueError, OverflowError):
        raise BadValue(
            f"the event {_title(event)} has the time {clipped(line.value)}, which cannot be read; "
            "mend or delete it"
        ) from None


def _zone(utc: str, line: Property, zone: tzinfo) -> tzinfo:
    """The zone of a time. One that only its own file knows is taken for the schedule's."""
    if utc:
        return UTC
    name = re.search(r'TZID="?([^";:]+)', line.parameters, re.IGNORECASE)
    try:
        return written.zone(name[1]) if name else zone
    except BadValue:
        return zone


def _duration(event: Event) -> timedelta:
    text = event["DURATION"].value.upper()
    found = re.fullmatch(
        r"\+?P(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
        r"(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?",
        text,
    )
    if found is None or text[-1] in "PT":
        raise BadValue(
            f"the event {_title(event)} has the DURATION {clipped(text)}; give it a DTEND"
        )
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _repeated(event: Event, span: Span) -> Iterator[Span]:
    for name in ("RRULE", "RDATE"):
        if name in event and event[name].value.upper() != "FREQ=YEARLY":
            line = clipped(f"{name}:{event[name].value}")
            raise BadValue(
                f"the event {_title(event)} repeats by {line}, which is not followed; "
                "write its dates into BREAKS"
            )
    yield span
    if "RRULE" in event:
        yield from _yearly(span)


def _yearly(span: Span) -> Iterator[Span]:
    first, last = span
    for year in range(first.year + 1, first.year + YEARS + 1):
        try:
            again = first.replace(year=year)
        except ValueError:  # 29 February, in a year that has none
            continue
        yield again, again + (last - first)


def _title(event: Event) -> str:
    return clipped(event["SUMMARY"].value if "SUMMARY" in event else "without a title")
