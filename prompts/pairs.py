"""Claims of one reading that may be posted, each with what its own author sets against it.

What the engine links directly comes first; then what the author answers in the same paragraph or
on the same aspect.
"""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from prompts.likeness import stems
from prompts.model import Analysis, Block, Claim, Counterpoint, Passage, Reading, Voice
from prompts.passages import findable
from prompts.windows import alone, around, sentence, whole
from prompts.wording import urges

SURE = 0.5  # from here on something may be asserted
SHORTEST, LONGEST = 22, 360  # characters of a claim that is posted
SHARED = 2  # stems that two passages on one aspect have in common, at least
CLOSE = 0.4  # the share of the smaller one's stems, without those of its reading's subject
COMMON = 0.12  # a stem in more of a reading's sentences is its subject, and links nothing
ANSWERED, ASPECT = 0.9, 0.85  # how surely a view told elsewhere meets this claim
LEANS = 0.1  # what a claim loses that begins with "But" or "Besides"
LEADS = 2.0  # what a reading's thesis gains: more than a counterpoint gives


Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the counterpoint from its own reading and the one from another, if any; whether the
    claim leans on what stands before it in its reading, and whether it leads: of what the reading
    may open a debate with it is claimed most surely."""

    claim: Claim
    own: Counterpoint | None = None
    other: Counterpoint | None = None
    leans: bool = False
    leads: bool = False

    @property
    def met(self) -> bool:
        """Whether something stands against the claim."""
        return self.own is not None or self.other is not None

    @property
    def disputed(self) -> bool:
        """Whether it may open a debate: the claim holds something, or something meets it."""
        return self.claim.debatable or self.met

    @property
    def strength(self) -> float:
        """What orders prompts: first what leads; then a counterpoint counts for more than a
        well-put claim, and for the less the less sure it is that there is one."""
        score = self.claim.score
        leans = LEANS if self.leans else 0.0
        sure = max((p.score for p in (self.own, self.other) if p), default=0.0)
        ahead = (LEADS if self.leads else 0.0) + (SURE + sure if sure else 0.0)
        return score - leans + ahead * (2 * score - 1)


def content(passage: Passage) -> frozenset[str]:
    """The stems of a passage."""
    return frozenset(stems(passage.text, passage.reading.language))


def shared(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """The share of the smaller set that is in both; 0 where fewer than two are."""
    both = len(a & b)
    return both / min(len(a), len(b)) if both >= SHARED else 0.0


def postable(analysis: Analysis) -> tuple[Claim, ...]:
    """The author's claims that may open a debate, best first."""
    found = (claim for claim in analysis.claims if claim.score >= SURE and claim.motion)
    return tuple(claim for claim in map(_shown, found) if claim is not None)


def _shown(claim: Claim) -> Claim | None:
    """A claim as it is quoted: in whole sentences where that is not too long."""
    if claim.voice is not Voice.AUTHOR:
        return None
    wide = sentence(claim.passage)
    passage = wide if wide and wide.end - wide.start <= LONGEST else claim.passage
    if not (SHORTEST <= passage.end - passage.start <= LONGEST and findable(passage)):
        return None
    return claim if place(passage) == place(claim.passage) else replace(claim, passage=passage)


def pairs(analysis: Analysis) -> tuple[Pair, ...]:
    """All that may be dealt from one reading, the best claims first."""
    claims = postable(analysis)
    lone = [alone(claim.passage.text, claim.passage.reading.language) for claim in claims]
    answered = _answered(claims, lone, analysis)
    found = [
        Pair(claim, answered.get(place(claim.passage)), leans=not by_itself)
        for claim, by_itself in zip(claims, lone, strict=True)
    ]
    lead = next((k for k, p in enumerate(found) if p.disputed), None)
    return tuple(replace(p, leads=k == lead) for k, p in enumerate(found))


def place(passage: Passage) -> Place:
    """Where a passage stands, for a dictionary: comparing whole readings would take long."""
    return passage.reading.digest, passage.start, passage.end


def folder_of(reading: Reading) -> str:
    """The subject a reading belongs to: the folder it lies in, empty at the top."""
    return reading.key.rpartition("/")[0]


def shown(analysis: Analysis) -> tuple[Counterpoint, ...]:
    """The counterpoints that may be asserted, in whole sentences that stand alone."""
    wide = (
        (point, whole(point.passage)) for point in analysis.counterpoints if point.score >= SURE
    )
    return tuple(
        replace(point, passage=passage)
        for point, passage in wide
        if passage is not None and not passage.overlaps(point.against)
    )


# -- which counterpoint meets which claim -------------------------------------------------------


