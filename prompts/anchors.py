"""A quotation found again in a text that has changed: by its words, then by what stands around."""

from collections.abc import Iterator
from itertools import islice, takewhile

from prompts.model import Passage, Reading

AROUND = 32  # characters before and after that are kept with a quotation
PLACES = 100  # where the same words stand that are looked at


def around(passage: Passage) -> tuple[str, str]:
    """The words before and after a passage, the prefix and suffix of a W3C TextQuoteSelector."""
    text = passage.reading.text
    start, end = max(0, passage.start - AROUND), passage.end + AROUND
    return text[start : passage.start], text[passage.end : end]


def anchored(reading: Reading, exact: str, prefix: str, suffix: str) -> Passage | None:
    """Where the words stand in a reading, between the most of what stood around; None if not."""
    found = islice(_starts(reading.text, exact), PLACES)
    places = [Passage(reading, start, start + len(exact)) for start in found]
    return max(places, key=lambda place: _likeness(place, prefix, suffix), default=None)


def _starts(text: str, exact: str) -> Iterator[int]:
    """Where the words begin, those of places that overlap as well: "no, no" in "no, no, no"."""
    start = text.find(exact) if exact else -1
    while start >= 0:
        yield start
        start = text.find(exact, start + 1)


def _likeness(place: Passage, prefix: str, suffix: str) -> int:
    before, after = around(place)
    return _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)


def _shared(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
