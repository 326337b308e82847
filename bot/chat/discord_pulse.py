"""Whether a session at the gateway is of use: it may be dead or deaf, and say neither.

discord.py takes up a line that breaks, but may wait many minutes for one that it does not get. A
line may carry events whose heart is not answered. And a session may beat on and tell nothing any
more: then a message that stands in one of our threads, and was never told, gives it away.
"""

import asyncio
from collections.abc import Callable

from bot.chat.discord_rest import TROUBLES, Rest

STEP = 3.0  # seconds between two looks
DOWN = 60.0  # seconds without a line after which we do not wait for discord.py to get one
UNANSWERED = 100.0  # seconds without an answered heartbeat; one is sent each 41.25
QUIET = 120.0  # seconds without a message after which the threads are asked for one
LATE = 10.0  # seconds within which a message is told at the latest


class Pulse:
    """What is noticed of the line. `up` is whether it stands, `ever` whether it ever has."""

    def __init__(self, rest: Rest) -> None:
        self.up = self.ever = False
        self.resting = False  # until a session may be begun; that is no reason to begin another
        self._rest = rest
        self._newest = 0  # of all messages that are known
        self._stood = self._told = self._answered = 0.0  # when last, by the loop's clock
        self._latency = 0.0

    def stands(self, up: bool) -> None:
        self.up, self.ever = up, self.ever or up

    def told(self, message: int) -> None:
        """A message came over the line."""
        self._newest, self._told = max(self._newest, message), _now()

    async def known(self) -> None:
        """A session has begun; what was said before it is read from the threads."""
        said = await self._said()
        self._newest, self._told = max(self._newest, said), _now()

    async def over(self, latency: Callable[[], float]) -> str:
        """Wait until the session must be given up, and say why.

        `latency` is that of the last answered heartbeat, and so a new one with each.
        """
        self._stood = self._answered = _now()
        while True:
            await asyncio.sleep(STEP)
            if self._is_down():
                return f"no line for {DOWN:.0f} s"
            if self._is_unanswered(latency()):
                return f"no heartbeat was answered for {UNANSWERED:.0f} s"
            if await self._is_deaf():
                return "messages are not told any more"

    def _is_down(self) -> bool:
        if self.up or self.resting:
            self._stood = _now()
        return _now() - self._stood > DOWN

    def _is_unanswered(self, latency: float) -> bool:
        if latency != self._latency or not self.up:
            self._latency, self._answered = latency, _now()
        return _now() - self._answered > UNANSWERED

    async def _is_deaf(self) -> bool:
        if not self.up or _now() - self._told < QUIET:
            return False
        self._told = _now()  # not asked again before it is quiet for as long again
        said = await self._said()
        if said > self._newest:
            await asyncio.sleep(LATE)
        return said > self._newest and self.up

    async def _said(self) -> int:
        try:
            return await self._rest.newest(self._newest)
        except TROUBLES:
            return self._newest


def _now() -> float:
    return asyncio.get_running_loop().time()
