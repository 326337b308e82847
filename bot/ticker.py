"""The beat of the bot: apscheduler calls `tick` at least every so often, whatever the clock does.

apscheduler decides neither when a prompt is due nor whether: `tick` asks the wall clock anew each
time. The beat is short, because a single long sleep would run late after a suspended laptop.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.errors import Wrong

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=20)
GRACE = timedelta(seconds=5)
JOB = "tick"

Tick = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Pulse:
    """How the ticking goes, for health checks: counts since the start.

    `failing` counts the failures since the last good tick.
    `moved` is when a tick began or ended last, by the loop's clock, which nobody can set.
    """

    good: int = 0
    failed: int = 0
    failing: int = 0
    ticking: bool = False
    moved: float = 0.0


class Beat(BaseTrigger):  # type: ignore[misc]  # apscheduler ships no types
    """At once, and then `every` after the last time.

    apscheduler's own interval walks through each beat that a jump of the clock left out; from
    1970, where boards without a battery start, to today that is minutes with the loop blocked.
    """

    def __init__(self, every: timedelta) -> None:
        self.every = every

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now + self.every if previous else now


@dataclass(slots=True)
class Heart:
    """What one beat does, and what is known of the beats so far."""

    tick: Tick
    pulse: Pulse
    idle: asyncio.Event
    begun: float = 0.0  # by the loop's clock, too

    async def beat(self) -> None:
        self.begun = self._move(ticking=True)
        self.idle.clear()
        try:
            await self.tick()
        except Exception as why:
            self.pulse.failed += 1
            self.pulse.failing += 1
            log.error(
                "a tick failed, the %d. in a row; the next one comes: %s",
                self.pulse.failing,
                why,
                exc_info=not isinstance(why, Wrong),  # which says it all in its line
            )
        else:
            self.pulse.good += 1
            self.pulse.failing = 0
        finally:
            self._move(ticking=False)
            self.idle.set()

    def _move(self, *, ticking: bool) -> float:
        self.pulse.ticking, self.pulse.moved = ticking, asyncio.get_running_loop().time()
        return self.pulse.moved


async def run(
    tick: Tick,
    every: timedelta = EVERY,
    pulse: Pulse | None = None,
    grace: timedelta = GRACE,
) -> None:
    """Call `tick` now and then every `every`, never twice at a time, until cancelled.

    A tick that raises is logged and counted in `pulse`, and the beat goes on. When the wall clock
    is set back, the next tick comes after half as much again at the latest. On cancellation no
    new tick begins; one that runs has `grace` to end before it is cancelled, and none is running
    any more when this returns.
    """
    heart = Heart(tick, pulse or Pulse(), asyncio.Event())
    heart.idle.set()
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        heart.beat, Beat(every), id=JOB, max_instances=1, coalesce=True, misfire_grace_time=None
    )
    scheduler.start()
    try:
        await _watch(scheduler, heart, every)
    finally:
        await _stop(scheduler, heart, grace)


async def _watch(scheduler: AsyncIOScheduler, heart: Heart, every: timedelta) -> None:
    """Begin anew where the beat fell silent: apscheduler waits out a clock that was set back."""
    loop = asyncio.get_running_loop()
    heart.begun = heart.pulse.moved = loop.time()
    while True:
        await asyncio.sleep(every.total_seconds() / 4)
        silent = loop.time() - heart.begun
        if heart.idle.is_set() and silent > 1.25 * every.total_seconds():
            log.warning("no tick for %.0f s; was the clock set back?", silent)
            scheduler.reschedule_job(JOB, trigger=Beat(every))


async def _stop(scheduler: AsyncIOScheduler, heart: Heart, grace: timedelta) -> None:
    """End in good order. apscheduler's own shutdown does not wait: it cancels what is running."""
    scheduler.pause()
    await asyncio.sleep(0)  # a tick that was handed to the loop already begins here
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(grace.total_seconds()):
            await heart.idle.wait()
    scheduler.shutdown()
    await asyncio.sleep(0)  # it is only queued until the loop's next turn
    await heart.idle.wait()
