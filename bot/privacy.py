"""What a member may ask about their own data: show it, erase it, keep nothing, keep again."""

from collections.abc import Iterable, Mapping

from bot import phrases, plan
from bot.answers import line
from bot.card import Card
from bot.model import Asked, Phase
from bot.study import Study


async def me(study: Study, asked: Asked) -> Card:
    held = await study.store.held(asked.member.id)
    rows = [(kind, row) for kind, rows in held.items() if isinstance(rows, list) for row in rows]
    lines = [f"{kind}: {_row(row)}" for kind, row in rows]
    return line(*(lines or [phrases.NOTHING_HELD]))


def _row(row: object) -> str:
    pairs = row.items() if isinstance(row, Mapping) else [("", row)]
    return ", ".join(f"{name} {value}".strip() for name, value in pairs if value is not None)


async def forget(study: Study, asked: Asked) -> Card:
    await _unsaid(study, await study.store.erase(asked.member.id, asked.at), asked)
    return line(phrases.FORGOTTEN)


async def opt_out(study: Study, asked: Asked) -> Card:
    await _unsaid(study, await study.store.opt_out(asked.member.id, asked.at), asked)
    return line(phrases.OPTED_OUT)


async def _unsaid(study: Study, debates: Iterable[str], asked: Asked) -> None:
    """What was erased leaves the summaries that were posted, too."""
    for ident in debates:
        debate = await study.store.debate(ident)
        if debate is not None and debate.phase is Phase.CLOSED:
            await plan.plan_edit(study, debate, "summary", asked.event, asked.at)
    study.nudge()


async def opt_in(study: Study, asked: Asked) -> Card:
    await study.store.opt_in(asked.member.id, asked.at)
    return line(phrases.OPTED_IN)
