"""Every dated statement as an event."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.read import read_documents
from qa.timeline import events
from qa.timeline_event import Event, EventKind
from qa.timeline_statements import DatedBy
from tests.conftest import DOCUMENTS
from tests.qa.other_texts import FIRE_MINUTES, FIRE_REPORT, HOSPITAL, SCHOOL, other_documents, read_text


@pytest.fixture(scope="module")
def found() -> tuple[Event, ...]:
    return events(other_documents().values())


def event(found: tuple[Event, ...], words: str, date: str) -> Event:
    return next(
        one
        for one in found
        if any(words in citation.quote for citation in one.citations) and str(one.period.first) == date
    )


def test_events_stand_in_the_order_of_their_dates(found: tuple[Event, ...]) -> None:
    assert [one.period.first for one in found] == sorted(one.period.first for one in found)


def test_every_quotation_is_word_for_word_in_its_document(found: tuple[Event, ...]) -> None:
    texts = {name: document.text for name, document in other_documents().items()}
    for one in found:
        for cited in (*one.citations, *one.disputed_by):
            assert texts[cited.document_id][cited.start : cited.end] == cited.quote


def test_a_statement_with_two_times_is_an_event_for_each(found: tuple[Event, ...]) -> None:
    assert event(found, "retired and her deputy", "2014-01-01").kind is EventKind.DEPARTURE
    assert event(found, "| Peer challenge |", "2013-01-01") != event(
        found, "| Peer challenge |", "2016-01-01"
    )


def test_what_two_documents_date_alike_is_one_event_with_two_citations(found: tuple[Event, ...]) -> None:
    opened = event(found, "control room was opened", "2011-05-01")
    assert [citation.document_id for citation in opened.citations] == [FIRE_REPORT, FIRE_MINUTES]
    assert [citation.number for citation in opened.citations] == [1, 2]


def test_what_two_documents_date_differently_is_marked_on_both(found: tuple[Event, ...]) -> None:
    november = event(found, "closed again in November 2014", "2014-11-01")
    october = event(found, "closed again in October 2014", "2014-10-01")
    assert [citation.document_id for citation in november.disputed_by] == [FIRE_MINUTES]
    assert [citation.document_id for citation in october.disputed_by] == [FIRE_REPORT]


def test_things_that_only_sound_alike_are_not_disputed(found: tuple[Event, ...]) -> None:
    assert [one.text[:30] for one in found if one.disputed_by] == [
        "The control room was closed ag",
        "A new control room was opened ",
    ]


def test_an_event_has_the_grades_that_its_statement_gives(found: tuple[Event, ...]) -> None:
    graded = event(found, "rated good for caring", "2019-06-01")
    assert [(one.area, one.grade) for one in graded.judgements] == [
        ("caring", "good"),
        ("safety", "inadequate"),
    ]


def test_a_grade_without_any_time_is_dated_by_its_document(tmp_path: Path) -> None:
    document = read_text(tmp_path, "A note\n\nThe lake was rated inadequate by inspectors.\n")
    (only,) = (one for one in events([document]) if "lake" in one.text)
    assert (str(only.period.first), only.dated_by) == ("2020-05-01", DatedBy.PUBLICATION)


def test_a_document_without_a_date_and_without_times_has_no_events(tmp_path: Path) -> None:
    assert events([read_text(tmp_path, "A note\n\nAll is well.\n", name="note.txt")]) == ()


def test_the_order_of_the_documents_does_not_matter(found: tuple[Event, ...]) -> None:
    assert events(reversed(other_documents().values())) == found


def test_the_kinds_of_the_other_documents(found: tuple[Event, ...]) -> None:
    assert event(found, "James Hall, resigned", "2018-12-01").kind is EventKind.DEPARTURE
    assert event(found, "Maria Gomez was appointed", "2019-04-01").kind is EventKind.APPOINTMENT
    assert event(found, "We inspected the emergency department", "2019-06-11").kind is EventKind.INSPECTION
    assert {SCHOOL, HOSPITAL} <= {one.citations[0].document_id for one in found}


@pytest.mark.parametrize("gone", sorted(path.name for path in DOCUMENTS.glob("*.txt")))
def test_any_one_of_the_bundled_documents_may_be_gone(gone: str) -> None:
    left = [one for one in read_documents(DOCUMENTS).documents if one.id != gone]
    cited = {citation.document_id for one in events(left) for citation in one.citations}
    assert cited == {one.id for one in left}
