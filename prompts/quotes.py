"""Which passages to quote on a topic: those about it that say something, none twice."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from prompts.model import Passage
from prompts.pairs import content
from prompts.windows import alone

if TYPE_CHECKING:
    from prompts.index import Hit  # the index is loaded when something is asked
    from prompts.statements import Said

Over = Callable[[Passage], "Iterable[Said]"]

GATE = 0.35  # of the best score; what is below is about something else
COVERED = 0.42  # of the topic's weight that a passage must speak of
WHOLE = 0.7  # of the widest hit's share of the topic
MUCH = 10  # passages on a topic in one reading, beside which one elsewhere only names it
SALIENT = 0.25  # of the passages that the reading with most of them has on a topic
GOOD = (70, 300)  # characters that read well in a chat
TWIN = 0.5  # of the stems of both; more is the same passage again


def about(hits: "Sequence[Hit]", cover: float = COVERED) -> "list[Hit]":
    """The hits that are on the topic; none where even the best speaks of too little of it."""
    best = max((hit.score for hit in hits), default=0.0)
    # Where some passage speaks of the whole topic, one that speaks of half of it is beside it.
    cover = max(cover, WHOLE * max((hit.covered for hit in hits), default=0.0))
    return salient([hit for hit in hits if hit.covered >= cover and hit.score >= GATE * best])


def spoken(hits: "Sequence[Hit]", touches: "Callable[[Hit], bool]") -> "list[Hit]":
    """The hits in readings that somewhere speak of a topic of several words, and do not just touch
    one of them.

    What is said of drivers elsewhere says nothing of bus drivers (#7).
    """
    named = {hit.passage.reading.digest for hit in hits if not touches(hit)}
    return [hit for hit in hits if hit.passage.reading.digest in named]


def salient(hits: "Sequence[Hit]") -> "list[Hit]":
    """The hits in readings that speak of the topic, not merely name it.

    In an essay on voting the word stands everywhere; where it stands once it means something else.
    """
    counts = Counter(hit.passage.reading.digest for hit in hits)
    most = max(counts.values(), default=0)
    least = SALIENT * most if most >= MUCH else 0
    return [hit for hit in hits if counts[hit.passage.reading.digest] >= least]


def chosen(hits: "Sequence[Hit]", over: "Over", limit: int) -> tuple[Passage, ...]:
    """Up to `limit` passages, different readings first, none twice; `over` gives the claims that
    share text with a passage."""
    best = max((hit.score for hit in hits), default=1.0)
    ranked = sorted(hits, key=lambda hit: -_quality(hit, best, over))
    return diverse((hit.passage for hit in ranked), limit)


def diverse(ranked: Iterable[Passage], limit: int) -> tuple[Passage, ...]:
    """The first of each reading in the order given, then the others, without twins."""
    first: list[Passage] = []
    more: list[Passage] = []
    words: list[frozenset[str]] = []  # of what is taken: stemming each pair anew took 80 ms (#6)
    for passage in ranked:
        if len(first) == limit:  # nothing that follows can come before these
            break
        own = content(passage)
        if any(passage.overlaps(other) for other in (*first, *more)) or again(own, words):
            continue
        words.append(own)
        seen = any(passage.reading.digest == other.reading.digest for other in first)
        (more if seen else first).append(passage)
    return tuple([*first, *more][:limit])


def _quality(hit: "Hit", best: float, over: "Over") -> float:
    """The topic first, then the making of a point in a few words that stand alone."""
    passage, text = hit.passage, hit.passage.text
    short, long = GOOD
    length = len(text)
    fits = 1.0 if short <= length <= long else 0.5 if length > long else length / short
    point = max((claim.score for claim in over(passage)), default=0.0)
    stands = alone(text, passage.reading.language)
    return 0.5 * hit.score / best + 0.8 * hit.covered + 0.5 * point + 0.15 * fits + 0.1 * stands


# -- passages that are known already --------------------------------------------------------------


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
