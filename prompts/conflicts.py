"""Across two readings: what in one stands against a claim of the other.

Same aspect, opposite polarity. Words alone seldom prove that two people contradict each other, so
the confidence is honest: most pairs stay below one half, where Gadfly may only ask.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from prompts.bearing import NEGATIONS
from prompts.contrary import Contrary, contrary
from prompts.likeness import lexicon, stems
from prompts.model import Analysis, Claim, Voice
from prompts.statements import PUT_OFF

SURE = 0.5  # from here on two claims may be called opposed
CONSIDERED = 60  # claims of each reading, best first
AGAIN = 0.75  # what is left of a score each further time that a sentence is used
HELD = 0.49  # what is left of a score where words alone prove nothing: it is asked about
LEAST = 3  # stems that two claims must share to be about one thing (opposite words: one less)
NEAR, FAR = 1, 2  # stems that the one and the other may say beside those, to say the same
REACH = 5  # words behind a denial that it denies
NAMED = 0.6  # how near two claims are whose main clauses say the same words
_REPLY = re.compile(
    r"(?:but|however|yet|no\b|actually|that's not|that is not|i disagree|i don't think|"
    r"on the contrary|why|in reality|instead|still|not)\b",
    re.I,
)
# What a claim says first, up to a mark after at least four words.
_FIRST = re.compile(r"(?:\S+\s+){0,3}[^,;:]*")
_NAME = re.compile(r"\b([A-Z]\w+) (?=[A-Z]\w)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_QUOTED = re.compile(r"^(?:&gt;|\W)*")
Bag = dict[str, float]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim of the first reading, a claim of the second that stands against it, how surely."""

    claim: Claim
    counterpoint: Claim
    score: float


class Met(NamedTuple):
    """Claims of two readings by their places in what was compared, and how surely they conflict."""

    mine: int
    theirs: int
    score: float


def conflicts(first: Analysis, second: Analysis) -> tuple[Conflict, ...]:
    """Pairs best first. 0.5 and above may be called opposed; below that, ask.

    A sentence answers one claim, seldom a second one: what stands against several counts for less
    each time.
    """
    mine, theirs = _considered(first), _considered(second)
    ours = [side(claim) for claim in (*mine, *theirs)]
    one, two = ours[: len(mine)], ours[len(mine) :]
    places = [(i, j) for i in range(len(mine)) for j in range(len(theirs))]
    rows = [Conflict(mine[i], theirs[j], score) for i, j, score in _scored(one, two, places)]
    return tuple(sorted((*rows, *_replies(first, second)), key=lambda row: -row.score))


def opposed(mine: Sequence["Side"], theirs: Sequence["Side"]) -> list[Met]:
    """What of theirs may be said to stand against what of mine, surest first.

    The rows that `conflicts` scores 0.5 and above, at a fraction of the time: only claims that
    say something in common are compared at all.
    """
    holders: dict[str, list[int]] = {}
    for j, b in enumerate(theirs):
        for stem in b.about:
            holders.setdefault(stem, []).append(j)
    places = [
        (i, j)
        for i, a in enumerate(mine)
        for j, both in Counter(j for stem in a.about for j in holders.get(stem, ())).items()
        if both >= LEAST - 1 and _proven(a, theirs[j])
    ]
    rows = _scored(mine, theirs, sorted(places)) if places else []
    return [row for row in rows if row.score >= SURE]


def _considered(analysis: Analysis) -> list[Claim]:
    own = [claim for claim in analysis.claims if claim.voice is not Voice.QUOTED]
    return own[:CONSIDERED]


