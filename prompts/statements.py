"""Statements compared: whether one says what another says, or denies it, as far as words tell.

Two sentences on one subject, of which one wants it kept and one wants it changed ("the voting age
should stay where it is"), oppose each other though they share few words and neither denies
anything.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from itertools import pairwise

from prompts.bearing import NEEDS, URGES, tone
from prompts.bearing import words as lowered
from prompts.cues import word_set
from prompts.likeness import lexicon, stems, words
from prompts.model import Passage, Voice

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
STAYS = word_set("remain stay continue")  # what stays is the subject itself
KEEPS = STAYS | word_set("keep kept preserve preserved retain retained use used allow allowed")
DROPS = word_set("drop dropped ditch ditched discard discarded")
NEVER = word_set("not never")
ANYONE = word_set("we i think believe say that one people")  # of whom it is asked is no subject
SKIPPED = word_set("to still also therefore always all simply at least")
LONG = 8  # words of a subject; a longer one is more than a subject
WITHIN = 10  # words in which a sentence says what is to be done
SHARED = 0.5  # of what the shorter says of it, for both to speak of doing the same
SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty twenty-one"
)
NUMBERS = {str(number): word for number, word in enumerate(SPELLED.split(), 1)}


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
    urge: "Urge | None" = None

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


# -- what a sentence wants kept or changed --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Urge:
    """What a sentence speaks of and what is to be done, as stems, and in which sense.

    `sign` is 1 where something is to be kept, -1 where it is to go, 0 where neither is said;
    `never` turns it. `itself`: it is done to the subject ("should stay", "should be lowered").
    """

    subject: frozenset[str]
    done: frozenset[str]
    sign: int
    never: bool
    stays: bool
    itself: bool

    def opposes(self, other: "Urge") -> bool:
        """Whether both speak of one thing, and want the opposite of it."""
        if self.subject != other.subject:
            return False
        same = self._does_as(other)
        if self.sign and other.sign:
            return self._keeps != other._keeps and (same or (self.itself and other.itself))
        if self.stays or other.stays:  # and the other is to be changed, whichever way
            return self._keeps != other._keeps and self.itself and other.itself
        return same and self.sign == other.sign and self.never != other.never

    @property
    def _keeps(self) -> bool:
        return (self.sign > 0) != self.never

    def _does_as(self, other: "Urge") -> bool:
        least = min(len(self.done), len(other.done))
        return len(self.done & other.done) >= max(1, min(2, least), SHARED * least)


def urge(text: str) -> Urge | None:
    """What an English sentence asks for; None where it asks for nothing in plain words."""
    found = lowered(text)
    at = next((k for k, word in enumerate(found) if _asks(found, k)), None)
    if at is None or not 0 < at <= LONG:
        return None
    subject = frozenset(stems(" ".join(found[:at]))) - ANYONE
    following = [word for word in found[at + 1 :] if word not in SKIPPED][:WITHIN]
    anyone = ANYONE.issuperset(found[:at])
    return _urge(subject, following) if following and (subject or anyone) else None


def _urge(subject: frozenset[str], following: list[str]) -> Urge:
    never = following[0] in NEVER
    said = following[never:]
    passive = said[:1] == ["be"]
    verb = "".join(said[passive : passive + 1])
    sign = (verb in KEEPS) - (verb in DROPS or verb in tone().against)
    stays = verb in STAYS
    matter = said[1:] if sign and not passive else said
    done = frozenset(stems(" ".join(matter)))
    return Urge(subject, done, sign, never, stays, passive or stays)


def _asks(found: list[str], k: int) -> bool:
    return found[k] in URGES - {"would"} or (found[k] in NEEDS and found[k + 1 : k + 2] == ["to"])


def spelled(text: str) -> str:
    """A text with its small numbers as words: 16 is sixteen."""
    return " ".join(NUMBERS.get(word.strip(".,;:!?"), word) for word in text.split())
