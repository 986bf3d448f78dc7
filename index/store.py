"""An index on disk, opened for searching: passages and documents, vectors and words, row by row."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.document import Details, Document, Passage, Skipped
from corpus.passages import CHUNKING
from corpus.read import Source
from index.dense import MOST_EXACT, REFINED
from index.encode import Encoder, Integers, Vectors
from index.errors import IndexDamaged, IndexOutOfDate
from index.generations import Pointer, current
from index.lexical import FIELDS, Statistics, hash_of, weigh
from index.manifest import (
    PLACES,
    TOKEN_FREQUENCY,
    TOKENS,
    Manifest,
    check_changed,
    check_contents,
    read_manifest,
    read_removed_terms,
)
from index.ranking import Ranking, Scores, merged, ranked
from index.ranking import Rows as RowNumbers
from index.rows import Rows, Wanted
from index.searchable import place_in_document
from index.segment import Segment
from index.sources import read_sources
from index.threads import one_thread_a_product
from index.token_vectors import PassageTokens, TokenVectors, cosines, lengths, rarity
from index.vocabulary import Vocabulary
from index.words import ANALYSIS

_REMEMBERED_DOCUMENTS = 64
_REMEMBERED_PASSAGES = 4096
_LARGE = 20_000  # passages of a segment that is worth a thread
_REFINED_OF_HIT = 10  # vectors compared for each hit that is asked for, at least

_Result = TypeVar("_Result")


def open_index(
    folder: Path, encoder: Encoder, *, chunking: str = CHUNKING, most_exact: int = MOST_EXACT
) -> SearchIndex:
    """The current index of a folder; up to `most_exact` passages every vector is compared.

    Raises IndexNotFound where there is none, IndexOutOfDate where it was made by another model,
    format, analysis or chunking, and IndexDamaged where a file is missing, has the wrong size or, with
    another time of change than it was written with, is not what was written.
    """
    pointer = current(folder)
    try:
        return _open_generation(pointer, encoder, chunking, most_exact)
    except IndexDamaged:
        if current(folder) == pointer:
            raise
        return open_index(
            folder, encoder, chunking=chunking, most_exact=most_exact
        )  # it was replaced while we read it


def _open_generation(pointer: Pointer, encoder: Encoder, chunking: str, most_exact: int) -> SearchIndex:
    manifest = read_manifest(pointer.generation, pointer.manifest_sha256)
    check_settings(manifest, encoder, chunking)
    check_changed(manifest.files, pointer.generation)
    return SearchIndex(pointer.generation, manifest, most_exact=most_exact)


def check_settings(manifest: Manifest, encoder: Encoder, chunking: str) -> None:
    """Raise IndexOutOfDate, naming the first difference, unless the index was made with these settings."""
    expected = (
        ("the model", manifest.encoder, encoder.fingerprint),
        ("the chunking", manifest.chunking, chunking),
        ("the analysis of words", manifest.analysis, ANALYSIS),
    )
    for what, found, wanted in expected:
        if found != wanted:
            raise IndexOutOfDate(
                f"The index was made with {what} '{found}' and '{wanted}' is in use; build the index again."
            )


class SearchIndex:
    """Row i of the vectors, of the words and of the contents is passage i, always.

    Passages lie in segments, in rows of their own there; everything here speaks of rows of the whole
    index, which are in the order of the documents whatever segments they lie in. Safe to use from several
    threads. Holds files open until it is closed (or used in a `with` statement), or nothing refers to it.
    """

    def __init__(self, generation: Path, manifest: Manifest, *, most_exact: int = MOST_EXACT) -> None:
        one_thread_a_product()
        self._generation = generation
        self._manifest = manifest
        self._segments = [Segment(generation / name, width=manifest.width) for name in manifest.segments]
        self._close_segments = weakref.finalize(self, _close, self._segments)
        self._rows = Rows(generation / PLACES, [len(segment) for segment in self._segments])
        self._live = self._rows.live()
        self._most_exact = most_exact
        self._statistics = Statistics(manifest.passages, manifest.terms)
        self._token_frequency = _token_frequency(generation)
        self._removed_terms = read_removed_terms(generation)
        self._vocabulary = Vocabulary(generation)
        self._document = lru_cache(_REMEMBERED_DOCUMENTS)(self._read_document)
        self._passage = lru_cache(_REMEMBERED_PASSAGES)(self._read_passage)
        self._token_lengths = lru_cache(_REMEMBERED_PASSAGES)(self._read_token_lengths)
        self._token_places = lru_cache(_REMEMBERED_PASSAGES)(self._read_token_places)
        self._kept: dict[int, Passage] = {}  # of those that `passages` gave

    def __enter__(self) -> SearchIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back; the index cannot be used afterwards."""
        if "_threads" in vars(self):
            self._threads.shutdown()
        self._close_segments()

    def __len__(self) -> int:
        """The number of passages."""
        return self._manifest.passages

    @property
    def state(self) -> str:
        """The state of the documents folder that was indexed, as `corpus.read.state_of` gives it."""
        return self._manifest.state

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What was not read when the index was made."""
        return self._manifest.skipped

    @property
    def manifest(self) -> Manifest:
        """How the index was made."""
        return self._manifest

    def passage(self, row: int) -> Passage:
        """The passage of one row; IndexError where there is no such row."""
        return self._passage(row)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of some rows, in their order: quicker than one by one."""
        kept = self._kept
        found = {row: kept[row] for row in rows if row in kept}
        found |= self._read_passages([row for row in dict.fromkeys(rows) if row not in found])
        # A new dictionary where the old one is full: another thread may be reading that.
        self._kept = {**kept, **found} if len(kept) < _REMEMBERED_PASSAGES else found
        return [found[row] for row in rows]

    def _read_passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        segments, places = self._rows.places(rows)
        found: dict[int, Passage] = {}
        for number, segment in enumerate(self._segments):
            here = np.flatnonzero(segments == number).tolist()
            passages = segment.contents.passages([int(places[at]) for at in here])
            found |= zip([rows[at] for at in here], passages, strict=True)
        return found

    def document(self, document_id: str) -> Document:
        """One document with its text and structure; KeyError where there is no such document."""
        return self._document(document_id)

    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, in the order of indexing."""
        return tuple(document_id for document_id, _ in self._details)

    def details(self) -> tuple[tuple[str, Details], ...]:
        """The id and the details of every document, in the order of indexing."""
        return self._details

    def sources(self) -> dict[str, Source]:
        """What every document was read from, by its id; only of those that are known."""
        return read_sources(self._generation)

    def rows_of(self, document_ids: Collection[str]) -> tuple[range, ...]:
        """The rows of the passages of some documents, as stretches, for narrowing a search to them."""
        details = enumerate(self._details)
        return self._rows.of_documents(
            [number for number, (document_id, _) in details if document_id in document_ids]
        )

    def passages_of(self) -> tuple[tuple[str, int], ...]:
        """How many passages each document has, by its id, in the order of the documents."""
        counts = (place.passages for place in self._rows.documents)
        return tuple((one, count) for (one, _), count in zip(self._details, counts, strict=True))

    def dense(self, vector: Vectors, k: int, within: Sequence[range] | None = None) -> Ranking:
        """The k passages nearest to a vector of shape (width,): (row, cosine), best first.

        `within` narrows the search to some stretches of rows before anything is ranked. Above `most_exact`
        passages the nearest are looked for among those that are nearest by the bits of their vectors.
        """
        if len(self) <= self._most_exact:
            return self._ranked(k, within, lambda segment, wanted: segment.dense.search(vector, k, wanted))
        refined = max(REFINED, _REFINED_OF_HIT * k)
        rows = self._probably_near(vector, refined, within)
        return ranked(rows, lambda some: self.similarities(vector, some))[:k]

    def _probably_near(self, vector: Vectors, count: int, within: Sequence[range] | None) -> RowNumbers:
        """The rows of the `count` passages that are nearest by their bits, best first, ties by row."""
        if within is None:
            near = self._in_all(lambda number, one: one.codes.nearest(vector, count, self._live[number]))
        else:
            wanted = self._rows.wanted(within)
            near = self._in_all(lambda number, one: one.codes.nearest_among(vector, count, wanted[number]))
        rows = np.concatenate(
            [self._rows.of_segment(number)[found] for number, (found, _) in enumerate(near)]
        ).astype(np.int64)
        estimates = np.concatenate([estimated for _, estimated in near])
        return rows[np.lexsort((rows, -estimates))[:count]]

    def _in_all(self, search: Callable[[int, Segment], _Result]) -> list[_Result]:
        """What a search gives in each segment, in their order; large ones are searched at the same time."""
        large = [number for number, segment in enumerate(self._segments) if len(segment) >= _LARGE]
        if len(large) < 2:
            return [search(number, segment) for number, segment in enumerate(self._segments)]
        meanwhile = {number: self._threads.submit(search, number, self._segments[number]) for number in large}
        return [
            meanwhile[number].result() if number in meanwhile else search(number, segment)
            for number, segment in enumerate(self._segments)
        ]

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="search")

    def similarities(self, vector: Vectors, rows: Sequence[int] | RowNumbers) -> Scores:
        """The cosine between a vector of shape (width,) and each of these passages, in order."""
        segments, places = self._rows.places(rows)
        cosines = np.zeros(len(places))
        for number, segment in enumerate(self._segments):
            here = segments == number
            cosines[here] = segment.dense.cosines(vector, places[here])
        return cosines

    def lexical(self, weights: Mapping[str, float], k: int, within: Sequence[range] | None = None) -> Ranking:
        """The k passages that rank highest for analysed terms and their weights: (row, BM25), best first.

        Passages without any of the terms are left out, so that there may be fewer than k.
        `within` narrows the search to some stretches of rows before anything is ranked.
        """
        frequencies = [{term: self._frequency(term, field) for term in weights} for field in (0, 1)]
        weighing = weigh(weights, self._statistics, frequencies)
        return self._ranked(k, within, lambda segment, wanted: segment.lexical.find(weighing, k, wanted))

    def document_frequency(self, term: str) -> int:
        """In how many passages an analysed term stands, their contexts not counted."""
        return self._frequency(term, 0)

    def highest_frequency(self, term: str) -> int:
        """In how many passages, or in how many of their contexts where those are more, a term stands."""
        return max(self._frequency(term, field) for field in (0, 1))

    def _frequency(self, term: str, field: int) -> int:
        """In how many passages of all segments, but for those removed, an analysed term stands in a field."""
        held = sum(segment.lexical.frequency(term, field) for segment in self._segments)
        name, term_hash = FIELDS[field], hash_of(term)
        return held - sum(removed[name].get(term_hash, 0) for removed in self._removed_terms.values())

    def _ranked(
        self,
        k: int,
        within: Sequence[range] | None,
        search: Callable[[Segment, Wanted | None], Ranking],
    ) -> Ranking:
        """The k best of all segments. The rows of a segment are in the order that they have in the index."""
        wanted = self._live if within is None else self._rows.wanted(within)

        def in_one(number: int, segment: Segment) -> Ranking:
            rows = self._rows.of_segment(number)
            return [(int(rows[row]), score) for row, score in search(segment, wanted[number])]

        return merged(self._in_all(in_one), k)

    def nearest_sentences(self, vector: Vectors, rows: Sequence[int]) -> Scores:
        """For each of these passages the highest cosine of a vector with its sentences; -1 without any."""
        segments, places = self._rows.places(rows)
        cosines = np.zeros(len(places))
        for number, segment in enumerate(self._segments):
            here = segments == number
            cosines[here] = segment.sentences.nearest(vector, places[here])
        return cosines

    def sentence_vectors(self, row: int) -> Vectors:
        """One unit vector for each of `passage(row).sentences`, in order; shape (sentences, width)."""
        segment, place = self._rows.place(row)
        return self._segments[segment].sentences.of(place)

    @property
    def has_tokens(self) -> bool:
        """Whether the tokens of the passages were stored.

        They are not above MOST_TOKEN_PASSAGES passages, and where the model gives none.
        """
        return any(self._manifest.size_of(f"{name}/{TOKENS}") for name in self._manifest.segments)

    def tokens(self, row: int) -> PassageTokens:
        """The tokens of one passage, in order; IndexError where there is no such row.

        Those of the context, which comes first, have the offsets -1.
        """
        segment, place = self._rows.place(row)
        stored, passage = self._tokens(segment).of(place), self.passage(row)
        starts, ends = (place_in_document(passage, offsets) for offsets in (stored.starts, stored.ends))
        return PassageTokens(starts, ends, stored.vectors)

    def token_cosines(self, vectors: Vectors, rows: Sequence[int]) -> list[Vectors]:
        """For each of the rows the cosines of `vectors`, shape (n, width), with its tokens: (n, tokens)."""
        places = [self._rows.place(row) for row in rows]
        held = [(self._tokens(segment), place) for segment, place in places]
        return cosines(vectors, held, [self._token_lengths(row) for row in rows])

    def _read_token_lengths(self, row: int) -> Vectors:
        segment, place = self._rows.place(row)
        return lengths(self._tokens(segment).stored(place).codes.astype(np.float32))

    def token_places(self, row: int) -> tuple[Integers, Integers]:
        """Where the tokens of one passage start and end in its document; -1 for tokens of its context.

        Both ascend, and are for reading only.
        """
        return self._token_places(row)

    def _read_token_places(self, row: int) -> tuple[Integers, Integers]:
        segment, place = self._rows.place(row)
        spans, passage = self._tokens(segment).spans(place), self.passage(row)
        return place_in_document(passage, spans[:, 1]), place_in_document(passage, spans[:, 2])

    def token_idf(self, ids: Integers) -> Vectors:
        """How rare each token id is among the passages and their contexts; see `rarity`."""
        return rarity(ids, self._token_frequency, len(self))

    def nearest_words(self, vectors: Vectors, k: int) -> list[list[tuple[str, float]]]:
        """For each row of `vectors` the `k` nearest analysed terms of the documents with their cosines.

        Best first, ties by term; only terms frequent enough to have a vector (see docs/index-format.md).
        """
        return self._vocabulary.nearest(vectors, k)

    def nearest_to(self, term: str, k: int) -> Sequence[tuple[str, float]] | None:
        """As `nearest_words`, for an analysed term of the documents; None for one without a vector."""
        return self._vocabulary.nearest_to(term, k)

    def written_words(self) -> Mapping[str, int]:
        """How often each word, in lower case, stands in the documents; read when first asked for."""
        return self._vocabulary.counts

    def is_name(self, word: str) -> bool:
        """Whether the documents mostly write a word with a capital where it does not start a sentence."""
        return self._vocabulary.is_name(word)

    @property
    def abbreviations(self) -> tuple[tuple[str, str], ...]:
        """The (short, long) forms that the documents define, in the order of their first definition."""
        return self._vocabulary.abbreviations

    def verify(self) -> None:
        """Raise IndexDamaged where a file is not, byte for byte, what was written. Reads everything."""
        check_contents(self._manifest.files, self._generation)

    @cached_property
    def _details(self) -> tuple[tuple[str, Details], ...]:
        of_segments = [segment.contents.details() for segment in self._segments]
        return tuple(of_segments[place.segment][place.number] for place in self._rows.documents)

    def _read_passage(self, row: int) -> Passage:
        segment, place = self._rows.place(row)
        return self._segments[segment].contents.passage(place)

    def _read_document(self, document_id: str) -> Document:
        for number, segment in enumerate(self._segments):
            stored = segment.contents.number_of(document_id)
            if stored is not None and self._rows.is_live(number, stored):
                return segment.contents.numbered(stored)
        raise KeyError(f"There is no document '{document_id}' in the index.")

    def _tokens(self, segment: int) -> TokenVectors:
        tokens = self._segments[segment].tokens
        if tokens is None:
            raise LookupError("The index was made without tokens; ask has_tokens before asking for them.")
        return tokens


def _close(segments: Sequence[Segment]) -> None:
    for segment in segments:
        segment.close()


def _token_frequency(generation: Path) -> NDArray[np.int64]:
    """In how many passages each token stands; empty where the index has no tokens."""
    path = generation / TOKEN_FREQUENCY
    return np.load(path) if path.is_file() else np.zeros(0, dtype=np.int64)
