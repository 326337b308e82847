"""What follows a posted prompt: its debate, a thread, a reminder, the summary, a line about it.

Posts are planned as prompts are (`bot.plan`): inserted if absent, and so twice-callable.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot import collect
from bot.ledger import StoreError
from bot.model import Debate, Effect, Kind, Phase, State
from bot.ports import NoAnswer, Opens
from bot.study import Study

log = logging.getLogger(__name__)

POSTED = (State.SENT, State.SENDING, State.DOUBT)  # it stands in the chat, or may come to
SENDING = timedelta(seconds=90)  # a post may be on its way without what has changed by now
SUMMARY_PATIENCE = timedelta(days=7)
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
    await _plan_opened(study, debate, effect.due)


async def _caught_up(study: Study, debate: Debate) -> None:
    try:
        await collect.sweep(study, study.chats[debate.room.platform], debate)
    except (NoAnswer, StoreError) as why:  # it is read again before anything is said about it
        log.warning("the thread of %s could not be read: %s", debate.id, why)


async def _plan_opened(study: Study, debate: Debate, due: datetime) -> None:
    """What a freshly posted prompt entails: its thread, where none comes by itself; its reminder.

    The thread is due when the prompt was, so that its key puts it behind all prompts of that time.
    """
    if isinstance(study.chats.get(debate.room.platform), Opens):
        until = debate.closes + SUMMARY_PATIENCE
        await study.store.plan(follow_up(debate, Kind.THREAD, due, until=until))
        study.nudge()
    schedule = study.schedule(debate.schedule)
    if schedule is None or schedule.remind_after is None:
        return
    at = debate.opened + schedule.remind_after
    if at < debate.closes:
        await study.store.plan(follow_up(debate, Kind.REMINDER, at, until=debate.closes))


async def plan_closings(study: Study, now: datetime) -> None:
    """Debates whose time is up begin to close; every closing debate gets one summary."""
    for debate in await study.store.underway():
        closed = debate.closed or debate.closes
        if debate.phase is Phase.OPEN and not (
            closed <= now and await study.store.set_phase(debate.id, Phase.CLOSING, closed)
        ):
            continue
        new = await study.store.plan(follow_up(debate, Kind.SUMMARY, closed))
        summary = None if new else await study.store.effect(f"summary/{debate.id}")
        if summary and summary.state in (State.SKIPPED, State.REFUSED):
            # There will be none: its reason is kept with it, and the debate ends here.
            await study.store.set_phase(debate.id, Phase.CLOSED, closed)


async def plan_line(study: Study, debate: Debate, now: datetime) -> None:
    """One line in the room says that its thread has a summary, where a room does not show it.

    It names no debate of its own, since a doubtful post is looked for where its debate's thread is.
    """
    chat = study.chats.get(debate.room.platform)
    if chat is not None and chat.traits.hides_threads:
        line = follow_up(debate, Kind.LINE, now)
        await study.store.plan(replace(line, debate=None, payload={"debate": debate.id}))


def follow_up(
    debate: Debate, kind: Kind, due: datetime, *, until: datetime | None = None, cause: str = ""
) -> Effect:
    """A post or an edit of a debate's; `cause` tells edits of one post apart."""
    return Effect(
        key=f"{kind}/{debate.id}{f'/{cause}' if cause else ''}",
        kind=kind,
        schedule=debate.schedule,
        room=debate.room,
        due=due,
        until=until or due + SUMMARY_PATIENCE,
        payload={},
        debate=debate.id,
    )


def rewriting(posted: Effect, cause: str, now: datetime) -> Effect:
    """An edit of a post that belongs to no single debate: what was shared, or a digest."""
    return Effect(
        key=f"edit/{posted.key}/{cause}",
        kind=posted.kind.edit,
        schedule=posted.schedule,
        room=posted.room,
        due=now,
        until=now + SUMMARY_PATIENCE,
        payload={posted.kind: posted.key},
    )
