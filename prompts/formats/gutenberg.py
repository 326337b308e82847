"""What Project Gutenberg puts around a book: a licence before and behind it, and its title."""

import re
from collections.abc import Sequence

_START = re.compile(r"\W*START OF (?:THE|THIS) PROJECT GUTENBERG\b", re.I)
_END = re.compile(r"\W*END OF (?:THE |THIS )?PROJECT GUTENBERG\b", re.I)
_SAID = re.compile(r"(Title|Author): (\S.{0,158})$")
NEAR = 60  # blocks from the beginning, where the book itself begins at the latest


def frame(blocks: Sequence[str]) -> tuple[range, dict[str, str]]:
    """Which of a text's blocks are the book, and what the frame says of it; all of them, and
    nothing, where there is no frame."""
    marked = (n for n, words in enumerate(blocks[:NEAR]) if _START.match(words))
    start = next(marked, None)
    if start is None:
        return range(len(blocks)), {}
    ends = (n for n in range(len(blocks) - 1, start, -1) if _END.match(blocks[n]))
    end = min(ends, default=len(blocks))
    said = (_SAID.match(words) for words in blocks[:start])
    return range(start + 1, end), {row[1].lower(): row[2] for row in said if row}