def _scored(
    mine: Sequence["Side"], theirs: Sequence["Side"], places: Sequence[tuple[int, int]]
) -> list[Met]:
    """The scores of claims at these places, best first; each sentence counts in full once."""
    spread = Counter(stem for one in (*mine, *theirs) for stem in one.stems)
    count = len(mine) + len(theirs)
    left = {i: _bag(mine[i], spread, count) for i in {i for i, _ in places}}
    right = {j: _bag(theirs[j], spread, count) for j in {j for _, j in places}}
    rows = [Met(i, j, _score(mine[i], theirs[j], _cosine(left[i], right[j]))) for i, j in places]
    rows.sort(key=lambda row: -row.score)
    used: Counter[int] = Counter()
    once = []
    for i, j, score in rows:
        once.append(Met(i, j, round(score * AGAIN ** used[theirs[j].start], 4)))
        used[theirs[j].start] += 1
    return sorted(once, key=lambda row: -row.score)


@dataclass(frozen=True, slots=True)
class Side:
    """A claim as it is compared with another: what it says in stems, its main clause, its form.

    Plain data, so that it can be kept. `form` is what speaks for it as an answer, as a logit;
    `denials` holds the stems that each denial bears on, `turned` those that a "not" turns;
    `left` and `right` tell by their bits which of the opposites have a word of theirs in it;
    `reverses` holds its words that turn it without a "not"; `urges` tells whether it says what
    should be, `plain` whether it says that and no more.
    """

    start: int
    score: float
    form: float
    stems: Mapping[str, int]
    about: frozenset[str]
    denials: tuple[frozenset[str], ...]
    turned: frozenset[str]
    left: int
    right: int
    reverses: frozenset[str]
    urges: bool
    plain: bool


def side(claim: Claim) -> Side:
    """A claim made ready to be compared."""
    # Reasons are left out, since their own denials would confuse; "self-control" and "North Korea"
    # are one thing each.
    text, language = claim.passage.text, claim.passage.reading.language
    main = _first(_NAME.sub(r"\1", (claim.motion or text).replace("-", "")))
    form = 0.5 * bool(_REPLY.match(text)) - 0.7 * text.rstrip().endswith("?")
    form -= 0.8 * (len(text) < 40) + 0.8 * (claim.voice is not Voice.AUTHOR)
    spread, about = Counter(stems(text, language)), frozenset(stems(main, language))
    said, own = _WORD.findall(main.lower().replace("’", "'")), contrary(language)
    forms = lexicon(language).stem(said)
    denials = tuple(_denied(said, forms, about, own))
    turned = frozenset(_turned(said, forms, about, own)) if denials else frozenset()
    left, right = (
        sum(1 << k for k, pair in enumerate(own.opposites) if not pair[hand].isdisjoint(forms))
        for hand in (0, 1)
    )
    return Side(
        claim.passage.start, claim.score, form, spread, about, denials, turned, left, right,
        own.reverses & {*forms}, not own.urged.isdisjoint(said),
        own.bound.isdisjoint(said) and "?" not in text,
    )  # fmt: skip


def _denied(
    said: Sequence[str], forms: Sequence[str], about: frozenset[str], own: Contrary
) -> Iterator[frozenset[str]]:
    """The stems that each denial of a clause bears on: "they do not ban phones" has two, and so has
    "phones are not banned"; what "people do not act rationally" denies is no act."""
    for k, (word, form) in enumerate(zip(said, forms, strict=True)):
        begins = k - REACH if form in own.denying else k + 1
        if form in own.denying or word in own.nots or _denies(said, k, word):
            yield about & frozenset(forms[max(0, begins) : k + 1 + REACH])


def _turned(
    said: Sequence[str], forms: Sequence[str], about: frozenset[str], own: Contrary
) -> Iterator[str]:
    """What each "not" turns: the next word that says something, and no other."""
    for k, word in enumerate(said):
        if word in own.nots and not (k and said[k - 1] in own.apart):
            after = range(k + 1, min(len(forms), k + 1 + REACH))
            yield from [forms[n] for n in after if forms[n] in about][:1]


def _denies(said: Sequence[str], k: int, word: str) -> bool:
    return word in NEGATIONS or (k > 0 and (said[k - 1], word) in PUT_OFF)


def _first(text: str) -> str:
    found = _FIRST.match(text)
    return found.group() if found else text


