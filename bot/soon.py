"""When something is due next, so that it is done at its moment and not at the beat after it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.schedule import due_slots
from bot.study import Study

AHEAD = timedelta(seconds=20)  # of what comes later, a later look tells
BEHIND = 0.01  # seconds; the loop's clock and the wall's are not the same to the microsecond


async def due(study: Study, now: datetime) -> datetime | None:
    """The next moment within `AHEAD` at which something is to be planned, posted or closed."""
    plans = (*study.schedules, *(replace(s, rule=s.digest) for s in study.schedules))
    slots = [slot.at for plan in plans for slot in due_slots(plan, now, now + AHEAD)]
    waiting = await study.store.next_due(now, study.patience.quiet)
    moments = [*slots, *([waiting] if waiting and waiting <= now + AHEAD else [])]
    return min(moments, default=None)


@dataclass(slots=True)
class Alarm:
    """Nudges once, at the moment that was set last."""

    nudge: Callable[[], None]
    timer: asyncio.TimerHandle | None = None

    def set(self, now: datetime, at: datetime | None) -> None:
        if self.timer is not None:
            self.timer.cancel()
        wait = (at - now).total_seconds() + BEHIND if at else None
        loop = asyncio.get_running_loop()
        self.timer = loop.call_later(wait, self.nudge) if wait is not None else None
