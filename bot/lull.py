"""A lull: a moment with nothing to post, for what holds up the whole store.

Where somebody's words are erased, SQLite writes its file anew, so that none of them stays in it.
In a store of ten years that takes a quarter of a minute, in which nothing else is kept (#4).
"""

import asyncio
from datetime import datetime, timedelta

from bot.model import State
from bot.schedule import due_slots
from bot.study import Study

AHEAD = timedelta(seconds=30)  # as long as nothing may come due
PATIENCE = 30.0  # seconds to wait for it: erasing is over within a minute
LOOK = 1.0  # seconds between two looks


async def lull(study: Study) -> None:
    """Return when nothing is about to be posted; after half a minute in any case."""
    time = asyncio.get_running_loop().time
    until = time() + PATIENCE
    while time() < until and await busy(study, study.clock.now()):  # noqa: ASYNC110 - time ends it
        await asyncio.sleep(LOOK)


async def busy(study: Study, now: datetime) -> bool:
    """Whether a post is under way or comes due in a moment, and would wait for the store."""
    if study.store.shared:  # PostgreSQL does it beside the work
        return False
    until = now + AHEAD
    if any(due_slots(schedule, now, until) for schedule in study.schedules):
        return True
    waiting = await study.store.effects(state=State.PENDING)
    due = any(max(effect.due, effect.lease or effect.due) <= until for effect in waiting)
    return due or bool(await study.store.effects(state=State.SENDING))
