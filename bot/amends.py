"""What is put right in a summary: by members about their own words, by facilitators about others'.

Nothing is kept beside the summary: the store is changed, and the summary is told anew from it. So
the post, the store and the archive cannot differ.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import edits, joint, phrases
from bot.addresses import linked
from bot.answers import line
from bot.card import Button, Buttons, Card, Note, Part, Text, said
from bot.events import Asked, Pressed, Said
from bot.exchange import REASON, ref
from bot.model import Debate, Kind, Mark, Marked, Member, Phase, Position, Room
from bot.opening import stances
from bot.snapshot import thaw
from bot.story import hear, tell
from bot.study import Study
from bot.summary import letters_on, pages, rest_card, sections
from prompts.model import Excerpt, Remark

MARKED = re.compile("[0-9a-f]{5,7}")  # the mark of a line, or one that is typed wrongly
SHOWN = 5  # lines of one answer: platforms give a row of buttons room for five


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants what of which debate; `event` makes the change unique."""

    debate: Debate
    member: Member
    at: datetime
    event: str


Amend = Callable[[Study, Wish, str], Awaitable[Card]]


async def asked(study: Study, event: Asked) -> Card:
    """`/gadfly notmine ...` and `/gadfly aside ...`."""
    verb, _, rest = event.text.strip().partition(" ")
    word, _, words = rest.strip().partition(" ")
    debate = await _debate(study, event.room, event.thread)
    if debate is None:
        return line(phrases.NO_DEBATE_YET)
    wish = Wish(debate, event.member, event.at, event.event)
    how = AMENDS.get(f"{verb.lower()} {word.lower()}".strip(), AMENDS[verb.lower()])
    return await how(study, wish, words.strip())


async def pressed(study: Study, event: Pressed) -> Card:
    """The buttons of a summary and of the answers here; a value is the debate's id, `|`, a word."""
    ident, _, word = event.value.partition("|")
    debate = await study.store.debate(ident)
    if debate is None:
        return line(phrases.NO_DEBATE_YET)
    return await BUTTONS[event.action](
        study, Wish(debate, event.member, event.at, event.event), word
    )


async def _debate(study: Study, room: Room, thread: str | None) -> Debate | None:
    found = await study.store.debate_of(room, thread) if thread else None
    return found or await study.store.latest(room)


# -- one's own words ------------------------------------------------------------------------------


async def _own(study: Study, wish: Wish, _: str = "") -> Card:
    """The member's own lines, and what can be done with each."""
    mine = await _lines(study, wish)
    if not mine:
        return line(phrases.NOTHING_OF_YOURS)
    if mine[SHOWN:]:  # who presses under a summary means what is quoted there
        rows = [r for s in sections(await tell(study, wish.debate, wish.at)) for r in s.rows]
        quoted = {quotation.source.key for row in rows for quotation in row.quotations}
        mine.sort(key=lambda remark: remark.id not in quoted)
    parts: list[Part] = [Text(phrases.YOUR_LINES)]
    for remark in mine[:SHOWN]:
        whole = Excerpt(remark, 0, len(remark.text))
        parts.append(said(whole, phrases.YOU, ref(remark.id)))
    withdraws = [
        Button("withdraw", f"{phrases.WITHDRAW} {ref(r.id)}", f"{wish.debate.id}|{ref(r.id)}")
        for r in mine[: SHOWN - 1]
    ]
    unnamed = Mark(Marked.UNNAMED, wish.member.id) in await study.store.marks(wish.debate.id)
    names = ("named", phrases.WITH_NAME) if unnamed else ("unnamed", phrases.WITHOUT_NAME)
    parts.append(Buttons((*withdraws, Button(*names, wish.debate.id))))
    parts.append(Note(phrases.CORRECT_HOW.format(ref=ref(mine[0].id))))
    if mine[SHOWN:]:
        parts.append(Note(phrases.MORE_OF_YOURS.format(count=len(mine) - SHOWN)))
    return Card(tuple(parts), summary=phrases.YOUR_LINES)


