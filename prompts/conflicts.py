"""Across two readings: what in one stands against a claim of the other.

Same aspect, opposite polarity. Words alone seldom prove that two people contradict each other, so
the confidence is honest: most pairs stay below one half, where Gadfly may only ask.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prompts.likeness import stems
from prompts.model import Analysis, Claim, Passage, Voice
from prompts.stance import AGAINST, NEGATIONS, words

CONSIDERED = 60  # claims of each reading, best first
AGAIN = 0.75  # what is left of a score each further time that a sentence is used
_REPLY = re.compile(
    r"(?:but|however|yet|no\b|actually|that's not|that is not|i disagree|i don't think|"
    r"on the contrary|why|in reality|instead|still|not)\b",
    re.I,
)
_QUOTED = re.compile(r"^\W*(?:&gt;)?\W*")
Bag = dict[str, float]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim of the first reading, a claim of the second that stands against it, how surely."""

    claim: Claim
    counterpoint: Claim
    score: float


def conflicts(first: Analysis, second: Analysis) -> tuple[Conflict, ...]:
    """Pairs best first. 0.5 and above may be called opposed; below that, ask.

    A sentence answers one claim, seldom a second one: what stands against several counts for less
    each time.
    """
    mine, theirs = _considered(first), _considered(second)
    bags = _bags([claim.passage for claim in (*mine, *theirs)])
    rows = [
        Conflict(a, b, _score(a, b, bags[i], bags[len(mine) + j]))
        for i, a in enumerate(mine)
        for j, b in enumerate(theirs)
    ]
    rows.sort(key=lambda row: -row.score)
    used: Counter[int] = Counter()
    once = []
    for row in rows:
        place = row.counterpoint.passage.start
        once.append(replace(row, score=round(row.score * AGAIN ** used[place], 4)))
        used[place] += 1
    return tuple(sorted((*once, *_replies(first, second)), key=lambda row: -row.score))


def _considered(analysis: Analysis) -> list[Claim]:
    own = [claim for claim in analysis.claims if claim.voice is not Voice.QUOTED]
    return own[:CONSIDERED]


def _score(a: Claim, b: Claim, left: Bag, right: Bag) -> float:
    near = sum(weight * right.get(word, 0.0) for word, weight in left.items())
    text = b.passage.text
    logit = -3.5 + 3.6 * near + 1.3 * _opposed(a.passage.text, text) * min(1.0, 4 * near)
    logit += 1.6 * a.score + 1.2 * b.score
    logit += 0.5 * bool(_REPLY.match(text)) - 0.7 * text.rstrip().endswith("?")
    logit -= 0.8 * (len(text) < 40) + 0.8 * (b.voice is not Voice.AUTHOR)
    return round(1 / (1 + math.exp(-logit)), 4)


def _opposed(a: str, b: str) -> float:
    """1 where one denies and the other does not, else 0."""
    return float(_denials(a) % 2 != _denials(b) % 2)


def _denials(text: str) -> int:
    return sum(word in NEGATIONS or word in AGAINST for word in words(text))


def _bags(passages: Sequence[Passage]) -> list[Bag]:
    counts = [Counter(stems(passage.text, passage.reading.language)) for passage in passages]
    spread = Counter(word for bag in counts for word in bag)
    out = []
    for bag in counts:
        row = {w: math.log(1 + n) * math.log(1 + len(counts) / spread[w]) for w, n in bag.items()}
        norm = math.sqrt(sum(v * v for v in row.values())) or 1.0
        out.append({w: v / norm for w, v in row.items()})
    return out


def _replies(first: Analysis, second: Analysis) -> Iterator[Conflict]:
    """A sentence of the first that the second quotes is answered by what follows the quotation."""
    own = sorted(
        (c for c in second.claims if c.voice is Voice.AUTHOR), key=lambda c: c.passage.start
    )
    for quoted in (c for c in second.claims if c.voice is Voice.QUOTED):
        words_ = _bare(quoted.passage.text)
        claim = next((c for c in first.claims if _same(_bare(c.passage.text), words_)), None)
        after = [c for c in own if c.passage.start >= quoted.passage.end][:2]
        if claim is not None:
            for k, reply in enumerate(after):
                yield Conflict(claim, reply, round(0.72 - 0.26 * k, 4))


def _bare(text: str) -> str:
    return " ".join(_QUOTED.sub("", text).lower().split())


def _same(a: str, b: str) -> bool:
    return len(min(a, b, key=len)) > 20 and (a in b or b in a)
