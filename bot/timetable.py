"""From settings to schedules: whatever is written wrongly is named with its setting."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
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
    more = tuple(_further(settings))
    main = _schedule(MAIN, _first(settings), _Names(""))
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
            setting = f"SCHEDULES__{name.upper()}__AT"
            raise Wrong(f"{setting}: the name is longer than {LONGEST_NAME} letters; shorten it")
        yield _schedule(name, _filled(more, settings), _Names(f"SCHEDULES__{name.upper()}__"))


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


class _Names:
    """How a schedule's values are called in the environment."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __call__(self, field: str) -> str:
        own = {"at": "PROMPT_AT", "rooms": "PROMPT_ROOMS"}
        return f"{self._prefix}{field.upper()}" if self._prefix else own.get(field, field.upper())


def setting(schedule: str, field: str) -> str:
    """How a schedule's value is called in the environment."""
    return _Names("" if schedule == MAIN else f"SCHEDULES__{schedule.upper()}__")(field)


def _schedule(name: str, given: ScheduleSettings, names: _Names) -> Schedule:
    zone = read(names("timezone"), written.zone, given.timezone or "")
    rooms = read(names("rooms"), _rooms, given.rooms or "")
    close_after = read(names("close_after"), written.span, given.close_after or "")
    return Schedule(
        name=name,
        rule=read(names("at"), _rule, given.at),
        zone=zone,
        rooms=rooms,
        readings=given.readings or "*",
        close_after=close_after,
        remind_after=_reminder(names, given, close_after),
        catch_up=read(names("catch_up"), written.span, given.catch_up or ""),
        breaks=read(names("breaks"), lambda text: breaks.parse(text, zone), given.breaks or ""),
        names=given.names or Names.NAMES,
        joint=bool(given.joint),
        digest=read(names("digest_at"), _rule, given.digest_at or ""),
    )


def _reminder(names: _Names, given: ScheduleSettings, close_after: timedelta) -> timedelta | None:
    """Which has to come while the debate is open: a later one would never be seen."""
    after = _optional(names("remind_after"), given.remind_after or "")
    if after is not None and after >= close_after:
        closes = f"{names('close_after')}={given.close_after}"
        why = f"comes after the close; write less than {closes}, or off"
        raise Wrong(f"{names('remind_after')}={given.remind_after}: {why}")
    return after


def _rule(text: str) -> Rule:
    return NEVER if text.strip().lower() in OFF else grammar.parse(text)


def _optional(name: str, text: str) -> timedelta | None:
    return None if text.strip().lower() in OFF else read(name, written.span, text)


def _rooms(text: str) -> tuple[Room, ...]:
    rooms = tuple(dict.fromkeys(Room.parse(part) for part in text.split(",") if part.strip()))
    if not rooms:
        raise BadRoom("names no room; write platform:id, such as page:agora")
    return rooms


def read(name: str, parse: Callable[[str], T], text: str) -> T:
    """The value of one setting; what is wrong with it is said with the setting's name in front."""
    try:
        return parse(text)
    except (written.BadValue, BadRoom) as wrong:
        raise Wrong(f"{name}: {wrong}") from None
