"""Which documents hold which words: tantivy, in memory, behind numbers and terms.

Terms are made elsewhere and never parsed: whatever somebody types is words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import tantivy

HEAP = 15_000_000  # bytes, the least that tantivy takes

Found = list[tuple[int, float]]
"""Numbers of documents, each with its score, best first."""


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
            body = " ".join(terms)
            writer.add_document(tantivy.Document(number=number, key=key, body=body))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(schema, index.searcher())

    def search(
        self, terms: Mapping[str, float], limit: int, keys: Iterable[str] | None = None
    ) -> Found:
        """Documents with any of the terms by BM25, each term's share boosting it; among the
        documents of `keys` alone, if given."""
        return [(number, score) for number, score, _ in self.read(terms, limit, keys)]

    def read(
        self, terms: Mapping[str, float], limit: int, keys: Iterable[str] | None = None
    ) -> list[tuple[int, float, frozenset[str]]]:
        """What `search` finds, each with all the terms that stand in it."""
        if not terms:
            return []
        rows = self.searcher.search(self._asked(terms, keys), limit).hits
        stored = ((float(score), self.searcher.doc(address)) for score, address in rows)
        return [
            (int(d["number"][0]), score, frozenset(d["body"][0].split())) for score, d in stored
        ]

    def _asked(self, terms: Mapping[str, float], keys: Iterable[str] | None) -> tantivy.Query:
        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        body = tantivy.Query.boolean_query(
            [
                (should, tantivy.Query.boost_query(self._term("body", term), share))
                for term, share in terms.items()
            ]
        )
        if keys is None:
            return body
        named = tantivy.Query.boolean_query([(should, self._term("key", key)) for key in keys])
        quiet = tantivy.Query.const_score_query(named, 0.0)
        return tantivy.Query.boolean_query([(must, body), (must, quiet)])

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    # Stored, so that nothing that is found has to be stemmed again: that took 50 times as long.
    builder.add_text_field("body", stored=True, tokenizer_name="terms", index_option="freq")
    return builder.build()
