"""Search by words: BM25 over two fields; the only module that imports tantivy.

Each passage has a body (its own text) and a context (title, publisher, date, section path). Its score
is the sum over the terms of the question of

    weight(term) * (BODY_WEIGHT * bm25(term, body) + CONTEXT_WEIGHT * bm25(term, context))

with BM25 after Robertson and Zaragoza (2009) in Lucene's form: idf = ln(1 + (N - n + 0.5) / (n + 0.5))
and tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / mean length)). Why tantivy: docs/lexical-search.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Query

from index.errors import IndexDamaged
from index.ranking import Ranking, best
from index.words import analyse

K1 = 1.2  # how soon repeating a word stops to count; tantivy has both built in
B = 0.75  # how much the length of a passage counts; lengths above 40 are kept in steps of at most 1/8
BODY_WEIGHT = 1.0
CONTEXT_WEIGHT = 1.0

_FIELDS = (("body", BODY_WEIGHT), ("context", CONTEXT_WEIGHT))
_WRITE_BUFFER = 256_000_000  # bytes; about 300,000 passages before a second segment is started
_INCIDENTAL = (".tantivy-writer.lock", ".tantivy-meta.lock")  # tantivy's own locks, empty


def write_lexical(passages: Iterable[tuple[str, str]], folder: Path) -> None:
    """Write the (body, context) of all passages, in row order, into an empty folder."""
    folder.mkdir()
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_WRITE_BUFFER, num_threads=1)  # one thread: rows stay in order
    for row, (body, context) in enumerate(passages):
        entry = tantivy.Document()
        entry.add_text("body", " ".join(analyse(body)))
        entry.add_text("context", " ".join(analyse(context)))
        entry.add_unsigned("row", row)
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()
    for name in _INCIDENTAL:
        (folder / name).unlink(missing_ok=True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, _ in _FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    return builder.build()


class LexicalIndex:
    """The words of all passages, memory-mapped. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        try:
            index = tantivy.Index.open(str(folder))
            index.config_reader(reload_policy="manual")  # the files never change: nothing to watch
            index.reload()
        except (ValueError, OSError) as exc:
            raise IndexDamaged(f"{folder} holds no index of words; build the index again.") from exc
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def document_frequency(self, term: str) -> int:
        """In how many passages an analysed term stands, their contexts not counted."""
        return int(self._searcher.doc_freq("body", term))

    def search(self, weights: Mapping[str, float], k: int, within: Sequence[range] | None = None) -> Ranking:
        """The k best rows for analysed terms and their weights; only rows that hold a term at all.

        `within` are the stretches of rows that are searched; None searches all of them.
        """
        query = self._query(weights)
        if within is not None:
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, self._rows(within))])

        def find(asked: int) -> Ranking:
            hits = self._searcher.search(query, limit=asked, count=False).hits
            rows = self._searcher.fast_field_values("row", [address for _, address in hits])
            return [(int(row), score) for row, (score, _) in zip(rows, hits, strict=True)]

        return best(find, k=k, available=len(self))

    def _query(self, weights: Mapping[str, float]) -> Query:
        clauses = []
        for term, weight in sorted(weights.items()):  # sums are the same in whatever order they were given
            if not (math.isfinite(weight) and weight >= 0):
                raise ValueError(f"The weight of '{term}' is {weight}; weights are numbers from 0 upwards.")
            if weight:
                clauses += [self._clause(term, name, weight * share) for name, share in _FIELDS]
        return Query.boolean_query(clauses)

    def _rows(self, within: Sequence[range]) -> Query:
        """All rows of some stretches, with the score 0."""
        stretches = [
            Query.range_query(
                self._schema, "row", FieldType.Unsigned, rows.start, rows.stop, include_upper=False
            )
            for rows in within
        ]
        anywhere = Query.boolean_query([(Occur.Should, stretch) for stretch in stretches])
        return Query.const_score_query(anywhere, 0.0)

    def _clause(self, term: str, name: str, weight: float) -> tuple[Occur, Query]:
        query = Query.term_query(self._schema, name, term, "freq")
        return Occur.Should, Query.boost_query(query, weight)
