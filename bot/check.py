"""`gadfly check`: everything is looked at, and each thing that is wrong is told with its remedy.

What one fault entails is not told as further faults: where the settings cannot be read there is
nothing else to look at, and a chat whose rooms are written wrongly is not asked.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot import app, machine, plan, settings, timetable, written
from bot.chats import chats_of
from bot.errors import Say, Wrong
from bot.logs import Censor
from bot.ports import Chat, Clock, Finding
from bot.rules import Never
from bot.schedule import Schedule, sentence, upcoming
from bot.settings import Settings
from bot.shelf import as_it_is, unmatched
from bot.store.look import broken, look
from bot.store.store import Store
from prompts.library import Library
from prompts.readings import Trouble

PATIENCE = 3.5  # seconds that a chat has for all of its findings
AHEAD = timedelta(days=400)


async def run(clock: Clock, say: Say, as_json: bool = False) -> int:
    """Look at everything; 0 if all is fine, 1 if something is to be put right."""
    found = [finding async for finding in findings(clock)]
    clean = Censor()
    for line in _json(found) if as_json else _lines(found):
        say(clean(line))
    return 0 if all(finding.fine for finding in found) else 1


def _lines(found: list[Finding]) -> Iterator[str]:
    for finding in found:
        if finding.fine:
            yield f"ok     {finding.what}"
        else:
            yield f"WRONG  {finding.what}: {finding.wrong}"
            yield f"       -> {finding.remedy}"
    wrong = sum(not finding.fine for finding in found)
    yield f"{len(found)} looked at, {wrong or 'nothing'} to put right"


def _json(found: list[Finding]) -> Iterator[str]:
    rows = [
        {"what": finding.what, "fine": finding.fine, "wrong": finding.wrong, "do": finding.remedy}
        for finding in found
    ]
    yield json.dumps({"fine": all(finding.fine for finding in found), "findings": rows}, indent=1)


async def findings(clock: Clock) -> AsyncIterator[Finding]:
    """Every finding, in the order in which a person would put things right."""
    try:
        own = settings.load()
    except Wrong as error:
        yield broken("the settings", error)
        return
    for finding in _settings(own):
        yield finding
    plans: tuple[Schedule, ...] = ()
    for finding_or_plan in _schedules(own, clock.now()):
        if isinstance(finding_or_plan, Schedule):
            plans += (finding_or_plan,)
        else:
            yield finding_or_plan
    async for finding in _things(own, plans, clock):
        yield finding


def _settings(own: Settings) -> Iterator[Finding]:
    found = (
        f"and {Path('.env').resolve()}" if Path(".env").is_file() else "alone: no file .env here"
    )
    yield Finding(f"the settings, from the environment {found}")
    for stranger in settings.strangers():
        yield Finding("the environment", *stranger.split("; ", 1))
    for odd in timetable.nobody(own):
        yield broken("the facilitators", Wrong(odd))
    if any(f"{name.upper()}=" in _text(Path(".env")) for name in settings.secret_names()):
        yield from machine.private(Path(".env"), "the settings file")
    try:
        app.patience(own)
    except Wrong as error:
        yield broken("QUIET_PERIOD", error)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _schedules(own: Settings, now: datetime) -> Iterator[Finding | Schedule]:
    try:
        plans = timetable.schedules(own)
    except Wrong as error:
        yield broken("the schedules", error)
        return
    for schedule in plans:
        yield schedule
        yield _due(schedule, now)


def _due(schedule: Schedule, now: datetime) -> Finding:
    first = next(upcoming(schedule, now), None)
    if schedule.rule != Never() and (first is None or first.at > now + AHEAD):
        remedy = "see its time and its BREAKS; gadfly next shows what comes"
        return Finding(f"the schedule {schedule.name}", "is not due in the next year", remedy)
    return Finding(f"the schedule {schedule.name}: {sentence(schedule)}")


async def _things(
    own: Settings, plans: tuple[Schedule, ...], clock: Clock
) -> AsyncIterator[Finding]:
    """The machine, the readings, the database and the chats; the slow ones side by side."""
    data = machine.folder(own.data_dir, "DATA_DIR")
    yield data
    library = asyncio.create_task(asyncio.to_thread(as_it_is, own))
    chats = asyncio.create_task(_chats(own, plans, clock)) if data.fine else None
    stored = [f async for f in look(app.database(own), clock.now())] if data.fine else []
    for finding in stored:
        yield finding
    sound = data.fine and all(finding.fine for finding in stored)
    store = await Store.peek(app.database(own)) if sound else None
    try:
        yield machine.clock(clock.now(), await _last_tick(store, plans))
        yield Finding(f"the time zones, by the rules of {written.zone_rules()}")
        try:
            async for finding in _readings(own, await library, plans, store):
                yield finding
        except Wrong as error:
            yield broken("the readings", error)
    finally:
        if store is not None:
            await store.close()
    for finding in await chats if chats else ():
        yield finding


async def _last_tick(store: Store | None, plans: tuple[Schedule, ...]) -> datetime | None:
    if store is None:
        return None
    told = [await store.get_fact(f"planned/{schedule.name}") for schedule in plans]
    return max((datetime.fromisoformat(at) for at in told if at), default=None)


async def _readings(
    own: Settings, library: Library, plans: tuple[Schedule, ...], store: Store | None
) -> AsyncIterator[Finding]:
    what = f"SEEDS_DIR={own.seeds_dir}"
    for trouble in library.troubles:
        yield _trouble(what, trouble)
    if not library.readings:
        return
    yield Finding(f"{what}: {len(library.readings)} readings, {library.left(())} prompts")
    for schedule in plans:
        if wrong := unmatched(library, schedule):
            yield broken(f"prompts for {schedule.name}", Wrong(wrong))
            continue
        for room in schedule.rooms:
            past = await store.history(room) if store else []
            yield _left(schedule, str(room), library.left(past, schedule.readings))


def _trouble(what: str, trouble: Trouble) -> Finding:
    why, mark, remedy = trouble.why.partition("; ")
    if not mark:
        why, _, remedy = trouble.why.partition(". ")
    return Finding(what, f"{trouble.file} {why}", remedy or "mend the file, or take it out")


def _left(schedule: Schedule, room: str, left: int) -> Finding:
    what = f"prompts for {schedule.name} in {room}"
    if left <= plan.LOW:
        return Finding(what, f"{left or 'none'} left", "add readings to SEEDS_DIR, and they go on")
    return Finding(f"{what}: {left} left")


async def _chats(own: Settings, plans: tuple[Schedule, ...], clock: Clock) -> tuple[Finding, ...]:
    """What the chats find, each within its time; and the web server that some of them need."""
    if not plans:
        return ()
    try:
        chats = chats_of(own, clock)
    except Wrong as error:
        return (broken("the chats", error),)
    web = await asyncio.to_thread(machine.port, own.web_host, own.web_port)
    told = await asyncio.gather(*(_asked(chat) for chat in chats.values()))
    return (web, *(finding for findings in told for finding in findings))


async def _asked(chat: Chat) -> list[Finding]:
    found: list[Finding] = []
    try:
        async with asyncio.timeout(PATIENCE):
            async for finding in chat.check():
                found.append(finding)
    except TimeoutError:
        remedy = "see this machine's way to the internet (proxy, firewall, DNS), then try again"
        found.append(Finding(chat.name, f"no answer within {PATIENCE} s", remedy))
    return found
