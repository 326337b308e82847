"""Finding passages: an index over the windows of all readings, in memory, made from the texts.

Queries are built from stems, term by term, never parsed: whatever somebody types is words.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from prompts.concordance import Concordance
from prompts.likeness import LONGEST, lexicon, stems
from prompts.model import Passage, Reading
from prompts.postings import Numbered, Postings
from prompts.vocabulary import Vocabulary, spellings

TYPED = 4_000  # characters of a query that are looked at
TERMS = 32  # of a query, the rarest; more make it slow and no better
RARE = 3  # a term in fewer passages is helped by words of its concept
RELATIVES = 6
TERSE = 6  # a longer query finds enough without relatives
MADE, MEANT = 0.7, 0.45  # what a word made with the term counts for, or one of its concept


class Hit(NamedTuple):
    """A passage that was found; `covered` is the share of the query it speaks of, by what each
    term tells, in those of its `words`; `named` is that share by rarity alone."""

    passage: Passage
    score: float
    covered: float
    words: tuple[str, ...] = ()
    named: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """A query as the readings understand it: what each term weighs, what it tells of its weight,
    and which words meet it.

    `ways` gives for each word of the readings the terms that it meets, each with a share.
    """

    weights: Mapping[str, float]
    ways: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, float]

    @property
    def words(self) -> dict[str, float]:
        """The words to look for, each with the most that it counts for."""
        return {word: max(terms.values()) for word, terms in self.ways.items()}

    @property
    def told(self) -> dict[str, float]:
        """What each term tells."""
        return {term: self.shares.get(term, 1.0) * x for term, x in self.weights.items()}

    def met(self, said: tuple[str, ...]) -> dict[str, float]:
        """The terms that some words meet, each with the largest share of it.

        One word that merely shares a concept meets none: "animal" says nothing of cats.
        """
        met: dict[str, float] = {}
        for word in said:
            for term, share in self.ways[word].items():
                if share > met.get(term, 0.0):
                    met[term] = share
        alone = len(met) < 2 or len(said) < 2
        if alone and max(met.values(), default=0.0) <= MEANT:
            return {}
        return met

    def touched_by(self, hit: Hit) -> bool:
        """Whether a hit and the title of its reading name no more than one term of several."""
        if len(self.weights) < 2:
            return False
        home, met = hit.passage.reading, {term for word in hit.words for term in self.ways[word]}
        titled = self.weights.keys() & stems(home.title, home.language)
        return len(met | titled) < 2


@dataclass(frozen=True, slots=True)
class Index:
    """Passages by their words; made once, never changed."""

    passages: Sequence[Passage]
    vocabulary: Vocabulary
    languages: tuple[str, ...]
    postings: Postings

    @classmethod
    def joined(cls, found: Iterable[Concordance]) -> "Index":
        """An index over everything that can be quoted from readings that were made ready; each is
        looked at once, in order."""
        rows, vocabulary = list[_Row](), Vocabulary()
        passages = Numbered(lambda row, place: _passage(rows[row], place))
        postings = Postings.over(_joined(found, rows, passages, vocabulary))
        languages = tuple(sorted({reading.language for reading, *_ in rows}))
        return cls(passages, vocabulary, languages, postings)

    def search(
        self,
        query: str,
        keys: Iterable[str] | None = None,
        limit: int = 60,
        shares: Mapping[str, float] = MappingProxyType({}),
    ) -> list[Hit]:
        """Passages that share words with the query, best first; among `keys` alone if given.

        `shares` says how much less than its rarity it tells of a passage to speak of a stem.

        Any text may be asked, of any length and in any script; the worst is an empty answer.
        """
        return self.find(self.question(query, shares), keys, limit)

    def find(
        self, asked: Question, keys: Iterable[str] | None = None, limit: int = 60
    ) -> list[Hit]:
        """The same, of a query that is understood already."""
        found = self.postings.search(asked.words, limit, keys)
        said = self.vocabulary.meeting(asked.ways, (number for number, _ in found))

        @cache  # most passages share the same few words with a query
        def shares(words: tuple[str, ...]) -> tuple[float, tuple[str, ...], float]:
            met = asked.met(words)
            named = covered(met)
            return tells(met) if asked.shares else named, words, named

        covered, tells = _covering(asked.weights), _covering(asked.told)
        rows = zip(found, said, strict=True)
        return [Hit(self.passages[n], score, *shares(words)) for (n, score), words in rows]

    def question(self, query: str, shares: Mapping[str, float] = MappingProxyType({})) -> Question:
        """A query's rarest terms with the words of the readings that meet them."""
        language, terms = self._tongue(_cut(query))
        ways: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for term in terms:
            for word, share in self._met(term, language, len(terms)).items():
                ways[word][term] = share
        weights = {t: min(map(self.weight, spellings(t, language))) for t in terms}
        return Question(weights, {w: _own(met) for w, met in ways.items()}, shares)

    def _tongue(self, text: str) -> tuple[str, list[str]]:
        """The readings' language in which most of a query is known, and its rarest terms."""
        found = {language: sorted(set(stems(text, language))) for language in self.languages}
        met = {lang: sum(t in self.vocabulary for t in own) for lang, own in found.items()}
        best = max(found, key=lambda lang: (met[lang], -len(found[lang])), default="en")
        rare = sorted(found.get(best, ()), key=lambda term: (self.vocabulary.spread(term), term))
        return best, rare[:TERMS]

    def weight(self, term: str) -> float:
        """How much a stem tells: the rarer in the readings, the more."""
        return math.log(1 + (len(self.passages) + 1) / (self.vocabulary.spread(term) + 0.5))

    def _met(self, term: str, language: str, asked: int) -> dict[str, float]:
        """The term itself and, in a short query, words made with it or words of its concept."""
        same = [word for word in spellings(term, language) if word in self.vocabulary]
        met: dict[str, float] = {}
        if asked <= TERSE:
            near = self._compounds(term)
            met |= dict.fromkeys(near[:RELATIVES], MADE)
            if not near and self.vocabulary.spread(term) < RARE:
                met |= dict.fromkeys(self._concept(term, language)[:RELATIVES], MEANT)
        return met | dict.fromkeys(same, 1.0)

    def _compounds(self, term: str) -> list[str]:
        """Commoner words that begin or end with the term: "telephone", "smartphone" for "phone"."""
        root = term.rstrip("e")
        if not 4 <= len(root) <= LONGEST:
            return []
        spread = self.vocabulary.spread
        near = self.vocabulary.made_with(root) - {term}
        return self._commonest(word for word in near if spread(word) >= spread(term))

    def _concept(self, term: str, language: str) -> list[str]:
        """Words that speak of something that the term speaks of."""
        concepts = lexicon(language).concepts
        named = set(concepts.get(term, ()))
        near = (word for word, its in concepts.items() if word != term and named & set(its))
        return self._commonest(word for word in near if word in self.vocabulary)

    def _commonest(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (-self.vocabulary.spread(word), word))


