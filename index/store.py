"""An index on disk, opened for searching: passages and documents, vectors and words, row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from corpus.document import Details, Document, Passage, Skipped
from corpus.passages import CHUNKING
from index.contents import Contents
from index.dense import DenseIndex
from index.encode import Encoder, Integers, Vectors
from index.errors import IndexDamaged, IndexOutOfDate
from index.generations import Pointer, current
from index.lexical import LexicalIndex
from index.manifest import (
    CONTENTS,
    DENSE,
    LEXICAL,
    SENTENCE_OFFSETS,
    SENTENCES,
    TOKENS,
    Manifest,
    check_contents,
    check_sizes,
    read_manifest,
)
from index.ranking import Ranking
from index.searchable import place_in_document
from index.sentence_vectors import SentenceVectors
from index.token_vectors import PassageTokens, TokenVectors
from index.vocabulary import Vocabulary
from index.words import ANALYSIS

_REMEMBERED_DOCUMENTS = 64
_REMEMBERED_PASSAGES = 4096


def open_index(folder: Path, encoder: Encoder, *, chunking: str = CHUNKING) -> SearchIndex:
    """The current index of a folder.

    Raises IndexNotFound where there is none, IndexOutOfDate where it was made by another model,
    format, analysis or chunking, and IndexDamaged where a file is missing or has the wrong size.
    """
    pointer = current(folder)
    try:
        return _open_generation(pointer, encoder, chunking)
    except IndexDamaged:
        if current(folder) == pointer:
            raise
        return open_index(folder, encoder, chunking=chunking)  # it was replaced while we read it


def _open_generation(pointer: Pointer, encoder: Encoder, chunking: str) -> SearchIndex:
    manifest = read_manifest(pointer.generation, pointer.manifest_sha256)
    check_settings(manifest, encoder, chunking)
    check_sizes(manifest, pointer.generation)
    return SearchIndex(pointer.generation, manifest)


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

    Safe to use from several threads. Holds files open: close it, or use it in a `with` statement.
    """

    def __init__(self, generation: Path, manifest: Manifest) -> None:
        self._generation = generation
        self._manifest = manifest
        self._contents = Contents(generation / CONTENTS)
        self._dense = DenseIndex(generation / DENSE)
        self._lexical = LexicalIndex(generation / LEXICAL)
        self._sentences = SentenceVectors(generation / SENTENCES, generation / SENTENCE_OFFSETS)
        self._tokens = TokenVectors(generation, width=manifest.width) if self.has_tokens else None
        self._vocabulary = Vocabulary(generation)
        self._details = self._contents.details()
        self._document = lru_cache(_REMEMBERED_DOCUMENTS)(self._contents.document)
        self._passage = lru_cache(_REMEMBERED_PASSAGES)(self._contents.passage)

    def __enter__(self) -> SearchIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back; the index cannot be used afterwards."""
        self._contents.close()

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

    def document(self, document_id: str) -> Document:
        """One document with its text and structure; KeyError where there is no such document."""
        return self._document(document_id)

    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, in the order of indexing."""
        return tuple(document_id for document_id, _ in self._details)

    def details(self) -> tuple[tuple[str, Details], ...]:
        """The id and the details of every document, in the order of indexing."""
        return self._details

    def rows_of(self, document_ids: Collection[str]) -> tuple[range, ...]:
        """The rows of the passages of some documents, as stretches, for narrowing a search to them."""
        return self._contents.rows_of(document_ids)

    def dense(self, vector: Vectors, k: int, within: Sequence[range] | None = None) -> Ranking:
        """The k passages nearest to a vector of shape (width,): (row, cosine), best first.

        `within` narrows the search to some stretches of rows before anything is ranked.
        """
        return self._dense.search(vector, k, within)

    def similarities(self, vector: Vectors, rows: Sequence[int]) -> Vectors:
        """The cosine between a vector of shape (width,) and each of these passages, in order."""
        return self._dense.vectors(rows) @ vector

    def lexical(self, weights: Mapping[str, float], k: int, within: Sequence[range] | None = None) -> Ranking:
        """The k passages that rank highest for analysed terms and their weights: (row, BM25), best first.

        Passages without any of the terms are left out, so that there may be fewer than k.
        `within` narrows the search to some stretches of rows before anything is ranked.
        """
        return self._lexical.search(weights, k, within)

    def document_frequency(self, term: str) -> int:
        """In how many passages an analysed term stands, their contexts not counted."""
        return self._lexical.document_frequency(term)

    def sentence_vectors(self, row: int) -> Vectors:
        """One unit vector for each of `passage(row).sentences`, in order; shape (sentences, width)."""
        return self._sentences.of(row)

    @property
    def has_tokens(self) -> bool:
        """Whether the tokens of the passages were stored.

        They are not above MOST_TOKEN_PASSAGES passages, and where the model gives none.
        """
        return bool(self._manifest.size_of(TOKENS))

    def tokens(self, row: int) -> PassageTokens:
        """The tokens of one passage, in order; IndexError where there is no such row.

        Those of the context, which comes first, have the offsets -1.
        """
        stored, passage = self._token_vectors.of(row), self.passage(row)
        starts, ends = (place_in_document(passage, offsets) for offsets in (stored.starts, stored.ends))
        return PassageTokens(starts, ends, stored.vectors)

    def token_cosines(self, vectors: Vectors, rows: Sequence[int]) -> list[Vectors]:
        """For each of the rows the cosines of `vectors`, shape (n, width), with its tokens: (n, tokens)."""
        return self._token_vectors.cosines(vectors, rows)

    def token_places(self, row: int) -> tuple[Integers, Integers]:
        """Where the tokens of one passage start and end in its document; -1 for tokens of its context."""
        spans, passage = self._token_vectors.stored(row).spans, self.passage(row)
        return place_in_document(passage, spans[:, 1]), place_in_document(passage, spans[:, 2])

    def token_idf(self, ids: Integers) -> Vectors:
        """How rare each token id is among the passages and their contexts; see `TokenVectors.idf`."""
        return self._token_vectors.idf(ids)

    def nearest_words(self, vectors: Vectors, k: int) -> list[list[tuple[str, float]]]:
        """For each row of `vectors` the `k` nearest analysed terms of the documents with their cosines.

        Best first, ties by term; only terms frequent enough to have a vector (see docs/index-format.md).
        """
        return self._vocabulary.nearest(vectors, k)

    def word_vector(self, term: str) -> Vectors | None:
        """The vector of an analysed term as the documents mostly write it; None for one without a vector."""
        return self._vocabulary.vector(term)

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
        check_contents(self._manifest, self._generation)

    @property
    def _token_vectors(self) -> TokenVectors:
        if self._tokens is None:
            raise LookupError("The index was made without tokens; ask has_tokens before asking for them.")
        return self._tokens
