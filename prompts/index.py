"""Finding passages: an index over the windows of all readings, in memory, made from the texts.

Queries are built from stems, term by term, never parsed: whatever somebody types is words.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prompts.likeness import LONGEST, lexicon, stems
from prompts.model import Passage, Reading
from prompts.postings import Postings
from prompts.windows import windows

TYPED = 4_000  # characters of a query that are looked at
TERMS = 32  # of a query, the rarest; more make it slow and no better
RARE = 3  # a term in fewer passages is helped by words of its concept
RELATIVES = 6
TERSE = 6  # a longer query finds enough without relatives
MADE, MEANT = 0.7, 0.45  # what a word made with the term counts for, or one of its concept


Wanted = tuple[float, dict[str, float]]
"""What a term of a query weighs, and the words of the readings that meet it, each with a share."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; `covered` is the share of the query, by rarity, it speaks of."""

    passage: Passage
    score: float
    covered: float


@dataclass(frozen=True, slots=True)
class Index:
    """Passages by their words; made once, never changed."""

    passages: tuple[Passage, ...]
    spread: Counter[str]
    languages: tuple[str, ...]
    postings: Postings

    @classmethod
    def over(cls, readings: Sequence[Reading]) -> "Index":
        """An index over everything that can be quoted from the readings."""
        passages = tuple(passage for reading in readings for passage in windows(reading))
        spread: Counter[str] = Counter()
        postings = Postings.over(_documents(passages, spread))
        languages = tuple(sorted({reading.language for reading in readings}))
        return cls(passages, spread, languages, postings)

    def search(self, query: str, keys: Iterable[str] | None = None, limit: int = 60) -> list[Hit]:
        """Passages that share words with the query, best first; among `keys` alone if given.

        Any text may be asked, of any length and in any script; the worst is an empty answer.
        """
        wanted = self.terms(query)
        found = {t: share for _, terms in wanted.values() for t, share in terms.items()}
        if not found:
            return []
        rows = self.postings.read(found, limit, keys)
        return [Hit(self.passages[n], score, _covered(wanted, has)) for n, score, has in rows]

    def terms(self, query: str) -> dict[str, Wanted]:
        """The query's terms: how much each weighs, and the words of the readings that meet it."""
        tongue, rare = self._tongue(query[:TYPED])
        return {term: (self.weight(term), self._met(term, tongue, rare)) for term in rare}

    def _tongue(self, text: str) -> tuple[str, list[str]]:
        """The readings' language in which most of a query is known, and its rarest terms."""
        found = {language: sorted(set(stems(text, language))) for language in self.languages}
        met = {lang: sum(t in self.spread for t in own) for lang, own in found.items()}
        best = max(found, key=lambda lang: (met[lang], -len(found[lang])), default="en")
        rare = sorted(found.get(best, ()), key=lambda term: (self.spread[term], term))
        return best, rare[:TERMS]

    def weight(self, term: str) -> float:
        """How much a stem tells: the rarer in the readings, the more."""
        return math.log(1 + (len(self.passages) + 1) / (self.spread[term] + 0.5))

    def _met(self, term: str, language: str, asked: list[str]) -> dict[str, float]:
        """The term itself and, in a short query, words made with it or words of its concept."""
        met = {term: 1.0} if self.spread[term] else {}
        if len(asked) <= TERSE:
            near = self._compounds(term)
            met |= dict.fromkeys(near[:RELATIVES], MADE)
            if not near and self.spread[term] < RARE:
                met |= dict.fromkeys(self._concept(term, language)[:RELATIVES], MEANT)
        return met

    def _compounds(self, term: str) -> list[str]:
        """Commoner words that begin or end with the term: "telephone", "smartphone" for "phone"."""
        root = term.rstrip("e")
        if not 4 <= len(root) <= LONGEST:
            return []
        near = [w for w in self.spread if w != term and (w.endswith(root) or w.startswith(root))]
        near = [word for word in near if self.spread[word] >= self.spread[term]]
        return sorted(near, key=lambda word: (-self.spread[word], word))

    def _concept(self, term: str, language: str) -> list[str]:
        concepts = lexicon(language).concepts
        named = set(concepts.get(term, ()))
        near = [w for w in self.spread if w != term and named & set(concepts.get(w, ()))]
        return sorted(near, key=lambda word: (-self.spread[word], word)) if named else []


def _documents(
    passages: Iterable[Passage], spread: Counter[str]
) -> Iterator[tuple[str, list[str]]]:
    """Each passage's reading and stems; counts on the way in how many passages a stem stands."""
    for passage in passages:
        found = stems(passage.text, passage.reading.language)
        spread.update(set(found))
        yield passage.reading.key, found


def _covered(wanted: Mapping[str, Wanted], has: frozenset[str]) -> float:
    """The weight of the terms that a passage meets, over the weight of all.

    One word that merely shares a concept is not enough: "animal" says nothing of cats.
    """
    total = sum(weight for weight, _ in wanted.values())
    met = 0.0
    ways: dict[str, float] = {}
    for weight, terms in wanted.values():
        share, word = max(((s, w) for w, s in terms.items() if w in has), default=(0.0, ""))
        met += weight * share
        ways[word] = share
    ways.pop("", None)
    certain = len(ways) > 1 or any(share > MEANT for share in ways.values())
    return met / total if certain else 0.0
