"""From settings to schedules: whatever is written wrongly is named with its setting."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

from bot import breaks, grammar, written
from bot.errors import Wrong
from bot.model import BadRoom, Room
from bot.names import Names
from bot.rules import NEVER, Rule
from bot.schedule import Schedule
from bot.settings import ScheduleSettings, Settings

T = TypeVar("T")

OFF = ("off", "none", "never", "")
LONGEST_NAME = 32  # it stands in what a button carries, and Discord gives that a hundred
MAIN = "main"  # the schedule of PROMPT_AT


def schedules(settings: Settings) -> tuple[Schedule, ...]:
    """Every schedule that the settings name, one at least.

    Raises `Wrong`, one line, for the first bad value.
    """
    main = _schedule(MAIN, _first(settings))  # whose values the others inherit: told of first
    more = tuple(_further(settings))
    if main.rule != NEVER:
        return (main, *more)
    if more and "prompt_rooms" not in settings.model_fields_set:
        return more
    # Rooms that only stand in PROMPT_ROOMS are listened to all the same: /gadfly now posts there.
    taken = {room for schedule in more for room in schedule.rooms}
    rooms = tuple(room for room in main.rooms if room not in taken)
    return (*more, replace(main, rooms=rooms)) if rooms else more


def _further(settings: Settings) -> Iterator[Schedule]:
    for name, more in settings.schedules.items():
        if len(name) > LONGEST_NAME:
            why = f"the name is longer than {LONGEST_NAME} letters; shorten it"
            raise Wrong(f"{setting(name, 'at')}: {why}")
        if name == MAIN:  # both would take each other's slots for their own
            why = "so is the schedule of PROMPT_AT called; give this one another name"
            raise Wrong(f"SCHEDULES__{MAIN.upper()}__AT: {why}")
        yield _schedule(name, _filled(more, settings))


def _first(settings: Settings) -> ScheduleSettings:
    return ScheduleSettings(
        at=settings.prompt_at,
        rooms=",".join(settings.prompt_rooms),
        timezone=settings.timezone,
        readings=settings.readings,
        close_after=settings.close_after,
        remind_after=settings.remind_after,
        catch_up=settings.catch_up,
        digest_at=settings.digest_at,
        breaks=settings.breaks,
        names=settings.names,
        joint=settings.joint,
    )


def _filled(more: ScheduleSettings, settings: Settings) -> ScheduleSettings:
    """What a further schedule leaves out is as for the first."""
    return _first(settings).model_copy(update=more.model_dump(exclude_none=True))


def setting(schedule: str, field: str) -> str:
    """How a schedule's value is called in the environment."""
    if schedule == MAIN:
        return {"at": "PROMPT_AT", "rooms": "PROMPT_ROOMS"}.get(field, field.upper())
    return f"SCHEDULES__{schedule.upper()}__{field.upper()}"


def _schedule(name: str, given: ScheduleSettings) -> Schedule:
    called = partial(setting, name)
    zone = read(called("timezone"), written.zone, given.timezone or "")
    close_after = read(called("close_after"), written.span, given.close_after or "")
    return Schedule(
        name=name,
        rule=read(called("at"), _rule, given.at),
        zone=zone,
        rooms=read(called("rooms"), _rooms, given.rooms or ""),
        readings=given.readings or "*",
        close_after=close_after,
        remind_after=_reminder(name, given, close_after),
        catch_up=read(called("catch_up"), written.span, given.catch_up or ""),
        breaks=read(called("breaks"), lambda text: breaks.parse(text, zone), given.breaks or ""),
        names=given.names or Names.NAMES,
        joint=bool(given.joint),
        digest=read(called("digest_at"), _rule, given.digest_at or ""),
    )


def _reminder(name: str, given: ScheduleSettings, close_after: timedelta) -> timedelta | None:
    """Which has to come while the debate is open: a later one would never be seen."""
    called, text = setting(name, "remind_after"), given.remind_after or ""
    if text.strip().lower() in OFF:
        return None
    after = read(called, written.span, text)
    if after >= close_after:
        closes = f"{setting(name, 'close_after')}={given.close_after}"
        raise Wrong(f"{called}={text}: comes after the close; write less than {closes}, or off")
    return after


def _rule(text: str) -> Rule:
    return NEVER if text.strip().lower() in OFF else grammar.parse(text)


def _rooms(text: str) -> tuple[Room, ...]:
    rooms = tuple(dict.fromkeys(Room.parse(part) for part in text.split(",") if part.strip()))
    if not rooms:
        raise BadRoom("names no room; write platform:id, such as page:agora")
    return rooms


def nobody(own: Settings) -> Iterator[str]:
    """Lines about facilitators that are written so that nobody can be meant."""
    for odd in (entry for entry in own.facilitators if not entry.partition(":")[2]):
        how = "write platform:id, such as slack:U0123, or slack:*"
        yield f"FACILITATORS: {odd!r} is not a member; {how}"


def read(name: str, parse: Callable[[str], T], text: str) -> T:
    """The value of one setting; what is wrong with it is said with the setting's name in front."""
    try:
        return parse(text)
    except (written.BadValue, BadRoom) as wrong:
        raise Wrong(f"{name}: {wrong}") from None
