"""The argument map of a debate: the motion, what speaks for and against it, and who says so.

Two forms of the same tree: Argdown, a plain text that people read and programs draw, and an SVG
that needs no program at all. `+` supports and `-` attacks what stands above it, `><` is contrary.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bot import phrases
from bot.card import Quotation
from bot.chart import COLOURS, GROUND, INK, drawable
from bot.story import Story, asks
from bot.whom import signed
from prompts.model import KeyPoint, Stance

WIDTH, CARD, GAP, MARGIN = 1200, 540, 28, 32
LINE, SIZE, SMALL = 24, 17, 14
LETTERS = 50  # in a line of a card


@dataclass(frozen=True, slots=True)
class Box:
    """One statement of the map: what it says, who says it, what it does to the motion."""

    title: str
    text: str
    by: str
    side: Stance | None
    against: str = ""  # the title of the box that it attacks, beside its side


def boxes(story: Story, readings: Sequence[Quotation]) -> list[Box]:
    """The statements around a motion: the readings' first, then the members' points."""
    sides = (Stance.FOR, Stance.AGAINST)
    found = [
        Box(q.label or phrases.READING, q.text, q.citation, sides[k % 2])
        for k, q in enumerate(readings)
    ]
    points = [*story.summary.points, *story.summary.lone]
    titles = {id(point): f"Point {number}" for number, point in enumerate(points, 1)}
    against = {id(p): titles[id(q)] for p in points for q in _answered(story, p, points)}
    against |= {
        id(p): titles.get(id(q), "")
        for one, other in story.summary.dividing
        for p, q in ((one, other), (other, one))
    }
    return found + [
        Box(
            titles[id(point)],
            point.excerpt.text,
            signed(story, point),
            None if asks(point) else point.stance,  # who asks attacks nothing yet
            against.get(id(point), ""),
        )
        for point in points
    ]


def _answered(story: Story, point: KeyPoint, points: Sequence[KeyPoint]) -> Sequence[KeyPoint]:
    """The one point of the other side that a point answers; none where it may be several."""
    answer = story.answers.get(point.excerpt.remark.id)
    if answer is None:
        return ()
    found = [p for p in points if answer.meets(p.excerpt)]
    opposite = all({p.stance, point.stance} == {Stance.FOR, Stance.AGAINST} for p in found)
    return found if opposite and len(found) == 1 else ()


def argdown(story: Story, readings: Sequence[Quotation]) -> str:
    """The map as Argdown. Its own marks are taken out of what people wrote."""
    lines = [f"# {_plain(story.motion)}", "", f"[Motion]: {_plain(story.motion)}"]
    for box in boxes(story, readings):
        lines += ["  " + line for line in _argued(box)]
    return "\n".join(lines) + "\n"


def _argued(box: Box) -> Iterator[str]:
    sign = {Stance.FOR: "+", Stance.AGAINST: "-"}.get(box.side or Stance.TORN, "_")
    yield f"{sign} <{_plain(box.title)}>: {_plain(box.text)} ({_plain(box.by)})"
    if box.against:
        yield f"    >< <{_plain(box.against)}>"


def _plain(text: str) -> str:
    """One line without the signs that Argdown reads."""
    marks = str.maketrans(dict.fromkeys("[]<>{}#*_`\\|", " "))
    return " ".join(text.translate(marks).split())


def drawing(story: Story, readings: Sequence[Quotation]) -> str:
    """The map as SVG: the motion above, what supports it on the left, what attacks it right."""
    found = boxes(story, readings)
    columns = [
        [box for box in found if box.side is Stance.FOR],
        [box for box in found if box.side is Stance.AGAINST],
    ]
    other = [box for box in found if box.side not in (Stance.FOR, Stance.AGAINST)]
    head, y = _motion(story.motion)
    parts, ends = list(head), []
    for place, column in enumerate(columns):
        drawn, end = _column(column, MARGIN + place * (CARD + WIDTH - 2 * MARGIN - 2 * CARD), y)
        parts += drawn
        ends.append(end)
    drawn, end = _column(other, (WIDTH - CARD) // 2, max(ends))
    height = end + MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" font-family="DejaVu Sans, sans-serif">',
            f'<rect width="{WIDTH}" height="{height}" fill="{GROUND}"/>',
            *parts,
            *drawn,
            "</svg>\n",
        ]
    )


def _motion(motion: str) -> tuple[list[str], int]:
    lines = textwrap.wrap(drawable(motion), 70) or [""]
    height = 28 + LINE * len(lines)
    x = MARGIN + 90
    parts = [
        f'<rect x="{x}" y="{MARGIN}" width="{WIDTH - 2 * x}" height="{height}" rx="10" '
        f'fill="none" stroke="{INK}" stroke-width="2"/>'
    ]
    parts += [
        f'<text x="{WIDTH // 2}" y="{MARGIN + 26 + k * LINE}" font-size="{SIZE + 2}" '
        f'font-weight="bold" text-anchor="middle" fill="{INK}">{escape(line)}</text>'
        for k, line in enumerate(lines)
    ]
    return parts, MARGIN + height + GAP + 10


def _column(column: Sequence[Box], x: int, y: int) -> tuple[list[str], int]:
    parts: list[str] = []
    for box in column:
        lines = textwrap.wrap(drawable(box.text), LETTERS) or [""]
        height = 50 + LINE * len(lines) + 18
        parts.append(_card(box, lines, x, y, height))
        y += height + GAP // 2
    return parts, y


def _card(box: Box, lines: Sequence[str], x: int, y: int, height: int) -> str:
    colour = COLOURS[box.side]
    does = {Stance.FOR: "supports", Stance.AGAINST: "attacks"}
    head = f"{box.title} {does.get(box.side or Stance.TORN, phrases.NEITHER)}"
    if box.against:
        head += f", against {box.against}"
    words = "".join(
        f'<tspan x="{x + 18}" y="{y + 52 + k * LINE}">{escape(line)}</tspan>'
        for k, line in enumerate(lines)
    )
    by = textwrap.shorten(drawable(box.by), 68, placeholder="…")
    return (
        f'<rect x="{x}" y="{y}" width="{CARD}" height="{height}" rx="10" fill="none" '
        f'stroke="{colour}" stroke-width="1.5"/>'
        f'<rect x="{x}" y="{y}" width="7" height="{height}" rx="3" fill="{colour}"/>'
        f'<text x="{x + 18}" y="{y + 25}" font-size="{SMALL}" fill="{colour}">{escape(head)}</text>'
        f'<text font-size="{SIZE}" fill="{INK}">{words}</text>'
        f'<text x="{x + 18}" y="{y + height - 12}" font-size="{SMALL}" fill="#57606a">'
        f"{escape(by)}</text>"
    )
