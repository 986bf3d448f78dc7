"""What each inspection said of a theme."""

from __future__ import annotations

import pytest

from index.store import SearchIndex
from qa.errors import EmptyQuestion
from qa.question import NO_GLOSSARY
from qa.retrieve import Retriever
from qa.themes import Theme, ThemeFinder
from qa.themes_marks import Mark
from qa.understand import Understanding
from qa.weights import SHIPPED
from tests.fakes import HashedWords


@pytest.fixture(scope="module")
def themes(index: SearchIndex) -> ThemeFinder:
    retriever = Retriever(index, HashedWords(), SHIPPED)
    return ThemeFinder(index, retriever, Understanding(index, NO_GLOSSARY, SHIPPED))


@pytest.fixture(scope="module")
def lighting(themes: ThemeFinder) -> Theme:
    return themes.find("lighting")


def test_there_is_one_cell_for_each_inspection_in_the_order_of_dates(lighting: Theme) -> None:
    assert [cell.inspection.title for cell in lighting.cells] == [
        "Inspection of parks 2018",
        "Inspection of parks 2021",
    ]


def test_each_statement_is_quoted_and_marked(lighting: Theme) -> None:
    first, second = ([(one.citation.quote, one.mark) for one in cell.findings] for cell in lighting.cells)
    assert ("Lighting in the parks was poor.", Mark.DEVELOPMENT) in first
    assert second == [("Lighting in the parks was good.", Mark.STRENGTH)]


def test_findings_stand_in_text_order(lighting: Theme) -> None:
    starts = [one.citation.start for one in lighting.cells[0].findings]
    assert starts == sorted(starts)
    assert len(starts) > 1


def test_a_theme_that_is_weak_in_one_inspection_did_not_come_back(lighting: Theme) -> None:
    assert [one.title for one in lighting.weak_in] == ["Inspection of parks 2018"]
    assert not lighting.came_back


def test_a_theme_that_is_in_no_document_has_blank_cells(themes: ThemeFinder) -> None:
    assert [cell.findings for cell in themes.find("swimming").cells] == [(), ()]


def test_every_theme_of_a_matrix_has_the_same_columns(themes: ThemeFinder) -> None:
    for theme in themes.matrix(["lighting", "warden"]):
        assert tuple(cell.inspection for cell in theme.cells) == themes.inspections


def test_a_letterhead_says_nothing_of_a_theme(themes: ThemeFinder) -> None:
    assert all(not cell.findings for cell in themes.find("Northby Inspectorate High Street").cells)


def test_nothing_is_no_theme(themes: ThemeFinder) -> None:
    with pytest.raises(EmptyQuestion):
        themes.find("  ")


def test_the_places_of_a_theme_are_the_starts_of_its_statements(themes: ThemeFinder, lighting: Theme) -> None:
    places = themes.places("lighting")
    shown = [one.citation for cell in lighting.cells for one in cell.findings]
    assert {(one.document_id, one.start) for one in shown} <= places