def _answered(
    claims: Sequence[Claim], lone: Sequence[bool], analysis: Analysis
) -> dict[Place, Counterpoint]:
    """For each claim at most one counterpoint of the same author's text, each used once; `lone`
    tells which claims stand alone."""
    points = shown(analysis)
    if not (claims and points):
        return {}
    said = [content(claim.passage) for claim in analysis.claims]
    subject = _subject(said)
    sure = ((c, stems) for c, stems in zip(analysis.claims, said, strict=True) if c.score >= SURE)
    known = {place(claim.passage): stems for claim, stems in sure}
    asked = [
        Asked.of(claim, known.get(place(claim.passage)), subject, by_itself)
        for claim, by_itself in zip(claims, lone, strict=True)
    ]
    met, links = Met(asked), []
    for point in points:
        view = View.of(point, subject)
        scores = ((point.score * _link(asked[at], view), at) for at in met.by(view))
        links += [(s, asked[at].claim, point) for s, at in scores if s >= SURE]
    taken: dict[Place, Counterpoint] = {}
    used: set[Place] = set()
    for score, claim, point in sorted(links, key=lambda link: -link[0]):
        here, there = place(claim.passage), place(point.passage)
        if here not in taken and there not in used:
            taken[here] = replace(point, against=claim.passage, score=round(score, 4))
            used.add(there)
    return taken


def _subject(said: Sequence[frozenset[str]]) -> frozenset[str]:
    """The stems that a reading is about; the engine lists every sentence, sure or not."""
    spread = Counter(chain.from_iterable(said))
    return frozenset(stem for stem, n in spread.items() if n > COMMON * len(said))


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim as every counterpoint meets it, looked at once.

    `thesis` tells how surely any view the author answers is against it.
    """

    claim: Claim
    block: Block | None
    stems: frozenset[str]
    aspect: frozenset[str]  # of the stems, those that are not the subject's
    named: frozenset[str]  # and those that are
    thesis: float

    @classmethod
    def of(
        cls, claim: Claim, known: frozenset[str] | None, subject: frozenset[str], lone: bool
    ) -> "Asked":
        said = content(claim.passage) if known is None else known
        named = said & subject
        thesis = _thesis(claim.passage, len(named) / max(1, len(said))) if lone else 0.0
        return cls(claim, around(claim.passage), said, said - subject, named, thesis)


@dataclass(frozen=True, slots=True)
class View:
    """A counterpoint as it meets every claim: what it says together with what it is against."""

    point: Counterpoint
    block: Block | None
    stems: frozenset[str]
    aspect: frozenset[str]
    named: frozenset[str]  # what it says itself of the subject

    @classmethod
    def of(cls, point: Counterpoint, subject: frozenset[str]) -> "View":
        said = content(point.passage)
        told = said | content(point.against)
        return cls(point, around(point.against), told, told - subject, said & subject)


class Met:
    """Which claims a counterpoint can meet at all, by where they stand and by what they say: of
    the hundreds in a reading a few, and a book has a thousand counterpoints (#9)."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._spans = [(one.claim.passage.start, one.claim.passage.end) for one in asked]
        self._theses = [at for at, one in enumerate(asked) if one.thesis]
        self._blocks: dict[Block | None, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        for at, one in enumerate(asked):
            self._blocks.setdefault(one.block, []).append(at)
            for stem in one.aspect:
                self._stems.setdefault(stem, []).append(at)

    def by(self, view: View) -> list[int]:
        """All that `_link` may give more than nothing, in their order."""
        first, last = view.point.against.start, view.point.against.end
        here = (at for at, (start, end) in enumerate(self._spans) if start < last and first < end)
        both = Counter(at for stem in view.aspect for at in self._stems.get(stem, ()))
        like = (at for at, count in both.items() if count >= SHARED)
        return sorted({*here, *like, *self._blocks.get(view.block, ()), *self._theses})


def _link(one: Asked, view: View) -> float:
    """How surely what stands against one sentence of an author stands against this claim."""
    if _meet(one.claim.passage, view.point.passage):
        return 0.0
    if _meet(one.claim.passage, view.point.against):
        return 1.0
    if one.block is view.block:
        return ANSWERED
    if shared(one.aspect, view.aspect) >= CLOSE:
        return ASPECT
    # A view that names nothing of the subject that the claim names may stand beside it unopposed.
    if one.thesis and not one.named.isdisjoint(view.named):
        return one.thesis + 0.1 * shared(one.stems, view.stems)
    return 0.0


def _meet(a: Passage, b: Passage) -> bool:
    """Whether two passages of one reading overlap, which is asked of each claim and view."""
    return a.start < b.end and b.start < a.end


def _thesis(passage: Passage, named: float) -> float:
    """How surely any view the author answers is against a claim that stands alone: it is if the
    claim urges what the whole text is about. `named`: the share of its stems that are that."""
    return 0.62 + 0.2 * named if urges(passage.text, passage.reading.language) else 0.0
