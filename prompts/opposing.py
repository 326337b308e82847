"""What in the readings stands against a claim, under a verdict that can be kept.

Finding text on the issue is easy; telling its side is not. So only what the engine links, or what
plainly denies the claim, is said to oppose it. The rest is shown as being on the same issue.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prompts.likeness import lexicon, stems, words
from prompts.model import Analysis, Claim, Counter, Passage, Verdict, Voice
from prompts.pairs import SURE, Pair, shown
from prompts.quotes import about, diverse, twins
from prompts.urged import Urge, spelled, urge
from prompts.windows import around, whole

if TYPE_CHECKING:
    from prompts.index import Hit  # the index is loaded when something is asked

MOST = 3  # passages of an answer
TYPED = 4_000  # characters of a claim that are looked at
SAYS = 0.7  # of a statement's weight, by rarity, that another must share to be the same statement
BACK = 0.3  # of the other's weight that must be shared as well
ASSERTS = 0.3  # the score below which a sentence only tells something
PLAIN = 0.2  # what it adds that one wants kept what the other wants changed
COPIED = 24  # characters in common that are no accident
ISSUE = 0.5  # of the claim's weight that a passage on the same issue speaks of
# A passage that speaks of this much of a claim, and for it with no more than that probability, is
# said to oppose it. Of the bench's lines whose side is known 24 of 26 then do (each claim judged
# by weights that have not seen it); at half of the claim's weight it was 87 of 100 (#7).
SPOKEN = 0.75
DARED = 0.1
SUPPORTS = 0.9  # the probability of speaking for a claim from which a passage does not come back
NEAR = 0.4  # below it a passage is not even near
# Asking for a thing to be gone denies it as "no" does; so "should not ban" affirms.
GONE = frozenset(
    ("ban", "bans", "banned", "banning", "abolish", "abolished", "forbid", "forbidden",
     "prohibit", "outlaw", "scrap")
)  # fmt: skip
TOLD = (Voice.REPORTED, Voice.CONCEDED, Voice.REJECTED)

_CLAUSE = re.compile(r"[,;:.?!]\s")

Weigh = Callable[[str], float]
Judge = Callable[[Passage], float]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement ready to be compared: its stems and whether it denies what they name."""

    passage: Passage
    stems: frozenset[str]
    denies: bool
    score: float = 0.0
    voice: Voice = Voice.AUTHOR


@dataclass(frozen=True, slots=True)
class Exchange:
    """A view that a reading tells or grants, and what its author says against it."""

    view: Said
    against: Said
    shown: Passage
    reply: Passage | None
    score: float


@dataclass(frozen=True, slots=True)
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


def _part(pair: Pair, keys: frozenset[str]) -> Pair:
    """A pair without the counterpoint of a reading that is not asked."""
    away = pair.other is not None and pair.other.passage.reading.key not in keys
    return Pair(pair.claim, pair.own, None) if away else pair


@dataclass(frozen=True, slots=True)
class Asked:
    """The claim that an opponent is sought for, and where the readings make it themselves."""

    stems: frozenset[str]
    denies: bool
    own: tuple[Passage, ...]
    weigh: Weigh
    seen: tuple[Passage, ...] = ()
    urge: Urge | None = None

    def same_issue(self, other: Said) -> bool:
        """Whether a statement is this very one, affirmed or denied."""
        both = sum(map(self.weigh, self.stems & other.stems))
        mine, theirs = sum(map(self.weigh, self.stems)), sum(map(self.weigh, other.stems))
        return both > 0 and both >= SAYS * mine and both >= BACK * theirs

    def affirms(self, other: Said) -> bool:
        return self.denies == other.denies and self.same_issue(other)

    def denied_by(self, other: Said) -> bool:
        return self.denies != other.denies and self.same_issue(other)

    def urged_against(self, other: Said) -> bool:
        """Whether one of both wants a thing kept that the other wants changed."""
        if self.urge is None or not other.passage.reading.language.startswith("en"):
            return False
        theirs = urge(other.passage.text)
        return theirs is not None and self.urge.opposes(theirs)


def ground(analyses: Iterable[Analysis], pairs: Iterable[Pair]) -> Ground:
    """The material of all readings."""
    known = tuple(analyses)
    claims = tuple(_claimed(claim) for analysis in known for claim in analysis.claims)
    return Ground(claims, tuple(e for a in known for e in _exchanges(a)), tuple(pairs))


def _claimed(claim: Claim) -> Said:
    language = claim.passage.reading.language
    text = claim.motion or claim.passage.text
    said = frozenset(stems(text, language))
    return Said(claim.passage, said, denies(text, language), claim.score, claim.voice)


def _exchanges(analysis: Analysis) -> Iterator[Exchange]:
    for point in shown(analysis):
        view, against = _told(point.passage), _told(point.against)
        yield Exchange(
            view, against, point.passage, whole(point.answer or point.against), point.score
        )


def _told(passage: Passage) -> Said:
    language = passage.reading.language
    said = frozenset(stems(passage.text, language))
    return Said(passage, said, denies(passage.text, language))


def denies(text: str, language: str) -> bool:
    """Whether a text denies, as far as an odd number of words such as "not" and "ban" tells."""
    negations = lexicon(language).negations | GONE
    return sum(word in negations for word in words(text)) % 2 == 1


