"""The commands that print themes and grades."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.history import InspectionHistory
from tests.ui.training_site import assistant_over, write_documents
from ui.cli import main
from ui.training_commands import print_theme, print_themes


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_documents(tmp_path_factory.mktemp("parks"))


@pytest.fixture(scope="module")
def history(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> InspectionHistory:
    return assistant_over(documents, tmp_path_factory.mktemp("data")).inspection_history()


def test_grades_are_printed_with_their_quotation(documents: Path, capsys: Any) -> None:
    assert main(["grades", "--documents", str(documents)]) == 0
    output = capsys.readouterr().out
    assert "1 to 3 May 2018, Lighting in the parks: poor (framework not named)" in output
    assert "“Lighting in the parks was judged to be poor.”" in output


def test_grades_as_json_are_verbatim(documents: Path, capsys: Any) -> None:
    main(["grades", "--json", "--documents", str(documents)])
    grades = json.loads(capsys.readouterr().out)["grades"]
    assert [one["grade"] for one in grades] == ["poor", "good"]
    for one in grades:
        text = (documents / one["document"]).read_text(encoding="utf-8")
        assert text[one["start"] : one["end"]] == one["text"]


def test_a_theme_is_printed_inspection_by_inspection(history: InspectionHistory, capsys: Any) -> None:
    print_theme(history.theme("lighting"), history.details, as_json=False)
    output = capsys.readouterr().out
    assert output.index("Inspection of parks") < output.index("Parks in 2021")
    assert "area for development: “Lighting in the parks was judged to be poor.”" in output
    assert "Reason: its grade: “poor”" in output


def test_a_theme_as_json_has_marks_and_reasons(history: InspectionHistory, capsys: Any) -> None:
    print_theme(history.theme("lighting"), history.details, as_json=True)
    first, second = json.loads(capsys.readouterr().out)["inspections"]
    assert "area for development" in [one["mark"] for one in first["findings"]]
    assert [one["mark"] for one in second["findings"]] == ["strength"]


def test_a_theme_of_which_nothing_is_said_says_so(history: InspectionHistory, capsys: Any) -> None:
    print_theme(history.theme("swimming"), history.details, as_json=False)
    assert capsys.readouterr().out.count("The documents say nothing here.") == 2


def test_without_words_what_came_back_is_listed(history: InspectionHistory, capsys: Any) -> None:
    print_themes(history, as_json=False)
    assert "Came back: No lighting after dark: 2012, 2015" in capsys.readouterr().out
    print_themes(history, as_json=True)
    assert json.loads(capsys.readouterr().out)["came_back"][0]["area"] == "No lighting after dark"


def test_an_empty_theme_is_refused_in_one_sentence(documents: Path, tmp_path: Path, capsys: Any) -> None:
    assert main(["themes", " ", "--documents", str(documents), "--data", str(tmp_path)]) == 2
    assert "empty" in capsys.readouterr().err