def _own(met: dict[str, float]) -> dict[str, float]:
    """What a word meets: where it is a term itself it says nothing of the others (#7).

    Without that "power" met all of "nuclear power", since energy is a concept of both.
    """
    return {term: share for term, share in met.items() if share == max(met.values())}


def _covering(known: Mapping[str, float]) -> Callable[[Mapping[str, float]], float]:
    """What the terms tell that are met, each by its share, over what all `known` ones tell."""
    whole = sum(known.values())
    return lambda met: sum([known[term] * share for term, share in met.items()]) / whole


def _cut(query: str) -> str:
    """As much of a query as is looked at, without the half of a word at its end."""
    return query if len(query) <= TYPED else query[:TYPED].rpartition(" ")[0] or query[:TYPED]


_Row = tuple[Reading, Sequence[int], Sequence[int]]  # where the windows of a reading begin and end


def _passage(row: _Row, place: int) -> Passage:
    reading, starts, ends = row
    return Passage(reading, starts[place], ends[place])


def _joined(
    found: Iterable[Concordance],
    rows: list[_Row],
    passages: Numbered[Passage],
    vocabulary: Vocabulary,
) -> Iterator[tuple[str, list[str]]]:
    """Each window's reading and stems; the rest of the index learns of them on the way in."""
    for one in found:
        rows.append((one.reading, one.windows.starts, one.windows.ends))
        passages.add(len(one.windows))
        key, term = one.reading.key, one.terms.__getitem__
        number = vocabulary.numbers(one.terms).__getitem__
        for said in one.windows.stems():
            vocabulary.put(map(number, said))
            yield key, [*map(term, said)]
