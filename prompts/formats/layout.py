"""Words with their places on pages become lines in reading order: columns one after the other.

Pure geometry. x grows to the right and y down, in points. A gutter is a stripe that hardly any
row crosses though several rows stand on both sides of it (an XY-cut); rows that cross it part the
page into bands.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from prompts.formats.mending import MARK, UNMARK

_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})$")
ROWS = 4  # as many rows must stand on either side of a gutter
NARROW = 60  # points; narrower stripes of text are lists of numbers, no columns
GAP = 0.9  # of a letter's height; wider is no blank between two words
CROSSED = 0.15  # of the rows may cross a gutter: titles, pictures' captions
DEEP = 4  # columns in columns


class Word(NamedTuple):
    """A word as printed. `bold` is told for the first and the last of a line alone."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool = False

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line of one column; `column` counts the page's columns in reading order."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    column: int
    left: float = 0.0  # edges of the column that it stands in
    right: float = 0.0


def rows(words: Sequence[Word]) -> list[Row]:
    """A page's words as lines in reading order."""
    found: list[Row] = []
    for number, column in enumerate(_columns(list(words), DEEP)):
        lines = [_line(group, number) for group in level(column)]
        found += lines
    return _edged(found)


def _edged(lines: list[Row]) -> list[Row]:
    """The lines with the edges of their columns, which tell an indent and a short last line."""
    columns = {n: [r for r in lines if r.column == n] for n in {r.column for r in lines}}
    left = {n: _often([r.x0 for r in own]) for n, own in columns.items()}
    right = {n: max(r.x1 for r in own) for n, own in columns.items()}
    return [replace(r, left=left[r.column], right=right[r.column]) for r in lines]


def _often(values: Sequence[float]) -> float:
    """Where lines begin: the outermost place that a fifth of them share."""
    spread = Counter(round(value) for value in values)
    often = [value for value, n in spread.items() if n >= len(values) / 5]
    return float(min(often or spread))


def _line(group: Sequence[Word], column: int) -> Row:
    size = _size(group)
    base = median(word.bottom for word in group)
    texts = [_marked(word, size, base) for word in group]
    blanks = ["" if _grown(a, b) else " " for a, b in pairwise(group)]
    return Row(
        "".join(f"{blank}{text}" for blank, text in zip(["", *blanks], texts, strict=True)),
        min(group[0].x0, group[-1].x0),
        max(group[0].x1, group[-1].x1),
        median(word.top for word in group),
        base,
        size,
        group[0].bold and group[-1].bold,
        column,
    )


def _marked(word: Word, size: float, base: float) -> str:
    """A word, between signs where it is the raised mark of a note."""
    small = word.height < 0.85 * size and word.bottom < base - 0.15 * size
    return f"{MARK}{word.text}{UNMARK}" if small and _NOTE.match(word.text) else word.text


def _grown(left: Word, right: Word) -> bool:
    """Whether two words are one: a raised mark, or the large letter that a chapter opens with."""
    if left.height > 1.5 * right.height and len(left.text) == 1 and left.text.isupper():
        return left.text not in "AIO" or right.text.isupper()
    near = right.x0 - left.x1 < 0.08 * min(left.height, right.height)
    return near and abs(left.height - right.height) > 0.1 * left.height


def _size(group: Sequence[Word]) -> float:
    """The height of most letters of a line."""
    spread: Counter[float] = Counter()
    for word in group:
        spread[round(word.height, 1)] += len(word.text)
    return spread.most_common(1)[0][0]


