"""What the group said, so that everyone who spoke finds themselves in it.

Pure: from a story to a card. People are counted, not messages, and the union of the members over
the sections is the set of contributors, by construction. A chat shows only so much at once: what
does not fit is counted, its members are named, and a button shows it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot import phrases
from bot.card import Button, Buttons, Card, Heading, Note, Part, Quotation, Text, said
from bot.chart import chart, picture
from bot.opening import bars
from bot.ports import Chat
from bot.story import Story, asks
from bot.whom import name, people, sided, signed
from prompts.model import Excerpt, KeyPoint, Stance

FEW = 3  # below so many contributors nothing is said about where the group stands
LETTERS = 2600  # of quotations and their signatures in one message: what a person reads in a chat
ROWS = 16  # quotations in one message
SIGNED = 24  # letters that a platform puts around a quotation


@dataclass(frozen=True, slots=True)
class Row:
    """Quotations that belong together, and the members whom they stand for."""

    quotations: tuple[Quotation, ...]
    members: frozenset[str]

    @property
    def letters(self) -> int:
        return sum(len(q.text) + len(q.citation) + len(q.label) + SIGNED for q in self.quotations)


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    rows: tuple[Row, ...]


def summary_card(story: Story, debate: str = "", letters: int = LETTERS) -> Card:
    """The debate in one message. With a debate's id, buttons show the rest and put things right."""
    title = phrases.summary_of(story.motion)
    exchange = story.exchange
    if not exchange.contributors and not exchange.last:
        return Card((Heading(title), Text(phrases.NOBODY)), summary=title)
    shown, left = fitted(list(sections(story)), letters)
    parts = [
        Heading(title),
        *_standing(story),
        *_said(shown),
        *_left(story, shown, left),
        *_aside(story),
        Note(coverage(story)),
        *_buttons(debate, bool(left)),
    ]
    return Card(tuple(parts), summary=title)


def whole_card(story: Story) -> Card:
    """The same with every point, for where there is room: pages and files."""
    title = phrases.summary_of(story.motion)
    parts = (*_standing(story), *_said(list(sections(story))), *_aside(story))
    return Card((Heading(title), *parts, Note(f"{everyone(story)}.")), summary=title)


