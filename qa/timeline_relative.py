"""Times that are counted from another: "yesterday", "the past two years", "in the same year"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from corpus.period import Period, month_period

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        start=1,
    )
} | {"a": 1, "an": 1}
_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_Resolve = Callable[["re.Match[str]", Period], Period | None]


def find_relative(
    words: str,
    anchor: Period | None,
    earlier: Period | None,
    named: Sequence[tuple[int, Period]] = (),
) -> Iterator[tuple[int, int, Period]]:
    """Start, end and period of each time that is counted from another.

    `anchor` is when the words were written, `earlier` the time that was named before them, `named`
    the offsets and times that they name themselves, in order. A time without the one that it is
    counted from is left out.
    """
    for pattern, resolve in _FROM_THE_DOCUMENT:
        for match in pattern.finditer(words) if anchor else ():
            yield from _resolved(match, resolve, anchor)
    for pattern, resolve in _FROM_THE_TEXT:
        for match in pattern.finditer(words):
            before = [period for at, period in named if at < match.start()]
            yield from _resolved(match, resolve, before[-1] if before else earlier)


def _resolved(
    match: re.Match[str], resolve: _Resolve, known: Period | None
) -> Iterator[tuple[int, int, Period]]:
    period = resolve(match, known) if known else None
    if period is not None:
        yield *match.span(), period


def _yesterday(_: re.Match[str], anchor: Period) -> Period | None:
    return _day(anchor.first - timedelta(days=1)) if _is_day(anchor) else None


def _weekday(match: re.Match[str], anchor: Period) -> Period | None:
    """The last such day before the document, or the next one after it."""
    if not _is_day(anchor):
        return None
    apart = (anchor.first.weekday() - _WEEKDAYS.index(match["weekday"])) % 7 or 7
    next_one = (match["which"] or "").casefold() == "next"
    return _day(anchor.first + timedelta(days=7 - apart % 7 if next_one else -apart))


def _neighbour(match: re.Match[str], anchor: Period) -> Period | None:
    """ "last month", "this year", "next week"."""
    steps = {"this": 0, "next": 1, "coming": 1}.get(match["which"].casefold(), -1)
    unit = match["unit"].casefold()
    if unit == "week":
        return _week(anchor.last + timedelta(weeks=steps)) if _is_day(anchor) else None
    return _whole(anchor.last + _steps(unit, steps), unit)


def _stretch(match: re.Match[str], anchor: Period) -> Period:
    """ "the past six months": up to the document; whole months where only its month is known."""
    unit = match["unit"].casefold()
    number = _number(match["number"]) if match["number"] else 1
    day_after = anchor.last + timedelta(days=0 if _is_day(anchor) else 1)
    return Period(day_after + _steps(unit, -number), anchor.last)


def _ago(match: re.Match[str], anchor: Period) -> Period | None:
    """ "three weeks ago": as close as the unit is."""
    unit, number = match["unit"].casefold(), _number(match["number"])
    then = anchor.last + _steps(unit, -number)
    if unit in ("day", "week") and not _is_day(anchor):
        return None
    return _week(then) if unit == "week" else _whole(then, unit)


def _same(match: re.Match[str], earlier: Period) -> Period | None:
    """ "in the same year", "the following month"."""
    which, unit = match["which"].casefold(), match["unit"].casefold()
    if unit == "month" and earlier.first.month != earlier.last.month:
        return None  # of a year no month is known
    steps = {"same": 0, "that": 0, "following": 1, "next": 1}.get(which, -1)
    return _whole(earlier.last + _steps(unit, steps), unit)


def _later(match: re.Match[str], earlier: Period) -> Period:
    """ "three years later"."""
    number = _number(match["number"])
    later = match["direction"].casefold() in ("later", "after")
    return _year(earlier.last.year + (number if later else -number))


_I = re.IGNORECASE
_FROM_THE_DOCUMENT: tuple[tuple[re.Pattern[str], _Resolve], ...] = (
    (re.compile(r"\byesterday\b", _I), _yesterday),
    (re.compile(rf"\b(?:[Oo]n|(?P<which>last|next))\s+(?P<weekday>{'|'.join(_WEEKDAYS)})\b"), _weekday),
    (
        re.compile(r"(?<!\bthe )\b(?P<which>last|this|next|coming) (?P<unit>week|month|year)\b", _I),
        _neighbour,
    ),
    (
        re.compile(rf"\b(?:last|past|previous|preceding) (?:{_NUMBER}[ -])(?:calendar )?{_UNIT}\b", _I),
        _stretch,
    ),
    (re.compile(r"\bthe (?:last|past)(?P<number>) (?P<unit>month|year|decade)\b", _I), _stretch),
    (re.compile(rf"\b{_NUMBER} {_UNIT} ago\b", _I), _ago),
)
_FROM_THE_TEXT: tuple[tuple[re.Pattern[str], _Resolve], ...] = (
    (
        re.compile(
            r"\b(?:in|during|later|by the end of) (?:the )?(?P<which>same|that) (?P<unit>month|year)\b", _I
        ),
        _same,
    ),
    (re.compile(r"\b(?:in )?the (?P<which>following|previous|preceding) (?P<unit>month|year)\b", _I), _same),
    (re.compile(rf"\b{_NUMBER} (?:years?) (?P<direction>later|after|earlier|before)\b", _I), _later),
)


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else _NUMBERS[words.casefold()]


def _steps(unit: str, number: int) -> relativedelta:
    days, months = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12), "decade": (0, 120)}[unit]
    return relativedelta(days=days * number, months=months * number)


def _whole(then: date, unit: str) -> Period:
    if unit == "day":
        return _day(then)
    return month_period(then.year, then.month) if unit == "month" else _year(then.year)


def _week(then: date) -> Period:
    monday = then - timedelta(days=then.weekday())
    return Period(monday, monday + timedelta(days=6))


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _day(then: date) -> Period:
    return Period(then, then)


def _is_day(period: Period) -> bool:
    return period.first == period.last