def level(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand on one line, from the top down, each line from left to right.

    A line is what overlaps its first word by half: a raised mark belongs to the line it is in.
    """
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        group = next((g for g in reversed(groups[-3:]) if _beside(g[0], word)), None)
        if group is None:
            groups.append([word])
        else:
            group.append(word)
    return [sorted(group, key=lambda w: w.x0, reverse=_leftward(group)) for group in groups]


def _leftward(group: Sequence[Word]) -> bool:
    """Whether a line is read from right to left."""
    return 2 * sum("\u0590" <= word.text[0] <= "\u08ff" for word in group) > len(group)


def _beside(a: Word, b: Word) -> bool:
    both = min(a.bottom, b.bottom) - max(a.top, b.top)
    return both >= 0.5 * min(a.height, b.height)


# -- columns ------------------------------------------------------------------------------------


class Piece(NamedTuple):
    """Words of one row that stand as close as words do."""

    words: list[Word]
    x0: float
    x1: float


def _columns(words: list[Word], deep: int) -> Iterator[list[Word]]:
    """The columns of a stretch of page in reading order."""
    levels = [pieces_of(group) for group in level(words)]
    gutter = _gutter(levels) if deep and len(levels) >= ROWS else None
    if gutter is None:
        if words:
            yield words
        return
    for band, across in _bands(levels, gutter):
        if across:
            yield [word for piece in band for word in piece.words]
            continue
        left = [w for piece in band if piece.x1 <= gutter + 1 for w in piece.words]
        right = [w for piece in band if piece.x1 > gutter + 1 for w in piece.words]
        yield from _columns(left, deep - 1)
        yield from _columns(right, deep - 1)


def pieces_of(group: Sequence[Word]) -> list[Piece]:
    found: list[Piece] = []
    for word in group:
        if found and word.x0 - found[-1].x1 < GAP * min(word.height, found[-1].words[-1].height):
            last = found.pop()
            found.append(Piece([*last.words, word], last.x0, max(last.x1, word.x1)))
        else:
            found.append(Piece([word], word.x0, word.x1))
    return found


def _gutter(levels: Sequence[Sequence[Piece]]) -> float | None:
    """The middle of the stripe that parts two columns; None where the text is one."""
    pieces = [piece for level in levels for piece in level]
    start, end = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    size = median(word.height for piece in pieces for word in piece.words)
    if end - start < 2 * NARROW:
        return None
    crossed = _crossings(pieces, start, end)
    least = min(crossed[NARROW : len(crossed) - NARROW], default=len(pieces))
    if least > CROSSED * len(levels):
        return None
    stripes = list(_stripes(crossed, max(least, int(0.05 * len(levels)))))
    for first, last in sorted(stripes, key=lambda s: s[0] - s[1]):
        if last - first >= 0.6 * size and _parts(levels, start + first, start + last):
            return start + (first + last) / 2
    return None


def _crossings(pieces: Iterable[Piece], start: float, end: float) -> list[int]:
    """How many pieces cover each point between two edges."""
    steps = [0] * (int(end - start) + 3)
    for piece in pieces:
        steps[int(piece.x0 - start)] += 1
        steps[int(piece.x1 - start) + 1] -= 1
    total, crossed = 0, []
    for step in steps[:-1]:
        total += step
        crossed.append(total)
    return crossed


def _stripes(crossed: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Stretches within the page that at most so many pieces cross."""
    begin = None
    for x in range(NARROW, len(crossed) - NARROW + 1):
        low = x < len(crossed) - NARROW and crossed[x] <= most
        if low and begin is None:
            begin = x
        elif not low and begin is not None:
            yield begin, x
            begin = None


def _parts(levels: Sequence[Sequence[Piece]], first: float, last: float) -> bool:
    """Whether enough lines of text stand on both sides of a stripe, beside one another."""
    pieces = [piece for level in levels for piece in level]
    left = [p for p in pieces if p.x1 <= first + 1]
    right = [p for p in pieces if p.x0 >= last - 1]
    if min(len(left), len(right)) < ROWS:
        return False
    if min(_wide(left), _wide(right)) < NARROW:
        return False
    top = max(min(p.words[0].top for p in side) for side in (left, right))
    bottom = min(max(p.words[0].bottom for p in side) for side in (left, right))
    return all(sum(top <= p.words[0].bottom and p.words[0].top <= bottom for p in side) >= ROWS
               for side in (left, right))  # fmt: skip


def _wide(side: Sequence[Piece]) -> float:
    return median(piece.x1 - piece.x0 for piece in side)


def _bands(levels: Sequence[Sequence[Piece]], gutter: float) -> Iterator[tuple[list[Piece], bool]]:
    """Stretches of the page from the top down: those of columns, and those across them."""
    band: list[Piece] = []
    crossing = False
    for level in levels:
        across = any(p.x0 < gutter - 1 and p.x1 > gutter + 1 for p in level)
        if across != crossing and band:
            yield band, crossing
            band = []
        crossing = across
        band += level
    if band:
        yield band, crossing
