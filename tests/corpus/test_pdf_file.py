"""PDFs with a text layer."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import UnreadableDocument
from corpus.locate import locator
from corpus.passages import pages_of
from corpus.pdf_file import read_pdf
from corpus.pdf_lines import Line, join_row, rows_of, with_paragraphs
from corpus.read import read_documents
from tests.corpus.pdf_builder import pdf

FIRST = ["Overview", "", "The visit took place in October. Technology in place enabled a quick"]
SECOND = ["change in working arrangements. Staff were supported.", "", "The end came soon after."]


@pytest.fixture(name="report")
def fixture_report(tmp_path: Path) -> Document:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(FIRST, SECOND, roman=1, title="A report"))
    return read_documents(path).documents[0]


def test_pages_tile_the_text_and_carry_their_printed_labels(report: Document) -> None:
    first, second = report.pages
    assert (first.start, first.end, second.end) == (0, second.start, len(report.text))
    assert (first.label, second.label) == ("i", "1")


def test_a_sentence_that_a_page_break_cuts_is_one_and_on_both_pages(report: Document) -> None:
    quotes = {" ".join(report.text[s.start : s.end].split()): s for s in report.sentences}
    cut = quotes["Technology in place enabled a quick change in working arrangements."]
    assert pages_of(report, cut.start, cut.end) == (1, 2)
    assert locator(report, cut.start) == "page i (1 of 2)"


def test_the_title_and_headings_are_found(report: Document) -> None:
    assert report.details.title == "A report"
    assert [section.path for section in report.sections] == [("Overview",)]


def test_pages_without_text_are_counted() -> None:
    assert read_pdf(pdf([], FIRST, [])).empty_pages == (1, 3)


def test_a_file_that_opens_with_the_empty_password_is_read() -> None:
    assert "Overview" in read_pdf(pdf(FIRST, password="")).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (pdf(FIRST, password="x"), "it is protected with a password; save a copy without one and try again"),
        (pdf(FIRST)[:300], "it is not a readable PDF (Data format error); save it again as PDF"),
        (b"", "it is empty; save it again as PDF"),
        (b"Dear Sir", "it is not a PDF although its name ends in .pdf; give it its right ending"),
        (pdf([], []), "it has no text layer on any of its 2 pages; it may be a scan"),
        (pdf(), "it is not a readable PDF (Data format error); save it again as PDF"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(content)
    assert str(caught.value) == sentence


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1400), st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at: int, damage: bytes) -> None:
    content = pdf(FIRST)
    with suppress(UnreadableDocument):
        assert read_pdf(content[:at] + damage + content[at + len(damage) :]).text


def lines(*rows: tuple[str, float, float]) -> list[Line]:
    """Lines of 10-point type: words, left edge, baseline."""
    return [Line(words, left, baseline, 10.0) for words, left, baseline in rows]


def test_space_between_lines_starts_a_paragraph_where_the_document_is_set_so() -> None:
    page = lines(("The council", 70, 700), ("Met on Monday", 70, 688), ("It agreed", 70, 664))
    assert with_paragraphs([page]) == ["The council\nMet on Monday\n\nIt agreed"]


def test_without_space_a_short_line_with_a_stop_ends_a_paragraph() -> None:
    page = lines(
        ("The council met on Monday and", 70, 700),
        ("agreed.", 70, 688),
        ("Nobody spoke against the plan", 70, 676),
    )
    assert with_paragraphs([page]) == [
        "The council met on Monday and\nagreed.\n\nNobody spoke against the plan"
    ]


def test_bold_or_larger_type_stands_alone() -> None:
    page = [
        Line("The plan was agreed", 70, 700, 10.0),
        Line("Findings", 70, 688, 10.0, is_bold=True),
        Line("The end", 70, 676, 10.0),
        Line("came soon", 70, 652, 10.0),
    ]
    assert with_paragraphs([page]) == ["The plan was agreed\n\nFindings\n\nThe end\n\ncame soon"]


def test_the_top_of_the_next_column_starts_anew() -> None:
    page = lines(
        ("one", 70, 700), ("two", 70, 688), ("three", 300, 700), ("four", 300, 688), ("five", 300, 660)
    )
    assert "two\n\nthree" in with_paragraphs([page])[0].replace("    ", "")


def test_indented_lines_are_items_when_the_next_word_would_have_fitted() -> None:
    page = lines(
        ("The inspectors came in the autumn and", 70, 712),
        ("found on their visits to the council:", 70, 700),
        ("weak plans", 90, 676),
        ("late visits", 90, 664),
        ("no reviews", 90, 652),
        ("The end came soon after the last visit", 70, 628),
    )
    assert "    weak plans\n\n    late visits\n\n    no reviews\n\nThe end" in with_paragraphs([page])[0]


def test_runs_on_one_line_are_put_together_from_left_to_right() -> None:
    runs = [Line("plan", 90, 700, 10.0), Line("The", 70, 701, 10.0), Line("was", 70, 688, 10.0)]
    assert [join_row(row).words for row in rows_of(runs)] == ["The plan", "was"]
