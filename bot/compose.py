"""An effect becomes a card, at the last moment and through the quote gate."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot import digests, edits, gate, joint, phrases, plan
from bot.addresses import linked, links
from bot.card import Card, Link, Note, Source, Text
from bot.digest_card import Told, digest_card
from bot.draft import Draft, Skip
from bot.exchange import listen
from bot.ledger import Store
from bot.model import UNSETTLED, Debate, Effect, Kind, Phase, Room
from bot.opening import closed_card, moment, prompt_card
from bot.ports import NoAnswer
from bot.snapshot import Snapshot, quotation, thaw
from bot.story import hear, tell
from bot.study import Study
from bot.summary import letters_on, summary_card

IN_THREAD = (Kind.REMINDER, Kind.SUMMARY)
SHOWN_AGAIN = 5.0  # seconds until a thread is read again that does not show all of it yet
Words = Mapping[str, str]
"""Members' words by the id under which they are quoted."""


async def compose(study: Study, effect: Effect, now: datetime) -> Draft | Skip:
    """The message of an effect as it stands now, or the reason why there is none."""
    if effect.kind in OF_EFFECTS:
        return await OF_EFFECTS[effect.kind](study, effect, now)
    debate = await study.store.debate(effect.debate or str(effect.payload.get("debate", "")))
    if debate is None:
        return Skip("its debate is gone")
    if effect.kind in IN_THREAD and await _unopened(study.store, debate):
        raise NoAnswer("its thread is not open yet")
    return await OF_DEBATES[effect.kind](study, debate, now)


async def _unopened(store: Store, debate: Debate) -> bool:
    """Whether the debate's thread is still to be opened; one that is gone stood once."""
    thread = await store.effect(f"thread/{debate.id}")
    return thread is not None and thread.state in UNSETTLED


async def _prompt(study: Study, effect: Effect, now: datetime) -> Draft | Skip:
    if await plan.overtaken(study, effect, now):
        return Skip(phrases.OVERTAKEN)
    prompt = thaw(effect.payload["prompt"])
    if not all(_current(study, part.source) for part in prompt.quotations()):
        return await _another(study, effect)
    closes = datetime.fromisoformat(str(effect.payload["closes"]))
    card = prompt_card(prompt, effect.key, study.local(closes, effect.schedule))
    return gated(study, card, {}, None) or Draft(card)


async def _notice(_: Study, effect: Effect, _now: datetime) -> Draft:
    text, named = str(effect.payload["text"]), effect.payload.get("room")
    line = Text(text, room=Room.parse(named) if named else None)
    return Draft(Card((line,), summary=text), member=str(effect.room))


async def _thread(study: Study, debate: Debate, _: datetime) -> Draft | Skip:
    """The thread of a prompt that stands, called and gone on as the prompt was posted."""
    if debate.phase is Phase.CLOSED:
        return Skip(phrases.TAKEN_DOWN)
    closes = study.local(debate.closes, debate.schedule)
    card = _dated(study, prompt_card(thaw(debate.prompt), debate.id, closes))
    return gated(study, card, {}, debate) or Draft(card, message=debate.thread, opens=True)


async def _another(study: Study, effect: Effect) -> Skip:
    """What was planned cannot be quoted any more: the slot gets the next prompt instead."""
    schedule = study.schedule(effect.schedule)
    if schedule is not None:
        name = f"{effect.key.removeprefix('prompt/')}/again"
        await plan.plan_prompt(study, schedule, effect.room, name, effect.due)
        study.nudge()
    return Skip(phrases.STALE)


def _current(study: Study, source: Source) -> bool:
    """Whether a reading stands as it did when it was quoted."""
    place = (source.key, source.digest, source.start, source.end)
    return source.kind == "reply" or study.library.passage(*place) is not None


def _dated(study: Study, card: Card) -> Card:
    """The card; if a reading in it has changed since it was posted, saying so."""
    if all(_current(study, part.source) for part in card.quotations()):
        return card
    return replace(card, parts=(*card.parts, Note(phrases.AS_POSTED)))


async def _share(study: Study, effect: Effect, _: datetime) -> Draft | Skip:
    payload = effect.payload
    quotations = tuple(quotation(kept) for kept in payload["quotations"])
    heading = (Text(str(payload["heading"])),) if payload["heading"] else ()
    by = (Note(phrases.SHARED_BY.format(name=payload["name"])),) if "name" in payload else ()
    card = Card((*heading, *quotations, *by), summary=quotations[0].citation)
    thread = payload["thread"]
    return gated(study, card, {}, None) or Draft(card, str(thread) if thread else None)


async def _share_again(study: Study, effect: Effect, now: datetime) -> Draft | Skip:
    """What was shared, without the name of whoever shared it and is forgotten since."""
    shared = await study.store.effect(str(effect.payload["share"]))
    if shared is None or shared.message is None or not shared.payload:
        return Skip("there is nothing shared to change")
    draft = await _share(study, shared, now)
    return draft if isinstance(draft, Skip) else replace(draft, message=shared.message)


async def _digest(study: Study, effect: Effect, now: datetime) -> Draft | Skip:
    debates = await digests.told(study.store, effect)
    if len(debates) < digests.FEWEST:
        return Skip(phrases.NO_DIGEST)
    return await _several(study, effect.room, debates, now)


