"""Reading periods from words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.period import Period, find_periods, month_period


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], str(m.period.first), str(m.period.last)) for m in find_periods(text)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("30 September 2014", "2014-09-30", "2014-09-30"),
        ("26th of August 2014", "2014-08-26", "2014-08-26"),
        ("November 19, 2014", "2014-11-19", "2014-11-19"),
        ("2014-11-19", "2014-11-19", "2014-11-19"),
        ("April 2016", "2016-04-01", "2016-04-30"),
        ("February 2016", "2016-02-01", "2016-02-29"),
        ("autumn 2015", "2015-09-01", "2015-11-30"),
        ("winter 2015", "2015-12-01", "2016-02-29"),
        ("2010", "2010-01-01", "2010-12-31"),
        ("2015-16", "2015-01-01", "2016-12-31"),
        ("2014/15", "2014-01-01", "2015-12-31"),
    ],
)
def test_each_form_of_a_date_is_read(words: str, first: str, last: str) -> None:
    assert found(f"In {words} it began.") == [(words, first, last)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("20 to 22 October 2020", "2020-10-20", "2020-10-22"),
        ("16 September to 8 October 2014", "2014-09-16", "2014-10-08"),
        ("August 2015-April 2016", "2015-08-01", "2016-04-30"),
        ("August-October 2015", "2015-08-01", "2015-10-31"),
        ("1997 to 2013", "1997-01-01", "2013-12-31"),
    ],
)
def test_a_range_is_one_period(words: str, first: str, last: str) -> None:
    assert found(words) == [(words, first, last)]


def test_digits_that_make_no_later_year_are_no_part_of_a_date() -> None:
    assert found("since 2015-10") == [("2015", "2015-01-01", "2015-12-31")]


def test_and_joins_two_dates_only_after_between() -> None:
    assert [end for _, _, end in found("between August 2015 and April 2016")] == ["2016-04-30"]
    assert len(found("in October 2015 and March 2016")) == 2


def test_impossible_dates_are_not_taken_for_days() -> None:
    assert found("31 June 2014") == []


def test_a_range_that_runs_backwards_is_two_dates() -> None:
    assert len(found("2016 to 2014")) == 2


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it starts: 2015-01-02 to 2015-01-01"):
        Period(date(2015, 1, 2), date(2015, 1, 1))


def test_periods_overlap_when_they_share_a_day() -> None:
    march = month_period(2016, 3)
    assert march.overlaps(Period(date(2016, 3, 31), date(2016, 5, 1)))
    assert not march.overlaps(month_period(2016, 4))


@given(st.text(alphabet="0123 -/,.toandbewJuneAugust2014 ", max_size=60))
def test_mentions_stand_in_order_inside_any_text(text: str) -> None:
    mentions = find_periods(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
