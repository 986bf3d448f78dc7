"""The command that builds a session's papers, with the example over the documents that ship."""

from __future__ import annotations

import argparse
import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from qa.assistant import Assistant
from qa.errors import BadPlan
from qa.session_content import SessionContent, session_content
from qa.session_file import example_plan, read_plan
from tests.qa.gift_reader import read_gift
from tests.ui.plain_site import Seen
from ui.errors import UsageError
from ui.references import reference
from ui.session_command import add_build_options, run_build, run_example
from ui.session_paper import in_one_line

ANSWER = re.compile(r"\bAnswer(?::|, in this order:)")
FILES = ["handout.docx", "handout.html", "key.docx", "key.html", "quiz.csv", "quiz.gift", "session.toml"]


def run(plan: Path, out: Path, assistant: Any) -> int:
    parser = argparse.ArgumentParser()
    add_build_options(parser)
    return run_build(parser.parse_args([str(plan), "--out", str(out)]), lambda: assistant)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.toml"
    path.write_text(example_plan(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(plan: Path, bundled: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "papers"
    assert run(plan, folder, bundled) == 0
    return folder


@pytest.fixture(scope="module")
def content(bundled: Assistant) -> SessionContent:
    return session_content(read_plan(example_plan()), bundled)


@pytest.fixture(scope="module")
def texts(built: Path) -> Mapping[str, str]:
    """The words of each paper, in one line."""
    found = {}
    for name in ("handout", "key"):
        word = docx.Document(str(built / f"{name}.docx"))
        found[f"{name}.docx"] = " ".join(" ".join(one.text for one in word.paragraphs).split())
        found[f"{name}.html"] = Seen((built / f"{name}.html").read_text(encoding="utf-8")).folded
    return found


def test_every_file_is_written(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == FILES


def test_every_quotation_has_its_full_reference_in_every_paper(
    texts: Mapping[str, str], content: SessionContent, bundled: Assistant
) -> None:
    for slide in content.slides:
        for point in slide.points:
            if point.citation is None:
                continue
            details = bundled.document(point.citation.document_id).details
            where = f"“{in_one_line(point.citation.quote)}” {reference(point.citation, details)}"
            assert details.title in where
            for text in texts.values():
                assert " ".join(where.split()) in text


def test_the_answers_are_in_the_key_and_not_in_the_handout(
    texts: Mapping[str, str], content: SessionContent
) -> None:
    asked = next(block for block in content.blocks if block.kind == "question")
    answers = [in_one_line(point.citation.quote) for point in asked.slides[0].key if point.citation]
    assert answers
    for form in ("docx", "html"):
        for answer in answers:
            assert answer in texts[f"key.{form}"]
            assert answer not in texts[f"handout.{form}"]
        assert len(ANSWER.findall(texts[f"key.{form}"])) == len(content.quiz)
        assert not ANSWER.search(texts[f"handout.{form}"])


def test_notes_are_in_the_key_alone(texts: Mapping[str, str], content: SessionContent) -> None:
    notes = [" ".join(block.notes.split()) for block in content.blocks if block.notes]
    assert notes
    for note in notes:
        assert note in texts["key.docx"]
        assert note not in texts["handout.docx"]


def test_the_page_to_print_stands_alone(built: Path) -> None:
    page = (built / "handout.html").read_text(encoding="utf-8")
    seen = Seen(page)
    assert not {"script", "link", "img"} & set(seen.elements)
    assert "@media print" in page
    assert seen.headings.count(1) == 1


def test_the_quiz_is_read_as_gift(built: Path, content: SessionContent) -> None:
    read = read_gift((built / "quiz.gift").read_text(encoding="utf-8"))
    assert len(read) == len(content.quiz) == 6
    for one, question in zip(read, content.quiz, strict=True):
        assert one.text.startswith(question.prompt)
        if len(question.key) == 1:
            assert one.right == [question.options[question.key[0]]]
            assert len(one.wrong) == len(question.options) - 1
        else:
            assert [said for said, _ in one.matches if said] == list(question.options)


def test_the_quiz_is_a_table_too(built: Path, content: SessionContent) -> None:
    rows = list(csv.reader(io.StringIO((built / "quiz.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + len(content.quiz)


def test_the_plan_lies_beside_its_papers(built: Path) -> None:
    assert read_plan((built / "session.toml").read_text(encoding="utf-8")) == read_plan(example_plan())


def test_a_plan_that_is_not_there_or_cannot_be_used_is_told_before_anything_is_opened(
    plan: Path, tmp_path: Path
) -> None:
    def never() -> Any:
        raise AssertionError("opened")

    wrong = tmp_path / "wrong.toml"
    wrong.write_text("title = 1", encoding="utf-8")
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    for path, out, fault in (
        (tmp_path / "none.toml", tmp_path, UsageError),
        (wrong, tmp_path, BadPlan),
        (plan, taken, UsageError),
    ):
        options = argparse.Namespace(plan=path, out=out)
        with pytest.raises(fault):
            run_build(options, never)


def test_the_example_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_example() == 0
    assert read_plan(capsys.readouterr().out) == read_plan(example_plan())
