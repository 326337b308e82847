"""The digest: several debates in one message, each side by the point that most of it hold.

Pure. Not everybody can be quoted here; everybody is counted, and each debate leads to its summary,
where everyone stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot import phrases
from bot.card import Card, Heading, Link, Note, Part, Text
from bot.story import Story
from bot.summary import (
    FEW,
    LETTERS,
    Row,
    Section,
    fitted,
    moved,
    questions,
    represented,
    row,
    shared,
)
from bot.whom import sided


@dataclass(frozen=True, slots=True)
class Told:
    """A debate, and the address of its summary; empty where its chat has none."""

    story: Story
    link: str = ""


def digest_card(debates: Sequence[Told], letters: int = LETTERS) -> Card:
    """The debates in one message, in the order given."""
    people = {member for told in debates for member in _took_part(told.story)}
    title = phrases.digest(len(debates), len(people))
    found = [Section(str(n), tuple(_rows(told.story))) for n, told in enumerate(debates)]
    shown = {section.heading: section.rows for section in fitted(found, letters)[0]}
    parts = [
        part for n, told in enumerate(debates) for part in _debate(told, shown.get(str(n), ()))
    ]
    return Card((Heading(title), *parts, Note(phrases.DIGEST)), summary=title)


def _took_part(story: Story) -> frozenset[str]:
    """Who wrote, or took a stance."""
    return story.exchange.contributors | story.exchange.last.keys()


def _debate(told: Told, rows: Sequence[Row]) -> Iterator[Part]:
    yield Heading(told.story.motion)
    yield Text(_stood(told.story))
    for one in rows:
        yield from one.quotations
    if told.link:
        yield Link(phrases.WHOLE_SUMMARY, told.link)


def _stood(story: Story) -> str:
    """Where people stood and moved, and that all of them stand in the summary."""
    people = len(_took_part(story))
    if not people:
        return phrases.NOBODY
    counts = f"{phrases.counts(story.exchange.counts())}." if story.exchange.last else ""
    few = phrases.TOO_FEW if people < FEW else ""
    return " ".join(filter(None, (counts, few, *moved(story), f"{represented(story)}.")))


def _rows(story: Story) -> Iterator[Row]:
    """Each side's first point, the one of most people first; common ground; an open question."""
    points = (*story.summary.points, *story.summary.lone)
    sides = {p.stance: p for p in reversed(points)}
    shown = sorted(sides.values(), key=lambda p: (-len(p.members), points.index(p)))
    for point in shown:
        yield row(story, point, sided(story, point))
    said = {point.excerpt for point in shown}
    if any(point.excerpt not in said for point in story.summary.shared[:1]):
        yield _labelled(next(shared(story)), phrases.BOTH_SIDES)
    yield from (_labelled(asked, phrases.STILL_OPEN) for asked in islice(questions(story), 1))


def _labelled(found: Row, label: str) -> Row:
    """A row's own words, without what the readings say about them."""
    return replace(found, quotations=(replace(found.quotations[0], label=label),))
