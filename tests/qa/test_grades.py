"""The judgements in the documents, and the table of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.grades import Judgement, grade_table, judgements, same_area
from tests.qa.other_texts import other_documents, read_text


@pytest.fixture(scope="module")
def found() -> tuple[Judgement, ...]:
    return judgements(other_documents().values())


def facts(found: tuple[Judgement, ...]) -> list[tuple[str, str, str]]:
    return [(str(one.period.first), one.area, one.grade) for one in found]


def test_the_judgements_of_other_documents_are_all_found_and_none_invented(
    found: tuple[Judgement, ...],
) -> None:
    assert facts(found) == [
        ("2005-01-01", "the service", "weak"),
        ("2005-01-01", "Comprehensive performance assessment", "weak"),
        ("2005-01-01", "the service", "weak"),
        ("2009-01-01", "Operational assessment", "fair"),
        ("2009-01-01", "the service", "fair"),
        ("2009-01-01", "the service", "fair"),
        ("2016-01-01", "The school", "inadequate"),
        ("2017-01-01", "the trust", "special measures"),
        ("2017-03-01", "the trust", "requires improvement"),
        ("2018-01-01", "The school", "inadequate"),
        ("2019-06-01", "caring", "good"),
        ("2019-06-01", "safety", "inadequate"),
        ("2021-02-01", "Northfield Academy", "good"),
    ]


def test_a_pronoun_stands_for_what_the_sentences_before_speak_of(tmp_path: Path) -> None:
    text = "History\n\nPublic libraries were rated good in 2003. It was rated poor in 2004.\n"
    assert [one.area for one in judgements([read_text(tmp_path, text)])] == ["Public libraries"] * 2


def test_of_several_years_a_grade_has_that_of_its_clause(tmp_path: Path) -> None:
    text = "History\n\nIn 2010 the pool was rated good, but in 2012 it was rated poor.\n"
    found = judgements([read_text(tmp_path, text)])
    assert [(one.period.first.year, one.grade) for one in found] == [(2010, "good"), (2012, "poor")]


def test_a_framework_is_known_only_where_a_text_names_it(found: tuple[Judgement, ...]) -> None:
    named = [one for one in found if one.framework is not None]
    assert [(one.area, one.framework and one.framework.by) for one in named] == [
        ("Comprehensive performance assessment", "Audit Commission")
    ]


def test_another_document_may_name_the_framework_of_the_same_inspection(tmp_path: Path) -> None:
    news = (
        "Town news\n\nThe inspection took place between 4 and 20 May this year.\n\n"
        "Homes were judged inadequate.\n"
    )
    letter = "A letter\n\nOur SIF inspection will end on 20 May 2016.\n"
    documents = [
        read_text(tmp_path, news, name="2016-06-01-news.txt"),
        read_text(tmp_path, letter, name="2016-05-10-letter.txt"),
    ]
    homes = next(one for one in judgements(documents) if one.area == "Homes")
    assert homes.framework is not None
    assert homes.framework_named is not None
    assert homes.framework_named.document_id == "2016-05-10-letter.txt"


def test_an_assessment_of_ones_own_is_in_no_framework(tmp_path: Path) -> None:
    text = "A letter\n\nThe SIF was used. Your self-assessment is that homes continue to be inadequate.\n"
    (only,) = judgements([read_text(tmp_path, text)])
    assert only.framework is None


def test_the_table_keeps_frameworks_apart_and_puts_the_same_area_in_one_row(tmp_path: Path) -> None:
    text = (
        "History\n\nHomes were rated good in 2009. Homes were rated inadequate in 2012. Under the SIF, homes "
        "were rated inadequate in 2015.\n"
    )
    table = grade_table(judgements([read_text(tmp_path, text)]))
    assert [(row.area.casefold(), row.framework is None) for row in table.rows] == [
        ("homes", True),
        ("homes", False),
    ]
    assert [period.first.year for period in table.periods] == [2009, 2012, 2015]
    assert [one.grade for one in table.cell(table.rows[0], table.periods[1])] == ["inadequate"]
    assert table.cell(table.rows[1], table.periods[0]) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Children's Services", "children's services in Northby", True),
        ("Children's Services", "Children's homes", False),
        ("Homes", "Homes for children", False),
        ("Homes", "homes", True),
    ],
)
def test_areas_are_the_same_where_one_name_holds_the_other(one: str, other: str, same: bool) -> None:
    assert same_area(one, other) is same
