"""Search by words: BM25 over two fields; the only module that imports tantivy.

Each passage has a body (its own text) and a context (title, publisher, date, section path). Its score
is the sum over the terms of the question of

    weight(term) * (BODY_WEIGHT * bm25(term, body) + CONTEXT_WEIGHT * bm25(term, context))

with BM25 after Robertson and Zaragoza (2009) in Lucene's form: idf = ln(1 + (N - n + 0.5) / (n + 0.5)), n the
passages that hold the term in the field where more do: a word of titles ("Ofsted") tells passages apart no
better for standing in few bodies. A term counts idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / mean
length)). Why tantivy: docs/lexical-search.md.

An index consists of segments. Tantivy finds the best passages of each of them with the statistics of
that segment, which count passages that were removed since; the scores here are worked out from the
stored terms with the statistics of the whole index, and a bound on the difference says when enough
passages were found. The ranking is therefore the one of an index that was written at once.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from index.errors import IndexDamaged, IndexNotWritten
from index.mapped_rows import MappedRows
from index.ranking import Ranking, Rows, Scores, best_by, ranked
from index.words import analyse

K1 = 1.2  # how soon repeating a word stops to count; tantivy has both built in
B = 0.75  # how much the length of a passage counts; lengths above 40 are kept in steps of at most 1/8
BODY_WEIGHT = 1.0
CONTEXT_WEIGHT = 1.0

FIELDS = ("body", "context")
_SHARES = (BODY_WEIGHT, CONTEXT_WEIGHT)
_WRITE_BUFFER = 256_000_000  # bytes; about 300,000 passages before tantivy starts a second segment
_INCIDENTAL = (".tantivy-writer.lock", ".tantivy-meta.lock")  # tantivy's own locks, empty
_TERMS, _HASHES, _OFFSETS, _LENGTHS = "terms.u32", "term_hashes.npy", "term_offsets.npy", "lengths.npy"
_SCORED_ALL = 3000  # rows: as few are scored one by one, without tantivy, in less than 10 ms
_ROUNDING = 1e-4  # that tantivy's single precision moves a score, relative to it; more than enough


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 has to know of all passages: how many there are, and the terms of each field together."""

    passages: int
    lengths: tuple[int, int]

    def __add__(self, other: Statistics) -> Statistics:
        return self._with(other, 1)

    def __sub__(self, other: Statistics) -> Statistics:
        return self._with(other, -1)

    def _with(self, other: Statistics, sign: int) -> Statistics:
        body, context = (one + sign * more for one, more in zip(self.lengths, other.lengths, strict=True))
        return Statistics(self.passages + sign * other.passages, (body, context))

    def mean(self, field: int) -> float:
        """The mean length of a field; 1 where there is nothing."""
        return self.lengths[field] / self.passages if self.lengths[field] else 1.0

    def idf(self, holding: int) -> float:
        """How rare a term is that this many passages hold."""
        return math.log1p((self.passages - holding + 0.5) / (holding + 0.5))


@dataclass(frozen=True, slots=True)
class Weighing:
    """A question against a whole index: the terms in a fixed order, each with its gain in each field.

    The gain is weight * share of the field * idf; it is 0 where no passage holds the term there.
    """

    terms: tuple[str, ...]
    gains: tuple[tuple[float, ...], tuple[float, ...]]  # for body and context
    means: tuple[float, float]  # lengths


def weigh(
    weights: Mapping[str, float], statistics: Statistics, frequencies: Sequence[Mapping[str, int]]
) -> Weighing:
    """Prepare a question; `frequencies` say for both fields how many passages hold each term."""
    for term, weight in weights.items():
        if not (math.isfinite(weight) and weight >= 0):
            raise ValueError(f"The weight of '{term}' is {weight}; weights are numbers from 0 upwards.")
    terms = tuple(sorted(term for term, weight in weights.items() if weight))  # whatever order they came in
    rarity = {term: statistics.idf(max(held[term] for held in frequencies)) for term in terms}
    body, context = (
        tuple(weights[term] * share * rarity[term] if held[term] else 0.0 for term in terms)
        for share, held in zip(_SHARES, frequencies, strict=True)
    )
    return Weighing(terms, (body, context), (statistics.mean(0), statistics.mean(1)))


