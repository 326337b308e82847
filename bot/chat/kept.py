"""A press that its platform was told is heard has to reach the store, however long that takes: the
store may be away, or the prompt's post in doubt.

Nobody tells it again, and no thread's history holds it (#5).
"""

import asyncio
import logging

from bot.card import Card
from bot.errors import Wrong
from bot.events import Took
from bot.ports import Handle

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, *(15.0,) * 36)  # seconds: ten minutes, while it can be answered


async def kept(handle: Handle, took: Took) -> Card | None:
    """What the core answers, once it can. Raises what stood in the way where it never could."""
    for pause in PAUSES:
        try:
            return await handle(took)
        except Wrong as why:
            log.warning("a stance waits: %s", why)
            await asyncio.sleep(pause)
    return await handle(took)
