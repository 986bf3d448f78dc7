"""What the next generation can take over from the current one: whole segments, and single vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.contents import Stored
from index.encode import Encoder, Vectors
from index.errors import SearchIndexError
from index.generations import Pointer, current
from index.known_vectors import Keys, Known, keys_of
from index.lexical import FIELDS
from index.manifest import (
    PASSAGE_KEYS,
    PLACES,
    SENTENCE_KEYS,
    TOKEN_FREQUENCY,
    Manifest,
    StoredFile,
    check_changed,
    check_contents,
    read_manifest,
    read_removed_terms,
)
from index.rows import Place, Rows
from index.segment import Segment
from index.token_vectors import StoredTokens
from index.vocabulary import Vocabulary
from index.words import ANALYSIS

RemovedTerms = dict[str, dict[str, int]]  # by field and hash of a term: in how many removed passages


@dataclass(frozen=True, slots=True)
class Found:
    """Vectors that are known: `known` gives them, row i of its keys lies at `places[i]`."""

    known: Known
    places: NDArray[np.int64]  # shape (keys, 2): segment and row there


@dataclass(slots=True)
class Earlier:
    """The current generation, opened; without segments where there is none that can be used again.

    `keeps` says whether whole segments can be: the same model, chunking and analysis made them. Single
    vectors can be used again wherever the same model made them.
    """

    pointer: Pointer | None = None
    manifest: Manifest | None = None
    files: tuple[StoredFile, ...] = ()
    segments: list[Segment] = field(default_factory=list)
    rows: Rows | None = None
    keeps: bool = False
    documents: dict[str, tuple[Place, Stored]] = field(default_factory=dict)
    removed_terms: list[RemovedTerms] = field(default_factory=list)  # of each segment

    @property
    def generation(self) -> Path:
        """The folder of the generation."""
        if self.pointer is None:
            raise LookupError("There is no earlier generation.")
        return self.pointer.generation

    @property
    def names(self) -> tuple[str, ...]:
        """The folders of the segments."""
        return self.manifest.segments if self.manifest else ()

    def files_of(self, segment: int) -> list[StoredFile]:
        """The files of a segment, with their times of change as they are now."""
        return [file for file in self.files if file.name.startswith(f"{self.names[segment]}/")]

    def document(self, place: Place) -> Document:
        """One of the documents."""
        contents = self.segments[place.segment].contents
        return contents.numbered(place.number)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the generation."""
        return Vocabulary(self.generation)

    @property
    def has_tokens(self) -> bool:
        """Whether it holds the tokens of every passage."""
        return bool(self.segments) and all(segment.tokens is not None for segment in self.segments)

    def token_frequency(self) -> NDArray[np.int64]:
        """In how many passages each token stands; empty where there are no tokens."""
        path = self.generation / TOKEN_FREQUENCY
        return np.load(path) if path.is_file() else np.zeros(0, dtype=np.int64)

    def close(self) -> None:
        """Give the files back."""
        for segment in self.segments:
            segment.close()

    def passages(self, keys: Keys, *, with_tokens: bool) -> Found:
        """The passages that were encoded before, of those with these keys."""
        usable = [
            n for n, segment in enumerate(self.segments) if segment.tokens is not None or not with_tokens
        ]
        return self._found(keys, usable, PASSAGE_KEYS, lambda n, rows: self.segments[n].dense.vectors(rows))

    def sentences(self, keys: Keys) -> Known:
        """The sentences that were encoded before, of those with these keys."""
        usable = range(len(self.segments))
        return self._found(
            keys, usable, SENTENCE_KEYS, lambda n, rows: self.segments[n].sentences.rows(rows)
        ).known

    def known_words(self) -> Known | None:
        """The words that were encoded before."""
        if self.pointer is None:
            return None
        words = self.vocabulary
        return Known(keys_of([term.word for term in words.terms]), lambda rows: words.vectors[rows])

    def tokens(self, place: NDArray[np.int64]) -> StoredTokens:
        """The tokens of a passage, by its place in `Found`."""
        segment, row = int(place[0]), int(place[1])
        tokens = self.segments[segment].tokens
        if tokens is None:
            raise LookupError(f"Segment {segment} holds no tokens.")
        return tokens.stored(row)

    def verify(self, segment: int) -> None:
        """Raise IndexDamaged unless every file of a segment is, byte for byte, what was written."""
        check_contents(self.files_of(segment), self.generation)

    def _found(
        self,
        keys: Keys,
        usable: Sequence[int],
        name: str,
        vectors: Callable[[int, NDArray[np.int64]], Vectors],
    ) -> Found:
        """Looks for the keys segment by segment, so that the keys of a large index are never sorted."""
        asked = np.unique(_beginnings(keys))
        found, places = [np.zeros(0, dtype="V32")], [np.zeros((0, 2), dtype=np.int64)]
        for number in usable:
            stored = np.load(self.segments[number].folder / name, mmap_mode="r")
            rows = _matching(stored, asked)
            found.append(np.asarray(stored[rows]))
            places.append(np.column_stack((np.full(len(rows), number, dtype=np.int64), rows)))
        together = np.concatenate(places)

        def gather(of: NDArray[np.int64]) -> Vectors:
            width = self.segments[0].dense.width
            out = np.zeros((len(of), width), dtype=np.float32)
            for number in usable:
                here = np.flatnonzero(together[of, 0] == number)
                if len(here):
                    out[here] = vectors(number, together[of[here], 1])
            return out

        return Found(Known(np.concatenate(found), gather), together)


def _beginnings(keys: Keys) -> NDArray[np.uint64]:
    """The first eight bytes of each key: enough to find it, since equal keys are compared whole."""
    return np.ascontiguousarray(keys).view("<u8").reshape(-1, 4)[:, 0]


def _matching(stored: Keys, asked: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The rows of `stored` whose beginnings are asked for (sorted)."""
    if not (len(asked) and len(stored)):
        return np.zeros(0, dtype=np.int64)
    beginnings = _beginnings(stored)
    places = np.minimum(np.searchsorted(asked, beginnings), len(asked) - 1)
    return np.flatnonzero(asked[places] == beginnings)


def open_earlier(folder: Path, encoder: Encoder, *, chunking: str) -> Earlier:
    """The current generation; empty unless the same model made it and its files are what was written."""
    try:
        pointer = current(folder)
        manifest = read_manifest(pointer.generation, pointer.manifest_sha256)
        if manifest.encoder != encoder.fingerprint:
            return Earlier()
        files = check_changed(manifest.files, pointer.generation)  # damage must not be passed on
        return _opened(pointer, manifest, files, chunking)
    except SearchIndexError:
        return Earlier()


def _opened(pointer: Pointer, manifest: Manifest, files: tuple[StoredFile, ...], chunking: str) -> Earlier:
    generation = pointer.generation
    segments = [Segment(generation / name, width=manifest.width) for name in manifest.segments]
    rows = Rows(generation / PLACES, [len(segment) for segment in segments])
    stored = [segment.contents.stored() for segment in segments]
    documents = {}
    for place in rows.documents:
        one = stored[place.segment][place.number]
        documents[one.id] = (place, one)
    removed = read_removed_terms(generation)
    return Earlier(
        pointer,
        manifest,
        files,
        segments,
        rows,
        keeps=manifest.chunking == chunking and manifest.analysis == ANALYSIS,
        documents=documents,
        removed_terms=[removed.get(name, {name: {} for name in FIELDS}) for name in manifest.segments],
    )
