"""Ranking a heap of documents for scripts and benches: JSON lines in, JSON lines out.

    {"query_id", "text"}   also "exclude": [doc_id], and "candidates": [doc_id] to rank these alone
    {"query_id", "ranked": [doc_id]}   best first, at most 100

What is asked is told from the lengths of query and documents. A whole argument seeks the one that
answers it; a line over passages seeks first the passage that makes it and then what answers that;
a line over lines seeks what is on its issue and on the other side. To be quoted, what is on the
topic is ranked by how well it puts a point.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from prompts.bearing import tone, words
from prompts.corpus import Corpus, Vector, dot
from prompts.stance import Motion, stance

Judge = Callable[[Motion, str], float]

MOST = 100
POOL = 200  # documents that are looked at closely
WHOLE = 25  # words; a longer query is an argument, not a line
LONG = 40  # words; documents this long at the median are passages
SIDE = 0.8  # how much of a line's nearness its side decides
CROWDED = 0.5  # how much a document's other neighbours take away
FOUND = 3  # passages that may be the one that makes the claim


@dataclass(frozen=True, slots=True)
class Query:
    """One line of the queries."""

    id: Any
    text: str
    exclude: frozenset[Any]
    candidates: tuple[Any, ...] | None


def ranked(
    documents: Iterable[str], task: str, queries: Iterable[str], judge: Judge = stance
) -> Iterator[str]:
    """A JSON line for each query that is not blank, in the same order.

    `task` is "quote" or "counter"; `judge` gives the probability that a text speaks for a motion.
    Raises ValueError with the line's number for a line that lacks something.
    """
    rows = [_document(line, n) for n, line in enumerate(documents, 1) if line.strip()]
    names, corpus = [name for name, _ in rows], Corpus([text for _, text in rows])
    places = {name: number for number, name in enumerate(names)}
    passages = median([len(text.split()) for text in corpus.texts] or [0]) >= LONG
    for query in (_query(line, n) for n, line in enumerate(queries, 1) if line.strip()):
        kept = [places[c] for c in query.candidates or () if c in places]
        pool = kept if query.candidates is not None else None
        out = {places[name] for name in query.exclude if name in places}
        found = rank(corpus, query.text, task, passages, pool, frozenset(out), judge)
        yield json.dumps({"query_id": query.id, "ranked": [names[n] for n in found[:MOST]]})


def rank(
    corpus: Corpus,
    text: str,
    task: str,
    passages: bool,
    pool: Sequence[int] | None = None,
    exclude: frozenset[int] = frozenset(),
    judge: Judge = stance,
) -> list[int]:
    """Numbers of documents, best first; those of `pool` alone if it is given."""
    asked = corpus.read(text)
    if pool is None:
        pool = [number for number, _ in corpus.search(asked, POOL)]
    pool = [number for number in pool if number not in exclude]
    if task == "quote":
        scores = _quotes(corpus, asked, pool)
    elif len(text.split()) >= WHOLE:
        scores = _answers(corpus, asked, pool, exclude)
    elif passages:
        scores = _chained(corpus, asked, pool)
    else:
        scores = _opposed(corpus, partial(judge, Motion(text)), corpus.read(_subject(text)), pool)
    return sorted(scores, key=lambda number: (-scores[number], number))


def _quotes(corpus: Corpus, asked: Vector, pool: Sequence[int]) -> dict[int, float]:
    return dict(corpus.nearest(asked, pool))


def _answers(
    corpus: Corpus, asked: Vector, pool: Sequence[int], itself: frozenset[int]
) -> dict[int, float]:
    """What is near to an argument and to little else: an answer is written to one argument."""
    own = next(iter(itself), None)
    return {
        number: near - CROWDED * corpus.crowd(number, own)
        for number, near in corpus.nearest(asked, pool)
    }


def _chained(corpus: Corpus, asked: Vector, pool: Sequence[int]) -> dict[int, float]:
    """The passage that makes a claim is found by the claim, what answers it by that passage."""
    near = dict(corpus.nearest(asked, pool))
    scores = {number: 0.3 * x for number, x in near.items()}
    own = max(near, key=lambda number: near[number], default=None)
    if own is not None:
        for number in scores:
            scores[number] += dot(corpus.vector(own), corpus.vector(number))
        scores[own] = 0.2
    return scores


def _opposed(
    corpus: Corpus, judge: Callable[[str], float], asked: Vector, pool: Sequence[int]
) -> dict[int, float]:
    """Lines on the issue, those on the other side first."""
    return {
        number: x * (1 - SIDE * judge(corpus.texts[number]))
        for number, x in corpus.nearest(asked, pool)
    }


def _subject(text: str) -> str:
    """A motion without what it asks for: "ban" is no more of the issue than "allow"."""
    return " ".join(word for word in words(text) if word not in tone().against) or text


def _document(line: str, number: int) -> tuple[Any, str]:
    row = _row(line, number, "documents", ("doc_id", "text"))
    return row["doc_id"], row["text"]


def _query(line: str, number: int) -> Query:
    row = _row(line, number, "queries", ("query_id", "text"))
    candidates = row.get("candidates")
    return Query(
        row["query_id"],
        row["text"],
        frozenset(row.get("exclude") or ()),
        None if candidates is None else tuple(candidates),
    )


def _row(line: str, number: int, where: str, names: tuple[str, ...]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        raise ValueError(f"line {number} of the {where} is not JSON") from None
    missing = [n for n in names if not isinstance(row, dict) or n not in row]
    if missing or not isinstance(row["text"], str):
        raise ValueError(f"line {number} of the {where} lacks {', '.join(missing) or 'a text'}")
    return dict(row)
