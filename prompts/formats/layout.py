"""Words with their places on pages become lines in reading order: columns one after the other."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from prompts.formats.columns import columns
from prompts.formats.mending import GROWN, HYPHENS, MARK, UNMARK
from prompts.formats.placed import Word, level

OUTER = 20  # lines of a column of which one may end beyond it: a remark in the margin
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})$")


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
    inset: bool = False  # whether it is set into a column, and no part of its text


def rows(words: Sequence[Word], said: Callable[[str], int] = lambda _: 0) -> list[Row]:
    """A page's words as lines in reading order; `said` tells how often a word stands elsewhere."""
    found: list[Row] = []
    for number, (column, inset) in enumerate(columns(list(words))):
        lines = (_line(group, number, said) for group in level(column))
        found += (replace(line, inset=inset) for line in lines)
    return _edged(found)


def _edged(lines: list[Row]) -> list[Row]:
    """The lines with the edges of their columns, which tell an indent and a short last line.

    Beside what is set into a column, its lines end there.
    """
    columns = {n: [r for r in lines if r.column == n] for n in {r.column for r in lines}}
    left = {n: _often([r.x0 for r in own]) for n, own in columns.items()}
    right = {n: sorted(r.x1 for r in own)[-1 - len(own) // OUTER] for n, own in columns.items()}
    ends = {n: _inset(own, lines, right[n]) for n, own in columns.items()}
    return [
        replace(r, left=left[r.column], right=ends[r.column].get(r, right[r.column])) for r in lines
    ]


def _inset(own: list[Row], lines: list[Row], right: float) -> dict[Row, float]:
    """Where the lines end that have others to their right within the column's own width."""
    beside = [r for r in lines if r.column != own[0].column and r.x1 <= right + r.size]
    if not beside:
        return {}
    short = [r for r in own if any(_by(r, other) for other in beside)]
    return dict.fromkeys(short, max((r.x1 for r in short), default=right))


def _by(row: Row, other: Row) -> bool:
    """Whether a line stands left of another, at its height or a line above or below it."""
    room = row.size
    return row.x1 <= other.x0 and other.top - room <= row.bottom and row.top <= other.bottom + room


def _often(values: Sequence[float]) -> float:
    """Where lines begin: the outermost place that a fifth of them share."""
    spread = Counter(round(value) for value in values)
    often = [value for value, n in spread.items() if n >= len(values) / 5]
    return float(min(often or spread))


def _line(group: Sequence[Word], column: int, said: Callable[[str], int]) -> Row:
    size = _size(group)
    base = median(word.bottom for word in group)
    texts = [_marked(word, size, base) for word in group]
    blanks = [_between(a, b, said) for a, b in pairwise(group)]
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


def _between(left: Word, right: Word, said: Callable[[str], int]) -> str:
    """What parts two words: nothing after a raised mark, a sign of its own after the large letter
    that a chapter opens with and that few programs join to its word."""
    if left.height > 1.5 * right.height and len(left.text) == 1 and left.text.isupper():
        return GROWN if _begins(left.text, right.text, said) else f"{GROWN} "
    near = right.x0 - left.x1 < 0.08 * min(left.height, right.height)
    # Some programs put a hyphen on a line of its own.
    joined = abs(left.height - right.height) > 0.1 * left.height or right.text[0] in HYPHENS
    return "" if near and joined else " "


def _begins(letter: str, rest: str, said: Callable[[str], int]) -> bool:
    """Whether a large letter is the first of the word beside it, and no word by itself."""
    if letter not in "AIO" or rest.isupper():
        return True
    end = "".join(filter(str.isalpha, rest.split("'")[0].split("’")[0]))
    return len(end) == 1 or said((letter + end).lower()) > said(end.lower()) - 1


def _size(group: Sequence[Word]) -> float:
    """The height of most letters of a line."""
    spread: Counter[float] = Counter()
    for word in group:
        spread[round(word.height, 1)] += len(word.text)
    return spread.most_common(1)[0][0]
