"""The vectors of a generation: those that an earlier generation holds, and new ones for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Document, Passage
from index.dense import DenseIndex, write_dense
from index.encode import Encoder, Vectors
from index.errors import SearchIndexError
from index.generations import current
from index.known_vectors import Counts, Known, Reuse, fill, keys_of
from index.manifest import (
    DENSE,
    PASSAGE_KEYS,
    SENTENCE_KEYS,
    SENTENCE_OFFSETS,
    SENTENCES,
    TOKENS,
    WORD_VECTORS,
    check_contents,
    read_manifest,
)
from index.progress import Progress, Report
from index.searchable import passage_text, sentence_text
from index.sentence_vectors import SentenceVectors, create_sentence_vectors, write_offsets
from index.token_vectors import TokenVectors, TokenWriter, to_stored
from index.vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Earlier:
    """What can be used again of the current generation; nothing where there is none of this model."""

    passages: Known | None = None
    tokens: TokenVectors | None = None
    sentences: Known | None = None
    words: Known | None = None


@dataclass(frozen=True, slots=True)
class BuildCounts:
    """How many different texts (passages and sentences) and words were encoded and used again."""

    texts: Counts
    words: Counts


NOTHING_ENCODED = BuildCounts(Counts(), Counts())


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
    words = Vocabulary(generation)
    has_tokens = manifest.size_of(TOKENS) is not None
    return Earlier(
        passages=Known(np.load(generation / PASSAGE_KEYS), dense.vectors),
        tokens=TokenVectors(generation, width=manifest.width) if has_tokens else None,
        sentences=Known(np.load(generation / SENTENCE_KEYS), sentences.rows),
        words=Known(keys_of([term.word for term in words.terms]), lambda rows: words.vectors[rows]),
    )


def write_vectors(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    terms: Sequence[Term],
    generation: Path,
    encoder: Encoder,
    *,
    earlier: Earlier,
    report: Report,
    most_token_passages: int,
) -> BuildCounts:
    """Write the vectors of all passages, sentences and words, and the keys to find them again.

    The tokens of the passages are written as well, up to `most_token_passages` passages.
    """
    write_passages = _write_passages if len(passages) > most_token_passages else _write_passages_and_tokens
    of_passages = write_passages(passages, generation, encoder, earlier, report)
    of_sentences = _write_sentences(documents, passages, generation, encoder, earlier.sentences, report)
    of_words = _write_words(terms, generation, encoder, earlier.words, report)
    return BuildCounts(texts=of_passages + of_sentences, words=of_words)


def _write_passages_and_tokens(
    passages: Sequence[Passage], generation: Path, encoder: Encoder, earlier: Earlier, report: Report
) -> Counts:
    texts = [passage_text(passage) for passage in passages]
    with TokenWriter(generation, passages=len(texts)) as writer:

        def encode(rows: Sequence[int]) -> Vectors:
            vectors, tokens = encoder.encode_passages([texts[row] for row in rows])
            for row, of_text in zip(rows, tokens, strict=True):
                writer.add(row, to_stored(of_text))
            return vectors

        known = earlier.passages if earlier.tokens is not None else None
        reuse = _fill_passages(texts, generation, encoder, known, encode, report)
        if earlier.tokens is not None:
            for row, place in zip(reuse.known.tolist(), reuse.places.tolist(), strict=True):
                writer.add(row, earlier.tokens.stored(place))
        for row, source in zip(reuse.repeated.tolist(), reuse.sources.tolist(), strict=True):
            writer.repeat(row, source)
    return reuse.counts


def _write_passages(
    passages: Sequence[Passage], generation: Path, encoder: Encoder, earlier: Earlier, report: Report
) -> Counts:
    texts = [passage_text(passage) for passage in passages]
    encode = _encoding(encoder, texts)
    return _fill_passages(texts, generation, encoder, earlier.passages, encode, report).counts


def _fill_passages(
    texts: Sequence[str],
    generation: Path,
    encoder: Encoder,
    known: Known | None,
    encode: Callable[[Sequence[int]], Vectors],
    report: Report,
) -> Reuse:
    keys = keys_of(texts)
    vectors = np.zeros((len(texts), encoder.width), dtype=np.float32)
    progress = _stage("encoding passages", report)
    reuse = fill(vectors, texts, keys, known=known, encode=encode, progress=progress)
    write_dense(vectors, generation / DENSE)
    np.save(generation / PASSAGE_KEYS, keys)
    return reuse


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
    progress = _stage("encoding sentences", report)
    encode = _encoding(encoder, texts)
    reuse = fill(vectors, texts, keys, known=known, encode=encode, progress=progress)
    vectors.flush()
    write_offsets([len(passage.sentences) for passage in passages], generation / SENTENCE_OFFSETS)
    np.save(generation / SENTENCE_KEYS, keys)
    return reuse.counts


def _write_words(
    terms: Sequence[Term], generation: Path, encoder: Encoder, known: Known | None, report: Report
) -> Counts:
    words = [term.word for term in terms]
    vectors = np.zeros((len(words), encoder.width), dtype=np.float16)
    progress = _stage("encoding words", report)
    encode = _encoding(encoder, words)
    reuse = fill(vectors, words, keys_of(words), known=known, encode=encode, progress=progress)
    np.save(generation / WORD_VECTORS, vectors)
    return reuse.counts


def _encoding(encoder: Encoder, texts: Sequence[str]) -> Callable[[Sequence[int]], Vectors]:
    return lambda rows: encoder.encode_documents([texts[row] for row in rows])


def _stage(name: str, report: Report) -> Callable[[int, int], None]:
    return lambda done, total: report(Progress(name, done, total))
