"""The lists that a careful reader made of the dated statements and of the grades in the documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from corpus.period import Period, month_period
from eval.errors import BadLines, Problem
from eval.jsonl import BadLine, Object, checked, field, read_lines, read_object

_HERE = Path(__file__).parent
BUNDLED_EVENTS = _HERE / "timeline.jsonl"
BUNDLED_GRADES = _HERE / "grades.jsonl"

_PRECISIONS = ("day", "month", "year", "range")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """A dated statement: where it stands, and the times that are right for it, the best one first."""

    id: str
    document: str
    start: int
    quote: str
    periods: tuple[Period, ...]
    kind: str
    by_section: bool  # only the heading of its section dates it
    optional: bool  # right to show and right to leave out

    @property
    def end(self) -> int:
        """Where the quotation ends."""
        return self.start + len(self.quote)


@dataclass(frozen=True, slots=True)
class ListedGrade:
    """A grade that a document gives to an area."""

    id: str
    document: str
    quotes: tuple[str, ...]  # any of which may be quoted for it
    periods: tuple[Period, ...]
    area: str
    grade: str
    framework: str
    optional: bool


def read_events(path: Path) -> tuple[ListedEvent, ...]:
    """The list of dated statements; raises BadLines with every line that cannot be used."""
    return _read(path, _event)


def read_grades(path: Path) -> tuple[ListedGrade, ...]:
    """The list of grades; raises BadLines with every line that cannot be used."""
    return _read(path, _grade)


def _read(path: Path, build: Callable[[Object], T]) -> tuple[T, ...]:
    found, problems = [], []
    for number, line in read_lines(path):
        try:
            found.append(build(read_object(line)))
        except BadLine as exc:
            problems.append(Problem(number, str(exc)))
    if problems:
        raise BadLines(path.name, problems)
    return tuple(found)


def _event(content: Object) -> ListedEvent:
    return ListedEvent(
        id=field(content, "id", str),
        document=field(content, "document", str),
        start=field(content, "start", int),
        quote=field(content, "quote", str),
        periods=_periods(content),
        kind=field(content, "kind", str),
        by_section=_flag(content, "by_section"),
        optional=_flag(content, "optional"),
    )


def _grade(content: Object) -> ListedGrade:
    also = checked(content.get("also_quoted", []), list, "'also_quoted'")
    return ListedGrade(
        id=field(content, "id", str),
        document=field(content, "document", str),
        quotes=(field(content, "quote", str), *(checked(one, str, "a quotation") for one in also)),
        periods=_periods(content),
        area=field(content, "area", str),
        grade=field(content, "grade", str),
        framework=field(content, "framework", str),
        optional=_flag(content, "optional"),
    )


def _flag(content: Object, key: str) -> bool:
    return checked(content.get(key, False), bool, f"'{key}'")


def _periods(content: Object) -> tuple[Period, ...]:
    """The time that is best, then those that are right as well."""
    also = checked(content.get("also_right", []), list, "'also_right'")
    return tuple(_period(one) for one in (content, *(checked(one, dict, "a time") for one in also)))


def _period(content: Object) -> Period:
    first, precision = _day(field(content, "date", str)), field(content, "precision", str)
    if precision == "day":
        return Period(first, first)
    if precision == "month":
        return month_period(first.year, first.month)
    if precision == "year":
        return Period(date(first.year, 1, 1), date(first.year, 12, 31))
    if precision != "range":
        raise BadLine(f"has the precision '{precision}'; expected one of {', '.join(_PRECISIONS)}")
    return Period(first, _day(field(content, "date_end", str)))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as exc:
        raise BadLine(f"has the date '{written}'; expected one such as 2014-09-30") from exc
