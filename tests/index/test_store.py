"""An index is opened only where it is whole and was made with the settings in use."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import repeat
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document
from index.build import build_index
from index.errors import IndexDamaged, IndexNotFound, IndexOutOfDate
from index.store import SearchIndex, open_index

FILES = [
    "manifest.json",
    "places.npy",
    "removed_terms.json",
    "sources.json",
    "token_frequency.npy",
    "vocabulary.json",
    "word_vectors.npy",
    "written_words.json",
    "segment-000001/contents.sqlite",
    "segment-000001/passages.faiss",
    "segment-000001/passage_bits.faiss",
    "segment-000001/passage_bits_fast.faiss",
    "segment-000001/passage_keys.npy",
    "segment-000001/sentences.npy",
    "segment-000001/sentence_offsets.npy",
    "segment-000001/sentence_keys.npy",
    "segment-000001/tokens.i8",
    "segment-000001/token_spans.i32",
    "segment-000001/token_places.npy",
    "segment-000001/lexical/terms.u32",
    "segment-000001/lexical/meta.json",
]


@pytest.fixture
def folder(tmp_path: Path, encoder, split, make_document: Callable[..., Document]) -> Path:
    documents = [make_document(f"{n}.txt", f"Words about matter {n}.", "More of it.") for n in range(20)]
    build_index(
        documents,
        (),
        "state",
        tmp_path,
        encoder,
        progress=lambda _: None,
        split=split,
        chunking="paragraphs",
    )
    return tmp_path


def opened(folder: Path, encoder) -> SearchIndex:
    return open_index(folder, encoder, chunking="paragraphs")


def test_a_folder_without_an_index_says_so(tmp_path: Path, encoder) -> None:
    with pytest.raises(IndexNotFound, match=r"There is no index in .*; build it first\."):
        opened(tmp_path / "nowhere", encoder)


def test_an_index_of_another_model_is_out_of_date(folder: Path, other_encoder) -> None:
    with pytest.raises(IndexOutOfDate, match="model 'hashed words' and 'another model' is in use"):
        opened(folder, other_encoder)


def test_an_index_of_another_chunking_is_out_of_date(folder: Path, encoder) -> None:
    with pytest.raises(IndexOutOfDate, match="chunking 'paragraphs' and 'pages' is in use"):
        open_index(folder, encoder, chunking="pages")


def test_an_index_of_another_format_is_out_of_date(folder: Path, encoder) -> None:
    path = folder / "generation-000001" / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8")) | {"format": 99, "a later field": 1}
    path.write_text(json.dumps(fields), encoding="utf-8")
    (folder / "current").write_text(f"generation-000001 {sha256(path.read_bytes()).hexdigest()}\n")

    with pytest.raises(IndexOutOfDate, match="The index has format 99 and this program reads format 4"):
        opened(folder, encoder)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str, folder: Path, encoder) -> None:
    (folder / "generation-000001" / name).unlink()

    with pytest.raises(IndexDamaged, match=name):
        opened(folder, encoder)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_off_is_named(name: str, folder: Path, encoder) -> None:
    path = folder / "generation-000001" / name
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(IndexDamaged, match=name):
        opened(folder, encoder)


@pytest.mark.parametrize("name", FILES[1:-1])
def test_verify_finds_one_changed_byte(name: str, folder: Path, encoder) -> None:
    path = folder / "generation-000001" / name
    with opened(folder, encoder) as index:
        index.verify()
        written = bytearray(path.read_bytes())
        written[-1] ^= 1
        path.write_bytes(written)

        with pytest.raises(IndexDamaged, match=f"{name} is not what was written"):
            index.verify()


def test_a_generation_that_is_gone_is_damage(folder: Path, encoder) -> None:
    shutil.rmtree(folder / "generation-000001")

    with pytest.raises(IndexDamaged, match=r"manifest\.json cannot be read"):
        opened(folder, encoder)


@pytest.mark.parametrize("written", ["", "generation-000001", "../elsewhere " + "0" * 64 + "\n"])
def test_a_pointer_that_names_no_generation_is_damage(written: str, folder: Path, encoder) -> None:
    (folder / "current").write_text(written)

    with pytest.raises(IndexDamaged, match="current does not name a generation"):
        opened(folder, encoder)


def test_rows_and_documents_that_are_not_there_are_named(folder: Path, encoder) -> None:
    with opened(folder, encoder) as index:
        for read in (index.passage, index.sentence_vectors, index.tokens):
            for row in (-1, len(index)):
                with pytest.raises(IndexError, match=f"no passage in row {row}"):
                    read(row)
        with pytest.raises(KeyError, match="no document 'x'"):
            index.document("x")


def test_threads_read_the_same_as_one_alone(folder: Path, encoder) -> None:
    query = encoder.encode_queries(["more about matter 7"])[0]

    def read(index: SearchIndex, row: int) -> object:
        passage = index.passage(row)
        document = index.document(passage.document_id)
        return (
            passage,
            document,
            index.dense(query, 9),
            index.lexical({"matter": 1.0, "7": 2.0}, 9),
            index.tokens(row).vectors.tolist(),
            index.nearest_words(query[np.newaxis], 9),
            index.written_words(),
        )

    with opened(folder, encoder) as shared, opened(folder, encoder) as alone:
        rows = list(range(len(shared))) * 5
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(read, repeat(shared), rows))
        assert together == list(map(read, repeat(alone), rows))


def test_asking_for_several_gives_what_asking_one_by_one_gives(folder: Path, encoder) -> None:
    query = encoder.encode_queries(["more about matter 7"])[0]

    with opened(folder, encoder) as index:
        rows = [31, 2, 2, 17]
        assert index.passages(rows) == [index.passage(row) for row in rows]
        expected = [(index.sentence_vectors(row) @ query).max() for row in rows]
        assert index.nearest_sentences(query, rows).tolist() == pytest.approx(expected, abs=1e-6)
        assert index.nearest_sentences(query, []).tolist() == []
