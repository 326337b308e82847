"""The words of a heap of documents: how common, what is made with them, how else they are spelt."""

import tomllib
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import count

from prompts.likeness import stems
from prompts.statements import NUMBERS

AT_ONCE = 100_000  # numbers that are counted while nobody else runs
LATIN = 5  # letters of a stem that is spelt otherwise elsewhere, at least
# Suspend, suspension; decide, decision; then what is spelt otherwise across the Atlantic.
_VERBS = {"nd": "ns", "id": "is", "ud": "us", "od": "os"}
_BRITISH = {"our": "or", "tr": "ter", "enc": "ens", "ogu": "og", "mm": "m"}
_ENDS = [*_VERBS.items(), *_BRITISH.items()]
_TURNED = {a: b for pair in _ENDS for a, b in (pair, pair[::-1])}
MOST = 1 << 13  # stems of which it is remembered


class Vocabulary:
    """Stems, and for each document, numbered from 0 as they came, the stems that stand in it.

    Kept as numbers in flat arrays: a million passages are some ten million of them, and nothing
    that is found has to be stemmed again, which took 50 times as long as finding it (#7).
    """

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._said = array("I")
        self._ends = array("Q", [0])

    def numbers(self, stems: Iterable[str]) -> list[int]:
        """What stems are known as from now on, for `put`."""
        return [self._numbers[stem] for stem in stems]

    def put(self, numbers: Iterable[int]) -> None:
        """The next document's stems by their numbers; all are put before anything is asked."""
        self._said.extend(set(numbers))
        self._ends.append(len(self._said))

    def __contains__(self, stem: str) -> bool:
        return stem in self._numbers

    def spread(self, stem: str) -> int:
        """In how many documents a stem stands."""
        number = self._numbers.get(stem)
        return 0 if number is None else self._spread[number]

    @cached_property
    def _spread(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for at in range(0, len(self._said), AT_ONCE):
            found.update(self._said[at : at + AT_ONCE])
        return found

    def meeting(
        self, stems: Collection[str], documents: Iterable[int]
    ) -> Iterator[tuple[str, ...]]:
        """For each document, those of the stems that stand in it."""
        known = {self._numbers[stem]: stem for stem in stems if stem in self}
        wanted = frozenset(known)

        @cache  # what is found shares the same few stems with what is sought
        def named(met: frozenset[int]) -> tuple[str, ...]:
            return tuple([known[number] for number in sorted(met)])

        for document in documents:
            said = self._said[self._ends[document] : self._ends[document + 1]]
            yield named(wanted.intersection(said))

    def made_with(self, root: str) -> set[str]:
        """The stems that begin or end with a root."""
        ending = (stem[::-1] for stem in _beginning(self._backwards, root[::-1]))
        return {*_beginning(self._sorted, root), *ending}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._numbers)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(stem[::-1] for stem in self._numbers)


def _beginning(ordered: Sequence[str], start: str) -> Iterator[str]:
    """The strings of a sorted row that begin so."""
    at = bisect_left(ordered, start)
    while at < len(ordered) and ordered[at].startswith(start):
        yield ordered[at]
        at += 1


# -- a stem as it may stand elsewhere -------------------------------------------------------------


@lru_cache(MOST)
def spellings(term: str, language: str) -> tuple[str, ...]:
    """The stem itself first, then what else it may be; only in English is there more."""
    if not language.startswith("en"):
        return (term,)
    found = [term, *_same().get(term, ())]
    if len(term) >= LATIN:
        ends = ((term[:-n], _TURNED.get(term[-n:])) for n in (1, 2, 3))
        found += [start + end for start, end in ends if end is not None]
        found += [term[:-2]] if term.endswith("is") and len(term) > LATIN + 1 else []  # legalise
    return tuple(found)


@cache
def _same() -> Mapping[str, tuple[str, ...]]:
    """Numbers and their words, and the words for the same thing, by stem."""
    file = resources.files("prompts") / "weights" / "same.en.toml"
    groups = tomllib.loads(file.read_text(encoding="utf-8")).values()
    alike = [group for text in groups for group in text.replace("\n", " | ").split("|")]
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for said in (stems(text) for text in (*alike, *map(" ".join, NUMBERS.items()))):
        for stem in said:
            found[stem] |= dict.fromkeys(other for other in said if other != stem)
    return {stem: tuple(others) for stem, others in found.items()}
