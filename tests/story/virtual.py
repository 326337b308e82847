"""A loop whose time jumps: nobody waits for a timer, and the order of things stays the same."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class Jump(selectors.SelectSelector):
    """Instead of waiting for the next timer it moves the clock to it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise RuntimeError("nothing will ever happen again: everybody waits for somebody")
        self.now += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.jump = Jump()
        super().__init__(self.jump)
        # After half a year of seconds, a float's last digit is coarser than the real clock's.
        self._clock_resolution = 1e-6

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


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run in virtual time to the end."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
