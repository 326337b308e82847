"""The beat: at once, again and again, through failures and set clocks, and a clean end."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from waiting import until

from bot.errors import Wrong
from bot.ticker import Beat, Pulse, Tick, run

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
FAST = timedelta(milliseconds=20)
SLOW = timedelta(hours=1)


async def stop(running: asyncio.Task[None]) -> None:
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


def start(
    tick: Tick, every: timedelta = FAST, pulse: Pulse | None = None, grace: float = 5
) -> asyncio.Task[None]:
    return asyncio.create_task(run(tick, every, pulse, timedelta(seconds=grace)))


async def test_the_first_tick_comes_at_once_and_more_follow() -> None:
    ticks: list[int] = []

    async def tick() -> None:
        ticks.append(1)

    slow = start(tick, SLOW)
    await until(lambda: len(ticks) == 1)
    await stop(slow)
    fast = start(tick)
    await until(lambda: len(ticks) > 5)
    await stop(fast)


async def test_a_tick_that_raises_is_counted_and_the_next_one_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pulse = Pulse()

    async def tick() -> None:
        if pulse.failed < 3:
            raise OSError("the disk is full")

    running = start(tick, pulse=pulse)
    await until(lambda: pulse.failing == 2)
    await until(lambda: pulse.good > 0)
    await stop(running)
    assert (pulse.failed, pulse.failing) == (3, 0)
    assert "the disk is full" in caplog.text


async def test_a_tick_that_meets_what_a_person_must_mend_says_so_in_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pulse = Pulse()

    async def tick() -> None:
        raise Wrong("the disk is full; make room")

    running = start(tick, pulse=pulse)
    await until(lambda: pulse.failing)
    await stop(running)
    first = caplog.records[0]
    assert "make room" in first.getMessage()
    assert not first.exc_info


async def test_ticks_never_run_side_by_side(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    running_now, most, done = 0, 0, 0

    async def tick() -> None:
        nonlocal running_now, most, done
        running_now += 1
        most = max(most, running_now)
        await asyncio.sleep(0.1)
        running_now -= 1
        done += 1

    running = start(tick)
    await until(lambda: done > 2)
    await stop(running)
    assert most == 1


async def test_a_running_tick_may_end_before_the_end() -> None:
    steps: list[str] = []

    async def tick() -> None:
        steps.append("begun")
        await asyncio.sleep(0.1)
        steps.append("ended")

    running = start(tick, SLOW)
    await until(lambda: bool(steps))
    await stop(running)
    assert steps == ["begun", "ended"]


async def test_a_tick_that_hangs_is_cancelled_after_the_grace_and_has_ended() -> None:
    steps: list[str] = []

    async def tick() -> None:
        steps.append("begun")
        try:
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0.05)
            steps.append("tidied up")

    running = start(tick, SLOW, grace=0.05)
    await until(lambda: bool(steps))
    await stop(running)
    assert steps == ["begun", "tidied up"]


async def test_nothing_ticks_after_the_end_and_nothing_is_left_on_the_loop() -> None:
    ticks: list[int] = []

    async def tick() -> None:
        ticks.append(1)

    for moments in (0, 1, 2, 3):  # also when it is stopped before the first tick
        running = start(tick)
        for _ in range(moments):
            await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait([running])
        count = len(ticks)
        await asyncio.sleep(0.06)
        assert len(ticks) == count
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_clock_that_is_set_back_does_not_silence_the_beat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import apscheduler.schedulers.base as scheduler

    class Moved(datetime):
        by = timedelta()

        @classmethod
        def now(cls, tz=None):  # type: ignore[no-untyped-def, override]  # as datetime's own
            return datetime.now(tz) + cls.by

    ticks: list[int] = []

    async def tick() -> None:
        ticks.append(1)

    # apscheduler offers no way to hand it a clock, so its own is replaced, and nothing else.
    monkeypatch.setattr(scheduler, "datetime", Moved)
    running = start(tick)
    await until(lambda: len(ticks) > 2)
    for by in (timedelta(hours=-2), timedelta(days=20_000)):
        Moved.by, before = by, len(ticks)
        await until(lambda seen=before: len(ticks) > seen + 3)
    await stop(running)


def test_a_jump_of_decades_is_one_beat() -> None:
    beat = Beat(timedelta(seconds=20))
    assert beat.get_next_fire_time(None, NINE) == NINE
    assert beat.get_next_fire_time(datetime(1970, 1, 1, tzinfo=UTC), NINE) == NINE + beat.every
