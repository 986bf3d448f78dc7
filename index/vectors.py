"""The vectors of a segment and of the words: those that an earlier generation holds, and new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Document, Passage
from index.dense import write_codes, write_dense
from index.earlier import Earlier
from index.encode import Encoder, Vectors
from index.known_vectors import Counts, Keys, Known, Reuse, fill, keys_of
from index.manifest import (
    DENSE,
    DENSE_CHOSEN,
    DENSE_FAST,
    PASSAGE_KEYS,
    SENTENCE_KEYS,
    SENTENCE_OFFSETS,
    SENTENCES,
    WORD_VECTORS,
)
from index.progress import Progress, Report
from index.searchable import passage_text, sentence_text
from index.sentence_vectors import create_sentence_vectors, write_offsets
from index.token_vectors import TokenWriter, to_stored
from index.vocabulary import Term


@dataclass(frozen=True, slots=True)
class BuildCounts:
    """How many texts (passages and sentences) and words were encoded and used again."""

    texts: Counts
    words: Counts


NOTHING_ENCODED = BuildCounts(Counts(), Counts())


def write_vectors(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    segment: Path,
    encoder: Encoder,
    *,
    earlier: Earlier,
    report: Report,
    with_tokens: bool,
) -> Counts:
    """Write the vectors of all passages and sentences of a segment, and the keys to find them again.

    The tokens of the passages are written as well, if `with_tokens`.
    """
    write_passages = _write_passages_and_tokens if with_tokens else _write_passages
    of_passages = write_passages(passages, segment, encoder, earlier, report)
    return of_passages + _write_sentences(documents, passages, segment, encoder, earlier, report)


def write_words(
    terms: Sequence[Term], generation: Path, encoder: Encoder, known: Known | None, report: Report
) -> Counts:
    """Write the vectors of the words of a generation."""
    words = [term.word for term in terms]
    vectors = np.zeros((len(words), encoder.width), dtype=np.float16)
    progress = _stage("encoding words", report)
    encode = _encoding(encoder, words)
    reuse = fill(vectors, words, keys_of(words), known=known, encode=encode, progress=progress)
    np.save(generation / WORD_VECTORS, vectors)
    return reuse.counts


def _write_passages_and_tokens(
    passages: Sequence[Passage], segment: Path, encoder: Encoder, earlier: Earlier, report: Report
) -> Counts:
    texts = [passage_text(passage) for passage in passages]
    keys = keys_of(texts)
    found = earlier.passages(keys, with_tokens=True)
    with TokenWriter(segment, passages=len(texts)) as writer:

        def encode(rows: Sequence[int]) -> Vectors:
            vectors, tokens = encoder.encode_passages([texts[row] for row in rows])
            for row, of_text in zip(rows, tokens, strict=True):
                writer.add(row, to_stored(of_text))
            return vectors

        reuse = _fill_passages(texts, keys, segment, encoder, found.known, encode, report)
        for row, place in zip(reuse.known.tolist(), reuse.places.tolist(), strict=True):
            writer.add(row, earlier.tokens(found.places[place]))
        for row, source in zip(reuse.repeated.tolist(), reuse.sources.tolist(), strict=True):
            writer.repeat(row, source)
    return reuse.counts


def _write_passages(
    passages: Sequence[Passage], segment: Path, encoder: Encoder, earlier: Earlier, report: Report
) -> Counts:
    texts = [passage_text(passage) for passage in passages]
    keys = keys_of(texts)
    known = earlier.passages(keys, with_tokens=False).known
    encode = _encoding(encoder, texts)
    return _fill_passages(texts, keys, segment, encoder, known, encode, report).counts


def _fill_passages(
    texts: Sequence[str],
    keys: Keys,
    segment: Path,
    encoder: Encoder,
    known: Known,
    encode: Callable[[Sequence[int]], Vectors],
    report: Report,
) -> Reuse:
    vectors = np.zeros((len(texts), encoder.width), dtype=np.float32)
    progress = _stage("encoding passages", report)
    reuse = fill(vectors, texts, keys, known=known, encode=encode, progress=progress)
    write_dense(vectors, segment / DENSE)
    write_codes(vectors, segment / DENSE_FAST, segment / DENSE_CHOSEN)
    np.save(segment / PASSAGE_KEYS, keys)
    return reuse


def _write_sentences(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    segment: Path,
    encoder: Encoder,
    earlier: Earlier,
    report: Report,
) -> Counts:
    by_id = {document.id: document for document in documents}
    texts = [
        sentence_text(by_id[passage.document_id], passage, sentence)
        for passage in passages
        for sentence in passage.sentences
    ]
    keys = keys_of(texts)
    vectors = create_sentence_vectors(segment / SENTENCES, sentences=len(texts), width=encoder.width)
    progress = _stage("encoding sentences", report)
    encode = _encoding(encoder, texts)
    reuse = fill(vectors, texts, keys, known=earlier.sentences(keys), encode=encode, progress=progress)
    vectors.flush()
    write_offsets([len(passage.sentences) for passage in passages], segment / SENTENCE_OFFSETS)
    np.save(segment / SENTENCE_KEYS, keys)
    return reuse.counts


def _encoding(encoder: Encoder, texts: Sequence[str]) -> Callable[[Sequence[int]], Vectors]:
    return lambda rows: encoder.encode_documents([texts[row] for row in rows])


def _stage(name: str, report: Report) -> Callable[[int, int], None]:
    return lambda done, total: report(Progress(name, done, total))
