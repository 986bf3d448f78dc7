"""Documents and passages come back from the disk as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Details, Document, Page, Passage, Role, Section, Sentence
from corpus.period import Period
from index.contents import Contents, write_contents
from index.errors import IndexDamaged

AUGUST = Period(date(2015, 8, 1), date(2015, 8, 31))
TEXT = "Children’s services\n‘Not yet embedded’ 😀 <b>\x00\x0b\n"
DOCUMENT = Document(
    id="letters/2015 visit.pdf",
    details=Details("Visit", "Ofsted", "A B", "C D", "letter", date(2015, 9, 1), AUGUST, "a page", "OGL"),
    sha256="ab" * 32,
    text=TEXT,
    pages=(Page(1, "iv", 0, 20, recognised=True), Page(2, None, 20, len(TEXT))),
    sections=(Section((), 0, 5), Section(("Key findings", "MASH"), 5, len(TEXT), AUGUST)),
    sentences=(Sentence(0, 19, Role.HEADING), Sentence(20, 38, Role.ROW, (0, 19))),
)
BARE = Document(id="note.txt", details=Details("Note"), sha256="cd" * 32, text="")
PASSAGE = Passage(
    id="p",
    document_id=DOCUMENT.id,
    start=20,
    end=38,
    text=TEXT[20:38],
    context="Visit\nOfsted",
    section=("Key findings", "MASH"),
    when=AUGUST,
    pages=(1, 2),
    sentences=(Sentence(20, 38, Role.ROW, (0, 19)),),
)
BARE_PASSAGE = replace(PASSAGE, id="q", section=(), when=None, pages=None, sentences=())


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    write_contents([DOCUMENT, BARE], [PASSAGE, BARE_PASSAGE], tmp_path / "contents with # and ?.sqlite")
    return Contents(tmp_path / "contents with # and ?.sqlite")


def test_documents_come_back_equal(contents: Contents) -> None:
    assert contents.document(DOCUMENT.id) == DOCUMENT
    assert contents.document(BARE.id) == BARE


def test_passages_come_back_equal(contents: Contents) -> None:
    assert [contents.passage(row) for row in (0, 1)] == [PASSAGE, BARE_PASSAGE]


def test_details_come_in_the_order_of_indexing(contents: Contents) -> None:
    assert contents.details() == ((DOCUMENT.id, DOCUMENT.details), (BARE.id, BARE.details))


@pytest.mark.parametrize("row", [-1, 2])
def test_a_row_that_is_not_there_is_named(row: int, contents: Contents) -> None:
    with pytest.raises(IndexError, match=f"no passage in row {row}"):
        contents.passage(row)


def test_a_document_that_is_not_there_is_named(contents: Contents) -> None:
    with pytest.raises(KeyError, match=r"no document 'other\.txt'"):
        contents.document("other.txt")


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "contents.sqlite").write_bytes(b"not a database at all" * 100)

    with pytest.raises(IndexDamaged, match="cannot be read"):
        Contents(tmp_path / "contents.sqlite").details()


def test_passages_are_read_together_in_the_order_asked(contents: Contents) -> None:
    assert contents.passages([1, 0, 1]) == [BARE_PASSAGE, PASSAGE, BARE_PASSAGE]
    assert contents.passages([]) == []
