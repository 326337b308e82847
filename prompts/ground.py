"""All that may stand against a claim: what the readings assert, and what they answer.

Made ready once for every question; a claim is found by its stems, not by reading all of them.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from prompts.concordance import Concordance, Stretches
from prompts.model import Passage
from prompts.numbered import Numbered
from prompts.pairs import Pair
from prompts.statements import Said, Weigh

ARGUES = 0.5  # the score from which a sentence is called a claim


@dataclass(frozen=True, slots=True)
class Exchange:
    """A view that a reading tells or grants, and what its author says against it."""

    view: Said
    against: Said
    shown: Passage
    reply: Passage | None
    score: float


class Claims:
    """The claims of all readings, numbered as they come; each is made when it is asked for."""

    def __init__(self, found: Sequence[Concordance]) -> None:
        self.found = found
        self._said = Numbered(self._made, (len(one.claims) for one in found))
        self._home = {one.reading.digest: one for one in found}

    def __getitem__(self, number: int) -> Said:
        return self._said[number]

    def place(self, number: int) -> tuple[Concordance, int]:
        """The reading of a claim, and its number there."""
        row, place = self._said.place(number)
        return self.found[row], place

    def _made(self, row: int, place: int) -> Said:
        return _claim(self.found[row], place)

    def within(self, passage: Passage) -> Iterator[Said] | None:
        """The claims of its reading that share text with a passage; None if nobody analysed it."""
        one = self._home.get(passage.reading.digest)
        if one is None:
            return None
        places = enumerate(zip(one.claims.starts, one.claims.ends, strict=True))
        first, last = passage.start, passage.end
        return (_claim(one, k) for k, (start, end) in places if start < last and first < end)

    @cached_property
    def naming(self) -> "Mapping[str, array[int]]":
        """The claims that hold a stem, by their numbers."""
        found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for first, one in zip(self._said.first, self.found, strict=False):
            holders = [found[term] for term in one.terms]
            for number, said in enumerate(one.claims.stems(), first):
                for term in set(said):
                    holders[term].append(number)
        return {term: numbers for term, numbers in found.items() if numbers}


@dataclass(frozen=True)
class Ground:
    """All that may stand against a claim, made ready once for every question; that of some
    readings alone, if `keys` names them."""

    claims: Claims
    exchanges: tuple[Exchange, ...]
    pairs: tuple[Pair, ...]
    keys: frozenset[str] | None = None

    @property
    def language(self) -> str:
        """The language of what is held here first; English where nothing is."""
        found = (one.reading for one in self.claims.found if len(one.claims))
        return next((r.language for r in found if self._has(r.key)), "en")

    def within(self, keys: frozenset[str]) -> "Ground":
        """The part of it that lies in some readings."""
        return Ground(
            self.claims,
            tuple(e for e in self.exchanges if e.shown.reading.key in keys),
            tuple(_part(p, keys) for p in self.pairs if p.claim.passage.reading.key in keys),
            keys,
        )

    def naming(
        self, wanted: Collection[str], weigh: Weigh, least: float, lesser: bool = False
    ) -> list[Said]:
        """The claims that share stems of at least that share of the weight of all wanted; if
        `lesser`, also those that say nothing else than what is wanted."""
        shared: defaultdict[int, float] = defaultdict(float)
        both: Counter[int] = Counter()
        for stem in sorted(wanted):
            weight, numbers = weigh(stem), self.claims.naming.get(stem, ())
            both.update(numbers if lesser else ())
            for number in numbers:
                shared[number] += weight
        least *= 0.999 * sum(map(weigh, wanted))  # sums of floats depend on the order
        return [
            self.claims[number]
            for number in sorted(shared)
            if (shared[number] >= least or (lesser and both[number] == self._length(number)))
            and self._has(self.claims.place(number)[0].reading.key)
        ]

    def _length(self, number: int) -> int:
        one, place = self.claims.place(number)
        return len(set(one.claims.saying(place)))

    def _has(self, key: str) -> bool:
        return self.keys is None or key in self.keys

    def over(self, passage: Passage) -> Iterator[Said]:
        """The claims that share text with a passage."""
        return self.claims.within(passage) or iter(())

    def argues(self, passage: Passage) -> bool:
        """Whether a passage asserts something; so does all of a reading that nobody analysed."""
        found = self.claims.within(passage)
        return found is None or any(claim.score >= ARGUES for claim in found)


def _part(pair: Pair, keys: frozenset[str]) -> Pair:
    """A pair without the counterpoint of a reading that is not asked."""
    away = pair.other is not None and pair.other.passage.reading.key not in keys
    return Pair(pair.claim, pair.own, None) if away else pair


def ground(found: Iterable[Concordance], pairs: Iterable[Pair]) -> Ground:
    """The material of all readings."""
    known = tuple(found)
    claims = Claims(known)
    return Ground(claims, tuple(e for one in known for e in _exchanges(one)), tuple(pairs))


def _claim(one: Concordance, place: int) -> Said:
    known = one.asserted
    passage, stems = _stood(one, one.claims, place)
    text = known.motions[place] or passage.text
    return Said(passage, text, stems, known.scores[place], known.voices[place])


def _stood(one: Concordance, part: Stretches, place: int) -> tuple[Passage, frozenset[str]]:
    """A stretch as a passage, with its stems."""
    stems = frozenset([one.terms[number] for number in part.saying(place)])
    return Passage(one.reading, part.starts[place], part.ends[place]), stems


def _view(one: Concordance, place: int) -> Said:
    passage, stems = _stood(one, one.views, place)
    return Said(passage, passage.text, stems)


def _exchanges(one: Concordance) -> Iterator[Exchange]:
    for k, known in enumerate(one.answered):
        view, against = (_view(one, 2 * k + hand) for hand in (0, 1))
        reply = Passage(one.reading, *known.reply) if known.reply else None
        yield Exchange(view, against, Passage(one.reading, *known.shown), reply, known.score)
