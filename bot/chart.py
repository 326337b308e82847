"""The chart of a summary: where people stood and stand, and what they said, as one picture.

Drawn as SVG with our own fonts and colours on its own ground, so that it reads the same on a phone
in light and in dark. The words in it are cut from members' replies or are Gadfly's own; nothing
needs the picture: its alternative text says the same.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import as_file, files

from bot import phrases
from bot.card import Bars, Picture, Text
from bot.story import Story, asks
from prompts.model import Stance

WIDTH, MARGIN = 1000, 44
BAR = 34  # height of a bar
TEXT, SMALL = 32, 27  # of letters; a phone shows the picture at a third of its size
LETTER = 0.58  # mean width of a letter against its size, a little more than it is
LONGEST = 46  # letters of a point's label
SHOWN = 8  # points that are drawn; the rest is in the summary
GROUND, INK, FAINT, TRACK = "#ffffff", "#1b1f24", "#57606a", "#e7eaee"
COLOURS: Mapping[Stance | None, str] = {  # apart also for eyes that see no red or green
    Stance.FOR: "#1f6fb2",
    Stance.AGAINST: "#b8501b",
    Stance.TORN: "#6f5a9e",
    None: "#57606a",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A key point: the words that show it, the side it is on, the people who hold it."""

    words: str
    side: Stance | None
    people: int


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `before` is empty where nobody moved; `lone` counts lone voices by side."""

    title: str
    before: Mapping[Stance, int]
    after: Mapping[Stance, int]
    points: tuple[Bar, ...]
    lone: Mapping[Stance | None, int]


def chart(story: Story) -> Chart:
    """What the picture of a story shows."""
    exchange = story.exchange
    moved = exchange.first != exchange.last
    lone = [point.stance for point in story.lone if not asks(point)]
    return Chart(
        story.motion,
        exchange.counts_at_first() if moved else {},
        exchange.counts(),
        tuple(Bar(p.excerpt.text, p.stance, len(p.members)) for p in story.summary.points),
        {stance: lone.count(stance) for stance in (*Stance, None) if stance in lone},
    )


def picture(chart: Chart) -> Picture:
    """The chart as a PNG, in words, and as bars for where pictures do not go."""
    return Picture(png(svg(chart)), words(chart), tuple(_bars(chart)))


def _bars(chart: Chart) -> Iterator[Text | Bars]:
    """The same rows under the same titles."""
    for when, row in _rows(chart):
        yield Text(f"{when}:")
        yield Bars(tuple((phrases.SIDES[stance], row.get(stance, 0)) for stance in Stance))
    points = chart.points[:SHOWN]
    if points:
        yield Text(f"{phrases.KEY_POINTS}:")
        yield Bars(tuple((_short(bar.words), bar.people) for bar in points))


def words(chart: Chart) -> str:
    """What the chart shows, in sentences."""
    lines = [f"{when}: {phrases.counts(row)}." for when, row in _rows(chart)]
    for bar in chart.points[:SHOWN]:
        lines.append(f"{phrases.people(bar.people)} {_side(bar.side)}: {_short(bar.words)}")
    for side, count in chart.lone.items():
        lines.append(f"{phrases.ONE_PERSON} {_side(side)}: {count}.")
    return " ".join(lines)


def _rows(chart: Chart) -> Iterator[tuple[str, Mapping[Stance, int]]]:
    if chart.before:
        yield phrases.AT_FIRST, chart.before
    if any(chart.after.values()):
        yield (phrases.AT_THE_CLOSE if chart.before else phrases.STANCES), chart.after


def _side(side: Stance | None) -> str:
    return side.value if side else phrases.NO_STANCE.lower()


def _short(text: str, longest: int = LONGEST) -> str:
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def svg(chart: Chart) -> str:
    """The drawing; its height follows from what there is to show."""
    parts: list[str] = []
    y = MARGIN + TEXT
    for line in _wrapped(chart.title):
        parts.append(_text(MARGIN, y, line, TEXT, bold=True))
        y += TEXT + 12
    for draw in (_stances, _points, _voices):
        drawn, y = draw(chart, y)
        parts += drawn
    height = y + MARGIN - 16
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="DejaVu Sans">'
    )
    ground = f'<rect width="{WIDTH}" height="{height}" rx="28" fill="{GROUND}"/>'
    return "\n".join([head, ground, *parts, "</svg>"])


def _stances(chart: Chart, y: int) -> tuple[list[str], int]:
    parts: list[str] = []
    for label, row in _rows(chart):
        parts.append(_text(MARGIN, y + SMALL, label, SMALL, FAINT))
        y += SMALL + 14
        parts += _stacked(row, y)
        y += BAR + 34 + SMALL
    return parts, y


def _stacked(row: Mapping[Stance, int], y: int) -> Iterator[str]:
    """One bar parted by stance, each part with its count and its name below."""
    total, x = max(1, sum(row.values())), float(MARGIN)
    names: list[str] = []
    for stance in Stance:
        share = row.get(stance, 0) / total * (WIDTH - 2 * MARGIN)
        if share:
            yield _rect(x, y, share - 4, BAR, COLOURS[stance])
            yield _text(x + 12, y + BAR - 8, str(row[stance]), SMALL, GROUND, bold=True)
            names.append(f"{row[stance]} {phrases.SIDES[stance].lower()}")
        x += share
    yield _text(MARGIN, y + BAR + SMALL + 6, " · ".join(names), SMALL, FAINT)


def _points(chart: Chart, y: int) -> tuple[list[str], int]:
    if not chart.points:
        return [], y
    parts = [_text(MARGIN, y + SMALL, phrases.KEY_POINTS, SMALL, FAINT)]
    y += SMALL + 20
    # A full bar is the larger side, so that two of twelve do not look like everybody (#8).
    most = max(*chart.after.values(), *(bar.people for bar in chart.points), 1)
    full = WIDTH - 2 * MARGIN - 70
    for bar in chart.points[:SHOWN]:
        parts.append(_text(MARGIN, y + SMALL, _short(bar.words, _fitting(SMALL)), SMALL))
        y += SMALL + 14
        parts.append(_rect(MARGIN, y, full, BAR - 14, TRACK))
        parts.append(_rect(MARGIN, y, full * bar.people / most, BAR - 14, COLOURS[bar.side]))
        parts.append(_text(WIDTH - MARGIN, y + BAR - 15, str(bar.people), SMALL, end=True))
        y += BAR + 14
    return parts, y


def _voices(chart: Chart, y: int) -> tuple[list[str], int]:
    """Lone voices as dots in the colour of their side."""
    lone = [side for side, count in chart.lone.items() for _ in range(count)]
    if not lone:
        return [], y
    parts = [_text(MARGIN, y + SMALL, phrases.ONE_PERSON, SMALL, FAINT)]
    y += SMALL + 22
    across = (WIDTH - 2 * MARGIN) // 40
    for k, side in enumerate(lone):
        x, row = MARGIN + 14 + k % across * 40, k // across
        parts.append(f'<circle cx="{x}" cy="{y + 14 + row * 40}" r="14" fill="{COLOURS[side]}"/>')
    return parts, y + 40 * (1 + (len(lone) - 1) // across) + 6


def _fitting(size: int) -> int:
    return int((WIDTH - 2 * MARGIN) / (size * LETTER))


def _wrapped(title: str) -> Sequence[str]:
    lines = textwrap.wrap(title, _fitting(TEXT))
    return lines if len(lines) <= 3 else [*lines[:2], _short(" ".join(lines[2:]), _fitting(TEXT))]


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 6):.1f}" height="{height:.1f}" '
        f'rx="8" fill="{colour}"/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    size: int,
    colour: str = INK,
    *,
    bold: bool = False,
    end: bool = False,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}{anchor}>'
        f"{escape(drawable(text))}</text>"
    )


def drawable(text: str) -> str:
    """Without what no SVG may hold: control characters and halves of characters."""
    return "".join(c if c.isprintable() else " " for c in text)


def png(drawing: str) -> bytes:
    """An SVG as PNG, with our own fonts; the system's help only with scripts that ours lack."""
    import resvg_py  # a picture in thousands of lines: nobody else should wait for it

    with as_file(files("bot") / "fonts") as fonts:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=drawing,
                font_dirs=[str(fonts)],
                skip_system_fonts=all(ord(c) < 0x2E80 for c in drawing),
            )
        )
