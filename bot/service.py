"""The core: `tick(now)` plans, posts, closes and sums up; `handle(event)` listens and answers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot import (
    after,
    amends,
    collect,
    commands,
    digests,
    edits,
    joint,
    lookups,
    moves,
    notices,
    phrases,
    plan,
    taking,
    trouble,
)
from bot.card import KEPT, Card
from bot.compose import compose
from bot.events import (
    Asked,
    Back,
    Deleted,
    Edited,
    Event,
    Gone,
    Heard,
    Moved,
    Pressed,
    Said,
    Took,
    Typed,
)
from bot.ledger import StoreError
from bot.lull import busy
from bot.model import Debate, Effect, Kind, Phase
from bot.outbox import Outbox
from bot.ports import Chat, Keeps, NoAnswer, Stands
from bot.study import Study

log = logging.getLogger(__name__)

READ_AGAIN, MOST_AGAIN = timedelta(days=7), 50  # closed debates whose threads are read again
AGAIN = (10.0, 60.0, 300.0, 0.0)  # seconds after each reading of the threads that fails
HEAD_START = 0.5  # seconds that planning has before what is planned goes out beside it


async def tick(study: Study, now: datetime, within: float | None = None) -> None:
    """Do everything that is due at `now`. Twice-callable, and in any number of replicas.

    What is not delivered `within` seconds goes on beside the next ticks, and nudges at its end.
    """
    await moves.heed(study)
    planning = asyncio.create_task(_plan(study, now))
    try:
        # Of a thousand rooms that are due at once, the first need not wait for the last; but no
        # thread takes the turn of a prompt that is not planned yet (#4).
        while not (await asyncio.wait({planning}, timeout=HEAD_START))[0]:
            await outbox(study).deliver(now, but=Kind.THREAD, within=within)
        await planning
    finally:
        planning.cancel()
    for late in await outbox(study).deliver(now, within=within):
        late.add_done_callback(lambda _: study.nudge())
    await _forget_old(study, now)


async def _plan(study: Study, now: datetime) -> None:
    await plan.plan_slots(study, now)
    await after.plan_closings(study, now)
    await digests.plan_digests(study, now)


async def _forget_old(study: Study, now: datetime) -> None:
    """Once a day, members' words of debates closed long ago leave the store, while none posts."""
    today, before = f"{now:%Y-%m-%d}", f"{now - timedelta(days=1):%Y-%m-%d}"
    purged = await study.store.get_fact("purged") or ""
    if purged != today and not (purged == before and await busy(study, now)):
        await study.store.purge(now - study.retention)
        for chat in study.chats.values():
            if isinstance(chat, Keeps):
                await chat.purge(now - study.retention)
        await study.store.set_fact("purged", today)


async def filling(
    read: Callable[[], Awaitable[bool]], missed: asyncio.Event, rests: Sequence[float] = AGAIN
) -> None:
    """Read threads again whenever something was missed, one reading at a time.

    One that fails is tried again after some `rests`, in seconds: who answered late in a debate
    that is closed would otherwise be heard at the next restart alone.
    """
    while True:
        await missed.wait()
        missed.clear()
        for rest in rests:
            if await read():
                break
            await asyncio.sleep(rest)


async def back_fill(study: Study, platform: str) -> bool:
    """Read a platform's threads again, as events may have been missed: those of open debates, and
    of some that closed lately, whose summaries follow what has changed. Whether all were read.
    """
    try:
        await moves.heed(study)
        debates = await study.store.debates(phase=Phase.OPEN)
        debates += await study.store.closed(study.clock.now() - READ_AGAIN, MOST_AGAIN)
    except StoreError as why:  # threads are read again before their summaries in any case
        log.warning("the threads of %s could not be read: %s", platform, why)
        return False
    whole = True
    for debate in debates:
        if debate.room.platform == platform:
            try:
                await _filled(study, debate)
            except (NoAnswer, StoreError) as why:
                log.warning("the thread of %s could not be read: %s", debate.id, why)
                whole = False
    return whole


async def _filled(study: Study, debate: Debate) -> None:
    chat, now = study.chats[debate.room.platform], study.clock.now()
    if debate.phase is Phase.OPEN and not await _stands(chat, debate):
        await _taken_down(study, Deleted(debate.room, debate.thread, now))
    swept = await collect.sweep(study, chat, debate)
    if debate.phase is not Phase.CLOSED:
        return
    if swept.unshown:
        await edits.plan_look(study, debate, now)
    if swept.changed:
        late = [reply.at for reply in await study.store.replies(debate.id)]
        for one in await joint.debates(study, debate):
            await edits.plan_late(study, one, max(late, default=debate.opened))
        await edits.plan_edit(study, debate, Kind.SUMMARY, f"read/{now.isoformat()}", now)


