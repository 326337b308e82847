"""The columns of a page in reading order.

A gutter is a stripe that no word enters over many lines with text on both sides of it. Blanks
between the words of one column seldom stand below one another, and the more lines they do so, the
narrower a stripe may be that is taken for a gutter. Lines above and below are looked at in turn:
a title or a picture's caption may run across.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from prompts.formats.boxes import boxes
from prompts.formats.grids import grid
from prompts.formats.placed import Word, flat, leftward, level, pieces, size, wide

NARROW = 60  # points; narrower stripes of text are lists of numbers, no columns
# So many lines on either side, and how wide the gutter is then at least, in a letter's height.
SURE = ((15, 0.25), (8, 0.45), (4, 0.8), (2, 0.85))
TEXT = 15  # lines on either side of a gutter, which are a text and no table
FEW = 2  # so few lines on one side need
MORE, EQUAL = 3, 0.7  # some more on the other, and both sides as wide as columns are
DEEP = 8  # columns in columns
BLANK = 0.5  # of the usual room between two columns; less is a blank between two words
BANNER, ROOM = 1.1, 0.8  # of the letters' height: how large a heading is, how much room it has
BOXED = 0.06  # of it, by which the letters in a box differ at least


class Gutter(NamedTuple):
    """A stripe between two columns, in points, and the lines `[first, last)` that it parts."""

    first: int
    last: int
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Column(NamedTuple):
    """The words of one column, or, `inset`, what is set into the one before it."""

    words: list[Word]
    inset: bool = False


def columns(words: list[Word], deep: int = DEEP) -> Iterator[Column]:
    """The words of a page, or of a part of one, column by column."""
    lines = level(words)
    gutter = _gutter(lines) if deep else None
    box = _box(lines, gutter) if gutter else frozenset[Word]()
    table = None
    if deep and not box and (gutter is None or gutter.last - gutter.first < TEXT):
        table = grid(lines)
    if box:
        yield from columns([word for word in words if word not in box], deep - 1)
        yield Column([word for word in words if word in box], inset=True)
    elif table:
        yield from columns(flat(lines[: table.first]), deep - 1)
        yield from (Column(cells, inset=True) for cells in table.cells if cells)
        yield from columns(flat(lines[table.last :]), deep - 1)
    elif gutter:
        for part in _parted(lines, gutter):
            yield from columns(part, deep - 1)
    else:
        yield from (column for column in _inset(words, lines) if column.words)


def _parted(lines: Sequence[Sequence[Word]], gutter: Gutter) -> Iterator[list[Word]]:
    """What stands above a gutter, on either side of it, and below."""
    end = _banner(lines, gutter) or gutter.last  # what stands below a heading is parted anew
    within = flat(lines[gutter.first : end])
    sides = _sides(within, gutter)
    yield flat(lines[: gutter.first])
    yield from reversed(sides) if leftward(within) else sides
    yield flat(lines[end:])


def _sides(words: Sequence[Word], gutter: Gutter) -> tuple[list[Word], list[Word]]:
    left = [word for word in words if word.x0 < gutter.middle]
    return left, [word for word in words if word.x0 >= gutter.middle]


def _banner(lines: Sequence[Sequence[Word]], gutter: Gutter) -> int:
    """The line within two columns from which on they are two others: a heading that stands alone,
    with room around it, and with text on both sides above it and below; 0 where there is none."""
    high = size(flat(lines))
    for at in range(gutter.first + 1, gutter.last - 1):
        line, above = lines[at], flat(lines[max(gutter.first, at - 3) : at])
        below = flat(lines[at + 1 : min(gutter.last, at + 4)])
        large = min(word.height for word in line) > BANNER * high and len(pieces(line)) == 1
        if large and _both(above, gutter) and _both(below, gutter):
            room = min(w.top for w in below) - max(w.bottom for w in above)
            if room > line[0].height + ROOM * high:
                return at
    return 0


def _both(words: Sequence[Word], gutter: Gutter) -> bool:
    """Whether there are words on both sides of a gutter."""
    return len({word.x0 < gutter.middle for word in words}) == 2


def _box(lines: Sequence[Sequence[Word]], gutter: Gutter) -> frozenset[Word]:
    """The side that is no column but a box beside the text: set in a size of its own, while other
    lines run over the place of the gutter."""
    rest = flat([*lines[: gutter.first], *lines[gutter.last :]])
    across = [w for w in rest if w.x0 < gutter.x1 and w.x1 > gutter.x0]
    sides = _sides(flat(lines[gutter.first : gutter.last]), gutter)
    if not across or not all(sides):
        return frozenset()
    usual = size(across)
    own = [abs(size(side) - usual) > BOXED * usual for side in sides]
    return frozenset(sides[own[1]]) if own[0] != own[1] else frozenset()


def _inset(words: list[Word], lines: Sequence[Sequence[Word]]) -> Iterator[Column]:
    """The words of one column without what is set into it, then that: words of another size that
    stand beside its lines, such as a sentence that is pulled out of a text to catch the eye."""
    if not words:
        return
    usual = size(words)
    found = boxes(lines, usual)
    taken = {word for word in words if any(box.holds(word, usual) for box in found)}
    yield Column([word for word in words if word not in taken])
    yield Column([word for word in words if word in taken], inset=True)


def _gutter(lines: Sequence[Sequence[Word]]) -> Gutter | None:
    """The gutter along the most lines; None where the text is one column."""
    words = flat(lines)
    if not words or wide(words) < 2 * NARROW:
        return None
    usual = size(words)
    blanks = (max(a.x0, b.x0) - min(a.x1, b.x1) for line in lines for a, b in pairwise(line))
    if max(blanks, default=0.0) < SURE[0][1] * usual:
        return None
    inner = _bits(min(w.x0 for w in words) + NARROW, max(w.x1 for w in words) - NARROW)
    covered = [_covered(line) for line in lines]
    for least, share in SURE:
        found = [
            gutter
            for gutter in _stripes(covered, inner, max(2, round(share * usual)))
            if _parts(lines[gutter.first : gutter.last], gutter, least)
        ]
        if found:
            return _trimmed(lines, max(found, key=lambda g: (g.last - g.first, g.x1 - g.x0)))
    return None


def _trimmed(lines: Sequence[Sequence[Word]], gutter: Gutter) -> Gutter:
    """A gutter without the lines above and below that have a mere blank between two words there."""
    first, last = gutter.first, gutter.last
    rooms = [_clear(line, gutter.middle) for line in lines[first:last]]
    least = BLANK * median([room for room in rooms if room] or [0.0])
    while first < last and 0 < rooms[first - gutter.first] < least:
        first += 1
    while last > first and 0 < rooms[last - 1 - gutter.first] < least:
        last -= 1
    return gutter._replace(first=first, last=last)


def _clear(line: Sequence[Word], middle: float) -> float:
    """How far apart the words beside a place are; 0 where one side is empty."""
    left = [word.x1 for word in line if word.x0 < middle]
    right = [word.x0 for word in line if word.x0 >= middle]
    return min(right) - max(left) if left and right else 0.0


def _covered(line: Sequence[Word]) -> int:
    """The points of the page's width on which a line has words, one bit each."""
    bits = 0
    for word in line:
        bits |= _bits(word.x0, word.x1)
    return bits


