"""The bundled reader: does a passage answer, and which of its words?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.document import Passage
from index.errors import ModelUnavailable
from index.manifest import checksum
from qa.reader import GRAPH_FILE, WEIGHTS_FILE, BundledReader, bundled_reader, reader_of

SHIPPED = Path(__file__).parents[2] / "qa"
OPENED = "The Northby bridge was opened in May 1903. It is painted green."
OTHER = "Swans winter on the lake. Visitors are asked not to feed them."


def passage(text: str, start: int = 0) -> Passage:
    return Passage("p", "a", start, start + len(text), text, "", ("Bridges",), None, None, ())


@pytest.fixture(scope="module")
def reader() -> BundledReader:
    return bundled_reader()


def test_a_passage_that_answers_is_told_from_one_that_does_not(reader: BundledReader) -> None:
    answering, other = reader.read("When was the Northby bridge opened?", [passage(OPENED), passage(OTHER)])
    assert answering.answers > 0.5 > other.answers
    assert answering.nowhere is not None
    assert other.nowhere is not None
    assert answering.nowhere < other.nowhere


def test_the_words_of_the_answer_are_found_in_the_document(reader: BundledReader) -> None:
    offset = 1_000
    (read,) = reader.read("When was the Northby bridge opened?", [passage(OPENED, offset)])
    assert read.best is not None
    assert "1903" in OPENED[read.best.start - offset : read.best.end - offset]
    first_sentence = read.within(offset, offset + OPENED.index("It is"))
    assert first_sentence > read.within(offset + OPENED.index("It is"), offset + len(OPENED))


def test_the_probabilities_of_all_places_and_nowhere_add_up_to_one(reader: BundledReader) -> None:
    (read,) = reader.read("What colour is the bridge?", [passage(OPENED)])
    assert read.nowhere is not None
    assert sum(p for _, p in read.starts) + read.nowhere == pytest.approx(1.0)


def test_what_is_read_beside_a_passage_changes_nothing(reader: BundledReader) -> None:
    texts = [passage(OPENED), passage(OTHER), passage(OPENED + " " + OTHER)]
    forwards = reader.read("When was it opened?", texts)
    assert reader.read("When was it opened?", texts[::-1])[::-1] == forwards
    assert [reader.read("When was it opened?", [one])[0] for one in texts] == forwards


def test_no_passages_give_nothing(reader: BundledReader) -> None:
    assert reader.read("When was it opened?", []) == []


@pytest.mark.parametrize("changed", [GRAPH_FILE, WEIGHTS_FILE])
def test_a_file_with_another_hash_is_refused_when_it_is_first_used(tmp_path: Path, changed: str) -> None:
    hashes = copied(tmp_path)
    (tmp_path / changed).write_bytes(b"something else")
    with pytest.raises(ModelUnavailable, match=rf"{changed} has the SHA-256"):
        reader_of(tmp_path, **hashes).read("When was it opened?", [passage(OPENED)])


@pytest.mark.parametrize("gone", [GRAPH_FILE, WEIGHTS_FILE])
def test_a_missing_file_is_named(tmp_path: Path, gone: str) -> None:
    hashes = copied(tmp_path)
    (tmp_path / gone).unlink()
    with pytest.raises(ModelUnavailable, match=f"{gone} is missing"):
        reader_of(tmp_path, **hashes).read("When?", [passage(OPENED)])


def copied(folder: Path) -> dict[str, str]:
    """The checksums of the reader's files, which are copied into the folder."""
    hashes = {}
    for name, key in ((GRAPH_FILE, "graph_sha256"), (WEIGHTS_FILE, "weights_sha256")):
        shutil.copy(SHIPPED / name, folder / name)
        hashes[key] = checksum(folder / name)
    return hashes
