"""What in the readings stands against a claim, under a verdict that can be kept.

Finding text on the issue is easy; telling its side is not. So only what the engine links, what
plainly denies the claim, or what its words put surely on the other side is said to oppose it. The
rest is shown as being on the same issue.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from prompts.ground import Ground
from prompts.likeness import lexicon, stems, words
from prompts.model import Counter, Passage, Verdict, Voice
from prompts.pairs import SURE
from prompts.quotes import Known, about, diverse
from prompts.statements import FLAT, SAYS, SHARED, Asked, Said, Weigh, spelled, told, urge
from prompts.windows import around, whole

if TYPE_CHECKING:
    from prompts.index import Hit  # the index is loaded when something is asked

MOST = 3  # passages of an answer
LOOKED, JUDGED = 200, 60  # sure opponents that are looked at, and of those that are weighed
TYPED = 4_000  # characters of a claim that are looked at
ASSERTS = 0.3  # the score below which a sentence only tells something
PLAIN = 0.2  # what it adds that one wants kept what the other wants changed
COPIED = 24  # characters in common that are no accident
ISSUE = 0.5  # of the claim's weight that a passage on the same issue speaks of
BESIDE = 0.65  # of what the widest hit speaks of, below which another is beside the issue
TOGETHER = 12  # words in which a passage that is on the issue speaks of it
FOCUS = 0.6  # of all that it shares with the claim; what is named here and there is no issue
# What speaks for a claim with no more than this probability is said to oppose it; of the bench's
# lines nine in ten then do, judged by weights that have not seen them, if they name enough of the
# claim, what it wants done included: of drugs much is said that opposes nobody (#7).
DARED = 0.2
MAINLY = 0.57  # of the claim's weight; who speaks of half of it often speaks of something else
DOUBTED = 0.5  # from here on words alone contradict what the words of a denial seem to say
AGAINST = 0.4  # who says the claim's words with no more than this probability denies it
SUPPORTS = 0.6  # the probability of speaking for a claim from which a passage does not come back
MUCH = 2_000  # characters of a reading that comes back to what it is about
AGAIN = 0.4  # of what one place of a reading speaks of; another that does comes back to it
MOSTLY = 0.8  # of a claim; who says that much in one place speaks of it even if only there
NEAR = 0.4  # below it a passage is not even near
SAYING = 2  # stems of a claim; a single word asserts nothing that could be opposed
JOINS = ("and", "but", "so", "yet")  # what opens a main clause that is asserted by itself
CASES = ("if", "unless", "suppose", "supposing")  # what follows is not asserted
TOLD = (Voice.REPORTED, Voice.CONCEDED, Voice.REJECTED)
_CLAUSE = re.compile(r"[,;:.?!]\s")

Row = tuple[float, Passage]  # how sure it is that a passage opposes
Judge = Callable[[Sequence[Passage]], Sequence[float]]
"""For some passages the probability that each speaks for the claim; .5 where nothing tells."""


def counter(
    text: str,
    near: Passage | None,
    material: Ground,
    hits: "Sequence[Hit]",
    weigh: Weigh,
    seen: Sequence[Passage] = (),
    judge: Judge = lambda found: [0.5] * len(found),
) -> Counter:
    """The answer for a claim; `hits` are what an index finds for its words, `seen` is no news."""
    first = near or next((hit.passage for hit in hits), None)
    claim = _asked(text[:TYPED], first.reading.language if first else material.language, weigh)
    own = [near] if near else _made(text[:TYPED], claim, material, judge)
    sought = _Sought(claim, Known(own), Known(seen), judge)
    strangers = _strangers(sought, material, hits)
    denials = _surest(_denying(sought, material), sought, JUDGED)
    sides = judge([*(hit.passage for hit in strangers), *(passage for _, passage in denials)])
    plain = [row for row, p in zip(denials, sides[len(strangers) :], strict=True) if p < DOUBTED]
    judged = list(zip(strangers, sides, strict=False))
    sure = _known(plain, sought, material) or _dared(judged, claim, material)
    if sure and len(claim.stems) >= SAYING:
        return Counter(Verdict.OPPOSES, diverse(sure, MOST))
    likely = [row for row in judged if row[1] < SUPPORTS and sought.focused(row[0].passage)]
    unclear = [row for row in likely if not sought.repeated(row[0].passage, material)]
    if unclear:
        return Counter(Verdict.UNCERTAIN, diverse(_telling(unclear, material), MOST))
    nearest = [hit.passage for hit in hits if hit.covered >= NEAR and sought.free(hit.passage)]
    return Counter(Verdict.NONE, tuple(nearest[:1]))


@dataclass(frozen=True, slots=True)
class _Sought:
    """A claim, where the readings make it themselves, and what was seen already."""

    claim: Asked
    own: Known
    seen: Known
    judge: Judge

    def affirms(self, said: Said) -> bool:
        """Whether a statement makes the claim: says it, and is not against it by its words."""
        return self.claim.affirms(said) and _makes(said, self.judge)

    # -- what must never come back as an opponent

    def free(self, passage: Passage) -> bool:
        """Not the claim itself, nothing that says the same, and nothing that was seen already."""
        if self.own.overlaps(passage) or self.seen.overlaps(passage):
            return False
        said = told(passage)
        if self.affirms(said) or self.seen.repeats(passage):
            return False
        # A plain "not" leaves all the other words, so it is a twin of what it denies (#7).
        return self.claim.flatly_denied_by(said) or not self.own.repeats(passage)

    def stranger(self, passage: Passage, material: Ground) -> bool:
        """Not what the claim's own author says for it: from elsewhere, or told of somebody else."""
        home = self.own.beside(passage)
        told_there = not home or _voice(passage, material) in TOLD
        return told_there and self.free(passage) and around(passage) not in map(around, home)

    def repeated(self, passage: Passage, material: Ground) -> bool:
        """Whether an author makes the claim within a longer sentence, and does not tell it only."""
        said = (told(passage, clause) for clause in _CLAUSE.split(passage.text) if clause)
        return any(map(self.affirms, said)) and _voice(passage, material) not in TOLD

    def focused(self, passage: Passage) -> bool:
        """Whether what a passage shares with the claim stands together, not here and there."""
        wanted, weigh = self.claim.stems, self.claim.weigh
        said = lexicon(passage.reading.language).stem(words(passage.text))
        shared = sum(map(weigh, wanted.intersection(said)))
        starts = (k for k, stem in enumerate(said) if stem in wanted)
        near = (wanted.intersection(said[k : k + TOGETHER]) for k in starts)
        return max((sum(map(weigh, stems)) for stems in near), default=0.0) >= FOCUS * shared


