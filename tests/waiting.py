"""Waiting for what comes by itself: for the event and not for a time.

A machine may be ten times as slow as usual, so the limit is far off. Only a failure waits for it.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

LONG = 120.0  # seconds, less than a test may take; at load 13 the program once took 60 to start
LOOK = 0.01


async def until(true: Callable[[], object | Awaitable[object]], within: float = LONG) -> None:
    """Return once it is true; TimeoutError is raised after `within` seconds."""
    async with asyncio.timeout(within):
        while not await _told(true()):  # noqa: ASYNC110 - what is awaited tells nobody
            await asyncio.sleep(LOOK)


async def _told(answer: object) -> object:
    return await answer if inspect.isawaitable(answer) else answer
