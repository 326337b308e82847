"""Running heads and page numbers: what repeats at the edges of pages is no part of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from prompts.formats.placed import Piece, Word, level, pieces

EDGE = 0.1  # of a page's height, where heads and numbers stand
REPEATED = 0.4  # of the pages: left and right ones have heads of their own
SENTENCE = 8  # words; what is longer and ends like a sentence repeats to the letter, or is text
_NUMBER = re.compile(r"\d+")
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
    edges = [_edge(leaf) for leaf in leaves]
    spread = Counter(
        mark
        for number, edge in enumerate(edges)
        for mark in {mark for piece in edge for mark in _marks(piece, number)}
    )
    least = max(2, REPEATED * len(leaves))
    cleared = []
    for number, (leaf, edge) in enumerate(zip(leaves, edges, strict=True)):
        heads = [p for p in edge if any(spread[mark] >= least for mark in _marks(p, number))]
        heads += [p for p in edge if p not in heads and _ALONE.fullmatch(_words(p))]
        gone = {word for piece in heads for word in piece.words}
        cleared.append(leaf._replace(words=[word for word in leaf.words if word not in gone]))
    return cleared


def _edge(leaf: Leaf) -> list[Piece]:
    """What stands in the outer tenth of a page."""
    low, high = EDGE * leaf.height, (1 - EDGE) * leaf.height
    outer = [word for word in leaf.words if word.bottom < low or word.top > high]
    return [piece for group in level(outer) for piece in pieces(group)]


def _marks(piece: Piece, page: int) -> set[str]:
    """How words may repeat: to the letter, or with the first or last number counting the pages."""
    words = _words(piece)
    marks, numbers = {words}, list(_NUMBER.finditer(words))
    if words.count(" ") < SENTENCE or not words.endswith((".", "!", "?")):
        for number in numbers[:1] + numbers[-1:]:
            counted = int(number[0][:9]) - page
            marks.add(f"{words[: number.start()]}#{counted}{words[number.end() :]}")
    return marks


def _words(piece: Piece) -> str:
    return " ".join(word.text for word in piece.words)
