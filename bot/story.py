"""The story of a debate: everything that a summary, an archive page or a digest is told from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from bot import edits, joint, phrases
from bot.card import Quotation, quote
from bot.exchange import Exchange, listen
from bot.model import Debate
from bot.names import Names, called
from bot.shelf import warmed
from bot.snapshot import thaw
from bot.study import Study
from prompts.answering import Answer, agreeing, answers, assenting, taken_up
from prompts.model import Excerpt, KeyPoint, Passage, Remark, Summary

NEAR = 1  # passages of the readings beside a question, or beside what divides people
THE_READING = ""  # who is answered where a line of the prompt is quoted
LOOKED_AT = 6  # for one that fits, and for the readings that speak of the motion


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the readings say about what divides people, and about each question left open."""

    dividing: tuple[Quotation, ...] = ()
    open: Mapping[Excerpt, tuple[Quotation, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A debate as it stands. Values only: the same debate at the same moment is the same story."""

    motion: str
    exchange: Exchange
    summary: Summary
    evidence: Evidence = Evidence()
    answers: Mapping[str, Answer] = field(default_factory=dict)  # by remark: whom it answers

    @property
    def points(self) -> tuple[KeyPoint, ...]:
        """What several people of one side say. What people of both say stands with them, once."""
        both = {point.excerpt for point in self.summary.shared}
        return tuple(point for point in self.summary.points if point.excerpt not in both)

    @property
    def lone(self) -> tuple[KeyPoint, ...]:
        """What one person alone said. What people of both sides say stands with them."""
        both = {point.excerpt for point in self.summary.shared}
        return tuple(point for point in self.summary.lone if point.excerpt not in both)


def asks(point: KeyPoint) -> bool:
    """True for a question and no more; one behind a statement goes with it."""
    text = point.excerpt.text
    return text.endswith("?") and not any(mark in text[:-1] for mark in ".!?")


async def tell(study: Study, debate: Debate, now: datetime) -> Story:
    """A debate's story. What came after its close is in it once it was added (`edits.reopened`)."""
    prompt = thaw(debate.prompt)
    exchange = await hear(study, debate, now)
    library = await warmed(study.library)  # which has what the readings say on it
    summary = library.key_points(prompt.motion, exchange.remarks, prompt.language)
    read = [Remark(q.source.key, THE_READING, q.text) for q in prompt.quotations()]
    summary, answered = between(summary, exchange, prompt.language, read)
    return Story(prompt.motion, exchange, summary, evidence(study, debate, summary), answered)


def between(
    found: Summary, exchange: Exchange, language: str, read: Sequence[Remark] = ()
) -> tuple[Summary, Mapping[str, Answer]]:
    """The summary with what members say to each other, and whom each remark answers; `read` is what
    they were given to read, as if somebody had said it."""
    names = exchange.names if exchange.own_names else {}  # "+1 Ned" says of Member 2 who that is
    answered = answers((*exchange.remarks, *read), names, language)
    told = agreeing(found, exchange.remarks, names, language) if names else found
    told = assenting(told, exchange.remarks, answered, language)
    return taken_up(told, answered), answered


async def hear(study: Study, debate: Debate, now: datetime) -> Exchange:
    """What members did in a debate, up to its close or to when late replies were added."""
    together = await joint.debates(study, debate)
    marks = {mark for one in together for mark in await study.store.marks(one.id)}
    exchange = listen(
        await joint.replies(study, debate),
        await joint.positions(study, debate),
        debate.closed or debate.closes,
        marks,
        await edits.reopened(study.store, debate, now),
    )
    how = study.called(debate.schedule)
    names = called(exchange.names, how, marks)
    return replace(exchange, names=names, own_names=how is Names.NAMES)


def evidence(study: Study, debate: Debate, summary: Summary) -> Evidence:
    """The readings' own words on what is open and on what divides; none where they are silent."""
    if not summary.divided_by and not summary.open:
        return Evidence()
    schedule, prompt = study.schedule(debate.schedule), thaw(debate.prompt)
    pattern, posted = schedule.readings if schedule else "*", prompt.quotations()

    def found(topic: str) -> tuple[Passage, ...]:
        return study.library.quotes(topic, LOOKED_AT, pattern) if topic else ()

    # What people say in a few words ("a promise", "the results") stands in readings on anything.
    subject = {p.reading.key for p in found(prompt.motion)} | {q.source.key for q in posted}

    def about(topic: str) -> tuple[Quotation, ...]:
        fitting = (quote(p, phrases.NEAR_IT) for p in found(topic) if p.reading.key in subject)
        new = (q for q in fitting if not any(q.source.overlaps(other.source) for other in posted))
        return tuple(islice(new, NEAR))

    return Evidence(
        about(" ".join(summary.divided_by)),
        {asked: about(asked.text) for asked in summary.open},
    )
