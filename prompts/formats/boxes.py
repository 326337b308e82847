"""What is set into a column in a size of its own: a sentence pulled out of a text, say."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from prompts.formats.placed import Word

OTHER = 0.12  # of a letter's height, from which two sizes are two
APART = 0.5  # of the height of the smaller, which no blank in a sentence is wide


class Box(NamedTuple):
    """What is set into a column: where, and in which size."""

    height: float
    x0: float
    x1: float
    top: float
    bottom: float

    def holds(self, word: Word, size: float) -> bool:
        """Whether a word of that size stands in it, or a line above or below."""
        across = self.x0 - size <= word.x0 and word.x1 <= self.x1 + size
        down = self.top - 2 * size <= word.top and word.bottom <= self.bottom + 2 * size
        return abs(word.height - self.height) <= 0.5 and across and down


def boxes(lines: Sequence[Sequence[Word]], size: float) -> list[Box]:
    """The boxes among the lines of a text of that size: stretches of another one that stand below
    one another."""
    found: list[Box] = []
    for stretch in (part for line in lines for part in _others(line, size)):
        own = Box(
            median(word.height for word in stretch),
            stretch[0].x0,
            stretch[-1].x1,
            min(word.top for word in stretch),
            max(word.bottom for word in stretch),
        )
        last = found[-1] if found else own
        if found and own.top - last.bottom < 2.5 * size and abs(own.height - last.height) < 0.5:
            sides = min(own.x0, last.x0), max(own.x1, last.x1)
            found[-1] = Box(last.height, *sides, last.top, own.bottom)
        else:
            found.append(own)
    return found


def _others(line: Sequence[Word], size: float) -> list[list[Word]]:
    """The stretches of a line that are set in another size than the text beside them."""
    parts: list[list[Word]] = []
    for word in sorted(line, key=lambda w: w.x0):
        before = parts[-1][-1] if parts else None
        apart = before is None or word.x0 - before.x1 > APART * min(word.height, before.height)
        if before is None or (apart and abs(word.height - before.height) > OTHER * size):
            parts.append([word])
        else:
            parts[-1].append(word)
    own = [p for p in parts if abs(median(w.height for w in p) - size) <= OTHER * size]
    return [part for part in parts if part not in own and len(part) > 1] if own else []
