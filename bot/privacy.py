"""What a member may ask about their own data: show it, erase it, keep nothing, keep again."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from bot import edits, joint, phrases
from bot.after import POSTED, SENDING, rewriting
from bot.answers import line
from bot.card import Button, Buttons, Card, Heading, Part, Text
from bot.events import Asked
from bot.lull import lull
from bot.model import Debate, Effect, Kind, Phase, State
from bot.ports import Keeps
from bot.snapshot import thaw
from bot.study import Study


async def me(study: Study, asked: Asked) -> Card:
    """Everything that is held about the member, debate by debate, and what they can do about it."""
    held = await study.store.held(asked.member.id)
    rows = [row for kind in held.values() if isinstance(kind, list) for row in kind]
    parts: list[Part] = []
    for ident, told in groupby(sorted(rows, key=_place), key=lambda row: row.get("debate", "")):
        debate = await study.store.debate(ident)
        parts += [Heading(thaw(debate.prompt).motion)] if debate else []
        parts += [Text(_told(study, debate, row)) for row in told]
    shown = parts or [Text(phrases.NOTHING_HELD)]
    return Card((*shown, Buttons(ways(bool(held["opted_out"])))), summary=phrases.YOUR_DATA)


def ways(out: bool) -> tuple[Button, ...]:
    """The buttons by which a member decides about their data; `out`: they opted out before."""
    way = Button("optin", phrases.OPT_IN) if out else Button("optout", phrases.OPT_OUT)
    return way, Button("erase", phrases.ERASE)


def _place(row: Mapping[str, str]) -> tuple[str, str]:
    """Debate by debate, and in the order in which things were said; what is of none comes first."""
    return row.get("debate", ""), _at(row)


def _at(row: Mapping[str, str]) -> str:
    return row["at"] if "at" in row else row["due"]


def _told(study: Study, debate: Debate | None, row: Mapping[str, str]) -> str:
    at = datetime.fromisoformat(_at(row))
    return phrases.held(row, study.local(at, debate.schedule) if debate else at)


async def forget(study: Study, asked: Asked) -> Card:
    """Nothing about the member is held any more; what they say from now on is."""
    await lull(study)
    shared = await _shared(study, asked.member.id)
    await _unsaid(study, await study.store.erase(asked.member.id, asked.at), shared, asked)
    return line(phrases.FORGOTTEN)


async def opt_out(study: Study, asked: Asked) -> Card:
    """As `forget`, and nothing that they say from now on is kept either."""
    await lull(study)
    shared = await _shared(study, asked.member.id)
    await _unsaid(study, await study.store.opt_out(asked.member.id, asked.at), shared, asked)
    return line(phrases.OPTED_OUT)


async def _shared(study: Study, member: str) -> list[Effect]:
    """The posts that say that this member shared them, also those that are on their way."""
    posts = await study.store.effects(kind=Kind.SHARE)
    return [post for post in posts if post.state in POSTED and post.payload.get("member") == member]


async def _unsaid(
    study: Study, debates: Iterable[str], shared: Iterable[Effect], asked: Asked
) -> None:
    """What was erased leaves the posts that name the member or quote them, too."""
    for chat in study.chats.values():
        if isinstance(chat, Keeps):
            await chat.erase(asked.member.id)
    for ident in debates:
        debate = await study.store.debate(ident)
        if debate is not None and debate.phase is not Phase.OPEN:
            at = asked.at + (SENDING if debate.phase is Phase.CLOSING else timedelta(0))
            await edits.plan_edit(study, debate, Kind.SUMMARY, asked.event, at)
            for one in await joint.debates(study, debate):  # a closed prompt shows the counts
                await edits.plan_edit(study, one, Kind.PROMPT, asked.event, at)
    for post in shared:
        at = asked.at + (timedelta(0) if post.state is State.SENT else SENDING)
        await study.store.plan(rewriting(post, asked.event, at))  # without the name
    study.nudge()


async def opt_in(study: Study, asked: Asked) -> Card:
    await study.store.opt_in(asked.member.id, asked.at)
    return line(phrases.OPTED_IN)
