"""When a post of ours is rewritten: many changes of a debate are few edits of its summary.

Each edit reads the thread again and asks the platform twice (#5).
"""

from datetime import datetime, timedelta

from bot import digests, joint
from bot.after import SUMMARY_PATIENCE, follow_up
from bot.ledger import Store
from bot.model import Debate, Kind, State
from bot.study import Study

MOST, WITHIN = 5, timedelta(minutes=1)  # edits of one post that are made at once
APART = timedelta(seconds=15)  # more of them wait a little, and for one another
LATE = "late"
LATE_WAIT = timedelta(hours=1)  # for others who are late, since a summary is reopened once


async def plan_edit(study: Study, debate: Debate, what: Kind, cause: str, now: datetime) -> None:
    """Have a post of ours rewritten: `what` is a prompt or a summary, `cause` makes it unique.

    A summary is rewritten in all rooms where it stands, and with it what tells of it.
    """
    together = await joint.debates(study, debate) if what is Kind.SUMMARY else (debate,)
    for one in together:
        due = await _due(study, one, what.edit, now)
        if due is not None:
            await study.store.plan(follow_up(one, what.edit, due, cause=cause))
        if what is Kind.SUMMARY:
            await digests.plan_again(study.store, one, cause, now)


async def plan_look(study: Study, debate: Debate, now: datetime) -> None:
    """Have the summary made anew once every history shows what was heard: what is not there by
    then was deleted, though nobody told.
    """
    await plan_edit(
        study, debate, Kind.SUMMARY, f"look/{now.isoformat()}", now + study.patience.quiet
    )


async def _due(study: Study, debate: Debate, kind: Kind, at: datetime) -> datetime | None:
    """When a post of ours may be rewritten once more; None where one that waits will tell it.

    What is pending is composed after it is claimed, and so with everything that is stored by now.
    """
    now, soon = study.clock.now(), at + APART
    # The kind is looked at here: SQLite would rather walk through ten years of that kind (#4).
    planned = [e for e in await study.store.effects(debate=debate.id) if e.kind is kind]
    waiting = [max(e.due, e.lease or e.due, now) for e in planned if e.state is State.PENDING]
    if any(at <= composed <= soon for composed in waiting):
        return None
    lately = sum(e.settled is not None and e.settled > now - WITHIN for e in planned)
    return soon if lately >= MOST else at


async def plan_late(study: Study, debate: Debate, at: datetime) -> None:
    """Have the summary reopened, once, for what was said after the close; the first asks for it."""
    closed = debate.closed or debate.closes
    if closed < at <= closed + SUMMARY_PATIENCE:
        await study.store.plan(follow_up(debate, Kind.EDIT_SUMMARY, at + LATE_WAIT, cause=LATE))


async def reopened(store: Store, debate: Debate, now: datetime) -> datetime | None:
    """Up to when late replies stand in the summary; None while none do."""
    effect = await store.effect(f"edit/summary/{debate.id}/{LATE}")
    return effect.due if effect is not None and effect.due <= now else None
