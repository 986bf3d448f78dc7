"""Compares three libraries that can rank passages by BM25 (run by hand: the table of docs/lexical-search.md).

    python tests/index/compare_lexical.py CORPUS.jsonl QUERIES.jsonl [--sizes 1000 100000]

Every library gets the same terms, made by our own analyser, in two fields. Larger corpora are the given
one repeated, each time with a fifth of its words replaced by other words of the corpus. Each library
runs in a process of its own, so that its memory can be told from the others'.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.words import analyse

BODY_WEIGHT, CONTEXT_WEIGHT = 1.0, 0.5
PASSAGE_CHARACTERS = 600
DOCUMENT_PASSAGES = 10  # how many passages are added and removed at once
QUESTIONS = 200
K = 100

Fields = tuple[list[str], list[str]]  # the terms of a passage: body, context


class Library(Protocol):
    """One way to rank passages; the folder is empty at the start."""

    def build(self, folder: Path, passages: Sequence[Fields]) -> None: ...
    def open(self, folder: Path) -> None: ...
    def search(self, weights: dict[str, float]) -> list[tuple[int, float]]: ...
    def add(self, folder: Path, passages: Sequence[Fields]) -> None: ...
    def remove(self, folder: Path, rows: range) -> None: ...


class Bm25s:
    """bm25s: every score is computed at build time; a question adds up columns of a sparse matrix.

    Its own `retrieve` has no weights for terms and no second field, so the columns are added up here.
    A change means to build anew; the terms of the passages are assumed to be at hand.
    """

    def build(self, folder: Path, passages: Sequence[Fields]) -> None:
        import bm25s

        self.passages = list(passages)
        for name, terms in zip(("body", "context"), zip(*passages, strict=True), strict=True):
            model = bm25s.BM25(k1=1.2, b=0.75)
            model.index(list(terms), show_progress=False)
            model.save(folder / name)

    def open(self, folder: Path) -> None:
        import bm25s

        self.models = [bm25s.BM25.load(folder / name, mmap=True) for name in ("body", "context")]

    def search(self, weights: dict[str, float]) -> list[tuple[int, float]]:
        scores = np.zeros(self.models[0].scores["num_docs"], dtype=np.float32)
        for model, field in zip(self.models, (BODY_WEIGHT, CONTEXT_WEIGHT), strict=True):
            matrix = model.scores
            for term, weight in weights.items():
                column = model.vocab_dict.get(term)
                if column is not None:
                    start, end = matrix["indptr"][column], matrix["indptr"][column + 1]
                    scores[matrix["indices"][start:end]] += matrix["data"][start:end] * (weight * field)
        best = np.argpartition(-scores, min(K, len(scores) - 1))[:K]
        best = best[np.lexsort((best, -scores[best]))]
        return [(int(row), float(scores[row])) for row in best]

    def add(self, folder: Path, passages: Sequence[Fields]) -> None:
        self.build(folder, [*self.passages, *passages])

    def remove(self, folder: Path, rows: range) -> None:
        self.build(folder, [p for row, p in enumerate(self.passages) if row not in rows])


class Tantivy:
    """tantivy: segments of compressed postings, memory-mapped; weights are boosts of term queries."""

    def _schema(self):  # type: ignore[no-untyped-def]
        import tantivy

        builder = tantivy.SchemaBuilder()
        for name in ("body", "context"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("row", fast=True, indexed=True)
        return builder.build()

    def _write(self, index, passages: Sequence[Fields], first: int) -> None:  # type: ignore[no-untyped-def]
        import tantivy

        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        for row, (body, context) in enumerate(passages, first):
            document = tantivy.Document(body=" ".join(body), context=" ".join(context))
            document.add_unsigned("row", row)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def build(self, folder: Path, passages: Sequence[Fields]) -> None:
        import tantivy

        self._write(tantivy.Index(self._schema(), path=str(folder)), passages, 0)
        self.size = len(passages)

    def open(self, folder: Path) -> None:
        import tantivy

        self.index = tantivy.Index.open(str(folder))
        self.schema = self.index.schema
        self.searcher = self.index.searcher()

    def search(self, weights: dict[str, float]) -> list[tuple[int, float]]:
        from tantivy import Occur, Query

        clauses = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self.schema, field, term, "freq"), weight * share),
            )
            for field, share in (("body", BODY_WEIGHT), ("context", CONTEXT_WEIGHT))
            for term, weight in weights.items()
        ]
        hits = self.searcher.search(Query.boolean_query(clauses), limit=K, count=False).hits
        rows = self.searcher.fast_field_values("row", [address for _, address in hits])
        return [(row, score) for row, (score, _) in zip(rows, hits, strict=True)]

    def add(self, folder: Path, passages: Sequence[Fields]) -> None:
        self._write(self.index, passages, self.size)

    def remove(self, folder: Path, rows: range) -> None:
        from tantivy import FieldType, Query

        writer = self.index.writer(heap_size=50_000_000, num_threads=1)
        # delete_documents_by_term takes a Python int for a signed number and silently finds nothing
        removed = Query.range_query(self.schema, "row", FieldType.Unsigned, rows[0], rows[-1])
        writer.delete_documents_by_query(removed)
        writer.commit()
        writer.wait_merging_threads()


class Fts5:
    """SQLite FTS5: its bm25() weighs fields but not terms, so the weights of the terms are left out."""

    def _connect(self, folder: Path) -> sqlite3.Connection:
        return sqlite3.connect(folder / "fts.sqlite")

    def build(self, folder: Path, passages: Sequence[Fields]) -> None:
        with self._connect(folder) as connection:
            connection.execute(
                "CREATE VIRTUAL TABLE passages"
                " USING fts5(body, context, tokenize=\"unicode61 tokenchars '''.'\")"
            )
        self._insert(folder, passages, 0)
        self.size = len(passages)

    def _insert(self, folder: Path, passages: Sequence[Fields], first: int) -> None:
        with self._connect(folder) as connection:
            connection.executemany(
                "INSERT INTO passages(rowid, body, context) VALUES (?, ?, ?)",
                (
                    (row, " ".join(body), " ".join(context))
                    for row, (body, context) in enumerate(passages, first)
                ),
            )

    def open(self, folder: Path) -> None:
        self.connection = self._connect(folder)

    def search(self, weights: dict[str, float]) -> list[tuple[int, float]]:
        match = " OR ".join('"' + term.replace('"', '""') + '"' for term in weights)
        return self.connection.execute(
            f"SELECT rowid, -bm25(passages, {BODY_WEIGHT}, {CONTEXT_WEIGHT}) AS score FROM passages"
            " WHERE passages MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            (match, K),
        ).fetchall()

    def add(self, folder: Path, passages: Sequence[Fields]) -> None:
        self._insert(folder, passages, self.size)

    def remove(self, folder: Path, rows: range) -> None:
        with self._connect(folder) as connection:
            connection.executemany("DELETE FROM passages WHERE rowid = ?", ((row,) for row in rows))


LIBRARIES: dict[str, Callable[[], Library]] = {"bm25s": Bm25s, "tantivy": Tantivy, "SQLite FTS5": Fts5}


@dataclass(frozen=True, slots=True)
class Row:
    """What one library took for one size; times in seconds, except the latencies in milliseconds."""

    library: str
    passages: int
    build: float
    median_ms: float
    p95_ms: float
    disk_mb: float
    add: float
    remove: float
    build_mb: float  # added to the process's peak by building
    search_mb: float  # peak of a process that only opens and asks
    same_twice: bool


def read_passages(corpus: Path) -> list[Fields]:
    """The corpus in passages of about PASSAGE_CHARACTERS, split at full stops, analysed."""
    passages = []
    for line in corpus.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        piece = ""
        for sentence in entry["text"].split(". "):
            piece += sentence + ". "
            if len(piece) >= PASSAGE_CHARACTERS:
                passages.append((analyse(piece), analyse(entry["title"])))
                piece = ""
        if piece:
            passages.append((analyse(piece), analyse(entry["title"])))
    return passages


def grow(passages: Sequence[Fields], size: int) -> list[Fields]:
    """As many passages as asked for: repeated, with a fifth of the words replaced."""
    chance = random.Random(7)
    words = [term for body, _ in passages for term in body]
    grown = list(passages[:size])
    while len(grown) < size:
        body, context = passages[len(grown) % len(passages)]
        varied = [chance.choice(words) if chance.random() < 0.2 else term for term in body]
        grown.append((varied, context))
    return grown


def read_questions(queries: Path, passages: Sequence[Fields]) -> list[dict[str, float]]:
    """Questions of 8 to 15 terms, each term weighted by how rare it is."""
    frequency = Counter(term for body, _ in passages for term in set(body))
    questions = []
    for line in queries.read_text(encoding="utf-8").splitlines():
        terms = list(dict.fromkeys(analyse(json.loads(line)["text"])))
        if 8 <= len(terms) <= 15:
            questions.append({term: 1.0 / (1.0 + frequency[term] / len(passages)) for term in terms})
    return questions[: QUESTIONS * 10 : 10]


def megabytes_of(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def peak_megabytes() -> float:
    """The highest resident memory of this process so far; Linux only."""
    (line,) = (x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1e3


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure_changes(name: str, passages: Sequence[Fields], folder: Path) -> dict[str, float]:
    library = LIBRARIES[name]()
    before = peak_megabytes()
    build = seconds(lambda: library.build(folder, passages))
    build_mb = peak_megabytes() - before
    disk_mb = megabytes_of(folder)
    library.open(folder)
    add = seconds(lambda: library.add(folder, passages[:DOCUMENT_PASSAGES]))
    library.open(folder)
    remove = seconds(lambda: library.remove(folder, range(DOCUMENT_PASSAGES)))
    return {"build": build, "build_mb": build_mb, "disk_mb": disk_mb, "add": add, "remove": remove}


def measure_questions(name: str, questions: Sequence[dict[str, float]], folder: Path) -> dict[str, float]:
    library = LIBRARIES[name]()
    before = peak_megabytes()
    library.open(folder)
    first = [library.search(question) for question in questions]
    times = [1000 * seconds(partial(library.search, question)) for question in questions]
    return {
        "median_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1],
        "search_mb": peak_megabytes() - before,
        "same_twice": first == [library.search(question) for question in questions],
    }


def measure(name: str, passages: Sequence[Fields], questions: Sequence[dict[str, float]]) -> Row:
    processes = multiprocessing.get_context("spawn")
    folder = Path(tempfile.mkdtemp())
    try:
        with processes.Pool(1) as pool:
            values = pool.apply(measure_changes, (name, passages, folder))
        with processes.Pool(1) as pool:
            values |= pool.apply(measure_questions, (name, questions, folder))
    finally:
        shutil.rmtree(folder)
    return Row(library=name, passages=len(passages), **values)


def print_table(rows: Sequence[Row]) -> None:
    columns = list(asdict(rows[0]))
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        values = asdict(row).values()
        print("| " + " | ".join(f"{v:.3g}" if isinstance(v, float) else str(v) for v in values) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    options = parser.parse_args()
    passages = read_passages(options.corpus)
    questions = read_questions(options.queries, passages)
    print(f"{len(passages)} passages before repetition, {len(questions)} questions")
    print_table(
        [measure(name, grow(passages, size), questions) for size in options.sizes for name in LIBRARIES]
    )


if __name__ == "__main__":
    main()