async def _stands(chat: Chat, debate: Debate) -> bool:
    """Whether a debate's prompt is still there, as far as the platform can be asked."""
    return await chat.stands(debate.room, debate.thread) if isinstance(chat, Stands) else True


def outbox(study: Study) -> Outbox:
    """The study's way out."""
    return Outbox(
        study.store,
        study.chats,
        study.clock,
        study.owner,
        partial(compose, study),
        partial(_follow, study),
        study.patience,
        study.paces,
        study.witness,
        partial(notices.alarm, study),
        study.started,
        study.underway,
    )


async def handle(study: Study, event: Event) -> Card | None:
    """Take in what happened; the card, if any, is a private answer to the member."""
    match event:
        case Said():
            return await _said(study, event)
        case Heard(said):
            return await _heard(study, said)
        case Took():
            return await taking.took(study, event)
        case Asked():
            async with study.queues.of(event.member.id):
                return await commands.answer(study, event)
        case Pressed():
            return await commands.press(study, event)
        case Typed():
            return await lookups.suggested(study, event)
        case Edited() | Deleted():
            await _changed(study, event)
        case Moved():
            await moves.keep(study, event)
        case Gone():
            await _left(study, event)
        case Back(room):
            await trouble.retry(study.store, room)
            study.nudge()
    return None


async def _left(study: Study, event: Gone) -> None:
    """What was said in rooms that are gone leaves the store, and the summaries of other rooms."""
    gone = [d for room in event.rooms for d in await study.store.debates(room=room)]
    together = [other for debate in gone for other in await joint.debates(study, debate)]
    left = await study.store.leave(event.rooms)
    named = ", ".join(map(str, event.rooms))
    log.warning(
        "removed from %s: %s and what was said there are erased", named, phrases.debates(left)
    )
    for debate in together:
        if debate.room not in event.rooms and debate.phase is Phase.CLOSED:
            cause = f"gone/{event.at.isoformat()}"
            await edits.plan_edit(study, debate, Kind.SUMMARY, cause, study.clock.now())
    study.nudge()


async def _said(study: Study, event: Said) -> Card | None:
    """Keep a reply. A late one reopens the summary."""
    debate = await collect.said(study.store, event)
    if debate is None:
        return None
    if debate.phase is Phase.CLOSED:
        for one in await joint.debates(study, debate):
            await edits.plan_late(study, one, event.at)
    return KEPT


async def _heard(study: Study, event: Said) -> Card | None:
    """Who took no stance is asked for it, once."""
    debate = await study.store.debate_of(event.room, event.thread)
    return await amends.offer(study, debate, event) if debate else None


async def _changed(study: Study, event: Edited | Deleted) -> None:
    """A reply that changed after the summary changes the summary too."""
    if isinstance(event, Deleted):
        await _taken_down(study, event)
    debate = await collect.changed(study.store, event)
    if debate is not None and debate.phase is Phase.CLOSED:
        cause = f"{event.message}/{event.at.isoformat()}"
        await edits.plan_edit(study, debate, Kind.SUMMARY, cause, study.clock.now())
        study.nudge()


async def _taken_down(study: Study, event: Deleted) -> None:
    """A prompt that a moderator deleted is not posted again, and its debate is over."""
    debate = await study.store.debate_of(event.room, event.message)
    if debate is not None and await study.store.set_phase(debate.id, Phase.CLOSED, event.at):
        log.warning("the prompt of %s was deleted; its debate ends without a summary", debate.id)


async def _follow(study: Study, effect: Effect, message: str, now: datetime) -> None:
    """What a delivered effect entails. Runs before it is marked sent, so perhaps twice."""
    if effect.kind is Kind.PROMPT:
        await after.opened(study, effect, message, now)
    elif effect.kind is Kind.SUMMARY:
        await _closed(study, effect, now)


async def _closed(study: Study, effect: Effect, now: datetime) -> None:
    debate = await study.store.debate(effect.debate or "")
    if debate is None:
        return
    await study.store.set_phase(debate.id, Phase.CLOSED, debate.closed or now)
    await edits.plan_edit(study, debate, Kind.PROMPT, "closed", now)
    await after.plan_line(study, debate, now)
    study.nudge()
