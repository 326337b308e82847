"""Messages on their way into the store, one after another, so that no press queues behind them.

Discord sends as fast as people write. What does not fit any more, or could not be kept, is left
to the thread itself: it is read again as soon as there is room.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from bot.ports import Ready

log = logging.getLogger(__name__)

MOST = 2_000  # that wait; more are read from their threads
SETTLING = 2.0  # seconds between the last of a rush and reading again

Keep = Callable[[], Awaitable[None]]


class Inbox:
    """Keeps what is put in, in order. `behind` is called when something was not kept."""

    def __init__(self, behind: Ready) -> None:
        self._tell, self._missed = behind, False
        self._waiting: asyncio.Queue[Keep] = asyncio.Queue(MOST)
        self._reading: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._reading = asyncio.create_task(self._read())

    def put(self, keep: Keep) -> None:
        try:
            self._waiting.put_nowait(keep)
        except asyncio.QueueFull:
            self._missed = True

    async def _read(self) -> None:
        while True:
            keep = await self._waiting.get()
            try:
                await keep()
            except Exception as why:
                self._missed = True
                log.warning("a message was not kept (%s); its thread is read again", why)
            finally:
                self._waiting.task_done()
            if self._missed and self._waiting.empty():
                self._missed = False
                await asyncio.sleep(SETTLING)
                self._tell()

    async def close(self, within: float) -> None:
        """Keep what waits, as far as the time goes."""
        if self._reading is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._waiting.join()
        self._reading.cancel()
        await asyncio.wait({self._reading})
