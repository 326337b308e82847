"""The words of a heap of documents: how common each is, which are made with it, who says it."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import count

AT_ONCE = 100_000  # numbers that are counted while nobody else runs


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
