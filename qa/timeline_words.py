"""A time in words: "26 August 2014", "August 2014", "2014", "16 September to 8 October 2014"."""

from __future__ import annotations

from datetime import date

from corpus.period import Period, month_period
from qa.timeline_dates import Precision, precision_of


def in_words(period: Period) -> str:
    """The time as a person writes it, as short as its precision allows."""
    first, last = period.first, period.last
    precision = precision_of(period)
    if precision is Precision.DAY:
        return _day(first)
    if precision is Precision.MONTH:
        return f"{first:%B %Y}"
    if precision is Precision.YEAR:
        return str(first.year)
    if _is_year_start(first) and _is_year_end(last):
        return f"{first.year} to {last.year}"
    if _is_counted(first, last):
        return f"{first:%B %Y} to {last:%B %Y}"
    if first.day == 1 and last == month_period(last.year, last.month).last:
        return f"{first:%B}{_year_unless(first, last)} to {last:%B %Y}"
    return f"{first.day}{_month_unless(first, last)}{_year_unless(first, last)} to {_day(last)}"


def _is_counted(first: date, last: date) -> bool:
    """Whether it is years back from a day ("the past 14 years"): its first day is no day that is meant."""
    return first.year < last.year and (first.month, first.day) == (last.month, last.day)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _month_unless(first: date, last: date) -> str:
    return "" if (first.year, first.month) == (last.year, last.month) else f" {first:%B}"


def _year_unless(first: date, last: date) -> str:
    return "" if first.year == last.year else f" {first.year}"


def _is_year_start(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _is_year_end(day: date) -> bool:
    return (day.month, day.day) == (12, 31)
