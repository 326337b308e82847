"""Statements compared: whether one says what another says, or denies it, as far as words tell."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from itertools import pairwise

from prompts.cues import word_set
from prompts.likeness import lexicon, stems, words
from prompts.model import Passage, Voice
from prompts.urged import Urge, urge

SAYS = 0.7  # of a statement's weight, by rarity, that another must share to be the same statement
BACK = 0.3  # of the other's weight that must be shared as well
FLAT = 0.6  # of the longer one's weight; where the shorter says that much, a "not" denies flatly
PLAIN = 4  # letters of a stem that may tell something
BEFORE, AFTER = 4, 2  # words around what two statements share in which a denial denies that
# Asking for a thing to be gone denies it as "no" does, as does opposing it; so "should not ban"
# affirms.
GONE = frozenset(
    ("ban", "bans", "banned", "banning", "abolish", "abolished", "forbid", "forbidden",
     "prohibit", "outlaw", "scrap", "oppose", "opposes", "opposed", "opposing", "opposition")
)  # fmt: skip
# What denies in languages without a word list, once a sentence: "ne ... pas" is one denial.
DENYING = {
    "fr": word_set("pas jamais aucun aucune"),
    "es": word_set("no nunca jamás tampoco"),
    "it": word_set("non"),
}
PARTED = frozenset((("away", "with"), ("rid", "of")))  # "do away with", "get rid of"

# With these a "no" says something else: "not only ...", "nobody can deny that ...", "if ... not".
BENDS = word_set(
    "only just merely simply solely deny denies denied doubt doubts doubted dispute disputes if "
    "unless whether although though suppose supposing except until"
)

# What follows these is what one does not hold; what stands before them is what one holds (#7).
PUT_OFF = frozenset((("rather", "than"), ("instead", "of"), ("far", "from")))

Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement ready to be compared; `text` is what stands there, or its motion."""

    passage: Passage
    text: str
    stems: frozenset[str]
    score: float = 0.0
    voice: Voice = Voice.AUTHOR

    @property
    def language(self) -> str:
        return self.passage.reading.language


def told(passage: Passage, text: str = "", score: float = 0.0, voice: Voice = Voice.AUTHOR) -> Said:
    """What a passage says, in its own words unless others are given."""
    text = text or passage.text
    return Said(passage, text, frozenset(stems(text, passage.reading.language)), score, voice)


@dataclass(frozen=True, slots=True)
class Asked:
    """The claim that an opponent is sought for."""

    text: str
    language: str
    stems: frozenset[str]
    weigh: Weigh
    urge: Urge | None = None

    def same_issue(self, other: Said) -> bool:
        """Whether a statement is this very one, affirmed or denied."""
        both = sum(map(self.weigh, self.stems & other.stems))
        mine, theirs = sum(map(self.weigh, self.stems)), sum(map(self.weigh, other.stems))
        return both > 0 and both >= SAYS * mine and both >= BACK * theirs

    def affirms(self, other: Said) -> bool:
        return self.same_issue(other) and not self._turned(other)

    def denied_by(self, other: Said) -> bool:
        return self.same_issue(other) and self._turned(other)

    def flatly_denied_by(self, other: Said) -> bool:
        """Whether a statement is this one with a plain "not", and neither a question nor a case.

        One of both may leave out where or when: "phones should (not) be banned in class".
        """
        less, more = sorted((self.stems, other.stems), key=len)
        whole = sum(map(self.weigh, more))
        if len(less) < 2 or not less <= more or sum(map(self.weigh, less)) < FLAT * whole:
            return False
        bent = "?" in other.text or not BENDS.isdisjoint(words(other.text))
        return not bent and self._turned(other)

    def _turned(self, other: Said) -> bool:
        both = self.stems & other.stems
        mine = denies(self.text, self.language, both)
        return mine != denies(other.text, other.language, both)

    def urged_against(self, other: Said) -> bool:
        """Whether one of both wants a thing kept that the other wants changed."""
        if self.urge is None or not other.language.startswith("en"):
            return False
        theirs = urge(other.passage.text)
        return theirs is not None and self.urge.opposes(theirs)


def denies(text: str, language: str, about: Set[str]) -> bool:
    """Whether a text denies something, as far as an odd number of words such as "not" tells.

    Only words near to those of `about` (stems) count: "a ban teaches them to live without" denies
    nothing of the ban.
    """
    lexis = lexicon(language)
    found = words(text)
    stemmed = enumerate(lexis.stem(found))
    least = 1 if lexis.plain else PLAIN  # without a list of plain words, short ones tell nothing
    places = [k for k, stem in stemmed if stem in about and len(stem) >= least]
    put_off = language.startswith("en") and _put_off(found, places)
    if places:
        found = found[max(0, places[0] - BEFORE) : places[-1] + 1 + AFTER]
    nos = lexis.negations or DENYING.get(language[:2], frozenset())
    gone = sum(word in nos or word in GONE for word in found)
    return (put_off + gone + sum(pair in PARTED for pair in pairwise(found))) % 2 == 1


def _put_off(found: list[str], places: list[int]) -> bool:
    """Whether most of what stands at these places follows words that say one does not hold it."""
    at = next((k for k, pair in enumerate(pairwise(found)) if pair in PUT_OFF), len(found))
    after = [k for k in places if k > at]
    return 2 * len(after) > len(places) and after[0] - at <= BEFORE + 1
