"""Words with their places on pages become lines in reading order: columns one after the other."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from prompts.formats.columns import columns
from prompts.formats.mending import MARK, UNMARK
from prompts.formats.placed import Word, level

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


def rows(words: Sequence[Word]) -> list[Row]:
    """A page's words as lines in reading order."""
    found: list[Row] = []
    for number, column in enumerate(columns(list(words))):
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
