"""A reading as sentences and clauses, each with the cues that stand in it.

The outline is the one structure that voices, claims, counterpoints and motions are read from.
Indices `first` and `last` count tokens of the whole text, `last` exclusive; `start` and `end` are
code points.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from prompts.cues import Cues, Tokens, cues, tokens
from prompts.mains import Stretch, main_clause
from prompts.model import Kind, Passage, Reading
from prompts.patterns import Bare
from prompts.sentences import sentences

MARKS = frozenset(",;:–—-(")
OPENERS = frozenset("\"“„«'‘([*_-–—•¿¡")
TINY, TINIES = 5, 1000  # sentences of at most TINY tokens; more than TINIES of them are no prose
READ = 1000  # words of one sentence in which cues are looked for
MOST = 60  # clauses of one sentence; more are no prose
LEFT, RIGHT = 4, 3  # a clause has at least so many words before and after a cut
ARGUED = (Kind.PARAGRAPH, Kind.LIST, Kind.QUOTE)


# What is made for each sentence and read all the time is neither frozen, which takes four times as
# long to make, nor a named tuple, which takes ten times as long to read; `Final` guards it (#3).
@dataclass(slots=True, eq=False)
class Clause:
    """A stretch of one sentence with its cues: how often each, and which open it."""

    start: Final[int]
    end: Final[int]
    first: Final[int]
    last: Final[int]
    counts: Final[dict[str, int]]
    opening: Final[dict[str, int]]  # cue -> the token after it

    def has(self, *names: str) -> bool:
        for name in names:  # noqa: SIM110 - asked many times of each clause; any() is slower
            if name in self.counts:
                return True
        return False

    def opens(self, *names: str) -> bool:
        for name in names:  # noqa: SIM110 - as above
            if name in self.opening:
                return True
        return False


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence, its place (`pos` of `size` in paragraph `par`, from 0) and its clauses."""

    whole: Final[Clause]
    clauses: Final[tuple[Clause, ...]]
    par: Final[int]
    pos: Final[int]
    size: Final[int]
    kind: Final[Kind]

    @property
    def start(self) -> int:
        return self.whole.start

    @property
    def end(self) -> int:
        return self.whole.end


@dataclass(frozen=True, slots=True)
class Outline:
    """The sentences of a reading's argued blocks, in order, over one list of tokens."""

    reading: Reading
    tokens: Tokens
    cues: Cues
    sentences: tuple[Sentence, ...]
    paragraphs: int

    def passage(self, start: int, end: int) -> Passage:
        return Passage(self.reading, start, end)

    def text(self, part: Clause | Sentence) -> str:
        return self.reading.text[part.start : part.end]

    def words(self, part: Clause) -> list[str]:
        return self.tokens.words[part.first : part.last]


def outline(reading: Reading) -> Outline:
    """The outline of a reading in its own language; headings and asides are left out."""
    found, known = tokens(reading.text), cues(reading.language)
    letters, out = known.spelt(found), list[Sentence]()
    argued = [b for b in reading.blocks if b.kind in ARGUED and b.end - b.start > TINY]
    at = tiny = 0
    for par, block in enumerate(argued):
        spans = sentences(reading.text, block, reading.language)
        for pos, (start, end) in enumerate(spans):
            first = bisect_left(found.starts, start, at)
            at = bisect_left(found.starts, end, first)
            tiny += at - first <= TINY
            if at > first and (at - first > TINY or tiny <= TINIES):
                hits = known.met(found, first, letters[first : min(at, first + READ)])
                whole, parts = _sentence(found, known, hits, start, end, first, at)
                out.append(Sentence(whole, parts, par, pos, len(spans), block.kind))
    return Outline(reading, found, known, tuple(out), len(argued))


def _sentence(
    found: Tokens, known: Cues, hits: list[Bare], start: int, end: int, first: int, last: int
) -> tuple[Clause, tuple[Clause, ...]]:
    whole = _clause(found, start, end, first, last, hits)
    edges = [first, *_cuts(found, known, whole, hits), last]
    if len(edges) == 2:
        return whole, (whole,)
    parts = []
    for a, b in pairwise(edges):
        begin = start if a == first else found.starts[a]
        stop = end if b == last else found.end(b - 1)
        inside = [hit for hit in hits if a <= hit[1] < b]
        parts.append(_clause(found, begin, stop, a, b, inside))
    return whole, tuple(parts)


