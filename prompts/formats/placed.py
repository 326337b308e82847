"""Words with their places on a page, in points: x grows to the right and y down."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from statistics import median
from typing import NamedTuple

GAP = 0.9  # of a letter's height; wider is no blank between two words


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


class Piece(NamedTuple):
    """Words of one row that stand as close as words do."""

    words: list[Word]
    x0: float
    x1: float


_X0 = attrgetter("x0")


def flat(lines: Iterable[Iterable[Word]]) -> list[Word]:
    """The words of lines."""
    return [word for line in lines for word in line]


def wide(words: Sequence[Word]) -> float:
    """How far it is from the first of the words to the last."""
    return max(w.x1 for w in words) - min(w.x0 for w in words)


def size(words: Iterable[Word]) -> float:
    """How high most words are."""
    return median(word.height for word in words)


def level(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand on one line, from the top down, each line in the order it is read.

    A line is what overlaps its first word by half: a raised mark belongs to the line it is in.
    """
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        for group in groups[:-4:-1]:
            if _beside(group[0], word):
                group.append(word)
                break
        else:
            groups.append([word])
    return [sorted(group, key=_X0, reverse=leftward(group)) for group in groups]


def leftward(words: Sequence[Word]) -> bool:
    """Whether words are read from right to left."""
    return 2 * sum("\u0590" <= word.text[0] <= "\u08ff" for word in words) > len(words)


def pieces(group: Sequence[Word]) -> list[Piece]:
    """A line from left to right, parted where it is wider than between words."""
    found: list[Piece] = []
    for word in sorted(group, key=lambda w: w.x0):
        if found and word.x0 - found[-1].x1 < GAP * min(word.height, found[-1].words[-1].height):
            last = found.pop()
            found.append(Piece([*last.words, word], last.x0, max(last.x1, word.x1)))
        else:
            found.append(Piece([word], word.x0, word.x1))
    return found


def _beside(a: Word, b: Word) -> bool:
    _, _, _, above, below, _ = a
    _, _, _, top, bottom, _ = b
    both = (below if below < bottom else bottom) - (above if above > top else top)
    high, other = below - above, bottom - top
    return both >= 0.5 * (high if high < other else other)
