"""Themes that recur, and weaknesses that came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.read import read_documents
from qa.themes import inspections_in
from qa.themes_suggest import recurrences, suggested_themes
from qa.timeline_statements import Statement, statements
from tests.conftest import DOCUMENTS
from tests.qa.other_texts import read_text

YEARS = ("2015", "2016", "2017")


@pytest.fixture
def told(tmp_path: Path) -> list[tuple[Statement, ...]]:
    """Three letters that speak of street lighting, two of park wardens."""
    wardens = ("failed. Park wardens are few.", "is old. Park wardens left.", "was dim.")
    return [
        statements(
            read_text(tmp_path, f"A letter\n\nThe street lighting {also}\n", name=f"{year}-05-04-letter.txt")
        )
        for year, also in zip(YEARS, wardens, strict=True)
    ]


def test_what_stands_in_three_inspections_is_suggested(told: list[tuple[Statement, ...]]) -> None:
    (found,) = suggested_themes(told)
    assert found.words == "street lighting"
    assert len(found.inspections) == len(YEARS)


def test_no_more_themes_are_suggested_than_are_asked_for(told: list[tuple[Statement, ...]]) -> None:
    assert suggested_themes(told, most=0) == ()


def test_the_bundled_documents_suggest_their_own_themes_and_none_twice() -> None:
    told = [statements(document) for document in read_documents(DOCUMENTS).documents]
    words = [one.words for one in suggested_themes(told)]
    assert {"child sexual exploitation", "early help", "management oversight"} <= set(words)
    assert len(set(words)) == len(words)


def test_a_table_of_criticism_tells_what_came_back(tmp_path: Path) -> None:
    text = (
        "A report\n\n| Area of criticism | Years |\n|--|--|\n| Lighting | 2011, 2012 |\n"
        "| Paths | 2010, 2011, 2012 |\n| Lakes | 2012 |\n"
    )
    found = recurrences([statements(read_text(tmp_path, text))])
    assert [(row.area, [one.first.year for one in row.periods]) for row in found] == [
        ("Paths", [2010, 2011, 2012]),
        ("Lighting", [2011, 2012]),
    ]
    assert "Paths | 2010" in found[0].citation.quote


def test_a_table_of_anything_else_tells_nothing(tmp_path: Path) -> None:
    text = "A report\n\n| Park | Opened |\n|--|--|\n| North | 2011, 2012 |\n"
    assert recurrences([statements(read_text(tmp_path, text))]) == ()


def test_a_dated_section_is_an_inspection_of_its_own(tmp_path: Path) -> None:
    text = (
        "A letter\n\nWe came twice.\n\nParks May 2019\n\nParks were swept.\n\nPools June 2019\n\n"
        "Pools were closed.\n"
    )
    found = inspections_in([statements(read_text(tmp_path, text))])
    assert [one.section for one in found] == ["Parks May 2019", "Pools June 2019", None]