def _clause(
    found: Tokens, start: int, end: int, first: int, last: int, hits: Iterable[Bare]
) -> Clause:
    counts: dict[str, int] = {}
    for cue, _, _ in hits:
        counts[cue] = counts.get(cue, 0) + 1
    return Clause(start, end, first, last, counts, _opening(found.words, first, last, hits))


def _opening(words: list[str], first: int, last: int, hits: Iterable[Bare]) -> dict[str, int]:
    """The cues at the head of a clause, and at that behind a leading connective."""
    head = first
    while words[head] in OPENERS and head < last - 1:
        head += 1
    opening: dict[str, int] = {}
    for cue, at, after in hits:
        if at > head:
            break
        if at == head:
            opening[cue] = after
    jumps = 0
    while jumps < 2 and opening.get("lead", 0) > head:
        head, jumps = opening["lead"], jumps + 1
        if head < last and words[head] == ",":
            head += 1
        for cue, at, after in hits:
            if at == head and (cue == "lead" or cue not in opening):
                opening[cue] = after
    return opening


def _cuts(source: Tokens, known: Cues, whole: Clause, hits: list[Bare]) -> list[int]:
    """Where a sentence falls into clauses: at connectives, at semicolons, after a concession."""
    words = source.words
    found: set[int] = set()  # `set[int]()` takes five times as long
    if whole.has("bare", "join"):
        joins = {at for cue, at, _ in hits if cue == "join"}
        found = {at for cue, at, _ in hits if cue == "bare"}
        found |= {at for at in joins if _marked(words, known, whole.first, at)}
    if ";" in words[whole.first : whole.last]:
        found |= {k + 1 for k in range(whole.first, whole.last) if words[k] == ";"}
    conceding, reasoning = "although" in whole.opening, "fronted" in whole.opening
    if not found and not conceding and not reasoning:
        return []
    text = Stretch(source, known, whole.first, whole.last)
    verbs = [at for cue, at, _ in hits if cue == "finite"]
    found = {cut for cut in found if _full(text, cut, verbs)}
    if reasoning and not conceding:
        begin = next((at for at in verbs if at >= whole.opening["fronted"]), 0)  # its own verb
        main = main_clause(text, hits, begin) if begin else 0
        found |= {main} if main else set()
    if conceding:
        main = main_clause(text, hits, whole.opening["although"])
        found = {cut for cut in found if not main or cut > main} | ({main} if main else set())
    cuts: list[int] = []
    before = whole.first
    for cut in sorted(found):
        least = LEFT - 1 if conceding and not cuts else LEFT
        if text.has(before, cut, least) and text.has(cut, whole.last, RIGHT):
            cuts.append(cut)
            before = cut
    return cuts[:MOST]


def _full(text: Stretch, cut: int, verbs: list[int]) -> bool:
    """ "but" begins a clause only with a verb after it: "but a necessary one" goes on.

    Without a mark before it the verb must be its own: "who come but overstay, do not" is a row.
    """
    words = text.words
    if cut >= len(words) or words[cut] not in text.known("turned"):
        return True
    if words[cut - 1] in text.known("excepted"):
        return False
    verb = next((at for at in verbs if at > cut), None)
    if verb is not None and (words[cut - 1] in MARKS or "," not in words[cut:verb]):
        return True
    last = text.last
    if cut + 1 >= last or not text.has(cut, last, 6):
        return False
    own = words[cut - 1] in MARKS and any(at < cut for at in verbs)  # else one nobody lists
    after = words[cut + 1]
    return after in text.known("begins") or (own and after not in text.known("added"))


def _marked(words: list[str], known: Cues, first: int, at: int) -> bool:
    """A connective cuts after a mark, yet not in a row (`a, b, and the c`)."""
    if at <= first or words[at - 1] not in MARKS or words[at - 1] == "(":
        return False
    if words[at] in known.known("aside") and words[at + 1 : at + 2] == [","]:
        return False  # "A big part of that, though, is luck"
    row = "," in words[max(first, at - 6) : at - 1]
    return not row or words[at] not in known.known("rows")
