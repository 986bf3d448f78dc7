"""The times that a statement tells of, with their precision; missing years come from where it stands."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from corpus.period import Period, find_periods, month_period
from qa.timeline_relative import find_relative


class Precision(StrEnum):
    """How closely a time is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Reading(StrEnum):
    """How a time was read from the words."""

    NAMED = "named"  # in full
    COMPLETED = "completed"  # "in January": the year is that of the document
    RELATIVE = "relative"  # "last month", counted from the document


@dataclass(frozen=True, slots=True)
class Dated:
    """A time and where a statement's words name it: `words[start:end]`."""

    start: int
    end: int
    period: Period
    reading: Reading

    @property
    def precision(self) -> Precision:
        """Whether it is one day, one month, one year or another stretch."""
        return precision_of(self.period)


_YEAR = r"(?:19|20)\d\d"
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

# Numbers that look like years and are none: of laws, of the owner of a copyright, of references, and
# sums of money.
_NO_YEARS = (
    re.compile(
        rf"\b(?:Act|Regulations?|Order|Rules|Bill|Measure|Directive)\s+(?:\([^)]*\)\s+)?(?:of\s+)?({_YEAR})"
    ),
    re.compile(rf"(?:©|\(c\)|\bcopyright\b)[^.;\n]{{0,40}}?({_YEAR})", re.IGNORECASE),
    re.compile(
        rf"\b(?:no\.?|number|paragraph|page|section|room|ref\.?|reference)\s+({_YEAR})", re.IGNORECASE
    ),
    re.compile(rf"[£$€]\s?({_YEAR})(?!\d)"),
)
# "over 2000 children": a count, unless a word stands before it that goes with years.
_COUNT = re.compile(
    rf"(?P<before>[\w']+)\s+({_YEAR})\s+(?:people|children|staff|men|women|(?!was\b|has\b|is\b)[a-z]{{3,}}s)\b"
)
_BEFORE_YEARS = frozenset(
    "in since by from during until till of for the this that to and or before after throughout early late "
    "mid around between spring summer autumn winter".split()
) | frozenset(name.casefold() for name in _MONTHS)
# "Enfield 2017", "Keeping Children Safe 2013": a year that belongs to a name. What it names is dated by
# it where it is a report or an inspection.
_NAME = re.compile(rf"\b(?P<word>[A-Z][a-z]+(?:['’]s)?)\s+({_YEAR})(?=\s*(?:[.,;:)*\"”’']|$|\s[a-z]))")
_NO_NAMES = frozenset(
    (
        "In Since By From During Until Till Of For The This That To And Before After Throughout Between "
        "Early Late Around Spring Summer Autumn Winter Christmas Easter Year Inspection Inspections Report "
        "Reports Review Reviews Visit Visits Letter Survey Judgement Judgements Published"
    ).split()
) | frozenset([*_MONTHS, *calendar.month_abbr])
_DATED_BY_ITS_YEAR = re.compile(
    r"\s+(?:inspection|report|review|visit|survey|plan|strategy|audit|judgement)s?\b"
)

_TWO_YEARS = re.compile(rf"(?<![\d/-])(?P<first>{_YEAR})\s?[/–-]\s?(?P<last>\d{{1,2}})(?![\d/-])")
_DECADE = re.compile(r"\b(?P<decade>(?:19|20)\d)0s\b")
_NUMERIC = re.compile(
    rf"(?<![\d./-])(?P<day>\d{{1,2}})([./])(?P<month>\d{{1,2}})\2(?P<year>{_YEAR})(?![\d/])"
)
_ISO_MONTH = re.compile(rf"(?<![\d/-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?![\d/-])")

