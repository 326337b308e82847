"""Our own pace: never faster than said, whatever this process was held up by."""

import asyncio
import time
from itertools import pairwise

from story.virtual import run

from bot.pace import BEHIND, Pace


async def turns(pace: Pace, count: int, given: list[float]) -> None:
    async def one() -> None:
        await pace.wait()
        given.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(one() for _ in range(count)))


def test_turns_are_given_one_by_one_and_at_the_pace() -> None:
    given: list[float] = []
    run(turns(Pace(40), 100, given))
    assert {round(later - sooner, 3) for sooner, later in pairwise(given)} == {0.025}


def test_who_gives_up_waiting_keeps_nobody_else_waiting() -> None:
    async def played() -> float:
        pace = Pace(1)
        waiting = [asyncio.create_task(pace.wait()) for _ in range(5)]
        await asyncio.sleep(0.5)
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)
        await pace.wait()
        return asyncio.get_running_loop().time()

    assert run(played()) <= 1.0


async def test_a_pause_of_ours_ends_in_no_burst() -> None:
    pace, given = Pace(50), list[float]()
    waiting = asyncio.create_task(turns(pace, 40, given))
    await asyncio.sleep(0.1)
    time.sleep(0.5)  # noqa: ASYNC251 - the whole process is held up, that is the point
    await waiting
    within = max(sum(at <= other < at + 0.2 for other in given) for at in given)
    assert within <= (0.2 + BEHIND) * 50 + 1
