"""Numbers that count the lines of printed pages, in the margin or between columns, are no text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from prompts.formats.placed import Word

COUNTS = (1, 2, 3, 5, 10)  # how lines are numbered: each, each second, and so on
GUTTER = (5, 10)  # likewise, between two columns, where a table's numbers may stand, too
LINES, SHARE = 4, 0.6  # numbers beside a page's text that may count its lines, and how many do
STRAY = 0.02  # of a page's words may stand where its numbers do, such as heads
NEAR = 12  # points by which the numbers of two pages stand apart at most

Strip = list[Word]  # numbers below one another


def uncounted(pages: Sequence[list[Word]]) -> list[list[Word]]:
    """The words of each page without the numbers that count its lines.

    A page tells by itself where enough of its lines are numbered; where one in ten is, the pages
    tell together.
    """
    strips = [list(_strips(words)) for words in pages]
    known = _step(strip for page in strips for strip in page)
    places = {round(strip[0].x1) for page in strips for strip in page if _counts(strip, known)}
    return [
        _without(words, [s for s in page if _gone(s, known, places)])
        for words, page in zip(pages, strips, strict=True)
    ]


def _without(words: list[Word], strips: Sequence[Strip]) -> list[Word]:
    gone = {word for strip in strips for word in strip}
    return [word for word in words if word not in gone] if gone else words


def _gone(strip: Strip, known: int, places: Iterable[int]) -> bool:
    """Whether numbers count lines: by themselves, or as those of the other pages do."""
    own = _step([strip])
    if len(strip) >= LINES and own:
        return True
    near = any(abs(strip[0].x1 - place) <= NEAR for place in places)
    return known > 1 and near and all(int(word.text) % known == 0 for word in strip)


def _counts(strip: Strip, step: int) -> bool:
    own = {int(b.text) - int(a.text) for a, b in pairwise(strip)}
    return step > 0 and own == {step}


def _step(strips: Iterable[Strip]) -> int:
    """What the numbers of most lines differ by; 0 where they count nothing."""
    steps = Counter(int(b.text) - int(a.text) for strip in strips for a, b in pairwise(strip))
    step, often = max(steps.items(), key=lambda item: item[1], default=(0, 0))
    enough = often >= max(LINES - 1, SHARE * steps.total()) if steps else False
    return step if step in COUNTS and enough else 0


def _strips(words: Sequence[Word]) -> Iterator[Strip]:
    """The numbers of a page that stand below one another where no other words do."""
    counts = [word for word in words if word.text.isdecimal() and len(word.text) < 5]
    if len(counts) < 2:
        return
    others = [word for word in words if not word.text.isdecimal()]
    for strip in _below(counts):
        low, high = min(w.x0 for w in strip) - 1, max(w.x1 for w in strip) + 1
        left, right = (sum(w.x1 < low for w in others), sum(w.x0 > high for w in others))
        most = STRAY * len(others)
        within = len(others) - left - right
        outside = min(left, right) <= most
        if within <= most and (outside or _step([strip]) in GUTTER):
            yield strip


def _below(counts: Sequence[Word]) -> Iterator[Strip]:
    """Numbers in groups that overlap from the left to the right, each from the top down."""
    group, edge = list[Word](), 0.0
    for word in sorted(counts, key=lambda w: w.x0):
        if group and word.x0 > edge:
            yield sorted(group, key=lambda w: w.top)
            group = []
        edge = max(edge, word.x1) if group else word.x1
        group.append(word)
    if group:
        yield sorted(group, key=lambda w: w.top)
