"""Which documents hold which words: tantivy, in memory, behind numbers and terms.

Terms are made elsewhere and never parsed: whatever somebody types is words. Documents are numbered
through many readings; each is made when it is asked for.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar, overload

import tantivy

HEAP = 15_000_000  # bytes, the least that tantivy takes

Found = list[tuple[int, float]]
"""Numbers of documents, each with its score, best first."""
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents by their terms, numbered from 0 as they came; made once, never changed."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher

    @classmethod
    def over(cls, documents: Iterable[tuple[str, Sequence[str]]]) -> "Postings":
        """Postings of documents given as (key, terms); a term holds no blank."""
        schema = _schema()
        index = tantivy.Index(schema)
        index.register_tokenizer(
            "terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for number, (key, terms) in enumerate(documents):
            document = tantivy.Document()  # of keywords it is made in twice the time
            document.add_integer("number", number)
            document.add_text("key", key)
            document.add_text("body", " ".join(terms))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(schema, index.searcher())

    def search(
        self, terms: Mapping[str, float], limit: int, keys: Iterable[str] | None = None
    ) -> Found:
        """Documents with any of the terms by BM25, each term's share boosting it; among the
        documents of `keys` alone, if given."""
        if not terms:
            return []
        hits = self.searcher.search(self._asked(terms, keys), limit, count=False).hits
        numbers = self.searcher.fast_field_values("number", [address for _, address in hits])
        return [(int(n or 0), float(score)) for n, (score, _) in zip(numbers, hits, strict=True)]

    def _asked(self, terms: Mapping[str, float], keys: Iterable[str] | None) -> tantivy.Query:
        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        body = tantivy.Query.boolean_query(
            [(should, self._weighed(term, share)) for term, share in terms.items()]
        )
        if keys is None:
            return body
        named = tantivy.Query.boolean_query([(should, self._term("key", key)) for key in keys])
        quiet = tantivy.Query.const_score_query(named, 0.0)
        return tantivy.Query.boolean_query([(must, body), (must, quiet)])

    def _weighed(self, term: str, share: float) -> tantivy.Query:
        """A term of the body; a boost, even by 1, would keep tantivy from skipping what is poor."""
        query = self._term("body", term)
        return query if share == 1.0 else tantivy.Query.boost_query(query, share)

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", fast=True)
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="terms", index_option="freq")
    return builder.build()


# -- numbers through all readings -----------------------------------------------------------------


class Numbered(Sequence[Thing]):
    """Things by their numbers, from 0 through all readings in turn.

    A thousand readings hold a million of them: what is kept is how many each reading has, and
    `make` makes one from the number of its reading and its place there.
    """

    def __init__(self, make: Callable[[int, int], Thing], counts: Iterable[int] = ()) -> None:
        self._make = make
        self.first = [0, *accumulate(counts)]

    def add(self, count: int) -> None:
        """How many things the next reading has."""
        self.first.append(self.first[-1] + count)

    def place(self, number: int) -> tuple[int, int]:
        """The number of a thing's reading, and its place there."""
        row = bisect_right(self.first, number) - 1
        return row, number - self.first[row]

    def __len__(self) -> int:
        return self.first[-1]

    @overload
    def __getitem__(self, at: int) -> Thing: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Thing]: ...
    def __getitem__(self, at: int | slice) -> Thing | Sequence[Thing]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        return self._make(*self.place(range(len(self))[at]))