# Times without a year. A month alone needs a word before it, since "May" and "March" are words too.
_DAY_MONTH = re.compile(rf"(?<![\w/])(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})\b(?!,?\s+{_YEAR})")
_MONTH_ALONE = re.compile(
    r"\b(?i:in|since|by|until|till|from|during|throughout|between|last|next|this|early|late|mid|end of"
    rf"|start of)[\s-]+(?P<month>{_MONTH})\b(?!,?\s+\d)"
)
_FIRST_DAY = re.compile(rf"(?<![\w/])(?P<day>{_DAY})\s*(?P<joint>and|to|until|[-–])\s*$", re.IGNORECASE)
_OF_YEAR = re.compile(r"\s+(?:of\s+)?(?P<which>last|this|next) year\b", re.IGNORECASE)
_SECOND_MONTH = re.compile(rf"\s+(?:and|to)\s+(?P<month>{_MONTH})\b(?!,?\s+\d)")
_SAME_YEAR = re.compile(r"\s*(?:,|and|or|to|until|[-–])\s*(?:on\s+)?(?:the\s+)?(?:in\s+)?", re.IGNORECASE)
_CLAUSE_END = re.compile(r",|\band (?=(?:must|will|should|shall|is|are|was|were|has|have|had)\b)")
_JOINT = re.compile(r"\s*(?:and|to|until|[-–])\s*", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|must|should|is to|are to|is due|are due|planned|plans? to|next"
    r"|forthcoming|coming)\b",
    re.IGNORECASE,
)