def letters_on(chat: Chat) -> int:
    """The letters of quotations in one message there: of a summary and of what it leaves out."""
    return min(LETTERS, chat.traits.longest_text // 2)


def rest_card(story: Story, page: int, letters: int) -> Card:
    """What the message had no room for, page by page from 1; empty after the last."""
    shown = next(islice(pages(story, letters), page, None), [])
    return Card(tuple(_said(shown)), summary=phrases.ALL_POINTS)


def pages(story: Story, letters: int) -> Iterator[list[Section]]:
    """Everything that is quoted, a message at a time; the first is that of the summary."""
    left = list(sections(story))
    while left:
        shown, rows = fitted(left, letters)
        yield shown
        kept = set(rows)
        parts = (Section(s.heading, tuple(r for r in s.rows if r in kept)) for s in left)
        left = [section for section in parts if section.rows]


# -- sections -------------------------------------------------------------------------------------


def sections(story: Story) -> Iterator[Section]:
    """Everything that is quoted, in the order in which it is read."""
    found = [
        *(_side(story, stance) for stance in (*Stance, None)),
        Section(phrases.ONE_PERSON, tuple(_lone(story, asked=False))),
        Section(phrases.BOTH_SIDES, tuple(shared(story))),
        Section(phrases.SPLIT, tuple(_dividing(story))),
        Section(phrases.ASKED, tuple(_lone(story, asked=True))),
        Section(phrases.STILL_OPEN, tuple(questions(story))),
    ]
    yield from (section for section in found if section.rows)


def _side(story: Story, stance: Stance | None) -> Section:
    heading = phrases.SIDES[stance] if stance else phrases.NO_STANCE
    held = (point for point in story.points if point.stance is stance)
    return Section(heading, tuple(row(story, point, signed(story, point)) for point in held))


def _lone(story: Story, asked: bool) -> Iterator[Row]:
    """Lone voices, what they say or what they ask; whose side few others spoke for comes first,
    who took none comes last. What one person says on a side stands together, as it was written:
    many write a sentence in two messages, "and then they are more tired than before"."""
    speakers = {(remark.stance, remark.member) for remark in story.exchange.remarks}
    crowd = Counter(stance for stance, _ in speakers)
    kept = [point for point in story.lone if asks(point) is asked]
    first = {_speaker(point): -number for number, point in enumerate(reversed(kept))}
    kept.sort(key=lambda p: p.excerpt.remark.id)
    kept.sort(key=lambda p: (p.stance is None, crowd[p.stance], first[_speaker(p)]))
    for point in kept:
        yield row(story, point, _with_side(story, point))


def _with_side(story: Story, point: KeyPoint) -> str:
    """Signed, and with the side; but that one changed it is one's own to tell."""
    first, last, member = story.exchange.first, story.exchange.last, point.excerpt.remark.member
    moved = first.get(member) is not last.get(member) and member not in story.exchange.known
    return signed(story, point) if moved else sided(story, point)


def _speaker(point: KeyPoint) -> tuple[str, Stance | None]:
    return point.excerpt.remark.member, point.stance


def shared(story: Story) -> Iterator[Row]:
    """What people of both sides say, with the number from each."""
    last = story.exchange.last
    for point in story.summary.shared:
        sides = [last[m] for m in point.members if m in last]
        counted = [f"{sides.count(s)} {s.value}" for s in Stance if sides.count(s)]
        yield row(story, point, f"{signed(story, point)}; {', '.join(counted)}")


def _dividing(story: Story) -> Iterator[Row]:
    for one, other in story.summary.dividing:
        quoted = (said(p.excerpt, sided(story, p), _late(story, p.excerpt)) for p in (one, other))
        yield Row((*quoted, *story.evidence.dividing), one.members | other.members)


def questions(story: Story) -> Iterator[Row]:
    """What was asked and taken up by nobody, with the reading that speaks to it."""
    for asked in story.summary.open:
        who = name(story, asked.remark.member)
        answer = story.evidence.open.get(asked, ())
        question = said(asked, who, _late(story, asked))
        yield Row((question, *answer), frozenset({asked.remark.member}))


def row(story: Story, point: KeyPoint, signature: str) -> Row:
    """A point in its member's own words."""
    return Row((said(point.excerpt, signature, _late(story, point.excerpt)),), point.members)


def _late(story: Story, excerpt: Excerpt) -> str:
    return phrases.ADDED_LATER if excerpt.remark.id in story.exchange.late else ""


# -- how much of it fits --------------------------------------------------------------------------


def fitted(found: list[Section], letters: int) -> tuple[list[Section], list[Row]]:
    """What one message holds and what it does not: the first of each section, then the seconds.

    At least one row is shown, however long it is.
    """
    ranked = sorted(
        ((place, order, row) for order, s in enumerate(found) for place, row in enumerate(s.rows)),
        key=lambda entry: entry[:2],
    )
    kept: list[Row] = []
    used = 0
    for _, _, row in ranked:
        full = len(kept) + len(row.quotations) > ROWS or used + row.letters > letters
        if kept and full:
            continue
        kept.append(row)
        used += row.letters
    shown = [Section(s.heading, tuple(row for row in s.rows if row in kept)) for s in found]
    return [s for s in shown if s.rows], [row for _, _, row in ranked if row not in kept]


def _said(shown: Sequence[Section]) -> Iterator[Part]:
    for section in shown:
        yield Text(f"{section.heading}:")
        for row in section.rows:
            yield from row.quotations


def _left(story: Story, shown: Sequence[Section], left: Sequence[Row]) -> Iterator[Part]:
    """How many points there was no room for, and who is in none of those that are shown."""
    if not left:
        return
    seen = {member for section in shown for row in section.rows for member in row.members}
    missing = {m for row in left for m in row.members if m not in seen}
    by = f": {people(story, missing)}" if missing else ""
    yield Text(f"{phrases.more(len(left))}{by}.")


# -- around it ------------------------------------------------------------------------------------


def _standing(story: Story) -> Iterator[Part]:
    exchange = story.exchange
    if len(exchange.contributors | exchange.last.keys()) < FEW:
        yield from (bars(exchange.counts()), Text(phrases.TOO_FEW))
    else:
        yield picture(chart(story))
    yield from map(Text, moved(story))


def moved(story: Story) -> Iterator[str]:
    """How many changed their mind, and which way; their names only if they agreed to it."""
    exchange = story.exchange
    ways = {
        m: (exchange.first[m], now)
        for m, now in exchange.last.items()
        if exchange.first[m] is not now
    }
    for way in sorted(set(ways.values())):
        movers = [member for member, moved in ways.items() if moved == way]
        known = {m for m in movers if m in exchange.known and m in exchange.names}
        by = f": {people(story, known)}" if known else ""
        also = " among them" if known and len(known) < len(movers) else ""
        yield f"{phrases.moved(len(movers), f'from {way[0]} to {way[1]}')}{by}{also}."


def _aside(story: Story) -> Iterator[Part]:
    """Who wrote without making a point; nobody drops out of the count for being brief."""
    held = quoted(story)
    there = {r.member for r in story.summary.aside if r.member not in held}
    if there:
        yield Text(phrases.also_there(people(story, there)))


def quoted(story: Story) -> frozenset[str]:
    """The members whom the sections stand for."""
    return frozenset(m for section in sections(story) for row in section.rows for m in row.members)


def represented(story: Story) -> str:
    """How many of those who wrote stand in the summary: all, or something is wrong."""
    everyone = story.exchange.contributors
    placed = quoted(story) | {remark.member for remark in story.summary.aside}
    return phrases.represented(len(placed & everyone), len(everyone))


def everyone(story: Story) -> str:
    """The same, with those who only pressed a button and with late replies that were added."""
    line = represented(story)
    silent = len(story.exchange.last.keys() - story.exchange.contributors)
    if silent:
        line += f"; {phrases.people(silent)} took a stance without writing"
    return f"{line}. {phrases.added(len(story.exchange.late))}" if story.exchange.late else line


def coverage(story: Story) -> str:
    """The same in a chat: what becomes of late replies, while none were added."""
    closed = story.exchange.late or story.exchange.reopened
    return f"{everyone(story)}." if closed else f"{everyone(story)}. {phrases.LATE_REPLIES}"


def _buttons(debate: str, more: bool) -> Iterator[Part]:
    if debate:
        rest = [Button("rest", phrases.ALL_POINTS, debate)] if more else []
        yield Buttons((*rest, Button("notmine", phrases.NOT_WHAT_I_MEANT, debate)))
