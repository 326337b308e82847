"""Many small writes as one: what arrives while a transaction is under way goes with the next.

A commit waits for the disk, whether it holds one reply or a hundred. A write that finds nothing
under way begins at once; where several came around one of the last, the next waits a few
milliseconds until as many are there, since each transaction costs as much as the rows of a dozen
replies (#5).
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

COMPANY = 0.004  # seconds
LATELY = 8  # transactions: the most that came around one of them are waited for
MOST = 200  # in one transaction, so that each ends well before its deadline


class Together(Generic[T, R]):
    """Call it with one item; `work` does many, and gives a result for each, in their order.

    Where `work` fails for many, each is done alone, so that one item spoils no other.
    """

    def __init__(self, work: Callable[[Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        self._work = work
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._task: asyncio.Task[None] | None = None
        self._crowds = deque([1], LATELY)
        self._enough = asyncio.Event()

    async def __call__(self, item: T) -> R:
        """The item's own result, or what its own try raised."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._until_none_wait())
        elif len(self._waiting) >= max(self._crowds):
            self._enough.set()
        return await future

    async def _until_none_wait(self) -> None:
        while self._waiting:
            await self._gathered()
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                self._told(batch, await self._work([item for item, _ in batch]))
            except Exception as error:
                await self._apart(batch, error)
            self._crowds.append(min(MOST, len(batch) + len(self._waiting)))

    async def _gathered(self) -> None:
        """Return when as many wait as came around one of the last, or after `COMPANY`."""
        if len(self._waiting) < max(self._crowds):
            self._enough.clear()
            over = asyncio.get_running_loop().call_later(COMPANY, self._enough.set)
            await self._enough.wait()
            over.cancel()

    async def _apart(self, batch: list[tuple[T, asyncio.Future[R]]], error: Exception) -> None:
        for item, future in batch:
            if len(batch) == 1:
                _fail(future, error)
                continue
            try:
                self._told([(item, future)], await self._work([item]))
            except Exception as own:
                _fail(future, own)

    def _told(self, batch: list[tuple[T, asyncio.Future[R]]], results: Sequence[R]) -> None:
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():  # its caller may have gone
                future.set_result(result)


def _fail(future: "asyncio.Future[R]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
