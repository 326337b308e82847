"""Looking things up in the readings: /quote, /counter, the passage, and sharing what was found."""

import asyncio
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

from bot import after, doubt, gaps, phrases
from bot.answers import line, open_debate
from bot.card import Button, Buttons, Card, Note, Part, Quotation, Text, quote
from bot.events import Asked, Pressed, Typed
from bot.model import Debate, Effect, Kind, Member, Room
from bot.names import Names
from bot.shelf import warmed
from bot.snapshot import thaw
from bot.study import Study
from prompts.deck import matches
from prompts.model import Passage, Verdict

MANY = 200  # readings from which on a counter is sought in a thread
CLAIMS = 3  # quoted of a reading that was asked for by its title
SUGGESTED = 25
TOPIC = 60  # characters of what one would call a topic


async def quotes(study: Study, asked: Asked) -> Card:
    topic = asked.text.strip()
    if not topic:
        topics = (await warmed(study.library)).topics(_pattern(study, asked.room))
        return line(phrases.QUOTE_WHAT.format(topic=topics[0] if topics else "a topic"))
    await warmed(study.library)
    found = _about(study, topic, _pattern(study, asked.room))
    if not found:
        await gaps.noted(study.store, asked)
        return line(phrases.NO_QUOTE.format(topic=named(topic)))
    return _shown("", found)


def _about(study: Study, topic: str, pattern: str) -> tuple[Passage, ...]:
    """Passages on a topic; for the title of a reading, what that reading claims."""
    titled = (c.passage for c in study.library.cases if matches(c.passage.reading, pattern))
    claims = [p for p in titled if p.reading.title.casefold() == topic.casefold()]
    return tuple(claims[:CLAIMS]) or study.library.quotes(topic, pattern=pattern)


async def suggested(study: Study, typed: Typed) -> Card:
    """What a command may be about, the nearest first: topics and titles of the readings."""
    await warmed(study.library)
    pattern = _pattern(study, typed.room)
    titles = (r.title for r in study.library.readings if matches(r, pattern))
    wanted = typed.text.casefold().strip()
    known = (*study.library.topics(pattern, wanted), *titles)
    found = [line for line in dict.fromkeys(known) if wanted in line.casefold()]
    found.sort(key=lambda line: not line.casefold().startswith(wanted))
    return Card(tuple(Text(line) for line in found[:SUGGESTED]))


async def counter(study: Study, asked: Asked) -> Card:
    text, seen = asked.text.strip(), tuple[Passage, ...]()
    if not text:
        debate = await open_debate(study, asked.room, asked.thread)
        if debate is None:
            return line(phrases.COUNTER_WHAT)
        text, seen = _posted(study, debate)
    near = seen[0] if seen else None
    library = await warmed(study.library)
    look = partial(library.counter, text, near, _pattern(study, asked.room), seen)
    # Many readings that repeat each other are a second's work: the loop goes on meanwhile (#7).
    found = await asyncio.to_thread(look) if len(library.readings) > MANY else look()
    if found.verdict is Verdict.NONE:
        await gaps.noted(study.store, asked)
    if not found.passages:
        return line(phrases.NOTHING_NEAR)
    beyond = found.verdict is Verdict.NONE and len(seen) > 1
    heading = phrases.NOTHING_FURTHER if beyond else phrases.VERDICTS[found.verdict]
    return _shown(heading, found.passages, found.verdict)


def _posted(study: Study, debate: Debate) -> tuple[str, tuple[Passage, ...]]:
    """A debate's motion, and its passages as the readings hold them, claim first."""
    prompt = thaw(debate.prompt)
    found = [_place(study, part) for part in prompt.quotations()]
    return prompt.motion, tuple(p for p in found if p) if found[0] else ()


