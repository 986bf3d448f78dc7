"""The times that a statement tells of."""

from datetime import date

import pytest

from corpus.period import Period, month_period
from qa.timeline_dates import Precision, Reading, find_dates, precision_of

WRITTEN = Period(date(2019, 11, 20), date(2019, 11, 20))  # a Wednesday


def dates(words: str, written: Period | None = WRITTEN) -> list[str]:
    """Each time as "first..last", a single day as itself."""
    return [show(one.period) for one in find_dates(words, written)]


def show(period: Period) -> str:
    return str(period.first) if period.first == period.last else f"{period.first}..{period.last}"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The pool was opened on 3 May 2011.", ["2011-05-03"]),
        ("The pool was opened in 2011.", ["2011-01-01..2011-12-31"]),
        ("Budgets of 2012/13 and 2014-15", ["2012-01-01..2013-12-31", "2014-01-01..2015-12-31"]),
        ("For a short time in 2005/7 it was better.", ["2005-01-01..2007-12-31"]),
        ("In the 1990s there was no pool.", ["1990-01-01..1999-12-31"]),
        ("It was signed on 11/02/2015.", ["2015-02-11"]),
        ("It was signed in 2014-11.", ["2014-11-01..2014-11-30"]),
        ("From 2010 to 2014 she was the leader.", ["2010-01-01..2014-12-31"]),
        ("1997-2009 and 2009 - 2013", ["1997-01-01..2009-12-31", "2009-01-01..2013-12-31"]),
        ("2009 (x2), 2011, 2009", ["2009-01-01..2009-12-31", "2011-01-01..2011-12-31"]),
    ],
)
def test_a_time_that_is_named_in_full_is_found_once(words: str, found: list[str]) -> None:
    assert dates(words, written=None) == found


@pytest.mark.parametrize(
    "words",
    [
        "It is asked for by the Local Government Act 1972.",
        "Section 8 of the Education (Schools) Act 1997 says so.",
        "© Crown copyright 2015",
        "Over 2000 people signed.",
        "They spent £2015 on books.",
        "See paragraph 2010 of the file.",
        "This fits the work of Eastham 2017, our own programme.",
        "You may march on.",
        "This may be done in the last few weeks.",
    ],
)
def test_a_number_or_word_that_only_looks_like_a_time_is_none(words: str) -> None:
    assert dates(words) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Inspectors came between 16 September and 8 October.", ["2019-09-16..2019-10-08"]),
        ("Inspectors came from 11 to 13 June and on 20 June.", ["2019-06-11..2019-06-13", "2019-06-20"]),
        ("As you will know, I wrote to you on 26 May.", ["2019-05-26"]),
        ("A notice was issued on 5 June and must be met by 31 December.", ["2019-06-05", "2019-12-31"]),
        ("She is to take over in January.", ["2020-01-01..2020-01-31"]),
        ("The plan must be sent by 30 September.", ["2020-09-30"]),
        ("It met in October and November 2015.", ["2015-10-01..2015-10-31", "2015-11-01..2015-11-30"]),
        ("It met in May and June.", ["2019-05-01..2019-05-31", "2019-06-01..2019-06-30"]),
        ("It closed in January last year.", ["2018-01-01..2018-01-31"]),
    ],
)
def test_a_time_without_a_year_gets_that_of_its_neighbour_or_of_the_document(
    words: str, found: list[str]
) -> None:
    assert dates(words) == found


def test_without_a_date_of_the_document_a_time_without_a_year_is_left_out() -> None:
    assert dates("Inspectors came in June.", written=None) == []


def test_how_a_time_was_read_is_kept() -> None:
    found = find_dates("On 3 May 2011, in June and last month", WRITTEN)
    assert [one.reading for one in found] == [Reading.NAMED, Reading.COMPLETED, Reading.RELATIVE]


def test_a_time_is_where_its_words_stand() -> None:
    words = "It was opened on 3 May 2011."
    (found,) = find_dates(words, None)
    assert words[found.start : found.end] == "3 May 2011"


@pytest.mark.parametrize(
    ("period", "precision"),
    [
        (WRITTEN, Precision.DAY),
        (month_period(2016, 2), Precision.MONTH),
        (Period(date(2016, 1, 1), date(2016, 12, 31)), Precision.YEAR),
        (Period(date(2016, 2, 1), date(2016, 2, 28)), Precision.RANGE),
    ],
)
def test_a_whole_month_or_year_is_one(period: Period, precision: Precision) -> None:
    assert precision_of(period) is precision
