"""`gadfly next`: the due moments ahead, and the prompt that each would post."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot import (
    app,
    breaks,
    gaps,
    grammar,
    phrases,
    plan,
    preview,
    settings,
    steering,
    timetable,
    written,
)
from bot.card import unquoted
from bot.clock import SystemClock
from bot.errors import Say
from bot.model import Room
from bot.schedule import Moment, Schedule, Slot, sentence, together
from bot.settings import Settings
from bot.shelf import shelf, unmatched
from bot.store.store import Store
from prompts.deck import Past, used
from prompts.library import Library
from prompts.model import Prompt


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line; None is as the settings say."""

    at: str | None = None
    zone: str | None = None
    start: str | None = None
    count: int = 7
    json: bool = False


def show(wish: Wish, say: Say) -> None:
    """The moments of one schedule (`at`), without a database; or those of the settings."""
    own = settings.load()
    if wish.at is not None:
        return _rule(own, wish, say)
    plans = timetable.schedules(_in_zone(own, wish))
    after = _start(wish, plans[0].zone)
    if wish.json:
        rows = list(islice(together(plans, after), wish.count))
        say(preview.as_json([moment for _, moment in rows], plans[0].zone))
    else:
        asyncio.run(_prompts(own, plans, after, wish, say))


def _rule(own: Settings, wish: Wish, say: Say) -> None:
    zone = timetable.read("--zone", written.zone, wish.zone or own.timezone)
    rule = timetable.read("--at", grammar.parse, wish.at or "")
    pauses = timetable.read("BREAKS", lambda text: breaks.parse(text, zone), own.breaks)
    schedule = Schedule("try", rule, zone, (), breaks=pauses)
    found = preview.ahead(schedule, _start(wish, zone), wish.count)
    if wish.json:
        return say(preview.as_json(found, zone))
    say(f"{rule}, {zone.key}:")
    for line in preview.as_text(found, zone):
        say(f"  {line}")


def _in_zone(own: Settings, wish: Wish) -> Settings:
    if wish.zone is None:
        return own
    zone = timetable.read("--zone", written.zone, wish.zone)
    return own.model_copy(update={"timezone": zone.key})


def _start(wish: Wish, zone: ZoneInfo) -> datetime:
    if wish.start is None:
        return SystemClock().now()
    text = wish.start
    return timetable.read("--from", lambda given: preview.start(given, zone), text)


async def _prompts(
    own: Settings, plans: tuple[Schedule, ...], after: datetime, wish: Wish, say: Say
) -> None:
    library = shelf(own)
    coming = list(islice(together(plans, after), wish.count))
    past, left_out = await decided(own, plans, coming)
    for schedule in plans:
        say(f"{schedule.name}: {sentence(schedule)}")
    for schedule, moment in coming:
        say(f"\n{preview.line(moment, schedule.zone)}")
        for room in schedule.rooms:
            if why := left_out.get(Slot(schedule.name, room, moment).key):
                say(f"  {room}: {why}")
                continue
            prompt = library.next_prompt(past[room], schedule.readings)
            say(f"  {room}: {_told(prompt)}")
            if prompt is not None:
                past[room].append(used(prompt))
    for line in _left(library, plans, past):
        say(f"\n{line}")


async def decided(
    own: Settings, plans: tuple[Schedule, ...], coming: Sequence[tuple[Schedule, Moment]] = ()
) -> tuple[dict[Room, list[Past]], dict[str, str | None]]:
    """What was asked before, and why coming slots are left out, by their keys.

    Read beside a bot that may be running.
    """
    rooms = [room for schedule in plans for room in schedule.rooms]
    slots = [(one, Slot(one.name, room, at)) for one, at in coming for room in one.rooms]
    store = await Store.peek(app.database(own))
    if store is None:
        return {room: [] for room in rooms}, {}
    try:
        past = {room: list(await store.history(room)) for room in rooms}
        return past, {s.key: await steering.left_out(store, one, s) for one, s in slots}
    finally:
        await store.close()


def _told(prompt: Prompt | None) -> str:
    if prompt is None:
        return phrases.OUT_OF_PROMPTS
    reading = prompt.claim.passage.reading
    return f"{unquoted(prompt.motion)}  [{prompt.kind}, from {reading.key}]"


def _left(
    library: Library, plans: tuple[Schedule, ...], past: dict[Room, list[Past]]
) -> Iterator[str]:
    for schedule in plans:
        left = min(library.left(past[room], schedule.readings) for room in schedule.rooms)
        if wrong := unmatched(library, schedule):
            yield wrong
        elif left <= plan.LOW:
            yield phrases.low(left, schedule.name)


async def audit(days: int, say: Say) -> None:
    """`gadfly audit`: a line per slot of the last `days`, read beside a bot that may be running."""
    own = settings.load()
    store = await Store.peek(app.database(own))
    if store is None:
        return say(phrases.NO_DATABASE)
    since = SystemClock().now() - timedelta(days=days)
    try:
        for schedule in timetable.schedules(own):
            for room in schedule.rooms:
                say(f"{schedule.name} in {room}:")
                lines = await steering.audit(store, schedule, room, since)
                told = (*lines, *await gaps.counted(store, room, since))
                for line in told or (phrases.NO_SLOT.format(days=days),):
                    say(f"  {line}")
    finally:
        await store.close()