def _asked(text: str, language: str, weigh: Weigh) -> Asked:
    plain = spelled(text)
    return Asked(plain, language, frozenset(stems(plain, language)), weigh, urge(text))


def _made(text: str, claim: Asked, material: Ground, judge: Judge) -> Iterator[Passage]:
    """Where authors of the readings make a claim themselves."""
    affirmed: dict[str, bool] = {}  # readings that repeat each other say little that is new (#7)
    for found in material.naming(claim.stems, claim.weigh, SAYS, lesser=True):
        if found.voice is Voice.AUTHOR and found.text not in affirmed:
            affirmed[found.text] = claim.affirms(found) and _makes(found, judge)
        held = found.voice is Voice.AUTHOR and affirmed[found.text]
        if held or _same_words(text, claim.stems, found):
            yield found.passage


def _makes(said: Said, judge: Judge) -> bool:
    """Whether what holds the words of a claim makes it: is no case, and not against it.

    "A ban will do no good" has all the words of "X should be banned" and no "not" (#7).
    """
    return words(said.text)[0] not in CASES and judge([said.passage])[0] > AGAINST


def _same_words(text: str, said: frozenset[str], claim: Said) -> bool:
    """Whether somebody typed a sentence of the readings, or most of one."""
    if not (said <= claim.stems or claim.stems <= said):
        return False
    typed, stands = " ".join(text.lower().split()), " ".join(claim.passage.text.lower().split())
    shorter, longer = sorted((typed, stands), key=len)
    return len(shorter) >= COPIED and shorter in longer


# -- what is known to oppose --------------------------------------------------------------------


def _surest(found: Iterable[Row], sought: _Sought, most: int) -> list[Row]:
    """Of passages with their confidences those that may be asserted, surest first, each text once:
    at most so many, however often the readings repeat each other."""
    kept = sorted((row for row in found if row[0] >= SURE), key=lambda row: -row[0])
    once = dict[str, Row]()
    for row in kept:
        once.setdefault(row[1].text, row)
    free = (row for row in islice(once.values(), LOOKED) if sought.free(row[1]))
    return list(islice(free, most))


def _known(plain: Sequence[Row], sought: _Sought, material: Ground) -> list[Passage]:
    """What is known to oppose the claim, beside what plainly denies it, surest first."""
    linked = (*_linked(sought, material), *_urging(sought, material), *_flatly(sought, material))
    rows = (*_surest(linked, sought, JUDGED), *plain)
    return [passage for _, passage in sorted(rows, key=lambda row: -row[0])]


def _linked(sought: _Sought, material: Ground) -> Iterator[Row]:
    """What the engine has found to stand against the claim or against what says the same."""
    claim, own = sought.claim, sought.own
    for pair in material.pairs(own):
        yield from ((p.score, p.passage) for p in (pair.other, pair.own) if p is not None)
    for exchange in material.exchanges(own, claim.stems, claim.weigh, SAYS):
        if own.overlaps(exchange.against.passage) or sought.affirms(exchange.against):
            yield exchange.score, exchange.shown
        if exchange.reply is not None and sought.affirms(exchange.view):
            yield exchange.score, exchange.reply


