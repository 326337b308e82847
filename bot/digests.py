"""When a digest is due, and which debates it tells of: those that closed since the last one."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.after import POSTED, rewriting
from bot.ledger import Store
from bot.model import Debate, Effect, Kind, State
from bot.schedule import Schedule, Slot, due_slots
from bot.study import Study

FIRST = timedelta(days=7)  # how far a room's first digest looks back
FEWEST = 2  # debates; fewer wait for the next digest
GIVEN_UP = (State.SKIPPED, State.REFUSED)


async def plan_digests(study: Study, now: datetime) -> None:
    """Turn the digests that are due into effects. One too late is left out: the next tells all."""
    for schedule in study.schedules:
        told_at = replace(schedule, rule=schedule.digest)
        for slot in due_slots(told_at, now - schedule.catch_up, now):
            if await study.store.effect(f"digest/{slot.key}") is None:
                await study.store.plan(_digest(schedule, slot))


def _digest(schedule: Schedule, slot: Slot) -> Effect:
    return Effect(
        key=f"digest/{slot.key}",
        kind=Kind.DIGEST,
        schedule=schedule.name,
        room=slot.room,
        due=slot.at,
        until=slot.at + schedule.catch_up,
        payload={},
    )


async def told(store: Store, digest: Effect) -> tuple[Debate, ...]:
    """The debates of a digest, oldest first: closed since the room's last one, and summed up."""
    sent = await store.effects(schedule=digest.schedule, kind=Kind.DIGEST, state=State.SENT)
    before = [e.due for e in sent if e.room == digest.room and e.due < digest.due]
    since = max(before, default=digest.due - FIRST)
    held = await store.debates(room=digest.room, schedule=digest.schedule)
    closed = [d for d in held if d.closed is not None and since < d.closed <= digest.due]
    summaries = [await store.effect(f"summary/{debate.id}") for debate in closed]
    both = zip(closed, summaries, strict=True)
    return tuple(debate for debate, s in both if s is not None and s.state not in GIVEN_UP)


async def plan_again(store: Store, debate: Debate, cause: str, now: datetime) -> None:
    """Have the digest that tells of a debate rewritten, if there is one, once for each `cause`."""
    closed = debate.closed or debate.closes
    later = await store.effects(schedule=debate.schedule, kind=Kind.DIGEST, since=closed)
    for digest in later:
        if digest.room == debate.room and digest.state in POSTED:
            await store.plan(rewriting(digest, cause, now))
            return
