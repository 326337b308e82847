"""Claims that may be posted, each with the counterpoint that stands against it, if there is one.

What the engine links directly comes first; then what an author answers in the same paragraph or
on the same aspect; then what another reading says to the contrary.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from prompts.conflicts import conflicts
from prompts.likeness import stems
from prompts.model import Analysis, Block, Claim, Counterpoint, Passage, Reading, Voice
from prompts.passages import findable
from prompts.windows import alone, around, sentence, whole
from prompts.wording import urges

SURE = 0.5  # from here on something may be asserted
SHORTEST, LONGEST = 40, 360  # characters of a claim that is posted
SIBLINGS = 12  # readings of one folder that are held against each other
SHARED = 2  # stems that two passages on one aspect have in common, at least
NEAR = 0.3  # the share of the smaller one's stems that are shared, between two readings
CLOSE = 0.4  # the same within one reading, without the stems of its subject
COMMON = 0.12  # a stem in more of a reading's sentences is its subject, and links nothing
ANSWERED, ASPECT = 0.9, 0.85  # how surely a view told elsewhere meets this claim
LEANS = 0.1  # what a claim loses that begins with "But" or "Besides"


Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the counterpoint from its own reading and the one from another, if any."""

    claim: Claim
    own: Counterpoint | None
    other: Counterpoint | None

    @property
    def strength(self) -> float:
        """What orders prompts: a counterpoint counts for more than a well-put claim."""
        passage = self.claim.passage
        leans = 0.0 if alone(passage.text, passage.reading.language) else LEANS
        sure = max((p.score for p in (self.own, self.other) if p), default=0.0)
        return self.claim.score - leans + (SURE + sure if sure else 0.0)


def content(passage: Passage) -> frozenset[str]:
    """The stems of a passage."""
    return frozenset(stems(passage.text, passage.reading.language))


def shared(a: frozenset[str], b: frozenset[str]) -> float:
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
    passage = wide if wide and len(wide.text) <= LONGEST else claim.passage
    fits = SHORTEST <= len(passage.text) <= LONGEST and findable(passage)
    return replace(claim, passage=passage) if fits else None


def pairs(readings: Sequence[Reading], analyses: Mapping[str, Analysis]) -> tuple[Pair, ...]:
    """All that may be dealt from readings with their analyses by digest, strongest first."""
    claims = {reading.digest: postable(analyses[reading.digest]) for reading in readings}
    known = {place(c.passage): content(c.passage) for own in claims.values() for c in own}
    found: list[Pair] = []
    for reading in readings:
        own = claims[reading.digest]
        others = [c for other in _siblings(reading, readings) for c in claims[other.digest]]
        within = _within(own, analyses[reading.digest])
        beside = _beside(own, others, known)
        found += (Pair(c, within.get(place(c.passage)), beside.get(place(c.passage))) for c in own)
    return tuple(sorted(found, key=_order))


def place(passage: Passage) -> Place:
    """Where a passage stands, for a dictionary: comparing whole readings would take long."""
    return passage.reading.digest, passage.start, passage.end


def _order(pair: Pair) -> tuple[float, str, int]:
    passage = pair.claim.passage
    return -pair.strength, passage.reading.key, passage.start


# -- the same reading ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage as it is compared: looked up once, since every claim meets every counterpoint."""

    block: Block | None
    stems: frozenset[str]


def _within(claims: Sequence[Claim], analysis: Analysis) -> dict[Place, Counterpoint]:
    """For each claim at most one counterpoint of the same author's text, each used once."""
    subject, points = _subject(analysis), shown(analysis)
    passages = [*(c.passage for c in claims), *(q for p in points for q in (p.passage, p.against))]
    seen = {place(p): Seen(around(p), content(p)) for p in passages}
    links = [
        (point.score * _link(claim, point, subject, seen), claim.passage, point)
        for point in points
        for claim in claims
    ]
    taken: dict[Place, Counterpoint] = {}
    used: set[Place] = set()
    for score, passage, point in sorted(links, key=lambda link: -link[0]):
        here, there = place(passage), place(point.passage)
        if score >= SURE and here not in taken and there not in used:
            taken[here] = replace(point, against=passage, score=round(score, 4))
            used.add(there)
    return taken


