"""A room that takes no posts: told once, tried again now and then, and over by itself.

A lasting refusal (kicked, archived, no permission) is kept as a fact of its room. From then on one
post an hour is tried there, and one at each start of a process; all others wait without a request,
since platforms lock out whoever keeps asking. The first post that is taken ends the trouble, and
what waits for its end goes with the next tick.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.ledger import Store
from bot.model import Effect, Kind, Room

AGAIN = timedelta(hours=1)  # between two tries
LOOK = timedelta(minutes=5)  # how long a post waits before it looks again whether it may be tried


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in a room, which effect found out, and when a post was tried there last.

    `whole` is whether the room itself refuses; else it was a post in a thread, which may be gone.
    What is `over` is remembered: if its cause is refused again, it is that post and not the room.
    """

    number: int
    why: str
    cause: str
    whole: bool
    tried: str
    over: bool = False

    def waits(self, effect: Effect, now: datetime, started: datetime) -> bool:
        """Whether the effect is not to be tried yet; `started` is when this process began."""
        if self.over or (effect.kind is Kind.PROMPT and not self.whole):
            return False
        tried = datetime.fromisoformat(self.tried)
        return started <= tried and now - tried < AGAIN


async def of(store: Store, room: Room) -> Trouble | None:
    """The room's trouble; it may be over."""
    kept = await store.get_fact(_key(room))
    return Trouble(**json.loads(kept)) if kept else None


async def trying(store: Store, room: Room, known: Trouble, now: datetime) -> bool:
    """True for the one process that may try a post now."""
    return known.over or await _swap(store, room, known, replace(known, tried=now.isoformat()))


async def keep(store: Store, room: Room, known: Trouble | None, found: Trouble) -> None:
    """A post was refused for good: `found` is what is known from now on."""
    await _swap(store, room, known, found)


async def end(store: Store, room: Room, known: Trouble | None) -> None:
    """A post was taken there."""
    if known is not None and not known.over:
        await _swap(store, room, known, replace(known, over=True))
        await store.wake(room, known.why)


async def retry(store: Store, room: Room) -> None:
    """Let what waits be looked at now, and the first of it be tried."""
    known = await of(store, room)
    if known is not None:
        long_ago = datetime.fromisoformat(known.tried) - AGAIN
        await _swap(store, room, known, replace(known, tried=long_ago.isoformat()))
        await store.wake(room, known.why)


async def _swap(store: Store, room: Room, known: Trouble | None, new: Trouble) -> bool:
    return await store.swap_fact(_key(room), _text(known) if known else None, _text(new))


def _text(trouble: Trouble) -> str:
    return json.dumps(asdict(trouble))


def _key(room: Room) -> str:
    return f"trouble/{room}"
