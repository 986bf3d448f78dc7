"""The command line that scripts and other programs rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.assistant import Assistant
from ui.cli import bundled_documents, data_folder, main

QUESTION = "How many cases did inspectors refer back to the authority?"


@pytest.fixture(scope="module")
def data(bundled: Assistant, data_folder: Path) -> list[str]:
    """The option that names a data folder in which the bundled documents are indexed already."""
    return ["--data", str(data_folder)]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, the output and the complaints of one command."""
    try:
        status = main(arguments)
    except SystemExit as stop:  # argparse
        status = int(stop.code or 0)
    output, complaints = capsys.readouterr()
    return status, output, complaints


def test_ask_prints_the_answer_and_where_it_stands(capsys: Any, data: list[str]) -> None:
    status, output, _ = run(capsys, "ask", QUESTION, *data)
    assert status == 0
    assert "“Inspectors referred 13 cases back to the authority" in output
    assert "[1] Rotherham children's services rated 'inadequate', 19 November 2014" in output


def test_ask_json_prints_one_object_that_follows_the_contract(
    capsys: Any, data: list[str], bundled: Assistant
) -> None:
    status, output, _ = run(capsys, "ask", QUESTION, "--json", *data)
    answer = json.loads(output)
    assert status == 0
    assert answer["status"] == "answered"
    for citation in answer["citations"]:
        text = bundled.document(citation["document"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_that_the_documents_do_not_answer_is_no_failure(capsys: Any, data: list[str]) -> None:
    status, output, complaints = run(capsys, "ask", "What's the capital of Australia?", *data)
    assert status == 0
    assert "do not seem to answer" in output
    assert complaints == ""


def test_batch_gives_one_line_each_in_order_also_for_those_that_fail(
    capsys: Any, data: list[str], tmp_path: Path
) -> None:
    lines = [
        json.dumps({"id": "a", "question": QUESTION, "more": 1}),
        json.dumps({"id": "b", "question": "   "}),
        "not JSON",
        "",
        json.dumps({"id": "c", "question": "x" * 10_000}),
        json.dumps({"id": "d", "question": "And who wrote it?", "history": ["What did the article say?"]}),
        json.dumps({"id": "e", "question": "Why?", "history": "Who?"}),
    ]
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions.write_text("\n".join(lines), encoding="utf-8")
    status, _, complaints = run(capsys, "batch", str(questions), "--out", str(out), *data)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert status == 0
    assert [answer.get("id") for answer in answers] == ["a", "b", None, "c", "d", "e"]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False, True]
    assert "Line 3 is not valid JSON" in answers[2]["error"]
    assert "10,000 characters" in answers[3]["error"]
    assert "4 of 6 lines could not be asked" in complaints


def test_index_says_what_it_did_and_json_gives_the_report(capsys: Any, data: list[str]) -> None:
    status, output, _ = run(capsys, "index", "--json", *data)
    report = json.loads(output)
    assert status == 0
    assert report["documents"] == 5
    assert report["up_to_date"] is True
    assert report["encoded"] == 0
    assert [(one["kind"], one["left_out"]) for one in report["files"]] == [("text", [])] * 5
    words = run(capsys, "index", *data)[1]
    assert "5 documents" in words
    assert "2015-02-11-enfield-report-casey-extract.txt: text, 1 table; " in words


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ask", "   "], "The question is empty; type a question, for example one of those suggested."),
        (
            ["ask", "x" * 10_000],
            "The question has 10,000 characters and at most 2,000 are read; shorten it.",
        ),
        (
            ["ask", "Who?", "--documents", "nowhere"],
            "nowhere does not exist; name a folder of documents or a corpus.jsonl.",
        ),
        (["batch", "nowhere.jsonl", "--out", "x"], "nowhere.jsonl cannot be opened"),
        (["index", "one", "two"], "Name one place with documents"),
        (["ask", "Who?", "--model", "./no-model"], "There is no model folder no-model"),
    ],
)
def test_wrong_input_gets_one_plain_sentence_and_status_2(
    capsys: Any, arguments: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, output, complaints = run(capsys, *arguments, "--data", str(tmp_path))
    assert status == 2
    assert output == ""
    assert complaints.startswith(f"inspection-qa: {sentence}")
    assert complaints.count("\n") == 1


def test_an_empty_folder_gets_one_plain_sentence(capsys: Any, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    status, _, complaints = run(capsys, "index", str(empty), "--data", str(tmp_path))
    assert status == 2
    assert "is an empty folder; put documents" in complaints


def test_a_failed_index_command_leaves_the_earlier_index_answering(
    capsys: Any, data: list[str], tmp_path: Path
) -> None:
    run(capsys, "index", str(tmp_path / "nowhere"), *data)
    assert run(capsys, "ask", QUESTION, *data)[0] == 0


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["ask"], ["serve", "--port", "99999"], ["batch", "q.jsonl"]]
)
def test_wrong_usage_has_status_2(capsys: Any, arguments: list[str]) -> None:
    assert run(capsys, *arguments)[0] == 2


def test_the_data_folder_is_the_option_then_the_environment_then_the_users_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSPECTION_QA_DATA", str(tmp_path / "environment"))
    assert data_folder(tmp_path / "option") == tmp_path / "option"
    assert data_folder(None) == tmp_path / "environment"
    monkeypatch.delenv("INSPECTION_QA_DATA")
    assert data_folder(None).name == "inspection-qa"


def test_the_bundled_documents_are_the_default() -> None:
    assert (bundled_documents() / "documents.toml").is_file()


def test_nothing_heavy_is_imported_until_a_command_needs_it() -> None:
    script = (
        "import sys, ui.cli; print([m for m in ('torch', 'faiss', 'gradio', 'pypdf') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_data_folder_that_cannot_be_made_is_one_sentence_and_status_1(capsys: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lighting was poor.", encoding="utf-8")
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    arguments = ["ask", "Was lighting poor?", "--documents", str(tmp_path), "--data", str(tmp_path / "data")]
    status, _, complaints = run(capsys, *arguments)
    assert status == 1
    assert complaints.startswith("inspection-qa: ")
    assert complaints.count("inspection-qa: ") == 1
    assert "Traceback" not in complaints


def test_an_unforeseen_fault_is_one_sentence_and_its_traceback_can_be_asked_for(
    capsys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Lighting was poor.", encoding="utf-8")
    arguments = ["ask", "Was lighting poor?", "--documents", str(tmp_path), "--data", "no\0path"]
    status, _, complaints = run(capsys, *arguments)
    assert status == 1
    assert "A fault in the program (ValueError" in complaints
    monkeypatch.setenv("INSPECTION_QA_TRACEBACK", "1")
    with pytest.raises(ValueError, match="null"):
        main(arguments)
