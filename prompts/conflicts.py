"""Across two readings: what in one stands against a claim of the other.

Same aspect, opposite polarity. Words alone seldom prove that two people contradict each other, so
the confidence is honest: most pairs stay below one half, where Gadfly may only ask.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prompts.bearing import NEGATIONS, words
from prompts.cues import word_set
from prompts.likeness import stems
from prompts.model import Analysis, Claim, Passage, Voice
from prompts.stance import AGAINST

CONSIDERED = 60  # claims of each reading, best first
AGAIN = 0.75  # what is left of a score each further time that a sentence is used
HELD = 0.49  # the most that what is not asserted may score
ASKED = 0.6  # of a score where words alone do not prove that two claims oppose each other
LEAST = 3  # stems that two claims must share to be about one thing (opposite words: one less),
SHARE = 0.5  # and the share of the shorter one that they are
# Words that no denial tells apart; those that ask against something are counted as denials.
OPPOSITES = tuple(
    (word_set(a), word_set(b))
    for a, b in (
        ("lower lowered lowers lowering", "raise raised raising remain remains stay stays keep"),
        ("more better rise rises gain gains", "fewer less fall falls lose loses"),
        ("strengthen strengthens strong stronger", "weaken weakens weak weaker"),
        ("safe safer safest", "risky riskier unsafe"),
        ("compulsory mandatory required", "voluntary optional free"),
        ("easy easier", "hard harder difficult"),
    )
)
NAMED = 0.6  # how near two claims are whose main clauses say the same words
_REPLY = re.compile(
    r"(?:but|however|yet|no\b|actually|that's not|that is not|i disagree|i don't think|"
    r"on the contrary|why|in reality|instead|still|not)\b",
    re.I,
)
# What a claim says first, up to a mark after at least four words.
_FIRST = re.compile(r"(?:\S+\s+){0,3}[^,;:]*")
_NAME = re.compile(r"\b([A-Z]\w+) (?=[A-Z]\w)")
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
    sides = _sides((*mine, *theirs))
    rows = [
        Conflict(a.claim, b.claim, _score(a, b))
        for a in sides[: len(mine)]
        for b in sides[len(mine) :]
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


@dataclass(frozen=True, slots=True)
class Side:
    """A claim made ready to be compared: weighted stems, what its main clause says, its words."""

    claim: Claim
    bag: Bag
    about: frozenset[str]
    said: tuple[str, ...]


def _sides(claims: Sequence[Claim]) -> list[Side]:
    bags = _bags([claim.passage for claim in claims])
    return [_side(claim, bag) for claim, bag in zip(claims, bags, strict=True)]


def _side(claim: Claim, bag: Bag) -> Side:
    # Reasons are left out, since their own denials would confuse; "self-control" and "North Korea"
    # are one thing each.
    main = _first(_NAME.sub(r"\1", (claim.motion or claim.passage.text).replace("-", "")))
    about = frozenset(stems(main, claim.passage.reading.language))
    return Side(claim, bag, about, tuple(words(main)))


def _first(text: str) -> str:
    found = _FIRST.match(text)
    return found.group() if found else text


def _score(a: Side, b: Side) -> float:
    text, contrary = b.claim.passage.text, _contrary(a, b)
    near = max(_cosine(a.bag, b.bag), NAMED * _shared(a, b))
    logit = -3.9 + 3.6 * near + 1.3 * contrary * min(1.0, 4 * near)
    logit += 1.6 * a.claim.score + 1.2 * b.claim.score
    logit += 0.5 * bool(_REPLY.match(text)) - 0.7 * text.rstrip().endswith("?")
    logit -= 0.8 * (len(text) < 40) + 0.8 * (b.claim.voice is not Voice.AUTHOR)
    score = 1 / (1 + math.exp(-logit))
    proven = contrary and _shared(a, b) >= SHARE
    return round(score if proven else min(HELD, ASKED * score), 4)


def _cosine(left: Bag, right: Bag) -> float:
    return sum(weight * right.get(word, 0.0) for word, weight in left.items())


def _shared(a: Side, b: Side) -> float:
    """The share of the shorter main clause that both say; 0 where it is too little to tell."""
    both = len(a.about & b.about)
    enough = both >= LEAST - (_opposites(a.said, b.said) > 0)
    return both / min(len(a.about), len(b.about)) if enough else 0.0


def _contrary(a: Side, b: Side) -> bool:
    """One denies what the other asserts, or takes the opposite word; not both at once."""
    opposites = _opposites(a.said, b.said)
    return (_denials(a.said) + _denials(b.said) + opposites) % 2 == 1


def _denials(found: Sequence[str]) -> int:
    return sum(word in NEGATIONS or word in AGAINST for word in found)


def _opposites(first: Sequence[str], second: Sequence[str]) -> int:
    """How many pairs of opposite words are split between two texts."""
    one, two = set(first), set(second)
    return sum(
        bool((a & one and b & two and not b & one) or (b & one and a & two and not a & one))
        for a, b in OPPOSITES
    )


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
