"""corpus.jsonl."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentsNotFound
from corpus.jsonl_file import BadLine, Record, read_records
from corpus.read import read_documents


def line(**keys: object) -> bytes:
    return json.dumps({"_id": "d1", "title": "A title", "text": "Some words."} | keys).encode()


def reason(content: bytes) -> str:
    (result,) = read_records(content)
    assert isinstance(result, BadLine)
    return result.reason


def test_a_line_is_a_document_and_further_keys_are_ignored() -> None:
    assert list(read_records(line(metadata={}))) == [
        Record(1, "d1", "A title", "Some words.", line(metadata={}))
    ]


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + line() + b"\r\n\r\n" + line(_id="d2") + b"\n"
    assert [record.id for record in read_records(content) if isinstance(record, Record)] == ["d1", "d2"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{broken", "it is not valid JSON; expected one object with _id, title and text"),
        (b'"words"', "it is not a JSON object; expected one object with _id, title and text"),
        (b"[" * 100_000, "it is not valid JSON; expected one object with _id, title and text"),
        (b"9" * 5_000, "it is not valid JSON; expected one object with _id, title and text"),
        (
            line().replace(b"words", b"caf\xe9"),
            "it is not valid JSON; expected one object with _id, title and text",
        ),
        (b'{"text": "x"}', "its _id is missing or empty; expected one object with _id, title and text"),
        (line(text=" "), "its text is missing or empty; expected one object with _id, title and text"),
        (line(_id=7), "its _id is 7; expected a text in quotation marks"),
        (line(title=None), "its title is None; expected a text in quotation marks"),
        (
            line(text="\ud800"),
            "its text holds half of a surrogate pair, which is no character; write it as UTF-8",
        ),
    ],
)
def test_a_line_that_cannot_be_used_says_what_was_found_and_expected(content: bytes, expected: str) -> None:
    assert reason(content) == expected


def test_an_id_that_comes_again_is_refused_and_the_first_one_kept() -> None:
    first, second = read_records(line() + b"\n" + line(text="Other."))
    assert isinstance(first, Record)
    assert second == BadLine(2, "the _id 'd1' was used before; give each line its own")


def test_documents_are_sorted_by_id_and_bad_lines_are_reported_with_their_number(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(line(_id="b") + b"\n{\n" + line(_id="a", title=""))
    reading = read_documents(path)
    assert [(d.id, d.details.title) for d in reading.documents] == [("a", "a"), ("b", "A title")]
    assert [s.reason[:30] for s in reading.skipped] == ["line 2: it is not valid JSON; "]


@pytest.mark.parametrize(
    ("content", "said"), [(b"", r"\(it is empty\)"), (b"{\n", "line 1: it is not valid JSON")]
)
def test_a_file_without_a_usable_line_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(content)
    with pytest.raises(DocumentsNotFound, match=said):
        read_documents(path)


@given(st.binary(max_size=60))
def test_every_line_that_is_not_blank_gives_one_result(content: bytes) -> None:
    expected = sum(bool(piece.strip()) for piece in content.split(b"\n"))
    assert len(list(read_records(content))) == expected
