"""A loop whose time jumps: nobody waits for a timer, and the order of things stays the same."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class Jump(selectors.SelectSelector):
    """Instead of waiting for the next timer it moves the clock to it.

    While `busy` says that work is under way in a thread (SQLite's), it waits for that in earnest,
    or the work would seem to take for ever.
    """

    def __init__(self, busy: Callable[[], bool]) -> None:
        super().__init__()
        self.now = 0.0
        self.busy = busy

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None or self.busy():
            return super().select(0.05)
        self.now += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, busy: Callable[[], bool]) -> None:
        self.jump = Jump(busy)
        super().__init__(self.jump)

    def time(self) -> float:
        return self.jump.now if hasattr(self, "jump") else 0.0


class VirtualClock:
    """The wall clock of a virtual loop; `skew` is by how much somebody has set it wrong."""

    def __init__(self, start: datetime) -> None:
        self.start, self.skew = start, timedelta()

    def now(self) -> datetime:
        return self.true() + self.skew

    def true(self) -> datetime:
        return self.start + timedelta(seconds=asyncio.get_running_loop().time())


def run(work: Coroutine[Any, Any, T], busy: Callable[[], bool]) -> T:
    """Run in virtual time to the end."""
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(busy)) as runner:
        return runner.run(work)
