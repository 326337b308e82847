"""What a member asks, and what Gadfly answers. Answers are private cards; sharing is a press."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from bot import phrases, plan, steering
from bot.card import Button, Buttons, Card, Note, Part, Quotation, Text, quote
from bot.model import Asked, Debate, Effect, Phase, Pressed, Room
from bot.opening import bars
from bot.snapshot import thaw
from bot.study import Study
from bot.summary import listen
from prompts.model import Passage, Verdict

Answer = Callable[[Study, Asked], Awaitable[Card]]
AHEAD = 3  # moments named per schedule by /gadfly next


def line(*texts: str) -> Card:
    """A card of plain lines."""
    return Card(tuple(Text(text) for text in texts), summary=texts[0])


async def answer(study: Study, asked: Asked) -> Card:
    """The private answer to a command; unknown ones are answered with the help."""
    verb, _, _ = asked.text.strip().partition(" ")
    if asked.command == "gadfly":
        return await VERBS.get(verb.lower(), _help)(study, asked)
    if asked.command == "quote":
        return _quote(study, asked)
    if asked.command == "counter":
        return await _counter(study, asked)
    return await _help(study, asked)


def _quote(study: Study, asked: Asked) -> Card:
    topic = asked.text.strip()
    if not topic:
        topics = study.library.topics()
        return line(phrases.QUOTE_WHAT.format(topic=topics[0] if topics else "a topic"))
    found = study.library.quotes(topic, pattern=_pattern(study, asked.room))
    if not found:
        return line(phrases.NO_QUOTE.format(topic=_short(topic)))
    return _shown("", found)


async def _counter(study: Study, asked: Asked) -> Card:
    text, seen = asked.text.strip(), tuple[Passage, ...]()
    if not text:
        debate = await _debate(study, asked.room, asked.thread)
        if debate is None:
            return line(phrases.COUNTER_WHAT)
        text, seen = _posted(study, debate)
    near = seen[0] if seen else None
    found = study.library.counter(text, near, _pattern(study, asked.room), seen)
    if not found.passages:
        return line(phrases.NOTHING_NEAR)
    beyond = found.verdict is Verdict.NONE and len(seen) > 1
    heading = phrases.NOTHING_FURTHER if beyond else phrases.VERDICTS[found.verdict]
    return _shown(heading, found.passages, found.verdict)


def _posted(study: Study, debate: Debate) -> tuple[str, tuple[Passage, ...]]:
    """A debate's motion, and its passages as the readings hold them, claim first."""
    prompt = thaw(debate.prompt)
    sources = [part.source for part in prompt.quotations()]
    found = [study.library.passage(s.key, s.digest, s.start, s.end) for s in sources]
    return prompt.motion, tuple(p for p in found if p) if found[0] else ()


def _shown(heading: str, passages: Iterable[Passage], verdict: Verdict | None = None) -> Card:
    """Passages as they stand, with a button to share them where the question was asked."""
    quotations = tuple(quote(passage) for passage in passages)
    refs = ",".join(_ref(part) for part in quotations)
    share = Button("share", phrases.SHARE, f"{verdict.value if verdict else ''}|{refs}")
    top: tuple[Part, ...] = (Text(heading),) if heading else ()
    return Card((*top, *quotations, Buttons((share,))), summary=heading or quotations[0].citation)


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
    schedule = study.of_room(room)
    return schedule.readings if schedule else "*"


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


async def _debate(study: Study, room: Room, thread: str | None) -> Debate | None:
    """The debate of the thread, else the room's latest open one."""
    if thread is not None:
        found = await study.store.debate_of(room, thread)
        if found is not None:
            return found
    latest = await study.store.latest(room)
    return latest if latest is not None and latest.phase is Phase.OPEN else None


async def _help(study: Study, asked: Asked) -> Card:
    more = phrases.HELP_FACILITATORS if study.facilitates(asked.member) else ()
    return line(*phrases.HELP, *more)


async def _next(study: Study, asked: Asked) -> Card:
    lines: list[str] = []
    for schedule in study.schedules:
        if asked.room in schedule.rooms:
            lines += await steering.ahead(study, schedule, asked.room, AHEAD)
    return line(*(lines or [phrases.NO_SCHEDULE]))


async def _status(study: Study, asked: Asked) -> Card:
    debate = await _debate(study, asked.room, asked.thread)
    if debate is None:
        return line(phrases.NO_DEBATE)
    return await standing(study, debate, asked.member.id)


async def standing(study: Study, debate: Debate, member: str, first: str = "") -> Card:
    """Where the group stands; the counts only for those who have taken a stance themselves."""
    replies = await study.store.replies(debate.id)
    voices = listen(replies, await study.store.positions(debate.id), study.clock.now())
    wrote = f"{phrases.people(len(voices.contributors))} wrote so far."
    closes = phrases.open_until(study.local(debate.closes, debate.schedule))
    parts: tuple[Part, ...] = (Text(first or thaw(debate.prompt).motion),)
    if member in voices.last:
        parts += (bars(voices.counts()),)
    return Card((*parts, Note(f"{wrote} {closes}")), summary=first or "Where the group stands")