# Without any of these nothing is told of a time: most sentences are done with here.
_HINT = re.compile(
    rf"\d|\b(?:{_MONTH}|\w+day|ago|last|past|next|this|that|same|coming|following|previous|preceding|later"
    r"|after|earlier|before)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Yearless:
    start: int
    end: int
    month: int
    day: int | None
    first_day: int | None = None  # of "11 to 13 June"
    years_on: int | None = None  # 0 for "June this year", -1 for "June last year"


def precision_of(period: Period) -> Precision:
    """The precision of a period: a whole month is one month, a whole year one year."""
    first, last = period.first, period.last
    if first == last:
        return Precision.DAY
    if period == month_period(first.year, first.month):
        return Precision.MONTH
    if period == _years(first.year, first.year):
        return Precision.YEAR
    return Precision.RANGE


def find_dates(words: str, anchor: Period | None, earlier: Period | None = None) -> tuple[Dated, ...]:
    """The times that `words` name, in order, each period once.

    `anchor` is the time that the words were written: the years of "26 May" and what "last month"
    means are counted from it. `earlier` is the time that the text before them named ("in the same
    year"). What cannot be counted from anything is left out.
    """
    if not _HINT.search(words):
        return ()
    found = list(_special(rest := _without_other_numbers(words)))
    rest = _blanked(rest, found)
    found += [Dated(one.start, one.end, one.period, Reading.NAMED) for one in find_periods(rest)]
    rest = _blanked(rest, found)
    found += _with_year(words, rest, found, anchor)
    rest = _blanked(rest, found)
    named = [(one.start, one.period) for one in sorted(found, key=lambda one: one.start)]
    found += [Dated(*place, Reading.RELATIVE) for place in find_relative(rest, anchor, earlier, named)]
    once: dict[Period, Dated] = {}
    for dated in sorted(found, key=lambda one: one.start):
        once.setdefault(dated.period, dated)
    return tuple(once.values())


def _without_other_numbers(words: str) -> str:
    """The words with the numbers blanked that look like years and are none."""
    spans = [match.span(1) for pattern in _NO_YEARS for match in pattern.finditer(words)]
    spans += [
        match.span(2) for match in _COUNT.finditer(words) if match["before"].lower() not in _BEFORE_YEARS
    ]
    spans += [match.span(2) for match in _NAME.finditer(words) if not _is_dated_by(words, match)]
    return _blank(words, spans)


def _is_dated_by(words: str, name: re.Match[str]) -> bool:
    """Whether the year after a capitalised word tells a time after all."""
    return name["word"] in _NO_NAMES or _DATED_BY_ITS_YEAR.match(words, name.end()) is not None


def _blanked(words: str, found: Sequence[Dated]) -> str:
    return _blank(words, [(one.start, one.end) for one in found])


def _blank(words: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        words = words[:start] + "\0" * (end - start) + words[end:]
    return words


def _special(words: str) -> Iterator[Dated]:
    """Forms that are no plain date: "2013/14", "2005/7", "the 1990s", "11/02/2015", "2014-11"."""
    for match in _TWO_YEARS.finditer(words):
        first = int(match["first"])
        last = int(match["first"][: -len(match["last"])] + match["last"])
        if first < last:
            yield Dated(*match.span(), _years(first, last), Reading.NAMED)
    for match in _DECADE.finditer(words):
        yield Dated(
            *match.span(), _years(int(match["decade"] + "0"), int(match["decade"] + "9")), Reading.NAMED
        )
    for match in _ISO_MONTH.finditer(words):
        yield Dated(*match.span(), month_period(int(match["year"]), int(match["month"])), Reading.NAMED)
    for match in _NUMERIC.finditer(words):
        day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
        if day is not None:
            yield Dated(*match.span(), Period(day, day), Reading.NAMED)


def _with_year(words: str, rest: str, found: Sequence[Dated], anchor: Period | None) -> list[Dated]:
    """Times without a year, each with the year of the time beside it, or of the document."""
    dated: list[Dated] = []
    for one in _yearless(rest):
        period = _completed(one, words, found, anchor)
        if period is not None:
            dated.append(Dated(one.start, one.end, period, Reading.COMPLETED))
    return _joined(words, dated)


def _yearless(rest: str) -> list[_Yearless]:
    found = [_of_day(rest, match) for match in _DAY_MONTH.finditer(rest)]
    for match in _MONTH_ALONE.finditer(rest):
        found.append(_Yearless(*match.span("month"), _MONTHS[match["month"]], None))
        if second := _SECOND_MONTH.match(rest, match.end()):
            found.append(_Yearless(*second.span("month"), _MONTHS[second["month"]], None))
    return [_with_steps(rest, one) for one in sorted(found, key=lambda one: one.start)]


def _of_day(rest: str, match: re.Match[str]) -> _Yearless:
    """ "13 June", with the day before it where it ends a range ("11 to 13 June")."""
    month, day = _MONTHS[match["month"]], _number(match["day"])
    opening = _FIRST_DAY.search(rest, max(0, match.start() - 20), match.start())
    if opening is None or _number(opening["day"]) >= day:
        return _Yearless(*match.span(), month, day)
    if opening["joint"].casefold() == "and" and not _after_between(rest, opening.start()):
        return _Yearless(*match.span(), month, day)
    return _Yearless(opening.start(), match.end(), month, day, _number(opening["day"]))


def _with_steps(rest: str, one: _Yearless) -> _Yearless:
    """With the words "last year" or "next year" that come after it."""
    match = _OF_YEAR.match(rest, one.end)
    if match is None:
        return one
    steps = {"last": -1, "this": 0, "next": 1}[match["which"].casefold()]
    return replace(one, end=match.end(), years_on=steps)


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _completed(one: _Yearless, words: str, found: Sequence[Dated], anchor: Period | None) -> Period | None:
    beside = next((other for other in found if _SAME_YEAR.fullmatch(words, one.end, other.start)), None)
    if beside is not None:
        return _in_year(one, beside.period.first.year)
    if anchor is None:
        return None
    if one.years_on is not None:
        return _in_year(one, anchor.last.year + one.years_on)
    if _AHEAD.search(_clause(words, one.start)):
        years = range(anchor.first.year, anchor.first.year + 2)
        periods = (_in_year(one, year) for year in years)
        return next((period for period in periods if period and period.first >= anchor.first), None)
    years = range(anchor.last.year, anchor.last.year - 2, -1)
    periods = (_in_year(one, year) for year in years)
    return next((period for period in periods if period and period.first <= anchor.last), None)


def _clause(words: str, at: int) -> str:
    """The words between the commas around an offset: "as you will know, as I wrote on 26 May" is past."""
    start = max(words.rfind(mark, 0, at) for mark in ",;:") + 1
    end = _CLAUSE_END.search(words, at)
    return words[start : end.start() if end else len(words)]


def _in_year(one: _Yearless, year: int) -> Period | None:
    if one.day is None:
        return month_period(year, one.month)
    first, last = _day(year, one.month, one.first_day or one.day), _day(year, one.month, one.day)
    return Period(first, last) if first and last else None


def _joined(words: str, dated: Sequence[Dated]) -> list[Dated]:
    """Two times made one range where "to" stands between them, or "and" after "between"."""
    joined: list[Dated] = []
    for one in dated:
        before = joined[-1] if joined else None
        if before and before.period.first < one.period.last and _joins(words, before, one):
            period = Period(before.period.first, one.period.last)
            joined[-1] = Dated(before.start, one.end, period, Reading.COMPLETED)
        else:
            joined.append(one)
    return joined


def _joins(words: str, one: Dated, other: Dated) -> bool:
    joint = _JOINT.fullmatch(words, one.end, other.start)
    if joint is None:
        return False
    return "and" not in joint.group().casefold() or _after_between(words, one.start)


def _after_between(words: str, at: int) -> bool:
    return words[:at].rstrip().casefold().endswith("between")


def _years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
