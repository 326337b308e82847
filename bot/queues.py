"""One question of a member's at a time: a flood of one person's holds up nobody else (#4)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted: int = 0


class Queues:
    """Whose question is being answered in this process."""

    def __init__(self) -> None:
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def of(self, member: str) -> AsyncIterator[None]:
        """Wait until what the member asked before is answered."""
        queue = self._queues.setdefault(member, _Queue())
        queue.wanted += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.wanted -= 1
            if not queue.wanted:
                del self._queues[member]
