"""How a passage is put: like a reply, or as a point of its own under a headline.

A few turns of speech give a first guess anywhere ("it is true that", "the argument assumes"). Every
heap has more of its own: what those words are is learnt from the heap, by naive Bayes over the
first guesses. Nobody has to say which passages are replies.

Who writes a headline puts a point of his own: "Negotiation saves lives Almost all groups ..." is
one and a text with nothing between them. It shows by a capital letter within a sentence, in a word
that the other texts write small there, after a word that no name follows.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from prompts.likeness import lexicon

HEAD = 12  # words with which a passage opens
SAMPLE = 6000  # passages of a heap that are learnt from
COMMON = 20  # passages in which a turn of speech stands, at least
RARE = 5.0  # passages of each kind that a turn is taken to have before it is seen
SHARP = 2.0  # how much surer a first guess counts when it teaches
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_OPENS = re.compile(
    r"(?:while|although|though|even if|whilst|just because|this (?:argument|point|is)|it is|it may|"
    r"there is no|there are|if|yes|of course|on the contrary|not|no|however|but|that)\b"
)
_SAYS = re.compile(
    r"\b(?:true that|is true|assumes?|to suggest|suggest that|not necessarily|does not mean|"
    r"(?:no|little) evidence|(?:this|an) argument|argument is|opposition|proposition|even if|"
    r"far from|would still|can still|still be|if anything|not true|no reason|not because|"
    r"just because|merely|questionable|flawed|ignores|absurd|myth|the point|reason why|accept that|"
    r"of course|in fact|simply not|hardly|unlikely|rather than|the assumption)\b"
)
FAR = 26  # words of a text in which its headline ends
SHORT = 2  # words of a headline, at least
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS = (".", "!", "?")


def style(text: str) -> float:
    """How much a passage is put like a reply: it opens by turning to what somebody said, and
    speaks of arguments, evidence and mistakes."""
    low = text.lower().replace("’", "'")
    opens = 0.5 if _OPENS.match(low) else 0.0
    early = 0.25 if _SAYS.search(low[:160]) else 0.0
    return opens + early + 10 * len(_SAYS.findall(low)) / (low.count(" ") + 40)


@dataclass(frozen=True, slots=True)
class Manner:
    """What tells the replies of one heap: turns of speech with their odds."""

    tells: dict[str, float]
    mean: float = 0.0
    spread: float = 1.0

    def of(self, text: str) -> float:
        """How much a passage is put like a reply: 0 in the middle of the heap, 1 one spread up."""
        return (self._told(text) - self.mean) / self.spread if self.tells else 0.0

    def _told(self, text: str) -> float:
        odds = [self.tells[turn] for turn in sorted(_turns(text)) if turn in self.tells]
        return sum(odds) / math.sqrt(len(odds) + 1)


def learnt(texts: Sequence[str], guesses: Sequence[float]) -> Manner:
    """The manner of a heap from a first guess for each passage, higher for replies."""
    mean, spread = _middle(guesses)
    sides = [1 / (1 + math.exp(-SHARP * (x - mean) / spread)) for x in guesses]
    count, replies = Counter[str](), defaultdict[str, float](float)
    for text, side in zip(texts, sides, strict=True):
        for turn in _turns(text):
            count[turn] += 1
            replies[turn] += side
    total = math.fsum(sides)
    usual = math.log((total + RARE) / (len(texts) - total + RARE))
    tells = {
        turn: math.log((replies[turn] + RARE) / (n - replies[turn] + RARE)) - usual
        for turn, n in count.items()
        if n >= COMMON
    }
    raw = Manner(tells)
    return Manner(tells, *_middle([raw.of(text) for text in texts]))


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """The mean and the spread of some values; a spread of 1 where they are all alike."""
    mean = math.fsum(values) / (len(values) or 1)
    spread = math.sqrt(math.fsum((x - mean) ** 2 for x in values) / (len(values) or 1))
    return mean, spread or 1.0


def _turns(text: str) -> set[str]:
    return set(_spoken(_WORD.findall(text.lower().replace("’", "'"))))


def _spoken(words: list[str]) -> Iterator[str]:
    """Words, pairs of words, and which of them open the passage."""
    yield from words
    yield from (f"{a} {b}" for a, b in pairwise(words))
    yield from (f"^{word}" for word in words[:HEAD])
    yield from ("^^" + " ".join(words[:k]) for k in (1, 2))


# -- headlines ------------------------------------------------------------------------------------


class Headlines:
    """How the texts of one heap write their words, and so whether one opens with a headline."""

    def __init__(self, texts: Iterable[str], language: str = "en") -> None:
        self._small, self._capital = Counter[str](), Counter[str]()
        for text in texts:
            found = text.split()
            self._small.update({bare for word in found if (bare := _bare(word)).islower()})
            self._capital.update({_bare(word) for before, word in pairwise(found) if _on(before)})
        lexis = lexicon(language)
        self._leaning = lexis.plain | lexis.negations

    def heads(self, text: str) -> bool:
        """Whether a text opens with a headline that no stop ends; a good guess, not more."""
        opening = _sentence(text.split()[:FAR])
        return any(self._begins(*pair) for pair in pairwise(opening[SHORT - 1 :]))

    def _begins(self, before: str, word: str) -> bool:
        """Whether a sentence begins with a word though none ended before it."""
        bare = _bare(word)
        name = not bare[:1].isupper() or (len(bare) > 1 and bare.isupper())
        ends = before[-1].isalnum() and not before[0].isupper()
        if name or not ends or before.lower() in self._leaning:
            return False
        small = self._small[bare.lower()]
        return small > 0 and small >= self._capital[bare]


def _sentence(found: Sequence[str]) -> Sequence[str]:
    """The words up to the first that ends a sentence."""
    end = next((k for k, word in enumerate(found) if word.endswith(_ENDS)), len(found))
    return found[: end + 1]


def _on(before: str) -> bool:
    """Whether a sentence goes on after a word."""
    return before[-1] == "," or before[-1].islower()


def _bare(word: str) -> str:
    found = _LETTERS.search(word)
    return found[0] if found else ""
