"""Running until somebody says stop, and ending in good order."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any

from bot.errors import Wrong


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Run until SIGINT or SIGTERM; the handlers also make it end as process 1 of a container."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await _unwrapped(task)


async def _unwrapped(task: "asyncio.Future[None]") -> None:
    """The one-line errors of a task group come out as they went in."""
    try:
        await task
    except ExceptionGroup as group:
        wrong = group.subgroup(Wrong)
        if wrong is None:
            raise
        raise _first(wrong) from None


def _first(group: BaseException) -> BaseException:
    return _first(group.exceptions[0]) if isinstance(group, ExceptionGroup) else group