def write_lexical(passages: Iterable[tuple[str, str]], folder: Path) -> None:
    """Write the (body, context) of all passages, in row order, into an empty folder."""
    folder.mkdir()
    terms = _TermWriter()
    try:
        _write_entries(passages, folder, terms)
    except ValueError as exc:  # whatever goes wrong in its thread is one
        raise IndexNotWritten(f"{folder.name} cannot be written: {exc}") from exc
    terms.write(folder)
    for name in _INCIDENTAL:
        (folder / name).unlink(missing_ok=True)


def _write_entries(passages: Iterable[tuple[str, str]], folder: Path, terms: _TermWriter) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_WRITE_BUFFER, num_threads=1)  # one thread: rows stay in order
    for row, texts in enumerate(passages):
        entry = tantivy.Document()
        for name, analysed in zip(FIELDS, map(analyse, texts), strict=True):
            entry.add_text(name, " ".join(analysed))
            terms.add(analysed)
        entry.add_unsigned("row", row)
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    return builder.build()


class _TermWriter:
    """Notes the terms of every field of every passage: numbers in the order of the hashes of the terms."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._written = array("I")
        self._lengths = array("i")

    def add(self, terms: Sequence[str]) -> None:
        numbers = self._numbers
        self._written.extend([numbers.setdefault(term, len(numbers)) for term in terms])
        self._lengths.append(len(terms))

    def write(self, folder: Path) -> None:
        hashes = _hashes(list(self._numbers))
        order = np.argsort(hashes, kind="stable")
        if len(hashes) and not np.diff(hashes[order].view(np.uint64)).all():
            raise ValueError("Two terms have the same hash of 64 bits; lengthen the hash in lexical.py.")
        place = np.empty(len(order), dtype=np.uint32)
        place[order] = np.arange(len(order), dtype=np.uint32)
        written = np.frombuffer(self._written, dtype=np.uint32) if self._written else np.zeros(0, np.uint32)
        place[written].astype("<u4").tofile(folder / _TERMS)
        lengths = np.array(self._lengths, dtype=np.int32).reshape(-1, 2)
        np.save(folder / _LENGTHS, lengths)
        np.save(folder / _HASHES, hashes[order])
        np.save(folder / _OFFSETS, np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))))


def hash_of(term: str) -> str:
    """The hash by which a term is known in `LexicalIndex.terms_of`."""
    return f"{int(_hashes([term])[0]):016x}"


def _hashes(terms: Sequence[str]) -> NDArray[np.uint64]:
    digests = b"".join(hashlib.blake2b(term.encode(), digest_size=8).digest() for term in terms)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


class LexicalIndex:
    """The words of all passages of a segment, memory-mapped. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        try:
            index = tantivy.Index.open(str(folder))
            index.config_reader(reload_policy="manual")  # the files never change: nothing to watch
            index.reload()
            self._hashes: NDArray[np.uint64] = np.load(folder / _HASHES, mmap_mode="r")
            self._offsets: NDArray[np.int64] = np.load(folder / _OFFSETS, mmap_mode="r")
            self._lengths: NDArray[np.int32] = np.load(folder / _LENGTHS, mmap_mode="r")
            self._terms = MappedRows(folder / _TERMS, "<u4", 1)
        except (ValueError, OSError) as exc:
            raise IndexDamaged(f"{folder} holds no index of words; build the index again.") from exc
        self._schema = index.schema
        self._searcher = index.searcher()
        body, context = self._lengths.sum(axis=0, dtype=np.int64).tolist()
        self.statistics = Statistics(len(self), (body, context))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def frequency(self, term: str, field: int) -> int:
        """In how many passages of the segment an analysed term stands in a field."""
        return int(self._searcher.doc_freq(FIELDS[field], term))

    def document_frequency(self, term: str) -> int:
        """In how many passages an analysed term stands, their contexts not counted."""
        return self.frequency(term, 0)

    def search(self, weights: Mapping[str, float], k: int) -> Ranking:
        """The k best rows, where this segment is the whole index."""
        frequencies = [{term: self.frequency(term, field) for term in weights} for field in (0, 1)]
        return self.find(weigh(weights, self.statistics, frequencies), k)

    def find(self, weighing: Weighing, k: int, wanted: NDArray[np.bool_] | None = None) -> Ranking:
        """The k best rows of the segment that hold a term at all, of those `wanted` (None: of all)."""
        if wanted is not None and np.count_nonzero(wanted) <= _SCORED_ALL:
            ranking = ranked(np.flatnonzero(wanted), lambda rows: self._scores(weighing, rows))
            return [hit for hit in ranking if hit[1] > 0][:k]
        query = self._query(weighing)
        if query is None:
            return []

        def near(asked: int) -> list[tuple[int, float]]:
            hits = self._searcher.search(query, limit=asked, count=False).hits
            rows = self._searcher.fast_field_values("row", [address for _, address in hits])
            return [(int(row), score) for row, (score, _) in zip(rows, hits, strict=True)]

        bound = self._bound(weighing)
        return best_by(
            near,
            lambda rows: self._scores(weighing, rows),
            k=k,
            available=len(self),
            highest=lambda score: score * bound,
            wanted=wanted,
        )

    def terms_of(self, rows: Iterable[int], field: int) -> dict[str, int]:
        """For the hashes of terms, as hexadecimal digits, how many of these passages hold them in a field."""
        counts: dict[int, int] = {}
        for row in rows:
            place = 2 * row + field
            terms = self._terms.read(slice(int(self._offsets[place]), int(self._offsets[place + 1])))
            for number in np.unique(terms).tolist():
                counts[number] = counts.get(number, 0) + 1
        return {f"{int(self._hashes[number]):016x}": count for number, count in sorted(counts.items())}

    def statistics_of(self, rows: Sequence[range]) -> Statistics:
        """Of some stretches of rows."""
        total = Statistics(0, (0, 0))
        for stretch in rows:
            lengths = self._lengths[stretch.start : stretch.stop].sum(axis=0, dtype=np.int64)
            total += Statistics(len(stretch), (int(lengths[0]), int(lengths[1])))
        return total

    def _query(self, weighing: Weighing) -> Query | None:
        """Gives, with the statistics of the segment, about the scores that the whole index gives."""
        clauses = []
        for field, gains in enumerate(weighing.gains):
            for term, gain in zip(weighing.terms, gains, strict=True):
                held = self.frequency(term, field) if gain else 0
                if held:
                    query = Query.term_query(self._schema, FIELDS[field], term, "freq")
                    boosted = Query.boost_query(query, gain / self.statistics.idf(held))
                    clauses.append((Occur.Should, boosted))
        return Query.boolean_query(clauses) if clauses else None

    def _bound(self, weighing: Weighing) -> float:
        """How many times higher than tantivy's a score can be.

        A longer mean length m' in place of m raises a term's share from tf / (tf + c + d / m) to
        tf / (tf + c + d / m'), by m' / m at most.
        """
        ratios = (mean / self.statistics.mean(field) for field, mean in enumerate(weighing.means))
        return max(1.0, *ratios) * (1 + _ROUNDING)

    def _scores(self, weighing: Weighing, rows: Rows) -> Scores:
        """The scores of some rows in double precision, added up in the order of the terms."""
        total = np.zeros(len(rows))
        numbers, known = self._numbers(weighing.terms)
        for field, gains in enumerate(weighing.gains):
            counts = self._counts(rows, field, numbers, known)
            lengths = _kept_length(self._lengths[rows, field].astype(np.int64))
            norms = K1 * (1 - B + B * lengths / weighing.means[field])
            for place, gain in enumerate(gains):
                if gain and known[place]:
                    total += gain * counts[place] * (K1 + 1) / (counts[place] + norms)
        return total

    def _numbers(self, terms: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The number of each term, and whether the segment knows it (where not: any number)."""
        if not len(self._hashes):
            return np.zeros(len(terms), dtype=np.int64), np.zeros(len(terms), dtype=bool)
        hashes = _hashes(terms)
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        return places, np.asarray(self._hashes[places] == hashes)

    def _counts(
        self, rows: Rows, field: int, numbers: NDArray[np.int64], known: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """How often each term stands in each of the passages; shape (terms, rows)."""
        first, last = self._offsets[2 * rows + field], self._offsets[2 * rows + field + 1]
        sizes = last - first
        places = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        found, owner = self._terms.read(places)[:, 0], np.repeat(np.arange(len(rows)), sizes)
        counts = np.zeros((len(numbers), len(rows)))
        for place, number in enumerate(numbers.tolist()):
            if known[place]:
                counts[place] = np.bincount(owner[found == number], minlength=len(rows))
        return counts


def _kept_length(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Lengths as tantivy keeps them: exact up to 40, above with four significant bits beyond 24."""
    beyond = np.maximum(lengths - 24, 0)
    shift = np.maximum(np.frexp(np.maximum(beyond, 1).astype(np.float64))[1] - 4, 0)
    return np.where(lengths < 40, lengths, ((beyond >> shift) << shift) + 24)
