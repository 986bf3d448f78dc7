"""A stretch of days, and reading it from English words ("August 2015", "20 to 22 October 2020")."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
# Meteorological seasons, as public bodies use them; winter runs into the next year.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""\b(?:
        (?P<iso>{_YEAR}-\d\d-\d\d)
      | (?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>{_YEAR})
      | (?P<month_us>{_MONTH})\.?\s+(?P<day_us>{_DAY}),?\s+(?P<year_us>{_YEAR})
      | (?P<month_only>{_MONTH})\.?\s+(?P<year_month>{_YEAR})
      | (?P<season>{"|".join(_SEASONS)})\s+(?:of\s+)?(?P<year_season>{_YEAR})
      | (?P<first_year>{_YEAR})[-–/](?P<last_year>\d\d)(?![-–/]?\d)
      | (?P<year_only>{_YEAR})
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
# "between 20 and 22 October 2020", "16 September to 8 October 2014", "August-October 2015": an
# earlier end that leaves out what the later end says.
_RANGE_START = re.compile(
    rf"(?<!\w)(?P<day>{_DAY})?\s*(?P<month>{_MONTH})?\.?\s*(?:and|to|until|[-–/])\s*$", re.IGNORECASE
)
_BETWEEN_DATES = re.compile(r"\s*(?:and|to|until|[-–/])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; `first <= last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends before it starts: {self.first} to {self.last}")

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Mention:
    """A period and where a text names it."""

    start: int
    end: int
    period: Period


def month_period(year: int, month: int) -> Period:
    """The days of one month."""
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def find_periods(text: str) -> list[Mention]:
    """The periods that `text` names, in order; a range of dates is one period.

    Impossible dates (31 June) and ranges that run backwards are not taken for dates.
    """
    found: list[Mention] = []
    for match in _DATE.finditer(text):
        period = _period(match)
        if period is None:
            continue
        mention = _with_range_start(text, Mention(match.start(), _end(match), period), found)
        if found and mention.start <= found[-1].start:
            found.pop()  # the range swallowed the date before it
        found.append(mention)
    return found


def _period(match: re.Match[str]) -> Period | None:
    group = match.groupdict()
    try:
        if group["iso"]:
            return _one_day(date.fromisoformat(group["iso"]))
        if group["day"]:
            return _one_day(_date(group["year"], group["month"], group["day"]))
        if group["day_us"]:
            return _one_day(_date(group["year_us"], group["month_us"], group["day_us"]))
    except ValueError:
        return None
    if group["month_only"]:
        return month_period(int(group["year_month"]), _MONTHS[group["month_only"].casefold()])
    if group["season"]:
        return _season(int(group["year_season"]), group["season"].casefold())
    first = int(group["first_year"] or group["year_only"])
    return Period(date(first, 1, 1), date(_second_year(match) or first, 12, 31))


def _second_year(match: re.Match[str]) -> int | None:
    """The later year of "2015-16"; None for "2015-10", which may be a month, and for every other form."""
    if not match["first_year"]:
        return None
    first = int(match["first_year"])
    last = 100 * (first // 100) + int(match["last_year"])
    return last if last > first else None


def _end(match: re.Match[str]) -> int:
    """Where a date ends; of "2015-10" only the year is one."""
    return match.end("first_year") if match["first_year"] and not _second_year(match) else match.end()


def _with_range_start(text: str, mention: Mention, found: list[Mention]) -> Mention:
    """The mention, stretched back over the start of the range that it ends, if it ends one."""
    last = mention.period.last
    first: date | None
    joint = _BETWEEN_DATES.fullmatch(text, found[-1].end, mention.start) if found else None
    if joint and _joins(text, found[-1].start, joint.group()):
        start, first = found[-1].start, found[-1].period.first
    else:
        opening = _RANGE_START.search(text, max(0, mention.start - 40), mention.start)
        if opening is None or not (opening["day"] or opening["month"]):
            return mention
        if not _joins(text, opening.start(), opening.group()):
            return mention
        start, first = opening.start(), _range_start(opening, mention.period)
    return Mention(start, mention.end, Period(first, last)) if first and first <= last else mention


def _joins(text: str, start: int, words: str) -> bool:
    """Whether `words` make one range of two dates; "and" does so only after "between"."""
    before = text[max(0, start - 20) : start].casefold().rstrip()
    return "and" not in words.casefold().split() or before.endswith("between")


def _range_start(opening: re.Match[str], end: Period) -> date | None:
    month = _MONTHS[opening["month"].casefold()] if opening["month"] else end.last.month
    day = int(re.sub(r"\D", "", opening["day"])) if opening["day"] else 1
    if opening["day"] and end.first != end.last:
        return None  # "the 22 and August 2015": no day to match it with
    try:
        return date(end.last.year, month, day)
    except ValueError:
        return None


def _season(year: int, name: str) -> Period:
    first, last = _SEASONS[name]
    last_year = year + (last < first)
    return Period(date(year, first, 1), month_period(last_year, last).last)


def _date(year: str, month: str, day: str) -> date:
    return date(int(year), _MONTHS[month.casefold()], int(re.sub(r"\D", "", day)))


def _one_day(day: date) -> Period:
    return Period(day, day)