def _score(a: Side, b: Side, cosine: float) -> float:
    contrary = _contrary(a, b, (*a.denials, *b.denials))
    near = max(cosine, NAMED * _shared(a, b))
    logit = -3.9 + 3.6 * near + 1.3 * contrary * min(1.0, 4 * near)
    logit += 1.6 * a.score + 1.2 * b.score + b.form
    score = 1 / (1 + math.exp(-logit))
    return round(score if _proven(a, b) else HELD * score, 4)


def _proven(a: Side, b: Side) -> bool:
    """Whether words alone prove that two claims oppose each other: both say the same of the same,
    and one of them with a plain "not", or with the opposite word."""
    both, apart, other = a.about & b.about, a.about - b.about, b.about - a.about
    if not (a.plain and b.plain) or a.urges != b.urges:
        return False
    opposites = _opposites(a, b)
    near, far = sorted((len(apart), len(other)))
    if len(both) < LEAST - bool(opposites) or near > NEAR + opposites or far > FAR:
        return False
    if opposites:
        return opposites == 1 and not (a.turned or b.turned)
    turned = a.turned or b.turned
    once = bool(a.turned) != bool(b.turned) and len(turned) == 1 and turned <= both
    return once and a.reverses == b.reverses


def _cosine(left: Bag, right: Bag) -> float:
    return sum(weight * right.get(word, 0.0) for word, weight in left.items())


def _shared(a: Side, b: Side) -> float:
    """The share of the shorter main clause that both say; 0 where it is too little to tell."""
    both = len(a.about & b.about)
    if both < LEAST - 1:
        return 0.0
    enough = both >= LEAST or _opposites(a, b) > 0
    return both / min(len(a.about), len(b.about)) if enough else 0.0


def _contrary(a: Side, b: Side, denials: Sequence[frozenset[str]]) -> bool:
    """One denies what the other asserts, or takes the opposite word; not both at once.

    A denial of what only one of them speaks of sets them apart in nothing (#3).
    """
    both = a.about & b.about
    denied = sum(not both.isdisjoint(denial) for denial in denials)
    return (denied + _opposites(a, b)) % 2 == 1


def _opposites(a: Side, b: Side) -> int:
    """How many pairs of opposite words are split between two claims."""
    return ((a.left & ~a.right & b.right) | (a.right & ~a.left & b.left)).bit_count()


def _bag(one: Side, spread: Mapping[str, int], count: int) -> Bag:
    """A claim's stems as a vector of length one, rare ones weighing more."""
    row = {w: math.log(1 + n) * math.log(1 + count / spread[w]) for w, n in one.stems.items()}
    norm = math.sqrt(sum(v * v for v in row.values())) or 1.0
    return {w: v / norm for w, v in row.items()}


def _replies(first: Analysis, second: Analysis) -> Iterator[Conflict]:
    """A sentence of the first that the second quotes is answered by what follows the quotation."""
    own = sorted(
        (c for c in second.claims if c.voice is Voice.AUTHOR), key=lambda c: c.passage.start
    )
    quotes = [c for c in second.claims if c.voice is Voice.QUOTED]
    for quoted in quotes:
        words_ = _bare(quoted.passage.text)
        claim = next((c for c in first.claims if _same(_bare(c.passage.text), words_)), None)
        after = [c for c in own if c.passage.start >= quoted.passage.end][:2]
        if claim is not None and after:
            begin, last = after[0].passage.start, after[-1].passage.start
            cut = any(begin < c.passage.start < last for c in quotes)  # what follows answers that
            for k, reply in enumerate(after[: 1 if cut else 2]):
                yield Conflict(claim, reply, round(0.72 - 0.26 * k, 4))


def _bare(text: str) -> str:
    return " ".join(_QUOTED.sub("", text).lower().split())


def _same(a: str, b: str) -> bool:
    return len(min(a, b, key=len)) > 20 and (a in b or b in a)
