"""One of several replicas does what only one may: listen where a platform tells every connection.

The holder writes a new number into the store every few seconds. Whoever sees the same number for
a whole span, by a clock of its own that nobody can set, takes over. No two machines' clocks are
ever compared: a replica whose clock is hours wrong neither steals the lease nor keeps it.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.ledger import Store, StoreError

log = logging.getLogger(__name__)

SPAN = 15.0  # seconds of silence after which another replica takes over
TRUST = 0.8  # of the span: so long a holder may be out of touch before it must let go
CLOSING = 3.0  # seconds that the work has to end when the lease is lost
GOODBYE = 1.0  # seconds that letting go may take

Work = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Lease:
    """The care for `name` among the processes on one store; `owner` is this one's own name."""

    store: Store
    name: str
    owner: str
    span: float = SPAN
    held: bool = False
    _seen: str | None = None  # how the fact read last, and since when, by the loop's clock
    _since: float = field(default=float("-inf"))
    _number: int = 0

    async def during(self, work: Work) -> None:
        """Do the work whenever the lease is ours, and end it when it is lost. Until cancelled.

        Work that ends or fails by itself ends this, too.
        """
        try:
            while await self._once(work):
                log.warning("%s: the lease is lost; another replica may take over", self.name)
        finally:
            await self._let_go()

    async def _once(self, work: Work) -> bool:
        """Do the work once it is ours; True if that ended because the lease was lost."""
        await self._won()
        working = asyncio.ensure_future(work())
        losing = asyncio.ensure_future(self._lost())
        try:
            await asyncio.wait({working, losing}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                await working
            return not working.done()
        finally:
            for task in (working, losing):
                task.cancel()
            await asyncio.wait({working, losing}, timeout=CLOSING)

    async def _won(self) -> None:
        while True:
            if await self._try():
                return
            await asyncio.sleep(self.span / 5)

    async def _lost(self) -> None:
        """Keep the lease; return when it is not ours any more, or when that cannot be known."""
        time = asyncio.get_running_loop().time
        until = time() + self.span * TRUST
        while True:
            await asyncio.sleep(max(0.0, min(self.span / 5, until - time())))
            begun = time()
            if begun >= until:  # this process was frozen, or the store away
                break
            if await self._try():
                # From the start of the attempt: others count from its end, and longer (#4).
                until = begun + self.span * TRUST
            elif not self.held:
                break
        self.held = False

    async def _try(self) -> bool:
        """One attempt to take or keep it; what cannot be known is no."""
        try:
            async with asyncio.timeout(self.span / 10):
                return await self._attempt()
        except (StoreError, TimeoutError) as trouble:
            log.warning("%s: the store cannot say who does it: %s", self.name, trouble)
            return False

    async def _attempt(self) -> bool:
        reads = await self.store.get_fact(self._key)
        if not self._free(reads):
            self.held = False
            return False
        self._number += 1
        kept = await self.store.swap_fact(self._key, reads, self._mine)
        self.held = self.held or kept  # lost is it only when the fact names somebody else
        return kept

    def _free(self, reads: str | None) -> bool:
        """Ours, nobody's, or of somebody who has been silent for a span."""
        now = asyncio.get_running_loop().time()
        if reads != self._seen:
            self._seen, self._since = reads, now
        ours = reads is not None and reads.partition(" ")[0] == self.owner
        return not reads or ours or now - self._since >= self.span

    async def _let_go(self) -> None:
        """Leave it free, so that the next need not wait a span."""
        if not self.held:
            return
        self.held = False
        with contextlib.suppress(StoreError, TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await self.store.swap_fact(self._key, self._mine, "")

    @property
    def _mine(self) -> str:
        return f"{self.owner} {self._number}"

    @property
    def _key(self) -> str:
        return f"lease/{self.name}"
