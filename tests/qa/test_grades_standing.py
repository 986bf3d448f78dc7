"""The group of a grade, and what documents say of the words of grades."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.grades_standing import Standing, standing_of
from qa.grades_words import comparisons
from qa.timeline_statements import statements
from tests.qa.other_texts import read_text


@pytest.mark.parametrize(
    ("grade", "standing"),
    [
        ("outstanding", Standing.HIGH),
        ("three stars", Standing.HIGH),
        ("requires improvement", Standing.MIDDLE),
        ("not fit for purpose", Standing.LOW),
        ("notice to improve", Standing.OTHER),
    ],
)
def test_each_grade_stands_in_one_group(grade: str, standing: Standing) -> None:
    assert standing_of(grade) is standing


def test_a_sentence_that_says_what_a_grade_is_called_now_is_found(tmp_path: Path) -> None:
    text = "It was adequate, which is now called requires improvement. It was good in 2011."
    found = comparisons([statements(read_text(tmp_path, text))])
    assert [one.quote for one in found] == ["It was adequate, which is now called requires improvement."]
