"""Passages that stand alone: one to three sentences that a reader understands without the page."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from prompts.cues import word_set
from prompts.edges import edges
from prompts.model import Block, Kind, Passage, Reading
from prompts.passages import findable
from prompts.sentences import sentences

QUOTABLE = (Kind.PARAGRAPH, Kind.LIST)
MOST = 3  # sentences
SHORT, LONG = 50, 480  # characters
FINE = ("there are", "there is", "it is time", "it is not true that", "it is true that")
# "Some will" leaves out whom it counts; "some critics will" names them.
COUNTED = frozenset(("some", "many", "most", "few", "several"))
UNNAMED = word_set(
    "of will would can could may might must should shall do did does are were is was have had has "
    "say said see think believe argue claim feel even still also not never"
)
_LATTER = re.compile(r"the (?:former|latter|same study)\b")
_SUCH = re.compile(r"\b[Ss]uch (?!as\b|an?\b)")
_OBJECT = re.compile(r"\w+ (?:them|him|it)\b")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))
_PAIRED = re.compile(r"[“”()\[\]«»\"]")
_OPENING = "\"'“‘«([ "

Span = tuple[int, int]


def alone(text: str, language: str = "en") -> bool:
    """Whether a stretch of text can be understood by itself, as far as its edges tell."""
    return _opens(text, language) and _closes(text)


def _opens(text: str, language: str) -> bool:
    """Whether a beginning points back at nothing."""
    bare = text.lstrip(_OPENING)
    low = bare[:40].lower().replace("’", "'")
    words = low.replace(",", " ").split(None, 2)
    if not words or bare[0].islower():
        return False
    own = edges(language)
    if low.startswith(FINE) and not low.startswith(own.phrases):
        return True
    first, second = [*words, ""][:2]
    first = first.split("'")[0]
    if first in COUNTED:
        return second not in UNNAMED
    return not (first in own.back or low.startswith(own.phrases) or _points(text))


def _points(text: str) -> bool:
    """Whether a text speaks of "such" things, of "the latter", or opens like "Let them"."""
    such = "uch " in text and _SUCH.search(text)  # looked for in every sentence there is
    return bool(such or _OBJECT.match(text) or _LATTER.search(text))


def _closes(text: str) -> bool:
    """Marks that come in pairs are paired, and the end is no question and no announcement."""
    if text.rstrip(" \"'”’)").endswith(("?", ":")):
        return False
    if _PAIRED.search(text) is None:  # as in most
        return True
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in _PAIRS)


def windows(reading: Reading) -> Iterator[Passage]:
    """For every sentence that can be quoted, the fewest sentences around it that stand alone."""
    for block in reading.blocks:
        if block.kind in QUOTABLE:
            spans = sentences(reading.text, block, reading.language)
            for at in range(len(spans)):
                found = _widened(reading, spans, at, at, SHORT)
                if found is not None:
                    yield found


def sentence(passage: Passage) -> Passage | None:
    """The sentences a passage lies in; None where it lies in none."""
    spans, touched = _touched(passage)
    if not touched:
        return None
    return Passage(passage.reading, spans[touched[0]][0], spans[touched[-1]][1])


def whole(passage: Passage) -> Passage | None:
    """The sentences a passage lies in, with those before that it needs; None if it needs more."""
    spans, touched = _touched(passage)
    return _widened(passage.reading, spans, touched[0], touched[-1], 0) if touched else None


def _touched(passage: Passage) -> tuple[list[Span], list[int]]:
    """The sentences of the block, and which of them share a character with the passage."""
    block = around(passage)
    if block is None:
        return [], []
    spans = sentences(passage.reading.text, block, passage.reading.language)
    return spans, [k for k, (a, b) in enumerate(spans) if a < passage.end and passage.start < b]


def around(passage: Passage) -> Block | None:
    """The block a passage begins in."""
    blocks = passage.reading.blocks
    at = bisect_right(blocks, passage.start, key=lambda block: block.start) - 1
    return blocks[at] if at >= 0 and passage.start < blocks[at].end else None


def _widened(
    reading: Reading, spans: list[Span], first: int, last: int, least: int
) -> Passage | None:
    """Back while the opening points back, on while the end announces more or too little stands."""
    text = reading.text
    while last - first < MOST:
        start, end = spans[first][0], spans[last][1]
        if end - start > LONG:
            return None
        words = text[start:end]
        opens, closes = _opens(words, reading.language), _closes(words)
        if not opens and first > 0:
            first -= 1
        elif (not closes or len(words) < least) and last + 1 < len(spans):
            last += 1
        else:
            found = Passage(reading, start, end)
            return found if opens and closes and findable(found) else None
    return None
