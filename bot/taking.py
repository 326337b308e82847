"""Where a group stands: the press that takes a stance, and the card that says it."""

import asyncio
from datetime import timedelta

from bot import doubt, edits, joint, phrases
from bot.after import SENDING
from bot.answers import line
from bot.card import Button, Buttons, Card, Note, Part, Text
from bot.errors import Wrong
from bot.events import Took
from bot.model import UNSETTLED, Debate, Kind, Phase, Position, Standing, State, Taken
from bot.opening import bars, moment, stances
from bot.snapshot import thaw
from bot.study import Study

OPENING_LOOKS, OPENING_WAIT = 20, 0.25  # seconds between looks whether a prompt is known as posted


async def took(study: Study, event: Took) -> Card:
    """Keep a step of a member's stance, in one transaction, and say where the group stands."""
    taken = await _taken(study, event)
    if taken is None:
        return line(phrases.CLOSED)
    if taken.over:
        return line(phrases.over(taken.standing.last))
    if taken.out:
        return line(phrases.STAYS_OUT)
    if taken.debate.phase is not Phase.OPEN:
        await _late(study, taken.debate, event)
    first = phrases.stood(event.stance, taken.before)
    return _card(study, taken.debate, taken.standing, first)


async def _late(study: Study, debate: Debate, event: Took) -> None:
    """What was pressed in time and heard after the close goes into what was said meanwhile."""
    cause = f"press/{event.at.isoformat()}"
    at = study.clock.now() + (SENDING if debate.phase is Phase.CLOSING else timedelta(0))
    await edits.plan_edit(study, debate, Kind.SUMMARY, cause, at)
    for one in await joint.debates(study, debate):
        await edits.plan_edit(study, one, Kind.PROMPT, cause, at)
    study.nudge()


async def _taken(study: Study, event: Took) -> Taken | None:
    """What came of a press; None where it is of no debate of ours. Raises as `_stands` does."""
    position = Position(event.member, event.stance, event.at, event.reason)
    press = event.value, position, joint.others(study, event.value)
    taken = await study.store.take(*press)
    if taken is None and await _stands(study, event.value):
        return await study.store.take(*press)
    return taken


async def _stands(study: Study, ident: str) -> bool:
    """Whether the prompt of a button stands, as far as we know by now.

    People press sooner than a platform has told us that it posted. Raises `Wrong` where it does
    not show the prompt yet: the press is to be told again, and counts at its own time.
    """
    effect = await study.store.effect(ident)
    for _ in range(OPENING_LOOKS):
        if effect is None or effect.state is not State.SENDING:
            break
        await asyncio.sleep(OPENING_WAIT)
        effect = await study.store.effect(ident)
    debate = await doubt.debate(study, ident)
    if debate is None and effect is not None and effect.state in UNSETTLED:
        raise Wrong(f"{ident} is not shown by its platform yet")
    return debate is not None


async def card(study: Study, debate: Debate, member: str, first: str = "") -> Card:
    """Where the group stands; the counts only for those who have taken a stance themselves, and
    for others the buttons to take one.
    """
    ids = (debate.id, *joint.others(study, debate.id))
    # Up to the close, not up to now: a platform's clock may be ahead of ours by a moment.
    until = debate.closed or debate.closes
    return _card(study, debate, await study.store.standing(ids, member, until), first)


def _card(study: Study, debate: Debate, standing: Standing, first: str) -> Card:
    closes = study.local(debate.closes, debate.schedule)
    parts: tuple[Part, ...] = (Text(first or thaw(debate.prompt).motion),)
    if standing.last is not None:
        told = () if first else (Text(phrases.stood(standing.last, None)),)
        parts += (*told, bars(standing.counts))
    elif debate.phase is Phase.OPEN:  # where nobody can be asked unasked, this is where to ask
        parts += (Text(phrases.NO_STANCE_YET), Buttons(stances(debate.id)))
    if standing.first is not standing.last:
        parts += (Buttons((Button("moved", phrases.NAME_ME, debate.id),)),)
    until = phrases.open_until(closes)  # of nobody nothing is said: others may write meanwhile
    said = phrases.so_far(standing.writers, closes) if standing.writers else until
    note = Note(said, (moment(closes),))
    return Card((*parts, note), summary=first or phrases.WHERE_IT_STANDS)
