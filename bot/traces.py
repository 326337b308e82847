"""What there is of a post already: a debate about it, or the post with its key on the platform."""

from contextlib import suppress
from datetime import datetime, timedelta

from bot.ledger import Store
from bot.model import Effect, Kind
from bot.ports import Chat, NoAnswer

SKEW = timedelta(days=1)  # by which our clock may have been ahead when it was posted
BELATED = timedelta(minutes=10)  # after its time, when our own pace has long let it go
POSTS = (Kind.PROMPT, Kind.REMINDER, Kind.SUMMARY, Kind.LINE, Kind.DIGEST, Kind.SHARE)


async def answered(store: Store, effect: Effect) -> str | None:
    """A prompt whose debate is open: it was seen before it was known how its post ended."""
    debate = await store.debate(effect.key) if effect.kind is Kind.PROMPT else None
    return debate.thread if debate else None


async def found(store: Store, chat: Chat, effect: Effect) -> str | None:
    """The post as the platform shows it. `NoAnswer` where it cannot be told."""
    debate = await store.debate(effect.debate) if effect.debate else None
    thread = debate.thread if debate else effect.payload.get("thread")  # where it was asked for
    return await chat.find(effect.room, effect.key, thread, effect.due - SKEW)


async def forgotten(store: Store, chat: Chat, effect: Effect, now: datetime) -> str | None:
    """A post that is late at its first try and stands: it was made by a life of which the store,
    restored from a backup, knows nothing (#4).
    """
    if effect.kind in POSTS and effect.attempt == 1 and now - effect.due > BELATED:
        with suppress(NoAnswer):  # such as in a room that takes no posts either
            return await found(store, chat, effect)
    return None
