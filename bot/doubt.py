"""A prompt of which nobody knows yet that it stands: who answers it is heard all the same.

Whoever presses its button has seen it. So it is looked for at once, and its debate is open before
the outbox has waited out the quiet period after which the post is settled.
"""

import logging
from datetime import datetime, timedelta

from bot import after, collect, traces
from bot.ledger import StoreError
from bot.model import Debate, Effect, Room, State
from bot.ports import NoAnswer
from bot.study import Study

log = logging.getLogger(__name__)

UNSETTLED = (State.PENDING, State.SENDING, State.DOUBT)
SOON = timedelta(seconds=2)  # in which nobody answers a prompt


async def opened(study: Study, effect: Effect, message: str, now: datetime) -> None:
    """A prompt stands as `message`: its debate is open. Twice-callable.

    What was said under it while that was unknown has to be read in its thread.
    """
    since = effect.settled or effect.due
    debate = Debate(
        id=effect.key,
        schedule=effect.schedule,
        room=effect.room,
        thread=message,
        prompt=dict(effect.payload["prompt"]),
        opened=since,
        closes=datetime.fromisoformat(str(effect.payload["closes"])),
    )
    await study.store.open(debate)
    if effect.state is not State.SENDING or now - since > SOON:
        await _caught_up(study, debate)
    await after.plan_opened(study, debate, effect.due)


async def _caught_up(study: Study, debate: Debate) -> None:
    try:
        await collect.sweep(study, study.chats[debate.room.platform], debate)
    except (NoAnswer, StoreError) as why:  # it is read again before anything is said about it
        log.warning("the thread of %s could not be read: %s", debate.id, why)


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
    await opened(study, effect, found, study.clock.now())
    return await study.store.debate(effect.key)


async def debate(study: Study, ident: str) -> Debate | None:
    """The debate of which somebody pressed a button."""
    known = await study.store.debate(ident)
    effect = None if known else await study.store.effect(ident)
    return await sought(study, effect) if effect and effect.state in UNSETTLED else known


async def here(study: Study, room: Room) -> Debate | None:
    """The debate of the room's prompt that is in doubt, where there is one and it stands."""
    doubtful = await study.store.effects(state=State.DOUBT)
    prompts = [e for e in doubtful if e.kind == "prompt" and e.room == room]
    return await sought(study, prompts[-1]) if prompts else None
