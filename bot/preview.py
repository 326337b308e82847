"""The due moments ahead, for people and for programs: the pure part of `gadfly next`."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.schedule import Moment, Schedule, sentence, upcoming
from bot.written import BadValue, clipped

ECHOED = 7
NOTES = {
    "gap": "the clocks leave out {}: due right after the gap",
    "overlap": "the clocks show {} twice: due the first time",
}


def ahead(schedule: Schedule, after: datetime, count: int) -> list[Moment]:
    """The next `count` moments strictly after an instant at which a prompt is due."""
    return list(islice(upcoming(schedule, after), max(count, 0)))


def echo(schedule: Schedule, after: datetime) -> list[str]:
    """A schedule as it was understood: its sentence, and its next moments."""
    found = as_text(ahead(schedule, after, ECHOED), schedule.zone)
    return [f"{schedule.name}: {sentence(schedule)}", *(f"  {line}" for line in found)]


def start(text: str, zone: ZoneInfo) -> datetime:
    """The instant that an ISO 8601 text writes; without an offset it is a time in `zone`."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadValue(
            f"{clipped(text)} is no instant; write such as 2026-03-27T00:00:00Z or 2026-03-27"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def as_json(moments: Iterable[Moment], zone: ZoneInfo) -> str:
    """An array of objects {"utc", "local", "zone", "mark"}, one to a line.

    `utc` ends in Z, `local` carries its offset, `mark` is "", "gap" or "overlap".
    """
    lines = (json.dumps(_entry(moment, zone)) for moment in moments)
    return "[" + ",".join(f"\n  {line}" for line in lines) + "\n]"


def as_text(moments: Iterable[Moment], zone: ZoneInfo) -> list[str]:
    """One line for each moment, in local time; days on which the clocks change say so."""
    return [line(moment, zone) for moment in moments]


def line(moment: Moment, zone: ZoneInfo) -> str:
    """Sun 2026-03-29 03:00 CEST, and what the clocks do on that day, if anything."""
    local = moment.at.astimezone(zone)
    note = note_of(moment, zone)
    return f"{local:%a %Y-%m-%d %H:%M} {local:%Z}{f'  ({note})' if note else ''}"


def note_of(moment: Moment, zone: ZoneInfo) -> str:
    """What a daylight-saving day does to a moment; empty on all other days."""
    if moment.mark:
        return NOTES[moment.mark].format(moment.nominal)
    shift = _shift(moment.day, zone)
    minutes = round(abs(shift).total_seconds() / 60)
    direction = "forward" if shift > timedelta() else "back"
    return f"the clocks go {direction} by {minutes} min on this day" if shift else ""


def _shift(day: date, zone: ZoneInfo) -> timedelta:
    """By how much a zone's clocks are set forward (or back: negative) during a local date."""
    morning, night = (datetime.combine(day + timedelta(days=n), time(), zone) for n in (0, 1))
    return (night.utcoffset() or timedelta()) - (morning.utcoffset() or timedelta())


def _entry(moment: Moment, zone: ZoneInfo) -> dict[str, str]:
    return {
        "utc": moment.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "local": moment.at.astimezone(zone).isoformat(),
        "zone": zone.key,
        "mark": moment.mark,
    }