def counter(
    text: str,
    near: Passage | None,
    material: Ground,
    hits: "Sequence[Hit]",
    weigh: Weigh,
    seen: Sequence[Passage] = (),
    judge: Judge = lambda _: 0.5,
) -> Counter:
    """The answer for a claim; `hits` are what an index finds for its words, `seen` is no news.

    `judge` gives the probability that a passage speaks for the claim.
    """
    text = text[:TYPED]
    asked = _asked(spelled(text), near, material, weigh)
    asked = replace(asked, seen=tuple(seen), urge=urge(text))
    against = sorted(_against(asked, material), key=lambda found: -found[0])
    sure = [passage for score, passage in against if score >= SURE and _free(asked, passage)]
    if sure:
        return Counter(Verdict.OPPOSES, diverse(sure, MOST))
    strangers = [hit for hit in about(hits, ISSUE) if _stranger(asked, hit.passage, material)]
    sides = [(hit, judge(hit.passage)) for hit in strangers]
    opposing = [h.passage for h, speaks in sides if speaks <= DARED and h.covered >= SPOKEN]
    if opposing:
        return Counter(Verdict.OPPOSES, diverse(opposing, MOST))
    likely = (hit.passage for hit, speaks in sides if speaks < SUPPORTS)
    unclear = [passage for passage in likely if not _repeats(asked, passage, material)]
    if unclear:
        return Counter(Verdict.UNCERTAIN, diverse(unclear, MOST))
    nearest = [hit.passage for hit in hits if hit.covered >= NEAR and _free(asked, hit.passage)]
    return Counter(Verdict.NONE, tuple(nearest[:1]))


def _asked(text: str, near: Passage | None, material: Ground, weigh: Weigh) -> Asked:
    reading = near.reading if near else next((c.passage.reading for c in material.claims), None)
    language = reading.language if reading else "en"
    bare = Asked(frozenset(stems(text, language)), denies(text, language), (), weigh)
    if near is not None:
        return Asked(bare.stems, bare.denies, (near,), weigh)
    own = (c.passage for c in material.claims if _same_words(text, c) or _held(bare, c))
    return Asked(bare.stems, bare.denies, tuple(own), weigh)


def _same_words(text: str, claim: Said) -> bool:
    """Whether somebody typed a sentence of the readings, or most of one."""
    typed, stands = " ".join(text.lower().split()), " ".join(claim.passage.text.lower().split())
    shorter, longer = sorted((typed, stands), key=len)
    return len(shorter) >= COPIED and shorter in longer


def _held(asked: Asked, claim: Said) -> bool:
    return claim.voice is Voice.AUTHOR and asked.affirms(claim)


# -- what is known to oppose --------------------------------------------------------------------


def _against(asked: Asked, material: Ground) -> Iterator[tuple[float, Passage]]:
    """Passages that stand against the claim, with the confidence of each."""
    for pair in material.pairs:
        if _is_own(asked, pair.claim.passage):
            yield from ((p.score, p.passage) for p in (pair.other, pair.own) if p is not None)
    for exchange in material.exchanges:
        if _is_own(asked, exchange.against.passage) or asked.affirms(exchange.against):
            yield exchange.score, exchange.shown
        if exchange.reply is not None and asked.affirms(exchange.view):
            yield exchange.score, exchange.reply
    for claim in material.claims:
        if claim.voice is Voice.AUTHOR and claim.score >= ASSERTS and _contrary(asked, claim):
            wide = whole(claim.passage)
            plain = PLAIN if asked.urged_against(claim) else 0.0
            yield from [(SURE + plain + claim.score / 4, wide)] if wide else []


def _contrary(asked: Asked, claim: Said) -> bool:
    return asked.denied_by(claim) or asked.urged_against(claim)


def _is_own(asked: Asked, passage: Passage) -> bool:
    return any(passage.overlaps(own) for own in asked.own)


# -- what must never come back as an opponent -----------------------------------------------------


def _free(asked: Asked, passage: Passage) -> bool:
    """Not the claim itself, nothing that says the same, and nothing that was seen already."""
    if any(passage.overlaps(own) or twins(passage, own) for own in (*asked.own, *asked.seen)):
        return False
    return not asked.affirms(_told(passage))


def _stranger(asked: Asked, passage: Passage, material: Ground) -> bool:
    """Not what the claim's own author says for it: from elsewhere, or told of somebody else."""
    home = [own for own in asked.own if own.reading.digest == passage.reading.digest]
    if not _free(asked, passage) or any(around(own) == around(passage) for own in home):
        return False
    return not home or _voice(passage, material) in TOLD


def _repeats(asked: Asked, passage: Passage, material: Ground) -> bool:
    """Whether an author makes the claim within a longer sentence, and does not merely tell it."""
    language = passage.reading.language
    clauses = _CLAUSE.split(passage.text)
    said = (Said(passage, frozenset(stems(c, language)), denies(c, language)) for c in clauses)
    return any(map(asked.affirms, said)) and _voice(passage, material) not in TOLD


def _voice(passage: Passage, material: Ground) -> Voice:
    """Who speaks in most of a passage."""
    spoken = (
        (min(c.passage.end, passage.end) - max(c.passage.start, passage.start), c.voice)
        for c in material.claims
        if c.passage.overlaps(passage)
    )
    return max(spoken, default=(0, Voice.AUTHOR))[1]
