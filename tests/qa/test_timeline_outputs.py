"""The timeline as JSON, as a table, as a calendar, narrowed, and its times in words."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from corpus.period import Period, month_period
from qa.timeline import events
from qa.timeline_contract import timeline_to_json
from qa.timeline_event import Event, EventKind
from qa.timeline_files import COLUMNS, timeline_to_calendar, timeline_to_csv
from qa.timeline_select import select
from qa.timeline_words import in_words
from tests.qa.other_texts import FIRE_MINUTES, SCHOOL, other_documents

DOCUMENTS = other_documents()
DETAILS = {name: document.details for name, document in DOCUMENTS.items()}


@pytest.fixture(scope="module")
def found() -> tuple[Event, ...]:
    return events(DOCUMENTS.values())


def test_json_has_the_agreed_keys_first_and_offsets_that_quote(found: tuple[Event, ...]) -> None:
    for one in timeline_to_json(found)["events"]:
        agreed = ["date", "precision", "date_end", "text", "document", "start", "end", "grades"]
        assert list(one)[: len(agreed)] == agreed
        assert DOCUMENTS[one["document"]].text[one["start"] : one["end"]] == one["text"]


def test_json_gives_an_end_to_ranges_only(found: tuple[Event, ...]) -> None:
    for one in timeline_to_json(found)["events"]:
        assert (one["date_end"] is not None) == (one["precision"] == "range")


def test_json_names_other_places_only_where_there_are_some(found: tuple[Event, ...]) -> None:
    listed = timeline_to_json(found)["events"]
    assert [len(one["also_in"]) for one in listed if "also_in" in one] == [1, 1]
    assert sum("disputed_by" in one for one in listed) == 2


def test_a_table_has_one_row_for_each_event(found: tuple[Event, ...]) -> None:
    heading, *rows = csv.reader(io.StringIO(timeline_to_csv(found, DETAILS)))
    assert tuple(heading) == COLUMNS
    assert [row[COLUMNS.index("text")] for row in rows] == [one.text for one in found]


def test_what_a_spreadsheet_would_calculate_is_written_as_words(found: tuple[Event, ...]) -> None:
    cited = replace(found[0].citations[0], quote="=1+1")
    text = timeline_to_csv([replace(found[0], citations=(cited,))], DETAILS)
    assert ",'=1+1," in text


def test_a_calendar_is_read_back_by_a_calendar_reader(found: tuple[Event, ...]) -> None:
    read = Calendar.from_ical(timeline_to_calendar(found, DETAILS))
    entries = read.walk("VEVENT")
    assert len(entries) == len(found)
    assert [entry.decoded("dtstart") for entry in entries] == [one.period.first for one in found]
    assert all((entry.decoded("dtend") - entry.decoded("dtstart")).days >= 1 for entry in entries)
    assert " ".join(found[0].text.split()) in str(entries[0]["description"])


def test_every_entry_of_a_calendar_has_its_own_name_and_always_the_same(found: tuple[Event, ...]) -> None:
    first, second = (timeline_to_calendar(found, DETAILS) for _ in range(2))
    assert first == second
    names = [str(entry["uid"]) for entry in Calendar.from_ical(first).walk("VEVENT")]
    assert len(set(names)) == len(names)


def test_a_stretch_of_time_keeps_what_touches_it(found: tuple[Event, ...]) -> None:
    kept = select(found, first=date(2018, 12, 31), last=date(2019, 1, 1))
    assert any(one.period == Period(date(2018, 1, 1), date(2018, 12, 31)) for one in kept)
    assert all(one.period.first <= date(2019, 1, 1) and date(2018, 12, 31) <= one.period.last for one in kept)


def test_a_document_keeps_its_events_with_its_own_citations(found: tuple[Event, ...]) -> None:
    kept = select(found, documents=[FIRE_MINUTES])
    assert {citation.document_id for one in kept for citation in one.citations} == {FIRE_MINUTES}
    assert all(one.citations[0].number == 1 for one in kept)


def test_a_kind_keeps_its_events(found: tuple[Event, ...]) -> None:
    kept = select(found, kinds=[EventKind.DEPARTURE], documents=[SCHOOL])
    assert [one.text[:28] for one in kept] == ["Its head teacher, James Hall"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(date(2014, 8, 26), date(2014, 8, 26)), "26 August 2014"),
        (month_period(2014, 8), "August 2014"),
        (Period(date(2014, 1, 1), date(2014, 12, 31)), "2014"),
        (Period(date(2014, 1, 1), date(2015, 12, 31)), "2014 to 2015"),
        (Period(date(2014, 9, 16), date(2014, 10, 8)), "16 September to 8 October 2014"),
        (Period(date(2020, 10, 20), date(2020, 10, 22)), "20 to 22 October 2020"),
        (Period(date(2014, 12, 20), date(2015, 1, 3)), "20 December 2014 to 3 January 2015"),
        (Period(date(2015, 8, 1), date(2016, 4, 30)), "August 2015 to April 2016"),
        (Period(date(2015, 3, 1), date(2015, 5, 31)), "March to May 2015"),
    ],
)
def test_a_time_in_words_is_as_short_as_it_can_be(period: Period, words: str) -> None:
    assert in_words(period) == words


def test_only_what_is_said_of_a_theme_is_kept_where_its_places_are_given(found: tuple[Event, ...]) -> None:
    first = found[0].citations[0]
    kept = select(found, about={(first.document_id, first.start)})
    assert kept
    assert all(first.start in [one.start for one in event.citations] for event in kept)
    assert select(found, about=()) == ()


def test_years_counted_back_from_a_day_are_told_in_months() -> None:
    counted = Period(date(2001, 2, 11), date(2015, 2, 11))
    assert in_words(counted) == "February 2001 to February 2015"
