"""Folders of documents, good and bad."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Skipped
from corpus.errors import DocumentsNotFound
from corpus.read import read_documents, state_of
from tests.corpus.pdf_builder import pdf

TEXT = "The council met on Monday."


def skipped(folder: Path) -> dict[str, str]:
    (folder / "good.txt").write_text(TEXT)
    return {skip.path: skip.reason for skip in read_documents(folder).skipped}


def test_documents_are_sorted_by_their_path_and_keep_their_text_unchanged(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.md").write_bytes(b"# Two\r\n\r\nWords.\r\n")
    (tmp_path / "one.txt").write_text(TEXT)
    documents = read_documents(tmp_path).documents
    assert [document.id for document in documents] == ["b/two.md", "one.txt"]
    assert documents[0].text == "# Two\r\n\r\nWords.\r\n"


def test_one_document_can_be_named_instead_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "two.txt").write_text(TEXT)
    assert [document.id for document in read_documents(tmp_path / "one.txt").documents] == ["one.txt"]


def test_a_document_that_the_catalogue_does_not_name_speaks_for_itself(tmp_path: Path) -> None:
    (tmp_path / "2016-06-13-visit.txt").write_text("Early help\n\nIt was good.")
    details = read_documents(tmp_path).documents[0].details
    assert (details.title, details.published) == ("Early help", date(2016, 6, 13))


def test_a_document_without_heading_and_date_is_called_by_its_file_name(tmp_path: Path) -> None:
    (tmp_path / "council_plan-final.txt").write_text("it was good.")
    details = read_documents(tmp_path).documents[0].details
    assert (details.title, details.published) == ("council plan final", None)


def test_utf_16_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("It was “good”.".encode("utf-16"))
    assert read_documents(tmp_path).documents[0].text == "It was “good”."


def test_a_pdf_that_is_called_txt_is_read_as_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(pdf([TEXT]))
    assert read_documents(tmp_path).documents[0].text.strip() == TEXT


def test_a_missing_place_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "nowhere"
    with pytest.raises(DocumentsNotFound) as caught:
        read_documents(place)
    assert str(caught.value) == f"{place} does not exist; name a folder of documents or a corpus.jsonl."


def test_an_empty_folder_is_refused_with_or_without_a_catalogue(tmp_path: Path) -> None:
    expected = (
        f"{tmp_path} is an empty folder; put documents (.txt, .md, .pdf, .docx, .html, .eml, .csv) into it."
    )
    for _ in range(2):
        with pytest.raises(DocumentsNotFound) as caught:
            read_documents(tmp_path)
        assert str(caught.value) == expected
        (tmp_path / "documents.toml").write_text("")


def test_a_folder_with_nothing_readable_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(DocumentsNotFound) as caught:
        read_documents(tmp_path)
    reason = "a.jpg: it is a picture (JPEG); expected .txt, .md, .pdf, .docx, .html, .eml or .csv"
    assert str(caught.value) == f"{tmp_path} holds no document that can be read ({reason})."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("café".encode("cp1252"), "it is not UTF-8 text (byte 0xe9 at position 3); save it as UTF-8"),
        (b"\xff\xfea", "it is not UTF-16 text (byte 0x61 at position 2); save it as UTF-8"),
        (b"a\0\0", "it is not a text file (it holds NUL characters); expected UTF-8 text"),
        (b"", "it is empty; put text into it or remove it"),
        (b" \n", "it is empty; put text into it or remove it"),
    ],
)
def test_a_text_file_that_cannot_be_read_is_skipped_with_its_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    assert skipped(tmp_path) == {"bad.txt": reason}


def test_a_link_that_leads_nowhere_is_skipped_and_a_folder_called_txt_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "missing")
    (tmp_path / "folder.txt").mkdir()
    expected = "it cannot be opened (No such file or directory); check that it is there"
    assert skipped(tmp_path) == {"gone.txt": expected}


def test_an_entry_whose_file_is_gone_is_reported(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_text('[[document]]\nfile = "gone.txt"\ntitle = "T"\n')
    assert skipped(tmp_path) == {"gone.txt": "it is named in documents.toml but is not in the folder"}


def test_hidden_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / ".notes.txt").write_text(TEXT)
    assert skipped(tmp_path) == {}


def test_a_page_without_text_is_reported_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([TEXT], [], [TEXT]))
    reason = "the page has no text layer; it may be a scan"
    assert read_documents(tmp_path).skipped == (Skipped("a.pdf", 2, reason),)


def test_the_state_changes_with_a_file_and_survives_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    before = state_of(tmp_path)
    assert state_of(tmp_path) == before
    (tmp_path / "b.txt").symlink_to(tmp_path / "missing")
    assert state_of(tmp_path) != before


def test_a_moved_folder_holds_the_same_documents(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text(TEXT)
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    assert read_documents(tmp_path / "one").documents == read_documents(tmp_path / "two").documents
