"""The readings' key phrases, to suggest what can be asked about."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from prompts.likeness import lexicon
from prompts.model import Reading

LONGEST = 3  # words of a phrase
MOST = 400  # topics of a folder
OFTEN = 3  # times that a phrase must occur
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_GAP = re.compile(r"[^\S\n]")


def topics(readings: Sequence[Reading], limit: int = MOST) -> tuple[str, ...]:
    """Phrases that readings return to, in lower case or as they are written, weightiest first."""
    ranked: defaultdict[str, float] = defaultdict(float)
    spread: Counter[str] = Counter()
    for reading in readings:
        counts = Counter(_runs(reading))
        spread.update(counts.keys())
        for phrase, weight in _phrases(counts):
            ranked[phrase] += weight
    for phrase in ranked:  # what every reading says is nobody's subject
        ranked[phrase] *= math.log(1 + len(readings) / spread[phrase])
    order = sorted(ranked, key=lambda phrase: (-ranked[phrase], phrase))
    return tuple(_apart(order, limit))


def _phrases(counts: Counter[str]) -> Iterator[tuple[str, float]]:
    """A reading's phrases with their weights: how often, and longer ones more."""
    whole = sum(counts.values()) or 1
    for phrase, n in counts.items():
        if n >= OFTEN:
            length = phrase.count(" ") + 1
            yield phrase, n * length**1.5 / whole


def _runs(reading: Reading) -> Iterator[str]:
    """Runs of one to three words with nothing but a blank between them, plain words left out."""
    lexis = lexicon(reading.language)
    plain = lexis.plain | lexis.negations
    run: list[str] = []
    end = -2
    for match in _WORD.finditer(reading.text):
        word = match[0].replace("’", "'")
        low = word.lower().removesuffix("'s")
        if low in plain or len(low) < 4:
            run = []
            continue
        joined = match.start() == end + 1 and _GAP.match(reading.text, end)
        run = [*(run if joined else []), _case(word, low)][-LONGEST:]
        end = match.end()
        yield from (" ".join(run[k:]) for k in range(len(run)))


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
