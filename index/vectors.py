"""The vectors of a generation: those that an earlier generation holds, and new ones for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Document, Passage
from index.dense import DenseIndex, write_dense
from index.encode import Encoder
from index.errors import SearchIndexError
from index.generations import current
from index.known_vectors import Counts, Known, fill, keys_of
from index.manifest import (
    DENSE,
    PASSAGE_KEYS,
    SENTENCE_KEYS,
    SENTENCE_OFFSETS,
    SENTENCES,
    check_contents,
    read_manifest,
)
from index.progress import Progress, Report
from index.searchable import passage_text, sentence_text
from index.sentence_vectors import SentenceVectors, create_sentence_vectors, write_offsets


@dataclass(frozen=True, slots=True)
class Earlier:
    """What can be used again of the current generation; nothing where there is none of this model."""

    passages: Known | None = None
    sentences: Known | None = None


def earlier_vectors(folder: Path, encoder: Encoder) -> Earlier:
    """The vectors of the current generation; nothing unless the same model made them and all are intact."""
    try:
        pointer = current(folder)
        manifest = read_manifest(pointer.generation, pointer.manifest_sha256)
        if manifest.encoder != encoder.fingerprint:
            return Earlier()
        check_contents(manifest, pointer.generation)  # or a damaged vector would be passed on for ever
    except SearchIndexError:
        return Earlier()
    generation = pointer.generation
    dense = DenseIndex(generation / DENSE)
    sentences = SentenceVectors(generation / SENTENCES, generation / SENTENCE_OFFSETS)
    return Earlier(
        passages=Known(np.load(generation / PASSAGE_KEYS), dense.vectors),
        sentences=Known(np.load(generation / SENTENCE_KEYS), sentences.rows),
    )


def write_vectors(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    generation: Path,
    encoder: Encoder,
    *,
    earlier: Earlier,
    report: Report,
) -> Counts:
    """Write the vectors of all passages and of all their sentences, and the keys to find them again."""
    of_passages = _write_passages(passages, generation, encoder, earlier.passages, report)
    of_sentences = _write_sentences(documents, passages, generation, encoder, earlier.sentences, report)
    return of_passages + of_sentences


def _write_passages(
    passages: Sequence[Passage], generation: Path, encoder: Encoder, known: Known | None, report: Report
) -> Counts:
    texts = [passage_text(passage) for passage in passages]
    keys = keys_of(texts)
    vectors = np.zeros((len(texts), encoder.width), dtype=np.float32)
    counts = fill(
        vectors, texts, keys, known=known, encoder=encoder, progress=_stage("encoding passages", report)
    )
    write_dense(vectors, generation / DENSE)
    np.save(generation / PASSAGE_KEYS, keys)
    return counts


def _write_sentences(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    generation: Path,
    encoder: Encoder,
    known: Known | None,
    report: Report,
) -> Counts:
    by_id = {document.id: document for document in documents}
    texts = [
        sentence_text(by_id[passage.document_id], passage, sentence)
        for passage in passages
        for sentence in passage.sentences
    ]
    keys = keys_of(texts)
    vectors = create_sentence_vectors(generation / SENTENCES, sentences=len(texts), width=encoder.width)
    counts = fill(
        vectors, texts, keys, known=known, encoder=encoder, progress=_stage("encoding sentences", report)
    )
    vectors.flush()
    write_offsets([len(passage.sentences) for passage in passages], generation / SENTENCE_OFFSETS)
    np.save(generation / SENTENCE_KEYS, keys)
    return counts


def _stage(name: str, report: Report) -> Callable[[int, int], None]:
    return lambda done, total: report(Progress(name, done, total))
