"""The worked example as files."""

from pathlib import Path

import pytest

from tests.eval.worked_example import TEXTS, write


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """The corpus as a folder."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def question_lines() -> list[dict[str, object]]:
    """Three questions in the format of a question file."""
    return [
        {
            "id": "q1",
            "type": "number",
            "question": "How many cases were referred back?",
            "history": [],
            "answerable": True,
            "evidence": [
                [{"document": "letter.txt", "quote": "They referred 65 cases back to the authority."}]
            ],
            "accept": [["65"]],
            "answer": "65 cases.",
        },
        {
            "id": "q2",
            "type": "fact",
            "question": "How was leadership in 2016?",
            "answerable": True,
            "evidence": [[{"document": "report.txt", "quote": "Leadership was strong."}]],
            "accept": [["strong"]],
        },
        {
            "id": "q3",
            "type": "near_miss",
            "question": "How was leadership in 2020?",
            "answerable": False,
            "evidence": [],
            "accept": [],
            "answer": None,
        },
    ]


@pytest.fixture
def question_file(tmp_path: Path, question_lines: list[dict[str, object]]) -> Path:
    path = tmp_path / "questions.jsonl"
    write(path, question_lines)
    return path