async def _me(study: Study, asked: Asked) -> Card:
    held = await study.store.held(asked.member.id)
    rows = [(kind, row) for kind, rows in held.items() if isinstance(rows, list) for row in rows]
    lines = [f"{kind}: {_row(row)}" for kind, row in rows]
    return line(*(lines or [phrases.NOTHING_HELD]))


def _row(row: object) -> str:
    pairs = row.items() if isinstance(row, Mapping) else [("", row)]
    return ", ".join(f"{name} {value}".strip() for name, value in pairs if value is not None)


async def _forget(study: Study, asked: Asked) -> Card:
    await _unsaid(study, await study.store.erase(asked.member.id, asked.at), asked)
    return line(phrases.FORGOTTEN)


async def _opt_out(study: Study, asked: Asked) -> Card:
    await _unsaid(study, await study.store.opt_out(asked.member.id, asked.at), asked)
    return line(phrases.OPTED_OUT)


async def _unsaid(study: Study, debates: Iterable[str], asked: Asked) -> None:
    """What was erased leaves the summaries that were posted, too."""
    for ident in debates:
        debate = await study.store.debate(ident)
        if debate is not None and debate.phase is Phase.CLOSED:
            await plan.plan_edit(study, debate, "summary", asked.event, asked.at)
    study.nudge()


async def _opt_in(study: Study, asked: Asked) -> Card:
    await study.store.opt_in(asked.member.id, asked.at)
    return line(phrases.OPTED_IN)


async def _now(study: Study, asked: Asked | Pressed) -> Card:
    schedule = study.of_room(asked.room)
    if not study.facilitates(asked.member):
        return line(phrases.NOT_YOURS)
    if schedule is None:
        return line(phrases.NO_SCHEDULE)
    past = await plan.history(study.store, asked.room)
    if not study.library.left(past, schedule.readings):
        return line(phrases.OUT_OF_PROMPTS)
    name = f"{schedule.name}/{asked.room}/now/{asked.event}"
    await plan.plan_prompt(study, schedule, asked.room, name, asked.at)
    study.nudge()
    return line(phrases.ON_ITS_WAY)


async def _close(study: Study, asked: Asked | Pressed) -> Card:
    if not study.facilitates(asked.member):
        return line(phrases.NOT_YOURS)
    debate = await _debate(study, asked.room, asked.thread)
    if debate is None or debate.phase is not Phase.OPEN:
        return line(phrases.NO_DEBATE)
    await study.store.set_phase(debate.id, Phase.CLOSING, asked.at)
    study.nudge()
    return line(phrases.CLOSING)


VERBS: Mapping[str, Answer] = {
    "help": _help,
    "next": _next,
    "status": _status,
    "me": _me,
    "forget": _forget,
    "optout": _opt_out,
    "optin": _opt_in,
    "now": _now,
    "close": _close,
    **dict.fromkeys(steering.STEERS, steering.steer),
}


async def press(study: Study, pressed: Pressed) -> Card:
    """The private answer to a button that is not a stance."""
    if pressed.action == "share":
        return await _share(study, pressed)
    if pressed.action == "passage":
        return await _context(study, pressed)
    if pressed.action == "next":
        return await _now(study, pressed)
    if pressed.action == "close":
        return await _close(study, pressed)
    return line("This button is from an older Gadfly; /gadfly help says what can be done.")


async def _share(study: Study, pressed: Pressed) -> Card:
    verdict, _, refs = pressed.value.partition("|")
    try:
        passages = [_passage(study, ref) for ref in refs.split(",")]
    except ValueError:
        passages = []
    quotations = [asdict(quote(passage)) for passage in passages if passage]
    if not quotations:
        return line("The reading has changed since; ask again.")
    heading = phrases.VERDICTS[Verdict(verdict)] if verdict in list(Verdict) else ""
    payload = {"heading": heading, "quotations": quotations, "thread": pressed.thread}
    await study.store.plan(_shared(study, pressed, {**payload, "name": pressed.member.name}))
    study.nudge()
    return line(phrases.ON_ITS_WAY)


def _shared(study: Study, pressed: Pressed, payload: dict[str, Any]) -> Effect:
    schedule = study.of_room(pressed.room)
    return Effect(
        key=f"share/{pressed.event}",
        kind="share",
        schedule=schedule.name if schedule else "",
        room=pressed.room,
        due=pressed.at,
        until=pressed.at + plan.SUMMARY_PATIENCE,
        payload=payload,
    )


async def _context(study: Study, pressed: Pressed) -> Card:
    """The paragraphs around a prompt's quotations, as they stand in the readings."""
    debate = await study.store.debate(pressed.value)
    if debate is None:
        return line(phrases.NO_DEBATE)
    parts: list[Part] = []
    for quotation in thaw(debate.prompt).quotations():
        source = quotation.source
        found = study.library.passage(source.key, source.digest, source.start, source.end)
        parts.append(quote(study.library.context(found), quotation.label) if found else quotation)
    return Card(tuple(parts), summary=phrases.SHOW_PASSAGE)
