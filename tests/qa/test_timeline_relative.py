"""Times that are counted from another."""

from datetime import date

import pytest

from corpus.period import Period, month_period
from qa.timeline_relative import find_relative

WEDNESDAY = Period(date(2019, 11, 20), date(2019, 11, 20))
MARCH = month_period(2016, 3)


def found(words: str, written: Period | None, earlier: Period | None = None) -> list[tuple[str, str]]:
    return [(str(one.first), str(one.last)) for _, _, one in find_relative(words, written, earlier)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("It was published yesterday.", "2019-11-19", "2019-11-19"),
        ("They met on Monday.", "2019-11-18", "2019-11-18"),
        ("They will meet next Friday.", "2019-11-22", "2019-11-22"),
        ("Last week it rained.", "2019-11-11", "2019-11-17"),
        ("Last month she was appointed.", "2019-10-01", "2019-10-31"),
        ("In this year's results", "2019-01-01", "2019-12-31"),
        ("Over the past two years", "2017-11-20", "2019-11-20"),
        ("Over the past decade", "2009-11-20", "2019-11-20"),
        ("In each of the last four years", "2015-11-20", "2019-11-20"),
        ("Six months ago", "2019-05-01", "2019-05-31"),
        ("Three years ago", "2016-01-01", "2016-12-31"),
    ],
)
def test_from_the_day_of_the_document(words: str, first: str, last: str) -> None:
    assert found(words, WEDNESDAY) == [(first, last)]


def test_from_a_month_whole_months_are_counted_and_no_day_is_known() -> None:
    assert found("over the past six months", MARCH) == [("2015-10-01", "2016-03-31")]
    assert found("yesterday", MARCH) == []


@pytest.mark.parametrize(
    "words", ["the last few weeks", "in recent months", "at the last minute", "five months"]
)
def test_a_vague_time_is_none(words: str) -> None:
    assert found(words, WEDNESDAY) == []


def test_the_same_year_is_that_of_the_time_before() -> None:
    earlier = month_period(2005, 4)
    assert found("In the same year it closed.", None, earlier) == [("2005-01-01", "2005-12-31")]
    assert found("It closed in the following year.", None, earlier) == [("2006-01-01", "2006-12-31")]
    assert found("Three years later it closed.", None, earlier) == [("2008-01-01", "2008-12-31")]


def test_a_time_in_the_words_themselves_counts_before_an_earlier_one() -> None:
    words = "The 2016 plan was withdrawn in the following year."
    year = Period(date(2016, 1, 1), date(2016, 12, 31))
    (one,) = find_relative(words, None, month_period(2005, 4), [(4, year)])
    assert one[2].first.year == 2017


def test_nothing_is_counted_from_nothing() -> None:
    assert found("Last month, in the same year", None) == []
