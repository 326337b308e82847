"""Many small writes as one."""

import asyncio
from collections.abc import Sequence

import pytest
from story.virtual import run

from bot.store.together import COMPANY, LATELY, MOST, Together


def test_what_comes_while_one_is_under_way_goes_together_with_the_next() -> None:
    batches: list[int] = []

    async def work(items: Sequence[int]) -> list[int]:
        batches.append(len(items))
        await asyncio.sleep(0.01)
        return [item * 2 for item in items]

    async def story() -> None:
        together = Together(work)
        first = asyncio.create_task(together(0))
        await asyncio.sleep(0.001)
        rest = await asyncio.gather(*(together(n) for n in range(1, MOST + 5)))
        assert await first == 0
        assert rest == [n * 2 for n in range(1, MOST + 5)]

    run(story())
    assert batches == [1, MOST, 4]


async def test_one_item_that_fails_spoils_no_other() -> None:
    async def work(items: Sequence[int]) -> list[int]:
        await asyncio.sleep(0)
        if 3 in items:
            raise ValueError("three")
        return list(items)

    together = Together(work)
    calls = [asyncio.create_task(together(n)) for n in range(6)]
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert [r for r in results if not isinstance(r, Exception)] == [0, 1, 2, 4, 5]
    with pytest.raises(ValueError, match="three"):
        raise next(r for r in results if isinstance(r, Exception))


def test_a_caller_who_has_gone_holds_up_nobody() -> None:
    async def work(items: Sequence[int]) -> list[int]:
        await asyncio.sleep(0.01)
        return list(items)

    async def story() -> int:
        together = Together(work)
        gone = asyncio.create_task(together(1))
        await asyncio.sleep(0.001)
        gone.cancel()
        return await together(2)

    assert run(story()) == 2


def test_callers_who_come_one_by_one_are_written_together_once_they_are_several() -> None:
    batches: list[int] = []

    async def work(items: Sequence[int]) -> list[int]:
        batches.append(len(items))
        await asyncio.sleep(0.001)
        return list(items)

    async def caller(together: Together[int, int], late: float) -> None:
        for n in range(20):
            await asyncio.sleep(late)
            await together(n)

    async def story() -> None:
        together = Together(work)
        await asyncio.gather(*(caller(together, n * COMPANY / 20) for n in range(5)))

    run(story())
    assert sum(batches) == 100
    assert len(batches) < 25  # without the wait it takes 30


def test_one_who_comes_alone_never_waits_but_for_a_while_after_a_crowd() -> None:
    batches: list[int] = []

    async def work(items: Sequence[int]) -> list[int]:
        batches.append(len(items))
        return list(items)

    async def waited(together: Together[int, int]) -> float:
        began = asyncio.get_running_loop().time()
        await together(0)
        return asyncio.get_running_loop().time() - began

    async def story() -> None:
        together = Together(work)
        for crowd in (1, 7):
            await asyncio.gather(*(together(n) for n in range(crowd)))
            assert (await waited(together) >= COMPANY) or crowd == 1
            assert [await waited(together) for _ in range(2 * LATELY)][-1] == 0

    run(story())
    assert set(batches) == {1, 7}
