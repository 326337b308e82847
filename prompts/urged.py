"""What a sentence wants kept or changed: "the voting age should stay where it is".

Two sentences on one subject, of which one wants it kept and one wants it changed, oppose each other
though they share few words and neither denies anything.
"""

from dataclasses import dataclass

from prompts.bearing import NEEDS, URGES, words
from prompts.cues import word_set
from prompts.likeness import stems

KEEPS = word_set("remain stay keep continue preserve retain not never")
SKIPPED = word_set("be to still also therefore always all simply at least")
LOOKED = 2  # words behind "should" that are looked at
LONG = 8  # words of a subject; a longer one is more than a subject
SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty twenty-one"
)
NUMBERS = {str(number): word for number, word in enumerate(SPELLED.split(), 1)}


@dataclass(frozen=True, slots=True)
class Urge:
    """What a sentence speaks of, as stems, and whether it wants that kept."""

    subject: frozenset[str]
    keeps: bool

    def opposes(self, other: "Urge") -> bool:
        """Whether both speak of one thing, and only one of them wants it kept."""
        one = self.subject == other.subject
        return one and self.keeps != other.keeps


def urge(text: str) -> Urge | None:
    """What an English sentence asks for; None where it asks for nothing in plain words."""
    found = words(text)
    at = next((k for k, word in enumerate(found) if _asks(found, k)), None)
    if at is None or not 0 < at <= LONG:
        return None
    subject = frozenset(stems(" ".join(found[:at])))
    following = [word for word in found[at + 1 :] if word not in SKIPPED][:LOOKED]
    if not subject or not following:
        return None
    return Urge(subject, not KEEPS.isdisjoint(following))


def _asks(found: list[str], k: int) -> bool:
    return found[k] in URGES - {"would"} or (found[k] in NEEDS and found[k + 1 : k + 2] == ["to"])


def spelled(text: str) -> str:
    """A text with its small numbers as words: 16 is sixteen."""
    return " ".join(NUMBERS.get(word.strip(".,;:!?"), word) for word in text.split())
