"""What time a passage speaks of, and how well it fits the time that is asked for."""

from datetime import date

import pytest

from corpus.document import Details, Passage
from corpus.period import Period, find_periods, month_period
from qa.times import Times, best_fit, fit, passage_times

LETTER = Details("Letter", published=date(2016, 6, 13), period=Period(date(2015, 8, 1), date(2016, 6, 13)))
REPORT = Details("Report", published=date(2015, 2, 11), period=Period(date(2000, 1, 1), date(2015, 2, 11)))


def times(text: str, details: Details, when: Period | None = None) -> Times:
    passage = Passage("p", "d", 0, len(text), text, "", (), when, None, ())
    return passage_times(passage, details)


def asked(words: str) -> Period:
    return find_periods(words)[0].period


def test_a_passage_that_names_the_time_fits_best() -> None:
    assert fit(times("In 2009 it was poor.", REPORT), asked("2009")) == 1.0


def test_the_heading_of_its_section_dates_a_passage_and_nothing_else_does_then() -> None:
    visit = times("Risk was not explored.", LETTER, when=month_period(2015, 10))
    assert fit(visit, asked("October 2015")) == 1.0
    assert fit(visit, asked("March 2016")) == 0.0


def test_a_document_about_little_else_fits_better_than_one_about_many_years() -> None:
    assert fit(times("Risk was not explored.", LETTER), asked("2015")) == 0.8
    assert fit(times("Risk was not explored.", REPORT), asked("2009")) == 0.4


def test_a_document_published_in_the_year_fits_a_little() -> None:
    published = Details("Article", published=date(2014, 11, 19))
    assert fit(times("It was inadequate.", published), asked("2014")) == 0.6
    assert fit(times("It was inadequate.", published), asked("2015")) == 0.0


@pytest.mark.parametrize(("words", "best"), [("2009 and 2016", 0.8), ("1990", 0.0), ("", 1.0)])
def test_of_several_times_the_best_counts_and_without_any_all_fit(words: str, best: float) -> None:
    periods = [mention.period for mention in find_periods(words)]
    assert best_fit(times("Risk was not explored.", LETTER), periods) == best
