"""Plain text that was printed, as pages of words with their places, which PDFs are read from, too.

Its pages end with a form feed, or with a number that counts on; or its lines are numbered.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from prompts.formats.heads import Leaf, alone, numbered
from prompts.formats.numbering import LINES, uncounted
from prompts.formats.placed import Word

FEED = "\f"
LARGEST, WORDS = 1_500_000, 150_000  # letters and words; to look at where each stands takes time
LONGEST = 12_000  # letters of a page; where most are longer, a form feed parts chapters
PAGES, WIDEST = 3, 90  # numbers of pages that count on, and letters of a line that holds one
SHALLOW, DEEP, MOST = 15, 90, 3_000  # lines of a page, and pages
WIDE, HIGH, STEP = 2, 10, 12  # points, of a letter and from line to line
_COUNT = re.compile(r"^[ \t]*\d{1,4}(?=[ \t\n])", re.M)
_WORD = re.compile(r"\S+")
_APART = re.compile(r"\s{3,}")


def leaves(text: str) -> Sequence[Leaf]:
    """The pages of a printed text with LF line ends; none of any other."""
    if len(text) > LARGEST or len(text.split()) > WORDS:
        return ()
    pages = (text if FEED in text else _paged(text)).split(FEED)
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # programs end the last page, too
    deep = [page.count("\n") for page in pages]
    short = median(deep) <= DEEP and max(deep) <= 4 * DEEP and median(map(len, pages)) <= LONGEST
    if 1 < len(pages) <= MOST and short:
        return numbered([_leaf(page.split("\n"), str(n)) for n, page in enumerate(pages, start=1)])
    return _numbered(text) if len(_COUNT.findall(text)) >= LINES else ()


def _numbered(text: str) -> Sequence[Leaf]:
    """The text in pages without a name, if its lines are numbered."""
    lines = text.split("\n")
    found = [_leaf(lines[n : n + DEEP], "") for n in range(0, len(lines), DEEP)]
    words = [leaf.words for leaf in found]
    return found if uncounted(words) != words else ()


def _leaf(lines: Sequence[str], label: str) -> Leaf:
    words = [
        Word(found[0], WIDE * found.start(), WIDE * found.end(), STEP * row, STEP * row + HIGH)
        for row, line in enumerate(lines)
        for found in _WORD.finditer(line)
    ]
    return Leaf(label, STEP * len(lines), words)


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


def _pieces(line: str) -> list[str]:
    """What stands on a line with room between."""
    return [" ".join(piece.split()) for piece in _APART.split(line.strip())]