def _subject(analysis: Analysis) -> frozenset[str]:
    """The stems that a reading is about; the engine lists every sentence, sure or not."""
    spread = Counter(stem for claim in analysis.claims for stem in content(claim.passage))
    return frozenset(stem for stem, n in spread.items() if n > COMMON * len(analysis.claims))


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


def _link(
    claim: Claim, point: Counterpoint, subject: frozenset[str], seen: Mapping[Place, Seen]
) -> float:
    """How surely what stands against one sentence of an author stands against this claim."""
    passage = claim.passage
    if passage.overlaps(point.passage):
        return 0.0
    if passage.overlaps(point.against):
        return 1.0
    here, view, aim = (seen[place(p)] for p in (passage, point.passage, point.against))
    if here.block == aim.block:
        return ANSWERED
    said, told = here.stems, view.stems | aim.stems
    if shared(said - subject, told - subject) >= CLOSE:
        return ASPECT
    # A view that names nothing of the subject that the claim names may stand beside it unopposed.
    named = said & view.stems & subject
    return _thesis(claim, subject) + 0.1 * shared(said, told) if named else 0.0


def _thesis(claim: Claim, subject: frozenset[str]) -> float:
    """How surely any view the author answers is against this claim: it is if the claim urges
    what the whole text is about, and stands alone."""
    passage, language = claim.passage, claim.passage.reading.language
    if not (urges(passage.text, language) and alone(passage.text, language)):
        return 0.0
    said = content(passage)
    return 0.62 + 0.2 * len(said & subject) / max(1, len(said))


# -- another reading ----------------------------------------------------------------------------


def _beside(
    claims: Sequence[Claim], others: Sequence[Claim], known: Mapping[Place, frozenset[str]]
) -> dict[Place, Counterpoint]:
    """For each claim the surest contrary claim of a reading in the same folder."""
    near = _near(claims, others, known)
    here_too, there_too = {here for here, _ in near}, {there for _, there in near}
    mine = tuple(a for a in claims if place(a.passage) in here_too)
    theirs = tuple(b for b in others if place(b.passage) in there_too)
    best: dict[Place, Counterpoint] = {}
    for row in conflicts(Analysis(mine, ()), Analysis(theirs, ())):
        here, there = place(row.claim.passage), place(row.counterpoint.passage)
        if row.score >= SURE and (here, there) in near and here not in best:
            best[here] = Counterpoint(row.counterpoint.passage, row.claim.passage, row.score)
    return best


def _near(
    claims: Sequence[Claim], others: Sequence[Claim], known: Mapping[Place, frozenset[str]]
) -> set[tuple[Place, Place]]:
    """The pairs of claims that share enough stems; only those that share one are compared."""
    holders: dict[str, list[Place]] = {}
    for there in {place(b.passage) for b in others}:
        for stem in known[there]:
            holders.setdefault(stem, []).append(there)
    found: set[tuple[Place, Place]] = set()
    for here in {place(a.passage) for a in claims}:
        met = Counter(there for stem in known[here] for there in holders.get(stem, ()))
        close = (there for there, n in met.items() if n >= SHARED)
        found |= {(here, there) for there in close if shared(known[here], known[there]) >= NEAR}
    return found


def _siblings(reading: Reading, known: Sequence[Reading]) -> list[Reading]:
    """The readings that follow in the same folder, counted round."""
    near = [other for other in known if folder_of(other) == folder_of(reading)]
    at = next(k for k, other in enumerate(near) if other.digest == reading.digest)
    return [*near[at + 1 :], *near[:at]][:SIBLINGS]


def folder_of(reading: Reading) -> str:
    """The subject a reading belongs to: the folder it lies in, empty at the top."""
    return reading.key.rpartition("/")[0]