def _bits(start: float, end: float) -> int:
    first, last = max(0, int(start)), max(0, int(end))
    return ((1 << max(1, last - first)) - 1) << first


def _stripes(covered: Sequence[int], inner: int, width: int) -> Iterator[Gutter]:
    """For each line on which one begins, the longest stripe of that width down the page."""
    first = 0
    while first < len(covered):
        free, last, room = inner, first, 0
        while last < len(covered):
            left = free & ~covered[last]
            if not (fits := _eroded(left, width)):
                break
            free, room, last = left, fits, last + 1
        if room:
            start = (room & -room).bit_length() - 1
            end = start + width
            while free >> end & 1:
                end += 1
            yield Gutter(first, last, start, end)
        first += 1


def _eroded(free: int, width: int) -> int:
    """Where a stripe of that width begins that is free all over."""
    done = 1
    while done < width:
        step = min(done, width - done)
        free &= free >> step
        done += step
    return free


def _parts(lines: Sequence[Sequence[Word]], gutter: Gutter, least: int) -> bool:
    """Whether so many lines of text stand on both sides of a stripe, beside one another."""
    left = [[w for w in line if w.x1 <= gutter.x0 + 1] for line in lines]
    right = [[w for w in line if w.x0 >= gutter.x1 - 1] for line in lines]
    sides = [[line for line in side if line] for side in (left, right)]
    if min(map(len, sides)) < least or min(map(_breadth, sides)) < NARROW:
        return False
    if least <= FEW and not _equal(sides):
        return False
    top = max(side[0][0].top for side in sides)
    bottom = min(side[-1][0].bottom for side in sides)
    beside = (
        sum(top <= line[0].bottom and line[0].top <= bottom for line in side) for side in sides
    )
    return min(beside) >= least


def _equal(sides: Sequence[Sequence[Sequence[Word]]]) -> bool:
    """Whether the columns beside a gutter are as wide as one another, be there more of them."""
    nearest = (
        [pieces(line)[-at].words for line in side] for at, side in zip((1, 0), sides, strict=True)
    )
    widths = [median(map(wide, side)) for side in nearest]
    return max(map(len, sides)) >= MORE and min(widths) >= EQUAL * max(widths)


def _breadth(side: Sequence[Sequence[Word]]) -> float:
    """How wide a column is: most of a paragraph's lines are, and a quarter of a short list's."""
    return sorted(map(wide, side))[3 * (len(side) - 1) // 4]
