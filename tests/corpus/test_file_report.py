"""Every file that was read has a report."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from corpus.extract import EmptyPage, LeftOut
from corpus.file_kind import FileKind
from corpus.file_report import FileReport, in_words, report_from_json
from corpus.proposals import Proposal
from corpus.read import read_changes
from tests.corpus.pdf_builder import pdf

REPORT = FileReport(
    path="letter.pdf",
    kind=FileKind.PDF,
    pages=4,
    empty_pages=(EmptyPage(2, "the page has no text layer; it may be a scan"),),
    recognised=(3, 4),
    tables=1,
    left_out=(
        LeftOut(1, "Official", "running head"),
        LeftOut(2, "2", "page number"),
        LeftOut(3, "O", "running head"),
    ),
    proposals=(Proposal("title", "Visit", "PDF properties"),),
    seconds=1.25,
)


def test_a_report_in_words_counts_what_was_read_and_left_out() -> None:
    assert in_words(REPORT) == (
        "letter.pdf: PDF, 4 pages, 1 page without text, 2 pages recognised from pictures (OCR), 1 table; "
        "left out: running head (2), page number (1); 1.2 s"
    )


def test_a_report_comes_back_from_json_as_it_was() -> None:
    assert report_from_json(json.loads(json.dumps(asdict(REPORT)))) == REPORT


def test_every_file_that_is_read_has_a_report_and_every_other_one_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["Words of the page."], [], title="Visit"))
    (tmp_path / "b.html").write_text(
        "<nav>Home</nav><h1>Visit</h1><table><tr><th>A<th>B<tr><td>c<td>d</table>"
    )
    (tmp_path / "c.csv").write_text("Area,Grade\nGas,Good\n")
    (tmp_path / "d.txt").write_text("Visit\n\nWords.\n\n| a | b |\n| c | d |\n")
    (tmp_path / "e.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    changes = read_changes(tmp_path, {})
    reports = {one.id: one.report for one in changes.sources if one.report}
    assert {name: (one.kind, one.pages, one.tables) for name, one in reports.items()} == {
        "a.pdf": (FileKind.PDF, 2, 0),
        "b.html": (FileKind.WEB_PAGE, 0, 1),
        "c.csv": (FileKind.TABLE, 0, 1),
        "d.txt": (FileKind.TEXT, 0, 1),
    }
    assert [one.page for one in reports["a.pdf"].empty_pages] == [2]
    assert reports["b.html"].left_out == (LeftOut(None, "Home", "navigation"),)
    assert Proposal("title", "Visit", "main heading") in reports["b.html"].proposals
    assert all(one.seconds >= 0 for one in reports.values())
    assert [(one.path, one.page) for one in changes.skipped] == [("a.pdf", 2), ("e.png", None)]


def test_a_file_that_did_not_change_keeps_its_report(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Area,Grade\nGas,Good\n")
    before = {one.id: one for one in read_changes(tmp_path, {}).sources}
    assert read_changes(tmp_path, before).sources == tuple(before.values())


@pytest.mark.parametrize(
    ("created", "day"), [("D:20160613120000+01'00'", "2016-06-13"), ("D:20161399", None), ("June", None)]
)
def test_the_day_on_which_a_pdf_was_made_is_among_its_properties(
    tmp_path: Path, created: str, day: str | None
) -> None:
    """It is proposed where the text speaks of days shortly before it."""
    (tmp_path / "a.pdf").write_bytes(pdf(["The visit was on 20 May 2016."], created=created))
    (source,) = read_changes(tmp_path, {}).sources
    assert source.report is not None
    found = {one.field: (one.value, one.source) for one in source.report.proposals}
    assert found.get("published") == ((day, "PDF properties") if day else None)
