"""All that may stand against a claim: what the readings assert, and what they answer.

Made ready once for every question; a claim is found by its stems, not by reading all of them.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import sub

from prompts.concordance import Concordance, Stretches
from prompts.model import Passage
from prompts.pairs import Pair
from prompts.postings import Numbered
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


class Named:
    """Statements by the stems that they hold, so that none has to be read to be found.

    They come reading by reading: its stems, and of each statement their numbers there.
    """

    def __init__(self, said: Iterable[tuple[Sequence[str], Iterable[Iterable[int]]]]) -> None:
        holders: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._lengths = array("I")
        for stems, statements in said:
            learn = [holders[stem].append for stem in stems]
            for number, held in enumerate(map(set, statements), start=len(self._lengths)):
                self._lengths.append(len(held))
                for stem in held:
                    learn[stem](number)
        self._holders = {stem: numbers for stem, numbers in holders.items() if numbers}

    def sharing(self, wanted: Collection[str], weigh: Weigh, least: float) -> list[int]:
        """The statements that share stems of at least that share of the weight of all wanted.

        What holds none of the rarer stems cannot weigh enough, so the common ones, which half of
        all statements hold, are only looked up in those (#7).
        """
        order = sorted(wanted, key=lambda stem: (len(self._held(stem)), stem))
        left = sum(map(weigh, order))
        least *= 0.999 * left  # sums of floats depend on the order
        shared: defaultdict[int, float] = defaultdict(float)
        for stem in order:
            weight, holders = weigh(stem), self._held(stem)
            for number in holders if left >= least else _both(shared, holders):
                shared[number] += weight
            left -= weight
        return [number for number in sorted(shared) if shared[number] >= least]

    def within(self, wanted: Collection[str]) -> list[int]:
        """The statements that say nothing else than what is wanted."""
        met: Counter[int] = Counter()
        for stem in wanted:
            met.update(self._held(stem))
        return sorted(number for number, n in met.items() if n == self._lengths[number])

    def _held(self, stem: str) -> "Sequence[int]":
        return self._holders.get(stem, ())


def _both(known: Collection[int], holders: Sequence[int]) -> list[int]:
    """The numbers of a sorted row that are known already."""
    if len(holders) < len(known):
        return [number for number in holders if number in known]
    places = ((number, bisect_left(holders, number)) for number in known)
    return [n for n, at in places if at < len(holders) and holders[at] == n]


class Claims:
    """The claims of all readings, numbered as they come; each is made when it is asked for."""

    def __init__(self, found: Sequence[Concordance]) -> None:
        self.found = found
        self._said = Numbered(self._made, (len(one.claims) for one in found))
        self._home = {one.reading.digest: one for one in found}
        self._order: dict[str, tuple[list[tuple[int, int]], int]] = {}

    def __getitem__(self, number: int) -> Said:
        return self._said[number]

    def key(self, number: int) -> str:
        """The key of a claim's reading."""
        return self.found[self._said.place(number)[0]].reading.key

    def _made(self, row: int, place: int) -> Said:
        return _claim(self.found[row], place)

    def within(self, passage: Passage) -> Iterator[Said] | None:
        """The claims of its reading that share text with a passage; None if nobody analysed it."""
        one = self._home.get(passage.reading.digest)
        return None if one is None else (_claim(one, k) for k in self._over(one, passage))

    def _over(self, one: Concordance, passage: Passage) -> Iterator[int]:
        starts, longest = self._ordered(one)
        first = bisect_left(starts, (passage.start - longest, 0))
        last = bisect_left(starts, (passage.end, 0))
        return (k for _, k in starts[first:last] if one.claims.ends[k] > passage.start)

    def _ordered(self, one: Concordance) -> tuple[list[tuple[int, int]], int]:
        """Where the claims of a reading begin, in order, and how long the longest is."""
        digest, part = one.reading.digest, one.claims
        if digest not in self._order:
            starts = sorted(zip(part.starts, range(len(part)), strict=True))
            longest = max(map(sub, part.ends, part.starts), default=0)
            self._order[digest] = starts, longest
        return self._order[digest]

    @cached_property
    def named(self) -> Named:
        return Named((one.terms, one.claims.stems()) for one in self.found)


class Answers:
    """What the readings answer, found by the stems of what is said or by where it stands."""

    def __init__(self, found: Sequence[Concordance], pairs: Iterable[Pair]) -> None:
        self._found = found
        self.exchanges = Numbered(self._made, (len(one.answered) for one in found))
        self._rows = {one.reading.digest: row for row, one in enumerate(found)}
        self._pairs = defaultdict[str, list[Pair]](list)
        for pair in pairs:
            self._pairs[pair.claim.passage.reading.digest].append(pair)

    def _made(self, row: int, place: int) -> Exchange:
        return _exchange(self._found[row], place)

    def pairs(self, own: Iterable[Passage]) -> list[Pair]:
        """The pairs of the claims that share text with some passages."""
        spans = _by_reading(own)
        return [
            pair
            for digest in spans
            for pair in self._pairs.get(digest, ())
            if any(map(pair.claim.passage.overlaps, spans[digest]))
        ]

    def against(self, own: Iterable[Passage]) -> set[int]:
        """The exchanges whose reply is to what shares text with some passages, by number."""
        return {
            self.exchanges.first[row] + place
            for digest, spans in _by_reading(own).items()
            if (row := self._rows.get(digest)) is not None
            for place, against in enumerate(_against(self._found[row]))
            if any(map(against.overlaps, spans))
        }

    @cached_property
    def named(self) -> Named:
        """Both hands of each exchange: the view at twice its number, then what it is against."""
        return Named((one.terms, one.views.stems()) for one in self._found)


def _by_reading(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.reading.digest, []).append(passage)
    return found


@dataclass(frozen=True)
class Ground:
    """All that may stand against a claim, made ready once for every question; that of some
    readings alone, if `keys` names them."""

    claims: Claims
    answers: Answers
    keys: frozenset[str] | None = None

    @property
    def language(self) -> str:
        """The language of what is held here first; English where nothing is."""
        found = (one.reading for one in self.claims.found if len(one.claims))
        return next((r.language for r in found if self._has(r.key)), "en")

    def within(self, keys: frozenset[str]) -> "Ground":
        """The part of it that lies in some readings."""
        return Ground(self.claims, self.answers, keys)

    def naming(
        self, wanted: Collection[str], weigh: Weigh, least: float, lesser: bool = False
    ) -> list[Said]:
        """The claims that share stems of at least that share of the weight of all wanted; if
        `lesser`, also those that say nothing else than what is wanted."""
        named = self.claims.named
        found = named.sharing(wanted, weigh, least)
        if lesser:
            found = sorted({*found, *named.within(wanted)})
        return [self.claims[number] for number in found if self._has(self.claims.key(number))]

    def pairs(self, own: Iterable[Passage]) -> list[Pair]:
        """The pairs of the claims that share text with some passages."""
        found = self.answers.pairs(own)
        return [self._part(pair) for pair in found if self._has(pair.claim.passage.reading.key)]

    def exchanges(
        self, own: Iterable[Passage], wanted: Collection[str], weigh: Weigh, least: float
    ) -> list[Exchange]:
        """What is answered in those passages, and exchanges of which a side shares that much."""
        sides = self.answers.named.sharing(wanted, weigh, least)
        numbers = {number // 2 for number in sides} | self.answers.against(own)
        found = (self.answers.exchanges[number] for number in sorted(numbers))
        return [exchange for exchange in found if self._has(exchange.shown.reading.key)]

    def _part(self, pair: Pair) -> Pair:
        """A pair without the counterpoint of a reading that is not asked."""
        away = pair.other is not None and not self._has(pair.other.passage.reading.key)
        return replace(pair, other=None) if away else pair

    def _has(self, key: str) -> bool:
        return self.keys is None or key in self.keys

    def over(self, passage: Passage) -> Iterator[Said]:
        """The claims that share text with a passage."""
        return self.claims.within(passage) or iter(())

    def argues(self, passage: Passage, about: frozenset[str]) -> bool:
        """Whether a passage asserts something about the matter, given by its stems; so does all of
        a reading that nobody analysed."""
        found = self.claims.within(passage)
        held = (claim.stems for claim in found or () if claim.score >= ARGUES)
        return found is None or not all(map(about.isdisjoint, held))


def ground(found: Iterable[Concordance], pairs: Iterable[Pair]) -> Ground:
    """The material of all readings."""
    known = tuple(found)
    return Ground(Claims(known), Answers(known, pairs))


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


def _against(one: Concordance) -> Iterator[Passage]:
    """What each exchange of a reading is against."""
    spans = zip(one.views.starts[1::2], one.views.ends[1::2], strict=True)
    return (Passage(one.reading, start, end) for start, end in spans)


def _exchange(one: Concordance, place: int) -> Exchange:
    known = one.answered[place]
    view, against = (_view(one, 2 * place + hand) for hand in (0, 1))
    reply = Passage(one.reading, *known.reply) if known.reply else None
    return Exchange(view, against, Passage(one.reading, *known.shown), reply, known.score)