async def _lines(study: Study, wish: Wish) -> list[Remark]:
    exchange = await hear(study, wish.debate, wish.at)
    return [remark for remark in exchange.remarks if remark.member == wish.member.id]


async def _mine(study: Study, wish: Wish, word: str) -> Remark | None:
    """The line a member means: by its mark, or their only one."""
    lines = await _lines(study, wish)
    named = [remark for remark in lines if ref(remark.id) == word.lower()]
    return named[0] if named else lines[0] if len(lines) == 1 and not word else None


async def _withdraw(study: Study, wish: Wish, word: str) -> Card:
    remark = await _mine(study, wish, word)
    if remark is None:
        return await _own(study, wish)
    await _reword(study, wish, remark, None)
    return await _changed(study, wish, phrases.WITHDRAWN)


async def _correct(study: Study, wish: Wish, words: str) -> Card:
    """A line in other words. Whoever has but one need not say which."""
    word, _, text = words.partition(" ")
    if not MARKED.fullmatch(word.lower()):
        word, text = "", words
    remark = await _mine(study, wish, word)
    if remark is None or not text.strip():
        return await _own(study, wish)
    await _reword(study, wish, remark, text.strip())
    return await _changed(study, wish, phrases.CORRECTED)


async def _reword(study: Study, wish: Wish, remark: Remark, text: str | None) -> None:
    """A reply reads otherwise, as if its writer had edited or deleted it; so does a reason."""
    for debate in await joint.debates(study, wish.debate):
        if remark.id.startswith(REASON):
            await _reason(study, debate, wish.member.id, text)
            continue
        for reply in await study.store.replies(debate.id):
            # Of a debate in several rooms a message is called with its room.
            if remark.id not in (reply.message, f"{joint.mark(reply)}{reply.message}"):
                continue
            if text is None:
                await study.store.drop_reply(reply.room, reply.message, wish.at)
            else:
                await study.store.edit_reply(reply.room, reply.message, text, wish.at)


async def _reason(study: Study, debate: Debate, member: str, text: str | None) -> None:
    steps = [p for p in await study.store.positions(debate.id) if p.member.id == member]
    await study.store.drop_reasons(debate.id, member)
    if steps and text is not None:  # just after the last step: the last, and before the close
        last: Position = max(steps, key=lambda p: p.at)
        step = replace(last, at=last.at + timedelta(microseconds=1), reason=text)
        await study.store.put_position(debate.id, step)


async def _unnamed(study: Study, wish: Wish, _: str) -> Card:
    await study.store.put_mark(wish.debate.id, Mark(Marked.UNNAMED, wish.member.id), wish.at)
    return await _changed(study, wish, phrases.UNNAMED)


async def _named(study: Study, wish: Wish, _: str) -> Card:
    await study.store.drop_mark(wish.debate.id, Mark(Marked.UNNAMED, wish.member.id))
    return await _changed(study, wish, phrases.NAMED)


async def _mover(study: Study, wish: Wish, _: str) -> Card:
    """A member agrees to be named as one who changed their mind."""
    await study.store.put_mark(wish.debate.id, Mark(Marked.MOVED, wish.member.id), wish.at)
    return await _changed(study, wish, phrases.MOVER)


async def _changed(study: Study, wish: Wish, told: str) -> Card:
    for debate in await joint.debates(study, wish.debate):
        if debate.phase is Phase.CLOSED:
            await edits.plan_edit(study, debate, Kind.SUMMARY, wish.event, wish.at)
    study.nudge()
    return line(told)


# -- what was set aside ---------------------------------------------------------------------------


