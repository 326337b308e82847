"""The readings' key phrases, to suggest what can be asked about."""

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from prompts.likeness import Lexicon, lexicon
from prompts.model import Reading

LONGEST = 3  # words of a phrase
SHORTEST = 4  # letters of its words
KNOWN = 1 << 15  # words that are remembered from reading to reading
MOST = 400  # topics of a folder
OFTEN = 3  # times that a phrase must occur
_WORD = re.compile(r"([^\W\d_]++(?:['’\-][^\W\d_]++)*+)")
_GAP = re.compile(r"[^\S\n]")


@dataclass(frozen=True, slots=True)
class Phrases:
    """A reading's phrases: those it returns to, a line each, and how often; the marks of all, and
    how many there are with their repetitions."""

    often: str
    counts: "array[int]"
    all: "array[int]"
    whole: int

    def weights(self) -> Iterator[tuple[str, float]]:
        """The phrases it returns to with their weights: how often, and longer ones more."""
        for phrase, n in zip(self.often.splitlines(), self.counts, strict=True):
            yield phrase, n * (phrase.count(" ") + 1) ** 1.5 / self.whole


def phrases(reading: Reading) -> Phrases:
    """The phrases of a reading."""
    counts = Counter(_runs(reading))
    often = {phrase: n for phrase, n in counts.items() if n >= OFTEN}
    marks = array("I", map(_mark, counts))
    return Phrases("\n".join(often), array("I", often.values()), marks, sum(counts.values()))


def _mark(phrase: str) -> int:
    return crc32(phrase.encode())


def topics(found: Sequence[Phrases], limit: int = MOST) -> tuple[str, ...]:
    """Phrases that readings return to, in lower case or as they are written, weightiest first."""
    ranked: defaultdict[str, float] = defaultdict(float)
    for one in found:
        for phrase, weight in one.weights():
            ranked[phrase] += weight
    marks = {phrase: _mark(phrase) for phrase in ranked}
    known = frozenset(marks.values())
    spread = Counter(mark for one in found for mark in known.intersection(one.all))
    for phrase, mark in marks.items():  # what every reading says is nobody's subject
        ranked[phrase] *= math.log(1 + len(found) / spread[mark])
    order = sorted(ranked, key=lambda phrase: (-ranked[phrase], phrase))
    return tuple(_apart(order, limit))


def _runs(reading: Reading) -> list[str]:
    """Runs of one to three words with nothing but a blank between them, plain words left out."""
    shown = _shown(reading.language)
    parts = _WORD.split(reading.text)  # what stands between words, and they, in turn
    found: list[str] = []
    ending: list[str] = []  # the runs that end with the word before, the longest first
    for gap, word in zip(parts[::2], map(shown.__getitem__, parts[1::2]), strict=False):
        if word is None:
            ending = []
        elif gap == " " or _GAP.fullmatch(gap):
            ending = [*[f"{run} {word}" for run in ending[1 - LONGEST :]], word]
            found += ending
        else:
            ending = [word]
            found.append(word)
    return found


class _Shown(dict[str, str | None]):
    """Word -> as a phrase shows it, None where it is in none: one look for each of many words."""

    def __init__(self, lexis: Lexicon) -> None:
        super().__init__()
        self._plain = lexis.plain | lexis.negations

    def __missing__(self, written: str) -> str | None:
        word = written.replace("’", "'")
        low = word.lower().removesuffix("'s")
        shown = None if low in self._plain or len(low) < SHORTEST else _case(word, low)
        if len(self) < KNOWN:
            self[written] = shown
        return shown


@cache
def _shown(language: str) -> _Shown:
    return _Shown(lexicon(language))


def _case(word: str, low: str) -> str:
    return low if word[1:].islower() or len(word) < 2 else word.removesuffix("'s")


def _apart(order: Sequence[str], limit: int) -> Iterator[str]:
    """Phrases of which none lies within one that stands before it, or around it."""
    kept: list[str] = []
    for phrase in order:
        if len(kept) == limit:
            return
        if not any(phrase in k or k in phrase for k in kept):
            kept.append(phrase)
            yield phrase
