"""The evaluation over copies of the documents as PDFs: what it rests on, without asking anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.blocks import Form
from corpus.document import Document
from corpus.pdf_file import read_pdf
from corpus.read import read_documents
from eval.evidence_match import Squashed
from eval.pdf_copies import check_pages, move_evidence
from eval.pdf_typeset import Part, parts_of, scan, typeset_with_reportlab
from eval.question import Question, Quote, places_of
from tests.corpus.pdf_pages import drawn, page_of

TEXT = """REPORT

1.1 The council met on Monday.

| Area | Grade |
|--|--|
| Early help | Good |

- The plan was weak.
"""


@pytest.fixture(name="document")
def fixture_document(tmp_path: Path) -> Document:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    return read_documents(tmp_path).documents[0]


def question(*quotes: str) -> Question:
    evidence = tuple((Quote("report.txt", words, places_of(words, "report.txt", TEXT)),) for words in quotes)
    return Question("q1", "What?", (), "fact", "set", True, evidence)


def test_the_parts_of_a_document_are_its_headings_paragraphs_items_and_tables(document: Document) -> None:
    parts = parts_of(document)
    assert parts[0] == Part(Form.HEADING, lines=("REPORT",))
    assert parts[1].marker == "1.1"
    assert parts[2].rows == (("Area", "Grade"), ("Early help", "Good"))
    assert parts[3] == Part(Form.ITEM, "•", 1, ("The plan was weak.",))


@pytest.mark.parametrize("columns", [1, 2])
def test_what_is_set_is_read_again_word_for_word(document: Document, tmp_path: Path, columns: int) -> None:
    typeset_with_reportlab([document], tmp_path, columns=columns)
    read = read_pdf((tmp_path / "report.pdf").read_bytes())
    # On one page alone nothing tells the running head from a heading: it stays.
    assert Squashed.of(read.text).letters == Squashed.of("REPORT" + TEXT).letters


def test_evidence_is_moved_to_where_it_stands_in_the_copy() -> None:
    copy = "REPORT\n\n1.1 The council\nmet on Monday."
    (moved,), lost = move_evidence([question("The council met")], {"report.pdf": copy})
    (place,) = moved.evidence[0][0].places
    assert (place.document, copy[place.start : place.end]) == ("report.pdf", "The council\nmet")
    assert lost == ()


def test_evidence_that_is_not_in_the_copy_counts_against_it() -> None:
    (moved,), lost = move_evidence([question("The plan was weak")], {"report.pdf": "Nothing of the kind."})
    assert lost == ("q1",)
    assert moved.evidence[0][0].places[0].start >= len("Nothing of the kind.")


def cited(quote: str, *pages: int) -> dict[str, object]:
    return {"citations": [{"document": "report.pdf", "quote": quote, "pages": list(pages)}]}


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (cited("The council met.", 1, 1), 1),
        (cited("The council met.", 2, 2), 0),
        (cited("It agreed to\nthe plan.", 1, 2), 1),
        (cited("It agreed to\nthe plan.", 1, 1), 0),
        (cited("It agreed to\nthe plan.", 2, 2), 0),
    ],
)
def test_a_citation_is_right_where_its_words_begin_and_end_on_the_pages_it_names(
    answer: dict[str, object], right: int
) -> None:
    pages = [Squashed.of(words).letters for words in ("The council met. It agreed to", "the plan. It left.")]
    assert check_pages([answer], {"report.pdf": pages}) == (1, right)


def test_a_scan_has_the_pages_of_what_was_scanned_and_no_text() -> None:
    printed = drawn(page_of("The council met."), page_of("It agreed."))
    with pytest.raises(Exception, match="no text layer on any of its 2 pages"):
        read_pdf(scan(printed), find=lambda: None)
