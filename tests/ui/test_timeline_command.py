"""The command that lists what the documents date."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from corpus.collection import Collection
from corpus.errors import DocumentsNotFound
from ui.errors import UsageError
from ui.timeline_command import add_timeline_options, run_timeline

LETTER = """4 May 2018

Dear Ms Smith

The pool was opened on 3 May 2011. It was closed in 2014.

Yours sincerely
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    return folder


def run(place: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_timeline_options(parser)
    return run_timeline(parser.parse_args(arguments), Collection(place))


def test_each_event_is_printed_with_its_quotation_and_place(place: Path, capsys: Any) -> None:
    assert run(place) == 0
    output = capsys.readouterr().out
    assert (
        output.index("3 May 2011 (event)")
        < output.index("2014 (event)")
        < output.index("4 May 2018 (report)")
    )
    assert "“The pool was opened on 3 May 2011.”" in output
    assert "(letter.txt)" in output


def test_json_is_one_object(place: Path, capsys: Any) -> None:
    run(place, "--json", "--to", "2011-05")
    (event,) = json.loads(capsys.readouterr().out)["events"]
    assert (event["date"], event["precision"]) == ("2011-05-03", "day")


def test_nothing_found_is_said(place: Path, capsys: Any) -> None:
    assert run(place, "--from", "2030") == 0
    assert capsys.readouterr().out == "The documents date nothing that fits.\n"


def test_files_are_written_and_nothing_is_printed(place: Path, tmp_path: Path, capsys: Any) -> None:
    table, calendar = tmp_path / "t.csv", tmp_path / "t.ics"
    run(place, "--csv", str(table), "--ics", str(calendar))
    assert table.read_text(encoding="utf-8-sig").startswith("date,date_end,")
    assert len(Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")) == 3
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--from", "soon"), "--from 'soon' is no date; give a day (2014-08-26)"),
        (("--from", "2014-13"), "is no date"),
        (("--from", "2015", "--to", "2014"), "--to 2014 lies before --from 2015"),
        (("--kind", "party"), "There is no kind of event 'party'; choose among these: inspection, report"),
        (("--document", "other.txt"), "There is no document 'other.txt'; choose among these: 'letter.txt'."),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(
    place: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(UsageError) as raised:
        run(place, *arguments)
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(place: Path, capsys: Any) -> None:
    (place / "picture.png").write_bytes(b"no text")
    run(place)
    assert "Not read: picture.png" in capsys.readouterr().err


def test_a_place_without_documents_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentsNotFound):
        run(tmp_path / "nowhere")


def test_only_what_is_said_at_the_places_of_a_theme_is_printed(place: Path, capsys: Any) -> None:
    parser = argparse.ArgumentParser()
    add_timeline_options(parser)
    start = LETTER.index("The pool was opened")
    assert run_timeline(parser.parse_args([]), Collection(place), {("letter.txt", start)}) == 0
    output = capsys.readouterr().out
    assert "opened on 3 May 2011" in output
    assert "closed in 2014" not in output
