"""What a sentence wants kept or changed: "the voting age should stay where it is".

Two sentences on one subject, of which one wants it kept and one wants it changed, oppose each other
though they share few words and neither denies anything.
"""

from dataclasses import dataclass

from prompts.bearing import NEEDS, URGES, tone, words
from prompts.cues import word_set
from prompts.likeness import stems

STAYS = word_set("remain stay continue")  # what stays is the subject itself
KEEPS = STAYS | word_set("keep kept preserve preserved retain retained use used allow allowed")
DROPS = word_set("drop dropped ditch ditched discard discarded")
NEVER = word_set("not never")
ANYONE = word_set("we i think believe say that one people")  # of whom it is asked is no subject
SKIPPED = word_set("to still also therefore always all simply at least")
LONG = 8  # words of a subject; a longer one is more than a subject
AFTER = 10  # words in which a sentence says what is to be done
SHARED = 0.5  # of what the shorter says of it, for both to speak of doing the same
SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty twenty-one"
)
NUMBERS = {str(number): word for number, word in enumerate(SPELLED.split(), 1)}


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
    found = words(text)
    at = next((k for k, word in enumerate(found) if _asks(found, k)), None)
    if at is None or not 0 < at <= LONG:
        return None
    subject = frozenset(stems(" ".join(found[:at]))) - ANYONE
    following = [word for word in found[at + 1 :] if word not in SKIPPED][:AFTER]
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
