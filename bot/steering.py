"""What facilitators decide: a slot skipped, a claim passed over, a pause, and the audit of slots.

The decisions are rows and facts in the store, so that every replica and every restart heeds them.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from bot import joint, phrases, plan, trouble
from bot.card import Card, Text
from bot.ledger import Store
from bot.model import Asked, Effect, Phase, Room, State
from bot.schedule import Schedule, Slot, upcoming
from bot.study import Study

Steer = Callable[[Study, Schedule, Asked], Awaitable[str]]
AUDITED = timedelta(days=14)
LINES = 20


async def steer(study: Study, asked: Asked) -> Card:
    """The answer to a facilitator's verb; others are told whose it is."""
    verb = asked.text.split(maxsplit=1)[0].lower()
    schedule = study.of_room(asked.room)
    if not study.facilitates(asked.member):
        said = phrases.NOT_YOURS
    elif schedule is None:
        said = phrases.NO_SCHEDULE
    else:
        said = await STEERS[verb](study, schedule, asked)
    return Card(tuple(Text(line) for line in said.splitlines()), summary=said.splitlines()[0])


async def _skip(study: Study, schedule: Schedule, asked: Asked) -> str:
    now = study.clock.now()
    for moment in upcoming(schedule, now):
        slots = [Slot(schedule.name, r, moment) for r in joint.rooms(schedule, asked.room)]
        if any([await plan.skip(study, slot, phrases.BY_FACILITATOR) for slot in slots]):
            return phrases.SKIPPED.format(when=_when(moment.at, schedule))
    return phrases.NO_SLOT


async def _swap(study: Study, schedule: Schedule, asked: Asked) -> str:
    """Another claim: instead of the open debate's while nobody has answered, else of the next."""
    debate = await study.store.latest(asked.room)
    if debate is not None and debate.phase is Phase.OPEN:
        if await joint.replies(study, debate) or await joint.positions(study, debate):
            return phrases.ANSWERED
        await joint.close(study, debate, asked.at)
        await plan.plan_now(study, schedule, asked.room, asked.event, asked.at)
        study.nudge()
        return phrases.SWAPPED_OPEN
    prompt = await plan.deal(study, schedule, asked.room)
    if prompt is None:
        return phrases.OUT_OF_PROMPTS
    for room in joint.rooms(schedule, asked.room):
        await plan.pass_over(study.store, room, prompt)
    return phrases.SWAPPED.format(motion=prompt.motion)


async def _pause(study: Study, schedule: Schedule, asked: Asked) -> str:
    try:
        until = date.fromisoformat(asked.text.split()[-1])
    except ValueError:
        return phrases.PAUSE_HOW
    if until <= study.clock.now().astimezone(schedule.zone).date():
        return phrases.PAUSE_HOW
    for room in joint.rooms(schedule, asked.room):
        await study.store.set_fact(plan.pause_key(schedule, room), until.isoformat())
    return phrases.PAUSED.format(until=until)


async def _resume(study: Study, schedule: Schedule, asked: Asked) -> str:
    for room in joint.rooms(schedule, asked.room):
        await study.store.set_fact(plan.pause_key(schedule, room), "")
        await trouble.retry(study.store, room)
    study.nudge()
    return phrases.RESUMED


async def _audit(study: Study, schedule: Schedule, asked: Asked) -> str:
    found = await audit(study.store, schedule, asked.room, study.clock.now() - AUDITED)
    return "\n".join(found[-LINES:]) or phrases.NO_SLOT_YET


async def audit(store: Store, schedule: Schedule, room: Room, since: datetime) -> list[str]:
    """A line per slot since then, oldest first: posted and how late, or not and why."""
    effects = await store.effects(kind="prompt", schedule=schedule.name, since=since)
    return [
        f"{_when(effect.due, schedule)}: {_became(effect)}"
        for effect in effects
        if effect.room == room
    ]


def _became(effect: Effect) -> str:
    if effect.state is State.SENT and effect.settled is not None:
        late = effect.settled - effect.due
        return f"posted, {round(late.total_seconds())} s after its time"
    return f"{effect.state}{f' ({effect.why})' if effect.why else ''}"


async def ahead(study: Study, schedule: Schedule, room: Room, count: int) -> list[str]:
    """The next moments of a room, with what is skipped or paused of them."""
    found: list[str] = []
    for moment in upcoming(schedule, study.clock.now()):
        slot = Slot(schedule.name, room, moment)
        found.append(f"{_when(slot.at, schedule)}{await _not(study, schedule, slot)}")
        if len(found) == count:
            break
    return found


async def _not(study: Study, schedule: Schedule, slot: Slot) -> str:
    effect = await study.store.effect(f"prompt/{slot.key}")
    if effect is not None and effect.state is State.SKIPPED:
        return f": {effect.why}"
    pause = await plan.paused(study.store, schedule, slot)
    return f": {pause}" if pause else ""


def _when(at: datetime, schedule: Schedule) -> str:
    local = at.astimezone(schedule.zone)
    return f"{local:%A %d %B, %H:%M} {local.tzname()}"


STEERS: dict[str, Steer] = {
    "skip": _skip,
    "swap": _swap,
    "pause": _pause,
    "resume": _resume,
    "audit": _audit,
}
