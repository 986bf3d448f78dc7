"""What reading one file came to, for the person who added it: nothing is dropped silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.extract import EmptyPage, Extract, LeftOut
from corpus.file_kind import FileKind
from corpus.proposals import Proposal


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was read from one file, and what was not.

    `pages` is 0 for a file without pages. `proposals` are what the file itself says about its title, dates
    and so on, each with where it stands; they hold where no catalogue names the file. `seconds` is the time
    that reading took.
    """

    path: str  # below the documents folder
    kind: FileKind
    pages: int
    empty_pages: tuple[EmptyPage, ...]
    recognised: tuple[int, ...]  # pages whose text was recognised in a picture, 1-based
    tables: int
    left_out: tuple[LeftOut, ...]
    proposals: tuple[Proposal, ...]
    seconds: float


def report_on_file(
    path: str, extract: Extract, proposals: tuple[Proposal, ...], seconds: float
) -> FileReport:
    """The report on a file that was read."""
    return FileReport(
        path,
        extract.kind,
        len(extract.pages),
        extract.empty_pages,
        extract.recognised,
        extract.tables,
        extract.left_out,
        proposals,
        round(seconds, 3),
    )


def report_from_json(written: Mapping[str, Any]) -> FileReport:
    """The report that `dataclasses.asdict` turned into `written`."""
    return FileReport(
        path=written["path"],
        kind=FileKind(written["kind"]),
        pages=written["pages"],
        empty_pages=tuple(EmptyPage(**one) for one in written["empty_pages"]),
        recognised=tuple(written["recognised"]),
        tables=written["tables"],
        left_out=tuple(LeftOut(**one) for one in written["left_out"]),
        proposals=tuple(Proposal(**one) for one in written["proposals"]),
        seconds=written["seconds"],
    )


def in_words(report: FileReport) -> str:
    """The report as one line: "letter.pdf: PDF, 4 pages, 1 table; left out: 3 times running head"."""
    facts = [str(report.kind), *_counts(report)]
    left_out = ", ".join(
        f"{reason} ({times})" for reason, times in Counter(one.reason for one in report.left_out).items()
    )
    ending = f"; left out: {left_out}" if left_out else ""
    return f"{report.path}: {', '.join(facts)}{ending}; {report.seconds:.1f} s"


def _counts(report: FileReport) -> Iterator[str]:
    if report.pages:
        yield _counted(report.pages, "page")
    if report.empty_pages:
        yield f"{_counted(len(report.empty_pages), 'page')} without text"
    if report.recognised:
        yield f"{_counted(len(report.recognised), 'page')} recognised from pictures (OCR)"
    if report.tables:
        yield _counted(report.tables, "table")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