def _denying(sought: _Sought, material: Ground) -> Iterator[Row]:
    """What some author asserts that denies the claim."""
    claim = sought.claim
    for found in _once(material.naming(claim.stems, claim.weigh, SAYS)):
        if _asserted(found) and any(map(claim.denied_by, _parts(found))):
            yield from _wide(found, SURE)


def _flatly(sought: _Sought, material: Ground) -> Iterator[Row]:
    """What an author denies in the claim's own words, which shows without a score (#7)."""
    claim = sought.claim
    for found in _once(material.naming(claim.stems, claim.weigh, FLAT)):
        if any(map(claim.flatly_denied_by, _parts(found))):
            yield from _wide(found, SURE + PLAIN)


def _once(found: Iterable[Said]) -> list[Said]:
    """What authors say themselves, each saying once: as the likeliest claim that it is."""
    once: dict[str, Said] = {}
    for claim in found:
        least = once[claim.text].score if claim.text in once else -1.0
        if claim.voice is Voice.AUTHOR and claim.score > least:
            once[claim.text] = claim
    return list(once.values())


def _parts(claim: Said) -> Iterator[Said]:
    """A claim, and the main clauses that are joined in it: each is asserted by itself."""
    yield claim
    clauses = _CLAUSE.split(claim.text)
    joined = (c for c in clauses if c.split(" ", 1)[0].lower() in JOINS)
    yield from (told(claim.passage, clause) for clause in joined)


def _urging(sought: _Sought, material: Ground) -> Iterator[Row]:
    """What some author wants kept that the claim wants changed, or the other way round."""
    claim, urged = sought.claim, sought.claim.urge
    if urged is None or not (urged.subject or urged.done):
        return
    wanted, least = (urged.subject, 1.0) if urged.subject else (urged.done, SHARED)
    for found in _once(material.naming(wanted, claim.weigh, least)):
        if _asserted(found) and claim.urged_against(found):
            yield from _wide(found, SURE + PLAIN)


def _asserted(claim: Said) -> bool:
    return claim.voice is Voice.AUTHOR and claim.score >= ASSERTS


def _wide(claim: Said, sure: float) -> list[Row]:
    """A claim in the sentences that it needs, surer the more it is a claim."""
    found = whole(claim.passage)
    return [(sure + claim.score / 4, found)] if found else []


def _voice(passage: Passage, material: Ground) -> Voice:
    """Who speaks in most of a passage."""
    spoken = (
        (min(c.passage.end, passage.end) - max(c.passage.start, passage.start), c.voice)
        for c in material.over(passage)
    )
    return max(spoken, default=(0, Voice.AUTHOR))[1]


# -- what is on the issue -------------------------------------------------------------------------


def _strangers(sought: _Sought, material: Ground, hits: "Sequence[Hit]") -> "list[Hit]":
    """The hits that are on the claim's issue, and not what its own author says for it."""
    wide = [hit for hit in hits if hit.covered >= ISSUE and sought.stranger(hit.passage, material)]
    cover = BESIDE * max((hit.covered for hit in wide), default=0.0)
    others = about([hit for hit in wide if hit.covered >= cover], ISSUE)
    return [hit for hit in others if not _in_passing(hit, hits)]


def _dared(judged: "Sequence[tuple[Hit, float]]", claim: Asked, material: Ground) -> list[Passage]:
    """The passages that their words put surely on the other side."""
    least = max(ISSUE, BESIDE * max((hit.named for hit, _ in judged), default=0.0))
    dared = (h for h, p in judged if p <= DARED and h.covered >= MAINLY and h.named >= least)
    return [hit.passage for hit in dared if material.argues(hit.passage, claim.stems)]


def _in_passing(hit: "Hit", hits: "Sequence[Hit]") -> bool:
    """Whether a long reading names a part of the claim in one place and never comes back to it."""
    reading = hit.passage.reading
    if hit.covered >= MOSTLY or len(reading.text) < MUCH:
        return False
    again = (h for h in hits if h is not hit and h.passage.reading.digest == reading.digest)
    elsewhere = (h for h in again if not h.passage.overlaps(hit.passage))
    return all(h.covered < AGAIN * hit.covered for h in elsewhere)


def _telling(judged: "Iterable[tuple[Hit, float]]", material: Ground) -> list[Passage]:
    """Passages of unclear side, those first that assert something and may well oppose."""

    def worth(row: "tuple[Hit, float]") -> float:
        hit, speaks = row
        point = max((claim.score for claim in material.over(hit.passage)), default=0.0)
        return hit.covered + 0.5 * point + (1 - speaks)

    return [hit.passage for hit, _ in sorted(judged, key=worth, reverse=True)]
