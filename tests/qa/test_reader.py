"""The bundled reader: does a passage answer, and which of its words?"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Passage
from index.errors import ModelUnavailable
from index.graph import Graph
from qa.reader import BundledReader, bundled_reader, reader_of

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


def test_the_order_of_passages_changes_nothing_that_is_seen(reader: BundledReader) -> None:
    texts = [passage(OPENED), passage(OTHER), passage(OPENED + " " + OTHER)]
    forwards = reader.read("When was it opened?", texts)
    backwards = reader.read("When was it opened?", texts[::-1])[::-1]
    assert [one.answers for one in forwards] == pytest.approx([one.answers for one in backwards], abs=0.02)


def test_no_passages_give_nothing(reader: BundledReader) -> None:
    assert reader.read("When was it opened?", []) == []


def test_a_file_with_another_hash_is_refused_when_it_is_first_used(tmp_path: Path) -> None:
    changed = tmp_path / "reader.onnx"
    changed.write_bytes(b"something else")
    with pytest.raises(ModelUnavailable, match="SHA-256"):
        reader_of(Graph(changed, "0" * 64)).read("When was it opened?", [passage(OPENED)])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="is missing"):
        reader_of(Graph(tmp_path / "none.onnx", "0" * 64)).read("When?", [passage(OPENED)])
