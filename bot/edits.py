"""How often a post of ours is rewritten: many changes of a debate are few edits of its summary.

Each edit reads the thread again and asks the platform twice (#5).
"""

from datetime import datetime, timedelta

from bot.model import Debate, State
from bot.study import Study

MOST, WITHIN = 5, timedelta(minutes=1)  # edits of one post that are made at once
APART = timedelta(seconds=15)  # more of them wait a little, and for one another


async def due(study: Study, debate: Debate, kind: str, at: datetime) -> datetime | None:
    """When a post of ours may be rewritten once more; None where one that waits will tell it.

    What is pending is composed after it is claimed, and so with everything that is stored by now.
    """
    now, soon = study.clock.now(), at + APART
    # The kind is looked at here: SQLite would rather walk through ten years of that kind (#4).
    planned = [e for e in await study.store.effects(debate=debate.id) if e.kind == kind]
    waiting = [max(e.due, e.lease or e.due, now) for e in planned if e.state is State.PENDING]
    if any(at <= composed <= soon for composed in waiting):
        return None
    lately = sum(e.settled is not None and e.settled > now - WITHIN for e in planned)
    return soon if lately >= MOST else at
