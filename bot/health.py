"""Is it well? Signs that a person or an orchestrator can act on, and nothing about anybody.

Alive is a process that answers. Ready is one that hears every chat, can write its store and ticks.
"""

import asyncio
import http.client
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.lease import Lease
from bot.ledger import StoreError
from bot.ports import Chat
from bot.study import Live
from bot.ticker import Pulse

log = logging.getLogger(__name__)

SILENT = 60.0  # seconds: three beats
LONGEST_TICK = 600.0  # seconds: a slow platform and many rooms make a tick long
FAILING = 3  # ticks in a row
FRESH = 5.0  # seconds that an answer serves, so that asking often writes seldom
PATIENCE = 5.0  # seconds that `ask` waits


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is well or not; `why` says what to look at if not."""

    name: str
    well: bool
    why: str = ""


@dataclass(slots=True)
class Health:
    """What is known of a running study. Call it for the signs."""

    live: Live
    pulse: Pulse
    _signs: tuple[Sign, ...] = ()
    _at: float = float("-inf")  # by the loop's clock

    async def __call__(self) -> tuple[Sign, ...]:
        """Every sign, at most some seconds old."""
        now = asyncio.get_running_loop().time()
        if now - self._at > FRESH:
            self._at, self._signs = now, await self._look(now)
        return self._signs

    async def _look(self, now: float) -> tuple[Sign, ...]:
        study = self.live.study
        chats = (hears(chat, study.leases.get(name)) for name, chat in study.chats.items())
        return (*chats, ticks(self.pulse, now), await self._writes())

    async def _writes(self) -> Sign:
        """A row is written, since a disk that is full or read-only still reads well."""
        try:
            study = self.live.study
            await study.store.set_fact("ready", study.clock.now().isoformat())
        except StoreError as error:
            log.error("%s", error)
            return Sign("store", False, "cannot be written; the log says why")
        return Sign("store", True)


def hears(chat: Chat, lease: Lease | None = None) -> Sign:
    """A replica that waits for its turn to listen is well, too."""
    if lease and not lease.held:
        return Sign(chat.name, True, "another replica listens")
    return Sign(chat.name, chat.listening, "" if chat.listening else "is not heard at the moment")


def ticks(pulse: Pulse, now: float) -> Sign:
    """`now` is by the loop's clock, which nobody sets."""
    silent = now - pulse.moved
    if silent > (LONGEST_TICK if pulse.ticking else SILENT):
        return Sign("ticker", False, f"has not moved for {silent:.0f} s")
    if pulse.failing >= FAILING:
        return Sign("ticker", False, f"{pulse.failing} ticks in a row failed; the log says why")
    return Sign("ticker", True)


def as_json(signs: Iterable[Sign]) -> dict[str, object]:
    told = tuple(signs)
    parts = {sign.name: "well" if sign.well else sign.why for sign in told}
    return {"ready": all(sign.well for sign in told), "parts": parts}


def ask(host: str, port: int, say: Callable[[str], None]) -> int:
    """`gadfly health`: ask the bot that runs with these settings; 0 if it is ready."""
    where = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound, asked
    wire = http.client.HTTPConnection(where, port, timeout=PATIENCE)
    try:
        wire.request("GET", "/readyz")
        told = json.loads(wire.getresponse().read())
    except (OSError, ValueError, http.client.HTTPException) as error:
        say(f"no Gadfly answers on {where}:{port} ({error}); start it, or see WEB_HOST, WEB_PORT")
        return 1
    finally:
        wire.close()
    for name, how in told["parts"].items():
        say(f"{name}: {how}")
    return 0 if told["ready"] else 1
