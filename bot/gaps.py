"""Gaps: questions that the readings of a room do not answer, counted for its facilitators.

What was asked is the member's: of a question only its time and its command are kept.
"""

import logging
from collections import Counter
from datetime import datetime

from bot import phrases
from bot.events import Asked
from bot.ledger import Store, StoreError
from bot.model import Room

log = logging.getLogger(__name__)

MOST = 200  # of a room; the oldest go first
TRIES = 5  # replicas may note at the same moment


async def noted(store: Store, asked: Asked) -> None:
    """Keep that a question found no answer. One that comes twice counts once."""
    log.info("the readings hold no answer to a /%s in %s", asked.command, asked.room)
    try:
        for _ in range(TRIES):
            old = await store.get_fact(_key(asked.room))
            rows = (old or "").splitlines()
            if any(row.endswith(f" {asked.event}") for row in rows):
                return
            row = f"{asked.at.isoformat()} {asked.command} {asked.event}"
            if await store.swap_fact(_key(asked.room), old, "\n".join([*rows, row][-MOST:])):
                return
    except StoreError as why:  # the member has an answer to get all the same
        log.warning("a gap in the readings was not noted: %s", why)


async def counted(store: Store, room: Room, since: datetime) -> list[str]:
    """One line on the gaps since then, or none."""
    rows = [row.split(" ", 2) for row in (await store.get_fact(_key(room)) or "").splitlines()]
    found = Counter(command for at, command, _ in rows if datetime.fromisoformat(at) >= since)
    return [phrases.gaps(found)] if found else []


def _key(room: Room) -> str:
    return f"gaps/{room}"