async def _digest_again(study: Study, effect: Effect, now: datetime) -> Draft | Skip:
    posted = await study.store.effect(str(effect.payload["digest"]))
    if posted is None or posted.state in digests.GIVEN_UP:
        return Skip("there is no digest to change")
    if posted.message is None:
        raise NoAnswer("the digest is on its way")
    debates = await digests.told(study.store, posted)
    draft = await _several(study, effect.room, debates, now)
    return draft if isinstance(draft, Skip) else replace(draft, message=posted.message)


async def _several(
    study: Study, room: Room, debates: Iterable[Debate], now: datetime
) -> Draft | Skip:
    """Several debates in one card; each passes the gate by itself, with its own words."""
    found: list[Told] = []
    for debate in debates:
        if debate.phase is not Phase.CLOSED:  # its thread is read again for its summary, later
            await joint.sweep(study, debate)
        story = await tell(study, debate, now)
        wrong = gated(study, digest_card([Told(story)]), story.exchange.words, debate)
        if wrong is not None:
            return wrong
        found.append(Told(story, await _where(study, debate)))
    return Draft(digest_card(found, letters_on(study.chats[room.platform])))


async def _where(study: Study, debate: Debate) -> str:
    """The address of a debate's summary; of its prompt while there is none."""
    summary = await study.store.effect(f"summary/{debate.id}")
    message = (summary.message if summary else None) or debate.thread
    found = await links(study.chats[debate.room.platform], debate, [message])
    return found.get(message, "")


async def _reminder(study: Study, debate: Debate, _: datetime) -> Draft | Skip:
    if debate.phase is not Phase.OPEN:
        return Skip("the debate is closed already")
    wrote = {reply.member.id for reply in await joint.replies(study, debate)}
    closes = study.local(debate.closes, debate.schedule)
    line = phrases.so_far(len(wrote), closes)
    return Draft(Card((Text(line, (moment(closes),)),), summary=line), debate.thread)


async def _summary(study: Study, debate: Debate, now: datetime) -> Draft | Skip:
    if debate.phase is Phase.CLOSED:
        return Skip(phrases.TAKEN_DOWN)
    unshown = await joint.sweep(study, debate)
    if unshown and now < (debate.closed or debate.closes) + study.patience.quiet:
        # Shown late, or deleted and nobody told: a summary with it may quote what was taken back.
        raise NoAnswer("its thread does not show all that was heard", SHOWN_AGAIN)
    card, words = await _summed_up(study, debate, now)
    return gated(study, card, words, debate) or Draft(card, debate.thread)


async def _line(study: Study, debate: Debate, now: datetime) -> Draft | Skip:
    exchange = await hear(study, debate, now)
    if not exchange.contributors and not exchange.last:
        return Skip("nobody took part")
    said = phrases.SUMMED_UP.format(motion=thaw(debate.prompt).motion)
    where = await _where(study, debate)
    return Draft(Card((Link(said, where) if where else Text(said),), summary=said))


async def _summary_again(study: Study, debate: Debate, now: datetime) -> Draft | Skip:
    posted = await study.store.effect(f"summary/{debate.id}")
    if posted is None or posted.message is None:
        return Skip("there is no summary to change")
    if await joint.sweep(study, debate):
        await edits.plan_look(study, debate, now)
    card, words = await _summed_up(study, debate, now)
    return gated(study, card, words, debate) or Draft(card, debate.thread, posted.message)


async def _prompt_again(study: Study, debate: Debate, _: datetime) -> Draft | Skip:
    taken = await joint.positions(study, debate)
    counts = listen((), taken, debate.closed or debate.closes).counts()
    card = _dated(study, closed_card(thaw(debate.prompt), counts))
    return gated(study, card, {}, debate) or Draft(card, None, debate.thread)


async def _summed_up(study: Study, debate: Debate, now: datetime) -> tuple[Card, Words]:
    """The summary, from what the store holds once the threads were read."""
    story = await tell(study, debate, now)
    card = summary_card(story, debate.id, letters_on(study.chats[debate.room.platform]))
    exchange = story.exchange
    return _dated(study, await linked(study, debate, card, exchange.led_to)), exchange.words


def gated(study: Study, card: Card, words: Words, debate: Debate | None) -> Skip | None:
    """The quote gate before whatever leaves: None where the card may go."""
    posted = _as_posted(thaw(debate.prompt)) if debate else {}

    def cut(source: Source) -> str | None:
        if source.kind == "reply":
            return gate.cut_text(words.get(source.key, ""), source)
        passage = study.library.passage(source.key, source.digest, source.start, source.end)
        # A reading may have changed since the prompt was posted; then the words as posted count.
        return passage.text if passage else posted.get(source)

    wrong = gate.faults(card, cut)
    return Skip(f"stopped by the quote gate: {wrong[0]}") if wrong else None


def _as_posted(prompt: Snapshot) -> dict[Source, str]:
    return {part.source: part.text for part in prompt.quotations()}


OF_EFFECTS: Mapping[Kind, Callable[[Study, Effect, datetime], Awaitable[Draft | Skip]]] = {
    Kind.PROMPT: _prompt,
    Kind.SHARE: _share,
    Kind.EDIT_SHARE: _share_again,
    Kind.NOTICE: _notice,
    Kind.DIGEST: _digest,
    Kind.EDIT_DIGEST: _digest_again,
}
OF_DEBATES: Mapping[Kind, Callable[[Study, Debate, datetime], Awaitable[Draft | Skip]]] = {
    Kind.THREAD: _thread,
    Kind.REMINDER: _reminder,
    Kind.SUMMARY: _summary,
    Kind.LINE: _line,
    Kind.EDIT_SUMMARY: _summary_again,
    Kind.EDIT_PROMPT: _prompt_again,
}
