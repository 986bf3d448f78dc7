"""What reading a file came to, as people are shown it: what was read, what was not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.frame import escape
from ui.markup import counted

if TYPE_CHECKING:
    from corpus.file_report import FileReport

MOST_SHOWN = 30  # of what was left out, one by one
LONGEST_WORDS = 80  # characters of words that were left out


def facts_of(report: FileReport) -> str:
    """The kind and what there is of it: "PDF, 4 pages, 1 table"; in plain text."""
    return ", ".join(_facts(report))


def left_out_html(report: FileReport) -> str:
    """Pages without text and words that were left out, each with its reason; empty where there are none."""
    lines = list(_lines(report))
    if not lines:
        return ""
    more = len(lines) - MOST_SHOWN
    shown = "".join(f"<li>{escape(line)}</li>" for line in lines[:MOST_SHOWN])
    rest = f"<li>and {more:,} more of this kind</li>" if more > 0 else ""
    return f"<details><summary>{_summary(report)}</summary><ul>{shown}{rest}</ul></details>"


def proposed_from(report: FileReport) -> dict[str, str]:
    """Where each proposed detail was found, by its field."""
    return {one.field: one.source for one in report.proposals}


def _facts(report: FileReport) -> Iterator[str]:
    yield str(report.kind)
    if report.pages:
        yield counted(report.pages, "page")
    if report.tables:
        yield counted(report.tables, "table")
    if report.recognised:
        yield f"{counted(len(report.recognised), 'page')} recognised from pictures (OCR)"


def _summary(report: FileReport) -> str:
    said = []
    if report.empty_pages:
        said.append(f"{counted(len(report.empty_pages), 'page')} without text")
    if report.left_out:
        said.append(f"{counted(len(report.left_out), 'piece')} left out")
    return f"Not read: {', '.join(said)}"


def _lines(report: FileReport) -> Iterator[str]:
    for page in report.empty_pages:
        yield f"Page {page.page}: {page.reason}"
    for one in report.left_out:
        words = " ".join(one.words.split())
        cut = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]} ..."
        place = f"Page {one.page}: " if one.page else ""
        yield f"{place}{one.reason}" + (f": {cut}" if cut else "")
