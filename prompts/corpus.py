"""A heap of short documents to be ranked: who is near whom, by the words that tell.

Candidates come from the postings; how near they are is the cosine of two bags of stems, rare
ones weighing more. A document that is near to everything says little by being near: `crowd`
tells how near a document's own neighbours are.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from prompts.likeness import stems
from prompts.manner import HEAD, SAMPLE, Headlines, Manner, learnt, style
from prompts.postings import Postings

TERMS = 60  # of a query, the rarest; more make it slow and no better
POOL = 60  # documents among which a document's neighbours are sought
CROWD = 10  # neighbours that make a crowd
# What a thesis, a headline and each word count for in a first guess at a reply.
THESIS, HEADLINE, WORD = -4.0, -2.0, -0.003
_END = re.compile(r"(?<=[.!?])\s+")

Vector = dict[str, float]


class Corpus:
    """Documents numbered from 0; what is computed about one is kept for the next question."""

    def __init__(self, texts: Sequence[str], language: str = "en") -> None:
        self.texts = texts
        self.language = language
        self.bags = [Counter(stems(text, language)) for text in texts]
        self.spread = Counter(stem for bag in self.bags for stem in bag)
        self.postings = Postings.over(("", list(bag.elements())) for bag in self.bags)
        self._vectors: dict[int, Vector] = {}
        self._openings: dict[int, Vector] = {}
        self._heads: dict[int, Vector] = {}
        self._theses: dict[int, float] = {}
        self._manners: dict[int, float] = {}
        self._near: dict[int, list[tuple[int, float]]] = {}

    def weight(self, stem: str) -> float:
        """How much a stem tells: the rarer, the more."""
        return math.log((len(self.texts) + 1) / (self.spread[stem] + 0.5))

    def weighed(self, bag: Mapping[str, int]) -> Vector:
        """A bag of stems as a vector of length one (empty for none)."""
        raw = {stem: (1 + math.log(n)) * self.weight(stem) for stem, n in bag.items()}
        length = math.sqrt(sum(x * x for x in raw.values()))
        return {stem: x / length for stem, x in raw.items()} if length else {}

    def read(self, text: str) -> Vector:
        """A text from elsewhere as a vector."""
        return self.weighed(Counter(stems(text, self.language)))

    def vector(self, number: int) -> Vector:
        found = self._vectors.get(number)
        if found is None:
            found = self._vectors[number] = self.weighed(self.bags[number])
        return found

    def search(self, asked: Vector, limit: int) -> list[tuple[int, float]]:
        """Documents that share stems with what is asked, by BM25, best first."""
        return self.sought(dict.fromkeys(asked, 1.0), limit)

    def sought(self, asked: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
        """The same, each stem counting for its share."""
        known = sorted((s for s in asked if s in self.spread), key=lambda s: (self.spread[s], s))
        return self.postings.search({s: asked[s] for s in known[:TERMS]}, limit)

    def nearest(self, asked: Vector, pool: Iterable[int]) -> list[tuple[int, float]]:
        """The documents of a pool with their cosines, nearest first."""
        found = [(number, dot(asked, self.vector(number))) for number in pool]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def neighbours(self, number: int) -> list[tuple[int, float]]:
        """The documents nearest to one of them, itself left out."""
        found = self._near.get(number)
        if found is None:
            own = self.vector(number)
            pool = (other for other, _ in self.search(own, POOL + 1) if other != number)
            found = self._near[number] = self.nearest(own, pool)[: CROWD + 1]
        return found

    def opening(self, number: int) -> Vector:
        """The first sentence of a document as a vector."""
        found = self._openings.get(number)
        if found is None:
            first = _END.split(self.texts[number], maxsplit=1)[0]
            found = self._openings[number] = self.read(first)
        return found

    def head(self, number: int) -> Vector:
        """The first words of a document as a vector."""
        found = self._heads.get(number)
        if found is None:
            words = self.texts[number].split()
            found = self._heads[number] = self.read(" ".join(words[:HEAD]))
        return found

    def thesis(self, number: int) -> float:
        """How much of a document its first words say already: one that puts a thesis does so."""
        found = self._theses.get(number)
        if found is None:
            rest = self.read(" ".join(self.texts[number].split()[HEAD:]))
            found = self._theses[number] = dot(self.head(number), rest)
        return found

    def heads(self, number: int) -> bool:
        """Whether a document opens with a headline."""
        return number in self._headed

    @cached_property
    def _headed(self) -> frozenset[int]:
        return frozenset(n for n, text in enumerate(self.texts) if self.headlines.heads(text))

    @cached_property
    def headlines(self) -> Headlines:
        """What tells a headline among these documents (prompts/manner.py)."""
        return Headlines(self.texts, self.language)

    def manner(self, number: int) -> float:
        """How much a document is put like a reply, for this heap (prompts/manner.py)."""
        found = self._manners.get(number)
        if found is None:
            found = self._manners[number] = self.put(self.texts[number])
        return found

    def put(self, text: str) -> float:
        """How much a text is put like the replies of this heap."""
        return self._manner.of(text)

    @cached_property
    def _manner(self) -> Manner:
        numbers = range(0, len(self.texts), -(-len(self.texts) // SAMPLE) or 1)
        return learnt([self.texts[n] for n in numbers], [self._guess(n) for n in numbers])

    def _guess(self, number: int) -> float:
        """A first guess at how much a document is a reply: one puts no thesis, and is short."""
        text = self.texts[number]
        puts = THESIS * self.thesis(number) + HEADLINE * self.heads(number)
        return style(text) + puts + WORD * len(text.split())

    def crowd(self, number: int, without: int | None = None) -> float:
        """The mean cosine of a document's neighbours, `without` one of them."""
        near = [x for other, x in self.neighbours(number) if other != without][:CROWD]
        return sum(near) / len(near) if near else 0.0


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two vectors of length one."""
    if len(b) < len(a):
        a, b = b, a
    return sum(x * b[stem] for stem, x in a.items() if stem in b)
