"""One replica at a time does what only one may, whoever dies, freezes or loses the store."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from story import quick
from story.virtual import run

from bot.lease import SPAN, Lease
from bot.ledger import Store, StoreError


class Reach:
    """The store as one replica reaches it: it can be cut off, and the replica can be frozen."""

    def __init__(self, store: Store) -> None:
        self.store, self.cut, self.thawed = store, False, asyncio.Event()
        self.thawed.set()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.store, name)

        async def call(*args: Any) -> Any:
            await self.thawed.wait()
            if self.cut:
                raise StoreError("database: cannot connect")
            return await found(*args)

        return call


class Park:
    """Replicas by name, and who of them is doing the work."""

    def __init__(self) -> None:
        self.store = quick.store(_at_once)
        self.busy: list[str] = []
        self.most = 0
        self.reach: dict[str, Reach] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, name: str) -> None:
        self.reach[name] = Reach(self.store)
        store: Any = self.reach[name]

        async def work() -> None:
            self.busy.append(name)
            self.most = max(self.most, len(self.busy))
            try:
                await asyncio.Event().wait()
            finally:
                self.busy.remove(name)

        lease = Lease(store, "listens", name)
        self.tasks[name] = asyncio.create_task(lease.during(work))

    async def stop(self, name: str) -> None:
        self.tasks[name].cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.tasks[name]

    async def kill(self, name: str) -> None:
        self.reach[name].cut = True  # no goodbye
        await self.stop(name)


async def _at_once() -> None: ...


@asynccontextmanager
async def three() -> AsyncIterator[Park]:
    park = Park()
    for name in ("a", "b", "c"):
        park.start(name)
    await asyncio.sleep(1)
    assert park.busy == ["a"]
    yield park
    assert park.most == 1
    for name in park.tasks:
        await park.stop(name)


def in_virtual_time(story: Coroutine[Any, Any, None]) -> None:
    run(story)


def test_one_of_three_does_it_and_the_next_takes_over_when_it_dies() -> None:
    async def story() -> None:
        async with three() as park:
            await asyncio.sleep(3600)
            assert park.busy == ["a"]
            await park.kill("a")
            await asyncio.sleep(SPAN * 1.5)
            assert park.busy in (["b"], ["c"])

    in_virtual_time(story())


def test_one_that_ends_in_good_order_hands_over_at_once() -> None:
    async def story() -> None:
        async with three() as park:
            await park.stop("a")
            await asyncio.sleep(SPAN / 3)
            assert park.busy in (["b"], ["c"])

    in_virtual_time(story())


def test_a_store_that_restarts_costs_nothing() -> None:
    async def story() -> None:
        async with three() as park:
            for reach in park.reach.values():
                reach.cut = True
            await asyncio.sleep(SPAN * 0.6)
            for reach in park.reach.values():
                reach.cut = False
            for _ in range(60):
                await asyncio.sleep(1)
                assert park.busy == ["a"]

    in_virtual_time(story())


def test_one_that_is_cut_off_ends_the_work_before_another_begins_it() -> None:
    async def story() -> None:
        async with three() as park:
            park.reach["a"].cut = True
            await asyncio.sleep(SPAN * 0.85)
            assert park.busy == []
            await asyncio.sleep(SPAN / 2)
            assert park.busy in (["b"], ["c"])
            park.reach["a"].cut = False
            await asyncio.sleep(600)
            assert park.busy in (["b"], ["c"])

    in_virtual_time(story())


def test_one_that_thaws_after_its_lease_lets_go() -> None:
    async def story() -> None:
        park = Park()
        park.start("a")
        await asyncio.sleep(1)
        park.reach["a"].thawed.clear()
        park.start("b")
        await asyncio.sleep(SPAN * 2)
        assert "b" in park.busy
        park.reach["a"].thawed.set()
        await asyncio.sleep(600)
        assert park.busy == ["b"]
        await park.stop("a")
        await park.stop("b")

    in_virtual_time(story())


def test_work_that_fails_is_heard_of() -> None:
    async def fails() -> None:
        raise ValueError("no such token")

    async def story() -> None:
        lease = Lease(quick.store(_at_once), "listens", "a")
        with contextlib.suppress(ValueError):
            await lease.during(fails)
            raise AssertionError
        assert await lease.store.get_fact("lease/listens") == ""

    in_virtual_time(story())