def _shown(heading: str, passages: Iterable[Passage], verdict: Verdict | None = None) -> Card:
    """Passages as they stand, with a button to share them where the question was asked."""
    quotations = tuple(quote(passage) for passage in passages)
    refs = ",".join(_ref(part) for part in quotations)
    button = Button("share", phrases.SHARE, f"{verdict.value if verdict else ''}|{refs}")
    top: tuple[Part, ...] = (Text(heading),) if heading else ()
    return Card((*top, *quotations, Buttons((button,))), summary=heading or quotations[0].citation)


def _ref(part: Quotation) -> str:
    """A passage in few characters: platforms give a button a hundred."""
    return f"{part.source.digest[:12]}:{part.source.start}:{part.source.end}"


def _passage(study: Study, ref: str) -> Passage | None:
    digest, start, end = ref.split(":")
    for reading in study.library.readings:
        if reading.digest.startswith(digest):
            return study.library.passage(reading.key, reading.digest, int(start), int(end))
    return None


def _pattern(study: Study, room: Room) -> str:
    """The readings of every schedule that posts in the room; all of them where none does."""
    return ",".join(schedule.readings for schedule in study.in_room(room))


def named(topic: str) -> str:
    """A topic inside our sentence; nothing, or a whole message as from a shortcut, is `this`."""
    sentence = len(topic) > TOPIC or topic.endswith((".", "!", "?", "…"))
    return "this" if sentence or not topic.strip() else topic


async def share(study: Study, pressed: Pressed) -> Card:
    verdict, _, refs = pressed.value.partition("|")
    try:
        passages = [_passage(study, ref) for ref in refs.split(",")]
    except ValueError:
        passages = []
    quotations = [asdict(quote(passage)) for passage in passages if passage]
    if not quotations:
        return line(phrases.CHANGED_SINCE)
    heading = phrases.VERDICTS[Verdict(verdict)] if verdict in list(Verdict) else ""
    payload = {"heading": heading, "quotations": quotations, "thread": pressed.thread}
    await study.store.plan(_shared(study, pressed, payload))
    study.nudge()
    return line(phrases.ON_ITS_WAY)


def _shared(study: Study, pressed: Pressed, payload: dict[str, Any]) -> Effect:
    plans = study.in_room(pressed.room)
    named = bool(plans) and all(plan.names is Names.NAMES for plan in plans)
    return Effect(
        key=f"share/{pressed.event}",
        kind=Kind.SHARE,
        schedule=plans[0].name if plans else "",
        room=pressed.room,
        due=pressed.at,
        until=pressed.at + after.SUMMARY_PATIENCE,
        payload=payload | (_sharer(pressed.member) if named else {}),
    )


def _sharer(member: Member) -> dict[str, str]:
    """Who shared it, kept with the post: erasing the member takes both away again."""
    return {"member": member.id, "name": member.name}


async def context(study: Study, pressed: Pressed) -> Card:
    """The paragraphs around a prompt's quotations, as they stand in the readings."""
    debate = await doubt.debate(study, pressed.value)
    if debate is None:
        return line(phrases.NO_DEBATE)
    shown = thaw(debate.prompt).quotations()
    parts = (part for quotation in shown for part in _surrounded(study, quotation))
    return Card(tuple(parts), summary=phrases.SHOW_PASSAGE)


def _surrounded(study: Study, quotation: Quotation) -> tuple[Part, ...]:
    """A quotation in its paragraphs; one whose reading has changed, as what it is."""
    found = _place(study, quotation)
    if found is None:
        return quotation, Note(phrases.AS_POSTED)
    wide = quote(study.library.context(found), quotation.label)
    same = found.reading.digest == quotation.source.digest
    return (wide,) if same else (wide, Note(phrases.ANCHORED))


def _place(study: Study, quotation: Quotation) -> Passage | None:
    """Where posted words stand in the readings as they are now."""
    at = quotation.source
    found = study.library.passage(at.key, at.digest, at.start, at.end)
    return found or study.library.anchored(at.key, quotation.text, at.prefix, at.suffix)
