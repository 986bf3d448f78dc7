"""Grades that a table gives: in a column of grades, or in columns that are years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.period import Period
from qa.grades_wording import Graded, is_grade
from qa.timeline_dates import find_dates

_GRADES = re.compile(r"\b(?:grade|judgement|judgment|rating|outcome)s?\b", re.IGNORECASE)
_CELL = re.compile(r"[^|]+")


@dataclass(frozen=True, slots=True)
class RowGrade:
    """A grade in a table row; `period` is what the heading of its column names, if it names one."""

    graded: Graded
    period: Period | None


def find_row_grades(columns: str, row: str) -> tuple[RowGrade, ...]:
    """The cells of a row that hold a grade and nothing else, under a heading such as "Grade" or "2009".

    The area is the row's first cell with letters that is no such grade.
    """
    headings, cells = _cells(columns), _cells(row)
    if len(headings) != len(cells):
        return ()
    found: list[tuple[re.Match[str], Period | None]] = []
    area = ""
    for heading, cell in zip(headings, cells, strict=True):
        dates = find_dates(heading.group(), None)
        if is_grade(cell.group()) and (dates or _GRADES.search(heading.group())):
            found.append((cell, dates[0].period if dates else None))
        elif not area and re.search(r"[A-Za-z]{2}", cell.group()):
            area = cell.group().strip()
    return tuple(RowGrade(_graded(cell, area), period) for cell, period in found)


def _cells(row: str) -> list[re.Match[str]]:
    return list(_CELL.finditer(row.strip().strip("|"))) if "|" in row else []


def _graded(cell: re.Match[str], area: str) -> Graded:
    words = cell.group().strip(" *_\"“”'")
    return Graded(cell.start(), cell.end(), words.casefold(), area)
