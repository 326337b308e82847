"""Printed lines become headings, paragraphs and notes, and go on over columns and pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from prompts.formats.extract import Part
from prompts.formats.heads import Leaf, without_heads
from prompts.formats.layout import Row, rows
from prompts.formats.mending import BROKEN, MARK, UNMARK, Known, Line, bare, mended
from prompts.model import Kind

LARGE, SMALL = 1.1, 0.9  # of the body's size: headings from here, notes up to here
SAME = 0.06  # sizes that differ by less are one
LOOSE, LOOSER = 1.25, 1.6  # of the usual distance between lines; wider parts paragraphs, sentences
OFTEN = 0.2  # of the steps from line to line; what is as small as so many is one in a paragraph
TITLE = 200  # characters; longer is no heading, however large
CAPTION = 200  # characters; longer small print within a page is text: an abstract, a quotation
LONGEST = 400  # lines of one paragraph
MEASURED, HALF = 0.2, 0.5  # of a scan's size by which its lines differ; a text's are of one size
FULL = 0.05  # of a letter's height, by which a full line ends before its column at most
WIDTH = 0.7  # of a column's width, which another has at least in which its paragraph goes on
MARKS = ".,;:!?\"'“”‘’()"
_ENDED = re.compile(rf"[.!?…:;。！？](?:[\"'”’»)\]*]| ?{MARK}[^{UNMARK}]*{UNMARK})*$")
_MARK = re.compile(rf"{MARK}([^{UNMARK}]*){UNMARK}")
_ITEM = re.compile(r"(?:[•◦▪‣∙●○*]|[–—-]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_LOWER = re.compile(r"[\"'“‘(]*[^\W\d_A-Z]", re.ASCII)


@dataclass(slots=True)
class Group:
    """Lines that belong together. `opens` tells that it is the first of its column."""

    kind: Kind
    lines: list[tuple[str, Row]]
    opens: bool = False

    @property
    def last(self) -> Row:
        return self.lines[-1][1]


class Print(NamedTuple):
    """How a document is set: the size of its text, and how far apart its lines are."""

    size: float
    leading: float


def parts(leaves: Sequence[Leaf]) -> Iterator[Part]:
    """The blocks of a printed document in reading order."""
    kept = without_heads(leaves)
    spread = Counter(w.text.strip(MARKS).lower() for leaf in kept for w in leaf.words)
    pages = _evened([(leaf.label, rows(leaf.words, spread.__getitem__)) for leaf in kept])
    known = Known(bare(Line(row.text) for _, lines in pages for row in lines))
    for group in _joined(pages, _setting([row for _, lines in pages for row in lines])):
        lines = [Line(row.text, label, row.column) for label, row in group.lines]
        yield mended(lines, group.kind, known)


def _evened(pages: list[tuple[str, list[Row]]]) -> list[tuple[str, list[Row]]]:
    """The pages with one size for the text of a scan, whose lines were measured each by itself."""
    spread: Counter[float] = Counter()
    for _, lines in pages:
        for row in lines:
            spread[row.size] += len(row.text)
    size = median(spread.elements()) if spread else 1.0
    near = {one for one in spread if abs(one - size) <= MEASURED * size}
    most = max((spread[one] for one in near), default=0)
    if most > HALF * sum(spread[one] for one in near):
        return pages
    return [
        (label, [replace(row, size=size) if row.size in near else row for row in lines])
        for label, lines in pages
    ]


def _setting(lines: Sequence[Row]) -> Print:
    spread: Counter[float] = Counter()
    for row in lines:
        spread[row.size] += len(row.text)
    size = spread.most_common(1)[0][0] if spread else 1.0
    steps = [
        b.bottom - a.bottom
        for a, b in pairwise(lines)
        if a.column == b.column and a.size == b.size == size and 0 < b.bottom - a.bottom < 3 * size
    ]
    return Print(size, _least(steps) if steps else 1.2 * size)


def _least(steps: Sequence[float]) -> float:
    """How far apart the lines of a paragraph are: the least that many are, for where most
    paragraphs have one line or two, most steps are those between paragraphs."""
    spread = Counter(round(2 * step) for step in steps)
    often = [n for n in spread if spread[n] + spread[n + 1] >= OFTEN * len(steps)]
    return min(median(steps), median(s for s in steps if 2 * s <= min(often, default=9e9) + 1.5))


# -- lines of one column ------------------------------------------------------------------------


def _groups(label: str, lines: Sequence[Row], setting: Print) -> Iterator[Group]:
    """The paragraphs of a page; whether a small one is a note is told by what follows it."""
    group: Group | None = None
    marks = _marks(lines)
    for above, row in zip([None, *lines], lines, strict=False):
        fresh = above is None or above.column != row.column
        noted = _note(row, marks) or (above is not None and _breaks(above, row, setting))
        if group is not None and not fresh and not noted:
            group.lines.append((label, row))
            continue
        if group is not None:
            yield group
        group = Group(Kind.PARAGRAPH, [(label, row)], fresh)
    if group is not None:
        yield group


def _marks(lines: Sequence[Row]) -> frozenset[str]:
    """The marks of notes that stand behind words of a page."""
    return frozenset(
        found[1] for row in lines for found in _MARK.finditer(row.text) if found.start() > 0
    )


def _note(row: Row, marks: frozenset[str]) -> bool:
    """Whether a line opens the note to one of these marks, be it as large as the text."""
    found = _MARK.match(row.text)
    return found is not None and found[1] in marks


def _breaks(above: Row, row: Row, setting: Print) -> bool:
    """Whether a paragraph ends between two lines of a column."""
    if abs(above.size - row.size) > SAME * setting.size or above.bold != row.bold:
        return True
    leading = max(setting.leading, 1.1 * row.size) if row.size > setting.size else setting.leading
    on = _LOWER.match(row.text) and not _ENDED.search(above.text)  # below a mark, it may be lower
    if row.bottom - above.bottom > (LOOSER if on else LOOSE) * leading:
        return True
    ended = _ENDED.search(above.text) is not None
    if _ITEM.match(row.text) and (ended or not row.text[0].isdigit()):
        return True
    indented = row.x0 > above.x0 + 0.8 * row.size
    return (ended and indented) or (_room(above, row) and not _LOWER.match(row.text))


def _room(above: Row, row: Row) -> bool:
    """Whether the first word of a line would have stood on the line above: it ended on purpose."""
    first = row.text.split(" ", 1)[0]
    width = (row.x1 - row.x0) / max(1, len(row.text)) * (len(first) + 1)
    return above.x1 + width < above.right - 0.5 * row.size


def _kind(group: Group, setting: Print, below: bool) -> Kind:
    """What a group is; `below` tells that text of the usual size stands below it."""
    row, length = group.last, sum(len(row.text) for _, row in group.lines)
    if row.inset or not any(c.isalpha() for _, row in group.lines for c in row.text):
        return Kind.ASIDE
    large = length > CAPTION or row.text.isupper()  # as small capitals are
    if row.size < SMALL * setting.size and not (below and large):
        return Kind.ASIDE
    if length <= TITLE and len(group.lines) <= 4 and _titled(group, setting):
        return Kind.HEADING
    return Kind.LIST if _ITEM.match(group.lines[0][1].text) else Kind.PARAGRAPH


def _titled(group: Group, setting: Print) -> bool:
    row = group.last
    if row.size > LARGE * setting.size or row.bold:
        return True
    room = row.text.isupper() or row.x1 < row.right - 0.2 * (row.right - row.left)
    short = len(group.lines) == 1 and room
    plain = not (_ENDED.search(row.text) or _ITEM.match(row.text) or _LOWER.match(row.text))
    return short and plain and len(row.text) <= 80 and not row.text.endswith((",", "-", BROKEN))


# -- over columns and pages ---------------------------------------------------------------------


def _joined(pages: Sequence[tuple[str, list[Row]]], setting: Print) -> Iterator[Group]:
    """All groups in order; a paragraph that goes on in the next column or on the next page is one,
    and the notes below it follow it."""
    held: list[Group] = []  # a paragraph that may go on, and the notes since
    for label, lines in pages:
        for group in _named(list(_groups(label, lines, setting)), setting):
            if held and group.kind is Kind.ASIDE:
                held.append(group)
            elif held and group.opens and _goes_on(held[0], group):
                held[0].lines += group.lines
            else:
                yield from held
                held = [group]
    yield from held


def _named(groups: list[Group], setting: Print) -> list[Group]:
    """The groups of a page with their kinds."""
    marks = _marks([row for group in groups for _, row in group.lines])
    for number, group in enumerate(groups):
        below = any(other.last.size >= SMALL * setting.size for other in groups[number + 1 :])
        group.kind = _kind(group, setting, below)
        if _note(group.lines[0][1], marks):
            group.kind = Kind.ASIDE
    return groups


def _goes_on(before: Group, after: Group) -> bool:
    last, first = before.last, after.lines[0][1]
    alike = before.kind is after.kind is Kind.PARAGRAPH or (
        before.kind is Kind.LIST and after.kind is Kind.PARAGRAPH
    )
    if not alike or len(before.lines) > LONGEST or abs(last.size - first.size) > SAME * last.size:
        return False
    if last.text.endswith((BROKEN, "-", "\xad")) or _LOWER.match(first.text):
        return True
    room = FULL * last.size  # that the last line of a paragraph leaves, but by accident
    full = last.x0 < last.left + 1 + room and last.x1 > last.right - room
    if (_ENDED.search(last.text) and not full) or (before.kind is Kind.LIST and _room(last, first)):
        return False
    wide, other = last.right - last.left, first.right - first.left
    level = first.x0 <= first.left + 0.8 * first.size
    return level and min(wide, other) > WIDTH * max(wide, other)
