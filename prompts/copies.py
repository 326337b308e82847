"""Passages that are known already, and what is one of them again: the same text or nearly the same
words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from prompts.model import Passage
from prompts.pairs import content

TWIN = 0.5  # of the stems of both; more is the same passage again


class Known:
    """Passages that must not come back. Readings that repeat each other may make them thousands,
    of which few differ in their words (#7)."""

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        self._places = defaultdict[str, list[Passage]](list)
        texts: dict[str, Passage] = {}
        for passage in passages:
            self._places[passage.reading.digest].append(passage)
            texts.setdefault(passage.text, passage)
        self._words = tuple({content(passage): None for passage in texts.values()})

    def __iter__(self) -> Iterator[Passage]:
        return (passage for found in self._places.values() for passage in found)

    def beside(self, passage: Passage) -> Sequence[Passage]:
        """Those that stand in the same text as a passage."""
        return self._places.get(passage.reading.digest, ())

    def overlaps(self, passage: Passage) -> bool:
        return any(map(passage.overlaps, self.beside(passage)))

    def repeats(self, passage: Passage) -> bool:
        """Whether a passage shares text with one of them or nearly all its words."""
        return self.overlaps(passage) or again(content(passage), self._words)


def again(own: frozenset[str], words: Iterable[frozenset[str]]) -> bool:
    """Whether nearly all of a passage's words were taken together before."""
    return any(len(own & theirs) > TWIN * len(own | theirs) for theirs in words)
