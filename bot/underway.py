"""Deliveries under way, a task for each room: one that hangs holds up its own room and no other."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from functools import partial

Work = Callable[[], Awaitable[None]]
Task = asyncio.Task[None]


@dataclass(slots=True)
class Underway:
    """They outlive the tick that began them, and end with the process at the latest."""

    tasks: dict[str, Task] = field(default_factory=dict)

    def begin(self, name: str, work: Work) -> Task:
        """Begin it when whatever was begun under that name before is over."""
        task = asyncio.create_task(_behind(self.tasks.get(name), work), name=name)
        self.tasks[name] = task
        task.add_done_callback(partial(self._over, name))
        return task

    def _over(self, name: str, task: Task) -> None:
        if self.tasks.get(name) is task:
            del self.tasks[name]

    async def end(self, within: float = 0.0) -> None:
        """Let what is under way come to its end within so many seconds; the rest is cancelled.

        Raises nothing of what they raise: nobody waits for it any more.
        """
        tasks = set(self.tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=within)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def over(tasks: Collection[Task], within: float | None) -> Collection[Task]:
    """Wait for tasks, `within` seconds at most; those that are not over. Raises what one raised."""
    if not tasks:
        return ()
    how = asyncio.FIRST_EXCEPTION
    done, late = await asyncio.wait(tasks, timeout=within, return_when=how)
    for task in done:
        task.result()
    return late


async def thinned(busy: set[Task], most: int, within: float | None) -> set[Task]:
    """Those still busy once they are no more than that, or once none was over for so long."""
    done = busy
    while done and len(busy) > most:
        how = asyncio.FIRST_COMPLETED
        done, busy = await asyncio.wait(busy, timeout=within, return_when=how)
    return busy


async def _behind(before: Task | None, work: Work) -> None:
    if before is not None:
        await asyncio.wait({before})
    await work()
