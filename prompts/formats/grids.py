"""Tables on a printed page: cells beside one another, whose lines are not read across."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from prompts.formats.placed import Piece, Word, flat, pieces, size, wide

CELLS = 3  # beside one another, at least; two where they hold words and are
NARROW = 0.8  # of a text's width at most, since marks before the items of a list are no cells
ROWS = 3  # lines that are parted, at least
WIDE = 0.1  # of a letter's height, between two cells on all lines of a table
NEAR = 3.0  # of a letter's height, from one line of a table to the next

Line = Sequence[Word]


class Grid(NamedTuple):
    """Lines `[first, last)` that are a table, and the words of its cells, column by column."""

    first: int
    last: int
    cells: list[list[Word]]


def grid(lines: Sequence[Line]) -> Grid | None:
    """The longest table among the lines of a page, from the top down; None where there is none."""
    found = [one for run in _runs(lines) if (one := _table(lines, *run))]
    return max(found, key=lambda one: one.last - one.first, default=None)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Lines below one another that no paragraph parts: each has room in it, or is short."""
    most = max((line[-1].x1 - line[0].x0 for line in lines), default=0.0)
    first = 0
    for at in range(len(lines) + 1):
        inner = at < len(lines) and _loose(lines[at], most)
        far = 0 < at < len(lines) and _far(lines[at - 1], lines[at])
        if not inner or far:
            if at - first >= ROWS:
                yield first, at
            first = at if inner else at + 1


def _loose(line: Line, most: float) -> bool:
    return len(pieces(line)) > 1 or abs(line[-1].x1 - line[0].x0) < most / 2


def _far(above: Line, line: Line) -> bool:
    return line[0].bottom - above[0].bottom > NEAR * line[0].height


def _table(lines: Sequence[Line], first: int, last: int) -> Grid | None:
    """A run of lines as a table, if free stripes part it into cells that begin below one another
    and do not run on as the columns of a text do."""
    while last - first >= ROWS:
        run = lines[first:last]
        edges = _stripes(run)
        cells = [[w for w in flat(run) if a <= w.x0 < b] for a, b in pairwise(edges)]
        several = sum(len(pieces(line)) > 1 for line in run)
        enough = len(cells) >= CELLS or _pairs(cells, lines)
        single = [n for n in (first, last - 1) if len(pieces(lines[n])) == 1]
        torn = any(sum(not own.isdisjoint(lines[n]) for own in map(set, cells)) > 1 for n in single)
        if enough and several >= ROWS and not torn and not _even(run, cells):
            return Grid(first, last, cells)
        if not single:  # a short line above or below is the text's
            return None
        first, last = (first + 1, last) if first in single else (first, last - 1)
    return None


def _stripes(run: Sequence[Line]) -> list[float]:
    """Where the columns of a run begin, and its end: behind a stripe that no word enters, with
    words behind it that are level on several lines."""
    words = sorted(flat(run), key=lambda w: w.x0)
    usual = size(words)
    gaps = [pair for line in run for pair in pairwise(pieces(line))]
    edges, end = [words[0].x0], words[0].x1
    for word in words:
        behind = [right for left, right in gaps if left.x1 <= end and word.x0 <= right.x0]
        if word.x0 - end >= WIDE * usual and _level(behind):
            edges.append(word.x0)
        end = max(end, word.x1)
    return [*edges, end + 1]


def _level(behind: Sequence[Piece]) -> bool:
    """Whether two of some pieces begin, or end, below one another."""
    begun, ended = {round(piece.x0) for piece in behind}, {round(piece.x1) for piece in behind}
    return min(len(begun), len(ended)) < len(behind)


def _pairs(cells: Sequence[Sequence[Word]], lines: Sequence[Line]) -> bool:
    """Whether there are two cells of words, in the midst of a wider text."""
    own, whole = wide(flat(cells)), wide(flat(lines))
    worded = all(any(map(str.isalpha, word.text)) for word in cells[0])
    return len(cells) == 2 and worded and own < NARROW * whole


def _even(run: Sequence[Line], cells: Sequence[Sequence[Word]]) -> bool:
    """Whether the lines of several cells are equally far apart, and all columns equally wide:
    those of a newspaper."""
    several = [line for line in run if len(pieces(line)) > 1]
    steps = [b[0].bottom - a[0].bottom for a, b in pairwise(several)]
    widths = [wide(own) for own in cells if own]
    return max(steps) - min(steps) < 1 and min(widths) >= 0.7 * max(widths)
