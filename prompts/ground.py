"""All that may stand against a claim: what the readings assert, and what they answer.

Made ready once for every question; a claim is found by its stems, not by reading all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from prompts.model import Analysis, Passage
from prompts.pairs import Pair, shown
from prompts.statements import Said, Weigh, told
from prompts.windows import whole

ARGUES = 0.5  # the score from which a sentence is called a claim


@dataclass(frozen=True, slots=True)
class Exchange:
    """A view that a reading tells or grants, and what its author says against it."""

    view: Said
    against: Said
    shown: Passage
    reply: Passage | None
    score: float


@dataclass(frozen=True)
class Ground:
    """All that may stand against a claim, made ready once for every question."""

    claims: tuple[Said, ...]
    exchanges: tuple[Exchange, ...]
    pairs: tuple[Pair, ...]

    def within(self, keys: frozenset[str]) -> "Ground":
        """The part of it that lies in some readings."""
        return Ground(
            tuple(c for c in self.claims if c.passage.reading.key in keys),
            tuple(e for e in self.exchanges if e.shown.reading.key in keys),
            tuple(_part(p, keys) for p in self.pairs if p.claim.passage.reading.key in keys),
        )

    def naming(self, wanted: Collection[str], weigh: Weigh, least: float) -> list[Said]:
        """The claims that share stems of at least that share of the weight of all wanted."""
        shared: defaultdict[int, float] = defaultdict(float)
        for stem in sorted(wanted):
            for number in self._naming.get(stem, ()):
                shared[number] += weigh(stem)
        least *= 0.999 * sum(map(weigh, wanted))  # sums of floats depend on the order
        return [self.claims[number] for number in sorted(shared) if shared[number] >= least]

    def over(self, passage: Passage) -> Iterator[Said]:
        """The claims that share text with a passage."""
        found = self._reading.get(passage.reading.digest, ())
        return (claim for claim in found if claim.passage.overlaps(passage))

    def argues(self, passage: Passage) -> bool:
        """Whether a passage asserts something; so does all of a reading that nobody analysed."""
        found = self._reading.get(passage.reading.digest)
        return found is None or any(c.score >= ARGUES for c in self.over(passage))

    @cached_property
    def _naming(self) -> Mapping[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, claim in enumerate(self.claims):
            for stem in claim.stems:
                found[stem].append(number)
        return found

    @cached_property
    def _reading(self) -> Mapping[str, list[Said]]:
        found: defaultdict[str, list[Said]] = defaultdict(list)
        for claim in self.claims:
            found[claim.passage.reading.digest].append(claim)
        return found


def _part(pair: Pair, keys: frozenset[str]) -> Pair:
    """A pair without the counterpoint of a reading that is not asked."""
    away = pair.other is not None and pair.other.passage.reading.key not in keys
    return Pair(pair.claim, pair.own, None) if away else pair


def ground(analyses: Iterable[Analysis], pairs: Iterable[Pair]) -> Ground:
    """The material of all readings."""
    known = tuple(analyses)
    claims = tuple(
        told(claim.passage, claim.motion or "", claim.score, claim.voice)
        for analysis in known
        for claim in analysis.claims
    )
    return Ground(claims, tuple(e for a in known for e in _exchanges(a)), tuple(pairs))


def _exchanges(analysis: Analysis) -> Iterator[Exchange]:
    for point in shown(analysis):
        view, against = told(point.passage), told(point.against)
        reply = whole(point.answer or point.against)
        yield Exchange(view, against, point.passage, reply, point.score)