async def _aside(study: Study, wish: Wish, _: str = "") -> Card:
    """What stands in no point, for a facilitator to see and to restore."""
    if not study.facilitates(wish.member):
        return line(phrases.NOT_YOURS)
    story = await tell(study, wish.debate, wish.at)
    if not story.summary.aside:
        return line(phrases.NOTHING_ASIDE)
    parts: list[Part] = [Text(phrases.ASIDE)]
    shown = story.summary.aside[:SHOWN]
    for remark in shown:
        if remark.text.strip():
            excerpt = Excerpt(remark, 0, len(remark.text))
            name = story.exchange.names.get(remark.member, phrases.SOMEBODY)
            parts.append(said(excerpt, name, ref(remark.id)))
    more = len(story.summary.aside) - len(shown)
    buttons = tuple(
        Button("hear", f"{phrases.RESTORE} {ref(r.id)}", f"{wish.debate.id}|{ref(r.id)}")
        for r in shown
    )
    parts.append(Buttons(buttons))
    if more:
        parts.append(Note(phrases.ASIDE_MORE.format(count=more)))
    return Card(tuple(parts), summary=phrases.ASIDE)


async def _restore(study: Study, wish: Wish, word: str) -> Card:
    if not study.facilitates(wish.member):
        return line(phrases.NOT_YOURS)
    exchange = await hear(study, wish.debate, wish.at)
    meant = [r for r in exchange.remarks if ref(r.id) == word.lower()]
    if not meant:
        return await _aside(study, wish)
    await study.store.put_mark(wish.debate.id, Mark(Marked.HEARD, meant[0].id), wish.at)
    return await _changed(study, wish, phrases.RESTORED)


# -- the rest of a long summary -------------------------------------------------------------------


async def _rest(study: Study, wish: Wish, word: str) -> Card:
    """The points that the summary had no room for, a message at a time."""
    story = await tell(study, wish.debate, wish.at)
    page = int(word) if word.isdecimal() else 1
    letters = letters_on(study.chats[wish.debate.room.platform])
    count = len(list(pages(story, letters)))
    if page >= count:
        return line(phrases.NO_MORE_POINTS)
    card = await linked(study, wish.debate, rest_card(story, page, letters), story.exchange.led_to)
    if page + 1 == count:
        return card
    more = Buttons((Button("rest", phrases.MORE_POINTS, f"{wish.debate.id}|{page + 1}"),))
    return replace(card, parts=(*card.parts, more))


# -- a stance that was not taken ------------------------------------------------------------------


async def offer(study: Study, debate: Debate, event: Said) -> Card | None:
    """Ask, once, whoever wrote without a stance and sounds as if they had one; never assert it."""
    if debate.phase is not Phase.OPEN or event.at >= debate.closes:
        return None
    positions = await study.store.positions(debate.id)
    if any(position.member.id == event.member.id for position in positions):
        return None
    prompt = thaw(debate.prompt)
    leaning = study.library.leaning(prompt.motion, event.text, prompt.language)
    if leaning is None or not await study.store.seen(_asked_once(debate, event), event.at):
        return None
    buttons = Buttons(stances(debate.id))
    return Card((Text(phrases.sounds(leaning)), buttons), summary=phrases.sounds(leaning))


def _asked_once(debate: Debate, event: Said) -> str:
    """Hashed: whoever is forgotten must not be found in the list of what was seen."""
    return f"offer/{hashlib.sha256(f'{debate.id}/{event.member.id}'.encode()).hexdigest()}"


AMENDS: Mapping[str, Amend] = {
    "notmine": _own,
    "notmine withdraw": _withdraw,
    "notmine correct": _correct,
    "notmine anonymise": _unnamed,
    "notmine name": _named,
    "aside": _aside,
    "aside restore": _restore,
}
BUTTONS: Mapping[str, Amend] = {
    "notmine": _own,
    "withdraw": _withdraw,
    "unnamed": _unnamed,
    "named": _named,
    "moved": _mover,
    "hear": _restore,
    "rest": _rest,
}
