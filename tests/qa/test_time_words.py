"""Times that a question names with words around a date or an event."""

from datetime import date

import pytest

from corpus.period import Period
from qa.time_words import times_asked

YEAR = Period(date(2015, 1, 1), date(2015, 12, 31))
BEFORE = Period(date.min, date(2014, 12, 31))
AFTER = Period(date(2015, 12, 31), date.max)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("What changed since 2015?", (AFTER,)),
        ("What was found after 2015?", (AFTER,)),
        ("What was found from 2015 onwards?", (AFTER,)),
        ("Who was in charge before 2015?", (BEFORE,)),
        ("Who was in charge until 2015?", (BEFORE,)),
        ("Who was in charge in 2015?", ()),
    ],
)
def test_words_before_a_date_open_the_time(asked: str, expected: tuple[Period, ...]) -> None:
    times = times_asked(asked)
    assert (times.named, times.open) == ((YEAR,), expected)


@pytest.mark.parametrize("asked", ["What is the latest grade?", "What was the most recent visit about?"])
def test_the_latest_is_asked_for_in_words(asked: str) -> None:
    assert times_asked(asked).latest


def test_an_event_is_looked_up_where_no_date_stands() -> None:
    looked_up = []

    def date_of(event: str) -> Period | None:
        looked_up.append(event)
        return YEAR

    assert times_asked("Who was in charge before the Northby report?", date_of).open == (BEFORE,)
    assert times_asked("What changed after the Northby inspection?", date_of).open == (AFTER,)
    assert looked_up == ["the Northby report", "the Northby inspection"]


def test_an_event_that_no_document_dates_opens_nothing() -> None:
    assert times_asked("Who was in charge before the Northby report?", lambda _: None).open == ()
