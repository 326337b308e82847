"""Rooms that their platform calls by another id now: here they keep the one of the settings.

A chat that is told so goes on by itself. That it can go on after the next start, and in other
replicas that were not told, the new id is kept as a fact (#5).
"""

import json
import logging

from bot import trouble
from bot.events import Moved
from bot.ports import Moves
from bot.study import Study

log = logging.getLogger(__name__)


async def keep(study: Study, event: Moved) -> None:
    """Remember the room's new id. Twice-callable."""
    while True:
        known = await study.store.get_fact(_key(event.room.platform))
        new = json.dumps(_read(known) | {event.room.id: event.to}, sort_keys=True)
        if new == known or await study.store.swap_fact(_key(event.room.platform), known, new):
            log.warning("%s goes by %s on its platform now", event.room, event.to)
            await trouble.retry(study.store, event.room)
            return study.nudge()


async def heed(study: Study) -> None:
    """Have the chats know what was remembered, by whichever process."""
    for chat in study.chats.values():
        if isinstance(chat, Moves):
            chat.heed(_read(await study.store.get_fact(_key(chat.name))))


def _read(fact: str | None) -> dict[str, str]:
    return dict(json.loads(fact)) if fact else {}


def _key(platform: str) -> str:
    return f"moved/{platform}"
