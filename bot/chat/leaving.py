"""The last look before a post leaves: what was held up on its way to the socket stays here (#4).

After the outbox has looked at its lease there is a turn to wait for, a thread to ask about, a
connection to make. A process that is paused in there and goes on minutes later would post what
another replica has posted meanwhile. aiohttp tells when it is about to write, and there it can
still be stopped. What no look can stop: a pause in the microseconds between the look and the
kernel, and a machine that is paused with the packet in its own queue.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import aiohttp

from bot.ports import Clock


class TooLateError(aiohttp.ClientError):
    """The request was not made, or not to its end: its time was over."""


class _Limit:
    """The last moment, by the wall clock and by the loop's, whichever comes first.

    Somebody may set the first back, and the second stands still while a machine sleeps.
    """

    def __init__(self, until: datetime, clock: Clock) -> None:
        self._until, self._clock = until, clock
        self._time = asyncio.get_running_loop().time
        self._ends = self._time() + (until - clock.now()).total_seconds()

    @property
    def over(self) -> bool:
        return self._clock.now() > self._until or self._time() > self._ends


# What the libraries between us and aiohttp would have to hand down, and do not.
_limit: ContextVar[_Limit | None] = ContextVar("limit", default=None)


@contextmanager
def leaving(until: datetime | None, clock: Clock) -> Iterator[None]:
    """No request that is made in here leaves after `until`; None: whenever it comes to it."""
    token = _limit.set(_Limit(until, clock) if until is not None else None)
    try:
        yield
    finally:
        _limit.reset(token)


def watched() -> aiohttp.TraceConfig:
    """For a session whose requests are to be looked at: before the headers, before each part."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_look)
    trace.on_request_chunk_sent.append(_look)
    return trace


async def _look(*_: Any) -> None:
    limit = _limit.get()
    if limit is not None and limit.over:
        raise TooLateError("held up past its time, and not sent")
