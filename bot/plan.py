"""What is due becomes a row in the outbox: prompts, reminders, summaries.

Planning is insert-if-absent and may run twice; the key carries the slot's local date, so a
restart, a second replica, a clock stepped back or a changed hour cannot plan a second post.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot import digests, edits, joint, phrases
from bot.ledger import Store
from bot.model import Debate, Effect, Phase, Room, State
from bot.ports import Opens
from bot.schedule import Schedule, Slot, due_slots, resting_slots
from bot.snapshot import freeze, used
from bot.study import Study
from bot.trouble import Trouble
from prompts.deck import Past
from prompts.model import Prompt

log = logging.getLogger(__name__)

SUMMARY_PATIENCE = timedelta(days=7)
NOTICE_PATIENCE = timedelta(days=1)
LATE = "late"
LATE_WAIT = timedelta(hours=1)  # for others who are late, since a summary is reopened once
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
        kind="prompt",
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
        kind="prompt",
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


async def plan_closings(study: Study, now: datetime) -> None:
    """Debates whose time is up begin to close; every closing debate gets one summary."""
    for debate in await study.store.underway():
        closed = debate.closed or debate.closes
        if debate.phase is Phase.OPEN and not (
            closed <= now and await study.store.set_phase(debate.id, Phase.CLOSING, closed)
        ):
            continue
        new = await study.store.plan(_follow_up(debate, "summary", closed))
        summary = None if new else await study.store.effect(f"summary/{debate.id}")
        if summary and summary.state in (State.SKIPPED, State.REFUSED):
            # There will be none: its reason is kept with it, and the debate ends here.
            await study.store.set_phase(debate.id, Phase.CLOSED, closed)


async def plan_opened(study: Study, debate: Debate, due: datetime) -> None:
    """What a freshly posted prompt entails: its thread, where none comes by itself; its reminder.

    The thread is due when the prompt was, so that its key puts it behind all prompts of that time.
    """
    if isinstance(study.chats.get(debate.room.platform), Opens):
        until = debate.closes + SUMMARY_PATIENCE
        await study.store.plan(_follow_up(debate, "thread", due, until=until))
        study.nudge()
    schedule = study.schedule(debate.schedule)
    if schedule is None or schedule.remind_after is None:
        return
    at = debate.opened + schedule.remind_after
    if at < debate.closes:
        await study.store.plan(_follow_up(debate, "reminder", at, until=debate.closes))


async def plan_edit(study: Study, debate: Debate, what: str, cause: str, now: datetime) -> None:
    """Have a post of ours rewritten: `what` is "prompt" or "summary", `cause` makes it unique.

    A summary is rewritten in all rooms where it stands, and with it what tells of it.
    """
    together = await joint.debates(study, debate) if what == "summary" else (debate,)
    for one in together:
        due = await edits.due(study, one, f"edit/{what}", now)
        if due is not None:
            await study.store.plan(_follow_up(one, f"edit/{what}", due, cause=cause))
        if what == "summary":
            await digests.plan_again(study.store, one, cause, now)


async def plan_line(study: Study, debate: Debate, now: datetime) -> None:
    """One line in the room says that its thread has a summary, where a room does not show it.

    It names no debate of its own, since a doubtful post is looked for where its debate's thread is.
    """
    chat = study.chats.get(debate.room.platform)
    if chat is not None and chat.traits.hides_threads:
        line = _follow_up(debate, "line", now)
        await study.store.plan(replace(line, debate=None, payload={"debate": debate.id}))


async def plan_notices(study: Study, effect: Effect, found: Trouble) -> None:
    """Tell every facilitator with a name, once for each trouble, that a room takes no posts."""
    said = phrases.THREADLESS if effect.kind == "thread" else phrases.REFUSES
    text = said.format(room=effect.room, why=found.why)
    log.error(text)
    await tell(study, f"{effect.room}/{found.number}", text, effect)


async def tell(study: Study, name: str, text: str, about: Effect | None = None) -> None:
    """Tell every facilitator with a name in private; once under each `name`, by one replica."""
    now = study.clock.now()
    for member in study.facilitators:
        platform, _, person = member.partition(":")
        chat = study.chats.get(platform)
        nobody = person.startswith("role:") and not (chat and chat.traits.tells_roles)
        if person in ("", "*") or nobody:
            continue  # nobody in particular
        notice = Effect(
            key=f"notice/{name}/{member}",
            kind="notice",
            schedule=about.schedule if about else "",
            room=Room(platform, person),  # members have private rooms of their own
            due=now,
            until=now + NOTICE_PATIENCE,
            payload={"text": text} | ({"room": str(about.room)} if about else {}),
        )
        await study.store.plan(notice)


async def plan_unsigned(study: Study, shared: Effect, cause: str, now: datetime) -> None:
    """Have a post that somebody shared rewritten without their name."""
    await study.store.plan(
        Effect(
            key=f"edit/{shared.key}/{cause}",
            kind="edit/share",
            schedule=shared.schedule,
            room=shared.room,
            due=now,
            until=now + SUMMARY_PATIENCE,
            payload={"share": shared.key},
        )
    )


async def plan_late(study: Study, debate: Debate, at: datetime) -> None:
    """Have the summary reopened, once, for what was said after the close; the first asks for it."""
    closed = debate.closed or debate.closes
    if closed < at <= closed + SUMMARY_PATIENCE:
        await study.store.plan(_follow_up(debate, "edit/summary", at + LATE_WAIT, cause=LATE))


async def reopened(store: Store, debate: Debate, now: datetime) -> datetime | None:
    """Up to when late replies stand in the summary; None while none do."""
    effect = await store.effect(f"edit/summary/{debate.id}/{LATE}")
    return effect.due if effect is not None and effect.due <= now else None


def _follow_up(
    debate: Debate, kind: str, due: datetime, *, until: datetime | None = None, cause: str = ""
) -> Effect:
    return Effect(
        key=f"{kind}/{debate.id}{f'/{cause}' if cause else ''}",
        kind=kind,
        schedule=debate.schedule,
        room=debate.room,
        due=due,
        until=until or due + SUMMARY_PATIENCE,
        payload={},
        debate=debate.id,
    )
