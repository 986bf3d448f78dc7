"""The sentences of a document as statements with the times that they tell of."""

from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.period import Period, month_period
from qa.timeline_statements import DatedBy, document_time, statements
from tests.qa.other_texts import HOSPITAL, other_documents, read_text


@pytest.fixture(scope="module")
def letter() -> Document:
    return other_documents()[HOSPITAL]


def times_of(document: Document, words: str) -> list[tuple[Period, DatedBy]]:
    return next(list(one.times) for one in statements(document) if words in one.words)


def test_a_statement_is_word_for_word_what_stands_in_the_document(letter: Document) -> None:
    told = statements(letter)
    assert told
    assert all(one.words == letter.text[one.start : one.end] for one in told)


def test_a_dated_heading_dates_what_stands_under_it(letter: Document) -> None:
    assert times_of(letter, "Leadership had improved") == [(month_period(2019, 6), DatedBy.SECTION)]


def test_a_time_of_its_own_comes_before_that_of_the_heading(letter: Document) -> None:
    day = Period(date(2019, 2, 4), date(2019, 2, 4))
    assert times_of(letter, "took up post") == [(day, DatedBy.STATEMENT)]


def test_a_letterhead_and_its_numbers_state_nothing(letter: Document) -> None:
    assert not any("Mill Lane" in one.words for one in statements(letter))


def test_of_a_date_line_only_the_date_is_quoted(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "4 May 2020\nBy email\n\nDear Ms Smith\n\nAll is well here.\n\nYours sincerely\n"
    )
    assert [one.words for one in statements(document) if one.dates] == ["4 May 2020"]


def test_a_bare_date_is_quoted_with_the_heading_above_it(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "Report of the Inspection of Northby Council\n\nFebruary 2015\n\nWe looked at all.\n"
    )
    assert "Report of the Inspection" in next(one.words for one in statements(document) if one.dates)


def test_items_have_the_time_of_the_sentence_that_introduces_them(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "Notes\n\nIn March 2015 the council:\n\n- closed the old pool\n- opened a new one\n"
    )
    assert times_of(document, "closed the old pool") == [(month_period(2015, 3), DatedBy.LEAD)]


def test_a_plan_for_years_does_not_date_what_stands_under_it(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "Plan 2015-2021\n\nThe council wants more parks.\n\nWays to get there\n\nNone.\n"
    )
    assert times_of(document, "more parks") == []


def test_a_document_speaks_of_the_one_inspection_that_it_reports(letter: Document, tmp_path: Path) -> None:
    inspected = Period(date(2019, 6, 11), date(2019, 6, 13))
    assert document_time(statements(letter)) == (inspected, DatedBy.INSPECTION)
    note = read_text(tmp_path, "A note\n\nThe pool is good.\n")
    assert document_time(statements(note)) == (month_period(2020, 5), DatedBy.PUBLICATION)


def test_of_a_document_without_any_date_no_time_is_known(tmp_path: Path) -> None:
    document = read_text(tmp_path, "A note\n\nThe pool is good.\n", name="note.txt")
    assert document_time(statements(document)) is None
