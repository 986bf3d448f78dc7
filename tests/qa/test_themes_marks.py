"""Strength, area for development, or neither, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.themes_marks import Mark, Marked, mark
from qa.timeline_statements import statements
from tests.qa.other_texts import read_text


def marked(folder: Path, text: str, words: str) -> Marked:
    return next(mark(one) for one in statements(read_text(folder, text)) if words in one.words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Lighting is strong and timely.", Mark.STRENGTH),
        ("Reviews were held without delay.", Mark.STRENGTH),
        ("There is a lack of lighting in the parks.", Mark.DEVELOPMENT),
        ("Lighting was not consistently good.", Mark.DEVELOPMENT),
        ("There was a lack of clear rationale.", Mark.DEVELOPMENT),
        ("The path needs to be clearer.", Mark.DEVELOPMENT),
        ("Lighting was good, but paths were poor.", Mark.NEITHER),
        ("There are twelve parks in the town.", Mark.NEITHER),
        ("Inspectors asked whether lighting was good.", Mark.NEITHER),
        ("Wardens as well as gardeners were met.", Mark.NEITHER),
        ("The Improving Lives Commission met.", Mark.NEITHER),
        ("The town kept a good but declining performance.", Mark.NEITHER),
        ("An Improvement Board was set up.", Mark.NEITHER),
        ("The parks were rated good.", Mark.STRENGTH),
        ("The good parks were rated inadequate.", Mark.DEVELOPMENT),
    ],
)
def test_the_wording_marks_a_statement(tmp_path: Path, words: str, expected: Mark) -> None:
    assert marked(tmp_path, f"A note\n\n{words}\n", words).mark is expected


def test_the_reason_quotes_the_wording(tmp_path: Path) -> None:
    reason = marked(tmp_path, "A note\n\nLighting was poor and too dim.\n", "Lighting").reason
    assert reason == "its wording: “poor”"


HEADED = """A letter

Parks

Parks are swept.

Areas for development

Parks are swept on Mondays only.

Paths are robust and clear.
"""


def test_a_heading_marks_what_stands_under_it(tmp_path: Path) -> None:
    found = marked(tmp_path, HEADED, "Mondays")
    assert found == Marked(Mark.DEVELOPMENT, "it stands under “Areas for development”")
    assert marked(tmp_path, HEADED, "are swept.").mark is Mark.NEITHER


def test_wording_against_its_heading_is_neither_and_both_reasons_are_given(tmp_path: Path) -> None:
    found = marked(tmp_path, HEADED, "robust")
    assert found.mark is Mark.NEITHER
    assert "Areas for development" in found.reason
    assert "“robust”" in found.reason


def test_the_introduction_of_a_list_marks_its_items(tmp_path: Path) -> None:
    text = "A letter\n\nWe saw serious weaknesses in:\n\n- the lighting of parks\n- the paths\n"
    assert marked(tmp_path, text, "the paths").mark is Mark.DEVELOPMENT


def test_what_is_done_against_a_weakness_is_none(tmp_path: Path) -> None:
    text = "A letter\n\nPlans are written to prevent drift.\n\nChildren do not move unnecessarily.\n"
    assert marked(tmp_path, text, "Plans").mark is Mark.NEITHER
    assert marked(tmp_path, text, "Children").mark is Mark.NEITHER


def test_the_case_that_opens_a_sentence_is_no_finding(tmp_path: Path) -> None:
    text = "A letter\n\nWhere visits were not possible, contact was robust.\n"
    assert marked(tmp_path, text, "Where").mark is Mark.STRENGTH


def test_what_needs_further_improvement_is_no_strength(tmp_path: Path) -> None:
    assert marked(tmp_path, "A letter\n\nPaths need further improvement.\n", "Paths").mark is Mark.DEVELOPMENT
