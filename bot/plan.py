"""Slots that are due become prompts in the outbox; what follows a prompt is in `bot.after`.

Planning is insert-if-absent and may run twice; the key carries the slot's local date, so a
restart, a second replica, a clock stepped back or a changed hour cannot plan a second post.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from bot import joint, phrases
from bot.ledger import Store
from bot.model import Effect, Kind, Room, State
from bot.schedule import Schedule, Slot, due_slots, resting_slots
from bot.snapshot import freeze, used
from bot.study import Study
from prompts.deck import Past
from prompts.model import Prompt

log = logging.getLogger(__name__)

LIVE = (State.PENDING, State.SENDING, State.DOUBT, State.SENT)
STRIDE, INSTANT = 20, timedelta(microseconds=1)  # slots after which is noted how far they go
LOW = 7  # prompts left when the warnings begin


async def plan_slots(study: Study, now: datetime) -> None:
    """Turn the slots since the last look into effects; too late ones are kept as skipped."""
    for schedule in study.schedules:
        fact, mark = f"planned/{schedule.name}", await _mark(study, schedule, now)
        for slot, why in resting_slots(schedule, mark, now):
            await skip(study, slot, f"a break: {why}")
        latest: dict[Room, Slot] = {}
        for number, slot in enumerate(due_slots(schedule, mark, now), 1):
            await _overtake(study, schedule, latest, slot)
            if number % STRIDE == 0:  # a life too short for all of it must get somewhere (#4)
                behind = min((kept.at for kept in latest.values()), default=slot.at) - INSTANT
                await study.store.set_fact(fact, max(mark, behind).isoformat())
        for slot in latest.values():
            await _plan_slot(study, schedule, slot, now)
        await study.store.set_fact(fact, max(mark, now).isoformat())


async def _overtake(study: Study, schedule: Schedule, latest: dict[Room, Slot], slot: Slot) -> None:
    """Of a room's slots only the last stays; those before and those in a pause are skipped."""
    if why := await paused(study.store, schedule, slot):
        await skip(study, slot, why)
        return
    if slot.room in latest:
        await skip(study, latest[slot.room], phrases.OVERTAKEN)
    latest[slot.room] = slot


async def _mark(study: Study, schedule: Schedule, now: datetime) -> datetime:
    """Up to when slots have been planned. A new schedule starts now and owes nothing."""
    kept = await study.store.get_fact(f"planned/{schedule.name}")
    return datetime.fromisoformat(kept) if kept else now


async def _plan_slot(study: Study, schedule: Schedule, slot: Slot, now: datetime) -> None:
    late = now - slot.at
    if late > schedule.catch_up:
        limit = phrases.lasted(schedule.catch_up)
        await skip(study, slot, f"{phrases.lasted(late)} late; CATCH_UP is {limit}")
        return
    await plan_prompt(study, schedule, slot.room, slot.key, slot.at)


def pause_key(schedule: Schedule, room: Room) -> str:
    """The fact that holds the local date until which a room is paused; empty: it is not."""
    return f"paused/{schedule.name}/{room}"


async def paused(store: Store, schedule: Schedule, slot: Slot) -> str | None:
    """Why a slot is not due: its local date is before the end of its room's pause."""
    until = await store.get_fact(pause_key(schedule, slot.room))
    return f"paused until {until}" if until and slot.moment.day.isoformat() < until else None


async def skip(study: Study, slot: Slot, why: str) -> bool:
    """Keep a row for what is not posted, to be told and counted; False where there is one."""
    effect = Effect(
        key=f"prompt/{slot.key}",
        kind=Kind.PROMPT,
        schedule=slot.schedule,
        room=slot.room,
        due=slot.at,
        until=slot.at,
        payload={},
        state=State.SKIPPED,
        why=why,
        settled=slot.at,
    )
    skipped = await study.store.plan(effect)
    if skipped:
        log.warning("skipped: %s", why, extra={"effect": effect.key})
    return skipped


async def overtaken(study: Study, effect: Effect, now: datetime) -> bool:
    """Whether a slot's prompt waited until the next one of its room was on its way, too."""
    schedule = study.schedule(effect.schedule)
    later = due_slots(schedule, effect.due, now) if schedule else []
    keys = [f"prompt/{slot.key}" for slot in later if slot.room == effect.room]
    found = [await study.store.effect(key) for key in keys if key != effect.key]
    return any(other and other.state in LIVE for other in found)


async def plan_prompt(
    study: Study, schedule: Schedule, room: Room, name: str, at: datetime
) -> bool:
    """Deal the next prompt into the outbox under `name`; False where it is there already."""
    key = f"prompt/{name}"
    if await study.store.effect(key) is not None:
        return False
    prompt = await _prompt(study, schedule, room, key)
    if prompt is None:
        log.warning(phrases.OUT_OF_PROMPTS, extra={"effect": key})
    closes = at + schedule.close_after
    payload = {"prompt": prompt, "closes": closes.isoformat()} if prompt else {}
    effect = Effect(
        key=key,
        kind=Kind.PROMPT,
        schedule=schedule.name,
        room=room,
        due=at,
        until=at + schedule.catch_up,
        payload=payload,
        state=State.PENDING if prompt else State.SKIPPED,
        why=None if prompt else phrases.OUT_OF_PROMPTS,
        settled=None if prompt else at,
    )
    return await study.store.plan(effect, used(prompt) if prompt else None)


async def plan_now(study: Study, schedule: Schedule, room: Room, event: str, at: datetime) -> None:
    """Deal a prompt outside the slots, once for each event that asks for it."""
    for one in joint.rooms(schedule, room):
        await plan_prompt(study, schedule, one, f"{schedule.name}/{one}/now/{event}", at)


async def _prompt(study: Study, schedule: Schedule, room: Room, key: str) -> dict[str, Any] | None:
    """What is asked in a room under `key`: where rooms debate together, what another asks."""
    for other in joint.rooms(schedule, room)[1:]:
        effect = await study.store.effect(joint.named(key, room, other))
        if effect is not None and "prompt" in effect.payload:
            return dict(effect.payload["prompt"])
    prompt = await deal(study, schedule, room)
    return freeze(prompt) if prompt else None


async def past_of(store: Store, schedule: Schedule, room: Room) -> list[Past]:
    """What was asked in a room, and in those it debates together with."""
    together = joint.rooms(schedule, room)
    return [past for one in together for past in await store.history(one)]


async def deal(study: Study, schedule: Schedule, room: Room) -> Prompt | None:
    """The next prompt for a room: nothing that was asked there, or where it is asked, too."""
    past = await past_of(study.store, schedule, room)
    left = study.library.left(past, schedule.readings)
    if 0 < left <= LOW:
        log.warning(phrases.low(left, schedule.name))
    return study.library.next_prompt(past, schedule.readings)
