"""Plain text that was printed: pages that a form feed ends, and lines that are numbered.

What repeats at the edges of its pages, their numbers and those of its lines are no text.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from prompts.asides import ENDED
from prompts.formats.heads import REPEATED, alone, marks
from prompts.formats.numbering import COUNTS

FEED = "\f"
LONGEST = 12_000  # letters of a page; where most are longer, a form feed parts chapters
PAGES, WIDEST = 3, 90  # numbers of pages that count on, and letters of a line that holds one
SHALLOW, DEEP = 15, 90  # lines of a page
EDGE = 2  # lines at either end of a page, where heads and numbers stand
FULL = 0.8  # of the usual length of a line; a shorter one may end a paragraph
LINES, SHARE = 8, 0.8  # numbered lines, and how many of them count on
_APART = re.compile(r"\s{3,}")
_COUNT = re.compile(r"[ \t]*(\d{1,4})(?:[ \t]+|$)")
_HYPHEN = ("-", "\u2010", "\xad")


class Sheets(NamedTuple):
    """A text without what its pages have besides, and where in it each of them begins."""

    text: str
    starts: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()

    def label(self, at: int) -> str:
        """The page that the character stands on; empty where there are none."""
        return self.labels[bisect_right(self.starts, at) - 1] if self.labels else ""


def sheets(text: str) -> Sheets:
    """A text with LF line ends and form feeds as one that runs on."""
    text = text if FEED in text else _paged(text)
    pages = [_uncounted(page.split("\n")) for page in text.split(FEED)]
    if len(pages) > 1 and not any(map(str.strip, pages[-1])):
        pages.pop()  # programs end the last page, too
    if len(pages) < 2 or median(sum(map(len, page)) for page in pages) > LONGEST:
        return Sheets("\n\n".join("\n".join(page) for page in pages))
    return _joined([_body(page, gone) for page, gone in _heads(pages)], _labels(pages))


def _paged(text: str) -> str:
    """A text with a form feed wherever the number of a page stands in it, alone or in a head."""
    lines = text.split("\n")
    found = [
        (n, number)
        for n, line in enumerate(lines)
        if len(line) < WIDEST and _ends(line) and (number := _printed(line)) is not None
    ]
    if len(found) < PAGES or any(b - a != 1 for (_, a), (_, b) in pairwise(found)):
        return text
    deep = [b - a for (a, _), (b, _) in pairwise(found)]
    if not SHALLOW <= median(deep) <= DEEP or max(deep) > 2 * median(deep):
        return text
    at = [n for n, _ in found]
    below = at[0] > len(lines) - at[-1]  # more text above the first than below the last
    cuts = {n + below for n in at} - {0}
    return "\n".join(f"{FEED}{line}" if n in cuts else line for n, line in enumerate(lines))


def _ends(line: str) -> bool:
    """Whether a digit stands near either end of a line, as few lines have it."""
    bare = line.strip()
    return any(map(str.isdecimal, bare[:4] + bare[-4:]))


def _printed(line: str) -> int | None:
    """The number of a page that a line holds alone, or beside a head."""
    own = [_bare(piece) for piece in _pieces(line) if alone(piece)]
    return next((int(number) for number in own if number.isdecimal()), None)


def _bare(piece: str) -> str:
    return piece.strip("-–—[]() .")


def _uncounted(lines: list[str]) -> list[str]:
    """Lines without the numbers that count them: each of them, or each fifth."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    found = [(row, mark) for row, n in enumerate(filled) if (mark := _COUNT.match(lines[n]))]
    if len(found) < 3 or len(filled) < LINES:
        return lines
    steps = Counter((int(b[1]) - int(a[1]), m - k) for (k, a), (m, b) in pairwise(found))
    (step, rows), often = steps.most_common(1)[0]
    counted = step in COUNTS and rows <= 2 * step and often >= SHARE * (len(found) - 1)
    if not counted or len(found) * step < SHARE * len(filled):
        return lines
    own = {filled[row]: mark.end() for row, mark in found}
    return [" " * own[n] + line[own[n] :] if n in own else line for n, line in enumerate(lines)]


def _edges(lines: Sequence[str]) -> list[int]:
    """The lines that may be heads and feet."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    return sorted({*filled[:EDGE], *filled[-EDGE:]})


def _pieces(line: str) -> list[str]:
    """What stands on a line with room between."""
    return [" ".join(piece.split()) for piece in _APART.split(line.strip())]


def _heads(pages: Sequence[list[str]]) -> Iterator[tuple[list[str], set[int]]]:
    """The pages, and which of their lines are heads, feet and numbers."""
    said = [
        {n: (pieces := _pieces(lines[n])) and {m for one in pieces for m in marks(one, page)}
         for n in _edges(lines)}
        for page, lines in enumerate(pages)
    ]  # fmt: skip
    spread = Counter(mark for page in said for mark in set().union(*page.values()))
    least = max(2, REPEATED * len(pages))
    for lines, own in zip(pages, said, strict=True):
        yield (
            lines,
            {
                n
                for n, told in own.items()
                if any(map(alone, _pieces(lines[n]))) or any(spread[mark] >= least for mark in told)
            },
        )


def _body(lines: Sequence[str], gone: set[int]) -> list[str]:
    """A page's own lines, without blank ones around them."""
    kept = ["" if n in gone else line for n, line in enumerate(lines)]
    filled = [n for n, line in enumerate(kept) if line.strip()]
    return kept[filled[0] : filled[-1] + 1] if filled else []


def _labels(pages: Sequence[list[str]]) -> tuple[str, ...]:
    """The printed numbers where they count on, else how many pages there were."""
    found = Counter(
        int(_bare(piece)) - page
        for page, lines in enumerate(pages)
        for n in _edges(lines)
        for piece in _pieces(lines[n])
        if alone(piece) and _bare(piece).isdecimal()
    )
    first, often = found.most_common(1)[0] if found else (1, 0)
    if 2 * often < len(pages) or first < 1:
        first = 1
    return tuple(str(page + first) for page in range(len(pages)))


def _joined(pages: Sequence[Sequence[str]], labels: tuple[str, ...]) -> Sheets:
    """Pages one below the other; a paragraph that goes on over the page goes on."""
    usual = median([len(line.strip()) for page in pages for line in page if line.strip()] or [0])
    text, starts, last = "", list[int](), ""
    for page in pages:
        if page and last:
            text += "\n" if _goes_on(last.strip(), page[0].strip(), usual) else "\n\n"
        starts.append(len(text))
        text += "\n".join(page)
        last = page[-1] if page else last
    return Sheets(text, tuple(starts), labels)


def _goes_on(last: str, first: str, usual: float) -> bool:
    if last.endswith(_HYPHEN) or (first[:1].islower() and not ENDED.search(last)):
        return True
    return not ENDED.search(last) and len(last) >= FULL * usual and len(first) >= FULL * usual
