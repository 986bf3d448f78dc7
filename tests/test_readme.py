"""What README shows works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from eval.arguments import build_parser
from qa.assistant import Assistant
from tests.conftest import ROOT
from ui.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for line in README.splitlines()
    if line.startswith(".venv/bin/inspection-qa")
]
FOR_TRAINING = ("timeline", "grades", "themes", "quiz", "session")


def test_the_commands_are_there() -> None:
    assert {command[0] for command in COMMANDS} == {"serve", "ask", "batch", "eval", *FOR_TRAINING}


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] == "ask"])
def test_the_questions_are_answered(
    command: list[str], bundled: Assistant, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bundled.ask(command[1]).answerable
    assert main([*command, "--data", str(data_folder)]) == 0
    assert "[1]" in capsys.readouterr().out


def test_the_commands_for_training_do_what_they_say_one_after_the_other(
    bundled: Assistant,
    data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (one for one in COMMANDS if one[0] in FOR_TRAINING):
        arguments, into = (command[:-2], command[-1]) if ">" in command else (command, None)
        assert main([*arguments, "--data", str(data_folder)]) == 0
        printed = capsys.readouterr().out
        if into:
            Path(into).write_text(printed, encoding="utf-8")
    assert {"quiz.docx", "plan.toml", "papers"} <= {one.name for one in tmp_path.iterdir()}


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] == "eval"])
def test_the_evaluation_knows_its_commands(command: list[str]) -> None:
    assert build_parser().parse_args(command[1:]).command == command[1]


def test_every_document_that_it_points_to_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert linked
    assert all((ROOT / name).is_file() for name in linked)


def test_make_has_the_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
