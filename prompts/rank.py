"""Ranking a heap of documents for scripts and benches: JSON lines in, JSON lines out.

    {"query_id", "text"}   also "exclude": [doc_id], and "candidates": [doc_id] to rank these alone
    {"query_id", "ranked": [doc_id]}   best first, at most 100

What is asked is told from the lengths of query and documents. A whole argument seeks the one that
answers it; a line over passages seeks first the passage that makes it and then what answers that;
a line over lines seeks what is on its issue and on the other side. To be quoted, what is on the
topic is ranked by how well it puts a point.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from prompts.bearing import about, unframed
from prompts.corpus import Corpus, Vector, dot
from prompts.likeness import features, lexicon, stems
from prompts.lines import Row, objects
from prompts.manner import style
from prompts.quality import Company, quality, seconded
from prompts.replying import answers
from prompts.stance import Motion, stance

Judge = Callable[[Motion, str], float]
Critic = Callable[[str, str, Company], float]
Kept = Callable[[int], bool]  # whether a document may be named in the answer

MOST = 100
POOL = 100  # documents that are looked at closely
WIDE = 300  # documents of which the nearest to an argument may answer it
WHOLE = 25  # words; a longer query is an argument, not a line
LONG = 40  # words; documents this long at the median are passages
SIDE = 0.8  # how much of a line's nearness its side decides
NEARNESS = 0.7  # its power: of lines that are all on the issue the nearest is often an ally
WELL = 0.1  # what being put well counts for beside being on the issue
MANY = 1000  # documents of which the best put are quoted
ON_TOPIC = 0.4  # of the best score, from which on a document is on the topic
FOUND = 4  # passages that may be the one that makes the claim
SHARP = 8.0  # how much likelier the best found makes the claim than what has nothing of it
REPLY = 0.75  # what a passage's manner of a reply counts for against its making the claim
SHARED = 8.0  # what the claim's own words count for among what may answer the passage
NEAR = 0.7  # what sharing the claim's words counts for beside answering it
OWN = 0.75  # what is taken from a passage for being likely the one that makes the claim
LENGTH = 0.015  # a longer line is likelier to say a thing among others
ALL_OF_IT = 0.3  # what a line's nearness as a whole counts for: one that says little else


@dataclass(frozen=True, slots=True)
class Query:
    """One line of the queries."""

    id: Any
    text: str
    exclude: frozenset[Any]
    candidates: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Heap:
    """Documents, what is asked of them ("quote" or "counter"), and who judges a text: its side of
    a motion, and how well it puts its point. `passages`: they are no lines."""

    corpus: Corpus
    task: str
    passages: bool
    judge: Judge = stance
    critic: Critic = quality


def ranked(
    documents: Iterable[str],
    task: str,
    queries: Iterable[str],
    judge: Judge = stance,
    critic: Critic = quality,
) -> Iterator[str]:
    """A JSON line for each query that is not blank, in the same order.

    `task` is "quote" or "counter"; `judge` gives the probability that a text speaks for a motion,
    `critic` how well it puts its point.
    Raises as `prompts.lines.objects` does.
    """
    known = list(objects(documents, ("doc_id", "text"), _document, " of the documents"))
    names, corpus = [name for name, _ in known], Corpus([text for _, text in known])
    places = {name: number for number, name in enumerate(names)}
    passages = median([len(text.split()) for text in corpus.texts] or [0]) >= LONG
    heap = Heap(corpus, task, passages, judge, critic)
    for query in objects(queries, ("query_id", "text"), _query, " of the queries"):
        kept = [places[c] for c in query.candidates or () if c in places]
        pool = kept if query.candidates is not None else None
        out = frozenset(places[name] for name in query.exclude if name in places)
        found = rank(heap, query.text, pool, out)
        yield json.dumps({"query_id": query.id, "ranked": [names[n] for n in found[:MOST]]})


def rank(
    heap: Heap, text: str, few: Sequence[int] | None = None, out: frozenset[int] = frozenset()
) -> list[int]:
    """Numbers of documents, best first, without those of `out`; `few` alone if they are given."""
    within = None if few is None else frozenset(few)

    def kept(number: int) -> bool:
        return number not in out and (within is None or number in within)

    if heap.task == "quote":
        scores = _quoted(heap, text, few, kept)
    else:
        scores = _countered(heap, text, few, kept, next(iter(out), None))
    return sorted(scores, key=lambda number: (-scores[number], number))


def _quoted(heap: Heap, text: str, few: Sequence[int] | None, kept: Kept) -> dict[int, float]:
    """To be quoted: of a few lines those that say it, else what is on the topic."""
    if few is not None:
        return _among(heap.corpus, text, [*filter(kept, few)])
    found = dict(heap.corpus.sought(about(text), MANY))
    return _quotes(heap, text, [*filter(kept, found)], found)


def _countered(
    heap: Heap, text: str, few: Sequence[int] | None, kept: Kept, own: int | None
) -> dict[int, float]:
    """What stands against an argument (which is `own`, if it is of the heap) or a line."""
    corpus, whole = heap.corpus, len(text.split()) >= WHOLE
    asked = corpus.read(unframed(text))
    found = dict(corpus.search(asked, WIDE if whole else POOL))
    pool = [*filter(kept, found if few is None else few)]
    if whole:
        return answers(corpus, text, asked, pool, own)
    if heap.passages:
        return _chained(corpus, asked, pool, found, kept)
    return opposed(corpus, text, partial(heap.judge, Motion(text)), pool, found, heap.critic)


def _quotes(
    heap: Heap, text: str, pool: Sequence[int], found: dict[int, float]
) -> dict[int, float]:
    """What is on the topic; of lines on it, those that put their point well."""
    if heap.passages:
        return {n: found.get(n, 0.0) for n in pool}
    best = max(found.values(), default=0.0)
    near = {n: min(1.0, found.get(n, 0.0) / best / ON_TOPIC) if best else 0.0 for n in pool}
    on_it = [number for number, x in near.items() if x == 1]
    texts = [heap.corpus.texts[number] for number in on_it]
    company = Company.of(texts)
    grades = seconded(company, texts, [heap.critic(text, said, company) for said in texts])
    well = dict(zip(on_it, grades, strict=True))
    return {n: 2 * x + well.get(n, 0.0) for n, x in near.items()}


def _among(corpus: Corpus, text: str, pool: Sequence[int]) -> dict[int, float]:
    """How much of a line each of a few lines says: its stems, their concepts, their spelling.

    What tells these few apart counts, whatever is rare elsewhere; of two that say as much of the
    line, the one that says less besides makes it rather than mentions it.
    """
    bags = {number: features(corpus.bags[number], lexicon(corpus.language)) for number in pool}
    asked = features(stems(text, corpus.language), lexicon(corpus.language))
    spread = Counter(name for bag in bags.values() for name in bag)
    known = {name: x * math.log(1 + len(bags) / (spread[name] + 0.5)) for name, x in asked.items()}
    total = sum(known.values()) or 1.0
    near = dict(corpus.nearest(corpus.read(text), pool))
    return {
        number: sum(x for name, x in known.items() if name in bag) / total
        + LENGTH * math.log(1 + len(corpus.texts[number].split()))
        + ALL_OF_IT * near[number]
        for number, bag in bags.items()
    }


def _chained(
    corpus: Corpus, claim: Vector, pool: Sequence[int], found: dict[int, float], kept: Kept
) -> dict[int, float]:
    """The passage that makes a claim is found by the claim, what answers it by that passage.

    Which passage makes it is a guess among the best found; each guess counts by how likely it is.
    One that opens with a headline puts a point of its own, as a claim does.
    """
    best = max(found.values(), default=0.0) or 1.0
    near = {number: found.get(number, 0.0) / best for number in pool}
    makes = {n: SHARP * x - _like_a_reply(corpus, n) + corpus.heads(n) for n, x in near.items()}
    likely = sorted(makes, key=lambda n: (-makes[n], n))[:FOUND]
    scores = defaultdict(float, {number: NEAR * x for number, x in near.items()})
    for own, share in _shares({n: makes[n] for n in likely}).items():
        asked = corpus.vector(own)
        others = [n for n, _ in corpus.search(asked, WIDE) if kept(n)]
        replies = answers(corpus, corpus.texts[own], asked, others, own)
        odds = {n: x + SHARED * dot(claim, corpus.vector(n)) for n, x in replies.items()}
        for number, part in _shares(odds).items():
            scores[number] += share * part
        scores[own] -= OWN * share
    return scores


def _like_a_reply(corpus: Corpus, number: int) -> float:
    """How much a passage is put like a reply, by turns of speech and by those of its heap."""
    return style(corpus.texts[number]) + REPLY * corpus.manner(number)


def _shares(odds: dict[int, float]) -> dict[int, float]:
    """Odds on a logarithmic scale as shares that sum to one."""
    most = max(odds.values(), default=0.0)
    raw = {number: math.exp(x - most) for number, x in odds.items()}
    total = sum(raw.values())
    return {number: x / total for number, x in raw.items()}


def opposed(
    corpus: Corpus,
    text: str,
    judge: Callable[[str], float],
    pool: Sequence[int],
    found: dict[int, float],
    critic: Critic = quality,
) -> dict[int, float]:
    """Lines on the issue, those on the other side first, well put before junk."""
    best = max(found.values(), default=0.0) or 1.0
    company = Company.of(corpus.texts[number] for number in pool)
    return {
        number: (found.get(number, 0.0) / best) ** NEARNESS
        * (1 - SIDE * judge(corpus.texts[number]))
        + WELL * critic(text, corpus.texts[number], company)
        for number in pool
    }


def _document(row: Row) -> tuple[Any, str]:
    hash(row["doc_id"])  # TypeError for what no document can be called
    return row["doc_id"], _text(row)


def _text(row: Row) -> str:
    if not isinstance(row["text"], str):
        raise TypeError("its text is no string")
    return row["text"]


def _query(row: Row) -> Query:
    candidates = row.get("candidates")
    return Query(
        row["query_id"],
        _text(row),
        frozenset(row.get("exclude") or ()),
        None if candidates is None else tuple(dict.fromkeys(candidates)),
    )
