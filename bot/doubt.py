"""A prompt of which nobody knows yet that it stands: who answers it is heard all the same.

Whoever presses its button has seen it. So it is looked for at once, and its debate is open before
the outbox has waited out the quiet period after which the post is settled.
"""

import logging

from bot import after, traces
from bot.model import UNSETTLED, Debate, Effect, Kind, Room, State
from bot.ports import NoAnswer
from bot.study import Study

log = logging.getLogger(__name__)


async def sought(study: Study, effect: Effect) -> Debate | None:
    """The debate of a prompt that somebody has seen; None where the platform does not show it."""
    chat = study.chats.get(effect.room.platform)
    if chat is None:
        return None
    try:
        found = await traces.found(study.store, chat, effect)
    except NoAnswer as why:
        log.warning("%s could not be looked for: %s", effect.key, why)
        return None
    if found is None:
        return None
    await after.opened(study, effect, found, study.clock.now())
    return await study.store.debate(effect.key)


async def debate(study: Study, ident: str) -> Debate | None:
    """The debate of which somebody pressed a button."""
    known = await study.store.debate(ident)
    effect = None if known else await study.store.effect(ident)
    return await sought(study, effect) if effect and effect.state in UNSETTLED else known


async def here(study: Study, room: Room) -> Debate | None:
    """The debate of the room's prompt that is in doubt, where there is one and it stands."""
    doubtful = await study.store.effects(state=State.DOUBT)
    prompts = [e for e in doubtful if e.kind is Kind.PROMPT and e.room == room]
    return await sought(study, prompts[-1]) if prompts else None
