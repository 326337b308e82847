"""Running heads and page numbers: what repeats at the edges of pages is no part of the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import repeat
from typing import NamedTuple

from prompts.formats.numbering import uncounted
from prompts.formats.placed import Piece, Word, level, pieces

EDGE = 0.1  # of a page's height, where heads and numbers stand
REPEATED = 0.4  # of the pages: left and right ones have heads of their own
NEAR = 2  # pages before and after on which a chapter's head is the same
SENTENCE = 8  # words; what is longer and ends like a sentence repeats to the letter, or is text
LEVEL = 8  # half points by which words of one line may differ in height
RUN = 3  # words that stand on several pages in exactly the same place, and are no accident
COUNTED, SURELY = 3, 0.6  # pages, and of the pages, whose printed numbers count on
DOTS = 5  # that lead to a page's number
_LEADERS = re.compile(rf"(?:\. ?){{{DOTS},}}\W*(?:\d{{1,4}}|[ivxlc]{{1,7}})\W*$", re.I)
_NUMBER, _COUNTS = re.compile(r"\d+"), re.compile(r"#-?\d+")
_OUTER = re.compile(r"^\W{0,2}(\d{1,4})(?!\S)|(?<!\S)(\d{1,4})\W{0,2}$")
_ALONE = re.compile(
    r"[\W_]*(?:\d{1,4}|(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))[\W_]*", re.I
)


class Leaf(NamedTuple):
    """A page: the label that its reader sees, its height, its words."""

    label: str
    height: float
    words: list[Word]


def without_heads(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The pages without what repeats at their edges, and without page numbers."""
    bare = uncounted([_unlisted(leaf.words) for leaf in leaves])
    leaves = _unstamped([leaf._replace(words=own) for leaf, own in zip(leaves, bare, strict=True)])
    edges = [_edge(leaf) for leaf in leaves]
    marked = ({m for line in edge for m in _marks(line, n)} for n, edge in enumerate(edges))
    said = _counted(list(marked))
    spread = Counter(mark for page in said for mark in page)
    least = max(2, REPEATED * len(leaves))
    often = frozenset(mark for mark, pages in spread.items() if pages >= least)
    cleared = []
    for number, (leaf, edge) in enumerate(zip(leaves, edges, strict=True)):
        beside = said[max(0, number - NEAR) : number] + said[number + 1 : number + 1 + NEAR]
        near = frozenset[str]().union(*beside)
        gone = {word for line in edge for word in _gone(line, number, leaf.label, often, near)}
        cleared.append(leaf._replace(words=[word for word in leaf.words if word not in gone]))
    return cleared


def _gone(
    line: Sequence[Piece], page: int, label: str, often: Set[str], near: Set[str]
) -> Iterator[Word]:
    """The words of a line at an edge that are none of the text: those that repeat `often`, short
    ones beside them or as on the pages `near`, and all of a line with the page's number."""
    marks = [_marks([piece], page) for piece in line]
    known = [not often.isdisjoint(own) for own in marks]
    whole = any(map(_numbers, line, known, repeat(line), repeat(label)))
    for piece, own, repeats in zip(line, marks, known, strict=True):
        short = _short(piece) and (any(known) or not near.isdisjoint(own))
        if whole or repeats or short:
            yield from piece.words


def _counted(said: Sequence[set[str]]) -> list[set[str]]:
    """What stands at the edges of pages, with numbers that count on in one way where there are
    several: those of the pages, beside which those of chapters may count on by accident."""
    spread = Counter(mark for page in said for mark in page if _COUNTS.fullmatch(mark))
    best = max(spread, key=spread.__getitem__, default="")
    return [page - (spread.keys() - {best}) if best in page else page for page in said]


def _unlisted(words: list[Word]) -> list[Word]:
    """The words of a page without the lines of a list of contents: dots that lead to a number."""
    if all(word.text.strip(".") for word in words):  # as on most pages
        return words
    lines = (line for line in level(words) if _LEADERS.search(_words(Piece(line, 0, 0))))
    gone = {word for line in lines for word in line}
    return [word for word in words if word not in gone] if gone else words


def numbered(leaves: Sequence[Leaf]) -> Sequence[Leaf]:
    """The pages by the numbers that are printed on them, where these count on: an article from a
    journal begins on page 113. What stands before page 1 has no number then."""
    spread = Counter(first for page, leaf in enumerate(leaves) for first in _firsts(leaf, page))
    first, often = spread.most_common(1)[0] if spread else (1, 0)
    if first == 1 or often < max(COUNTED, SURELY * len(leaves)):
        return leaves
    labels = (str(first + page) if first + page > 0 else "" for page in range(len(leaves)))
    return [leaf._replace(label=label) for leaf, label in zip(leaves, labels, strict=True)]


