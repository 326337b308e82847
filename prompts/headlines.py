"""Whether a text opens with a headline that runs into it: who writes one puts a point of his own.

"Negotiation saves lives Almost all groups ..." is a headline and a text with nothing between them;
a reply has none. It shows by a capital letter within a sentence, in a word that the other texts
write small there, after a word that no name follows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from prompts.likeness import lexicon

FAR = 26  # words of a text in which its headline ends
SHORT = 2  # words of a headline, at least
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS = (".", "!", "?")


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
    found = _WORD.search(word)
    return found[0] if found else ""