def _firsts(leaf: Leaf, page: int) -> set[int]:
    """Which number the first page has by those that stand at the edges of this one."""
    pieces = (piece for line in _edge(leaf) for piece in line if _short(piece))
    found = (mark for piece in pieces for mark in _OUTER.finditer(_words(piece)))
    return {int(mark[1] or mark[2]) - page for mark in found}


def _unstamped(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The pages without what a program printed over the text of each in one place: the bars of a
    web page that do not scroll, the stamp of a library."""
    places = [[_place(word) for word in leaf.words] for leaf in leaves]
    spread = Counter(place for page in places for place in set(page))
    least = max(2, REPEATED * len(leaves))
    often = frozenset(place for place, pages in spread.items() if pages >= least)
    found = [
        {*_over_text(leaf.words, own, often)} for leaf, own in zip(leaves, places, strict=True)
    ]
    gone = set().union(*found)
    return [
        leaf._replace(
            words=[w for w, place in zip(leaf.words, own, strict=True) if place not in gone]
        )
        for leaf, own in zip(leaves, places, strict=True)
    ]


Place = tuple[str, int, int]


def _place(word: Word) -> Place:
    return word.text, round(2 * word.x0), round(2 * word.top)


def _over_text(
    words: Sequence[Word], places: Sequence[Place], often: frozenset[Place]
) -> Iterator[Place]:
    """The places of lines that stand on many pages, and here over other words."""
    lines: dict[int, list[tuple[Word, Place]]] = {}
    own: list[Word] = []
    for word, place in zip(words, places, strict=True):
        if place in often:
            lines.setdefault(place[2], []).append((word, place))
        else:
            own.append(word)
    for height, line in lines.items():
        if len(line) >= RUN and _over([word for word, _ in line], own):
            near = range(height - LEVEL, height + LEVEL + 1)
            yield from (place for at in near for _, place in lines.get(at, ()))


def _over(line: Sequence[Word], own: Sequence[Word]) -> bool:
    """Whether a word of a line is printed over others."""
    level = [w for w in own if w.top < line[0].bottom and w.bottom > line[0].top]
    return any(
        min(a.x1, b.x1) - max(a.x0, b.x0) > 1
        and 3 * (min(a.bottom, b.bottom) - max(a.top, b.top)) > a.height
        for a in line
        for b in level
    )


def _edge(leaf: Leaf) -> list[list[Piece]]:
    """The first and the last line of a page, and what else stands in its outer tenth."""
    low, high = EDGE * leaf.height, (1 - EDGE) * leaf.height
    lines = level(leaf.words)
    return [
        pieces(line)
        for number, line in enumerate(lines)
        if number in (0, len(lines) - 1) or line[0].bottom < low or line[0].top > high
    ]


def _numbers(piece: Piece, often: bool, line: Sequence[Piece], label: str) -> bool:
    """Whether a piece is a page's number, and the line a head or a foot: no item of a list, and no
    heading with a number that does not count on (`often`)."""
    others = [other for other in line if other is not piece]
    words = _words(piece)
    if words != label and not alone(words):
        return False
    first = piece is line[0] and (words.endswith((".", ")")) or not often)
    return not others or not first


def alone(words: str) -> bool:
    """Whether words are a page's number, with nothing but marks around it."""
    return _ALONE.fullmatch(words) is not None


def _short(piece: Piece) -> bool:
    words = _words(piece)
    return words.count(" ") < SENTENCE and not words.endswith((".", "!", "?", ","))


def _marks(line: Sequence[Piece], page: int) -> set[str]:
    return {mark for piece in line for mark in marks(_words(piece), page)}


def marks(words: str, page: int) -> Iterator[str]:
    """How words may repeat: to the letter, or with the first or last number counting the pages."""
    if not alone(words):  # another page's number may be a chapter's on this one
        yield words
    numbers = list(_NUMBER.finditer(words))
    if words.count(" ") < SENTENCE or not words.endswith((".", "!", "?")):
        for number in numbers[:1] + numbers[-1:]:
            counted = int(number[0][:9]) - page
            yield f"{words[: number.start()]}#{counted}{words[number.end() :]}"
            if number.start() == 0 or number.end() == len(words):
                yield f"#{counted}"  # a chapter's head: it changes, its number goes on


def _words(piece: Piece) -> str:
    return " ".join(word.text for word in piece.words)
