"""Grades as sentences and table rows give them."""

import pytest

from qa.grades_frameworks import frameworks_named_in
from qa.grades_rows import find_row_grades
from qa.grades_subject import subject_of
from qa.grades_wording import find_grades


def grades(words: str) -> list[tuple[str | None, str]]:
    return [(one.area, one.grade) for one in find_grades(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The library was judged inadequate.", [("The library", "inadequate")]),
        ("The library has been rated “good” overall.", [("The library", "good")]),
        ("Northby library rated 'outstanding'", [("Northby library", "outstanding")]),
        (
            "The town was judged by Ofsted to be inadequate in the three key areas of parks, roads and "
            "verges, and lighting.",
            [("parks", "inadequate"), ("roads and verges", "inadequate"), ("lighting", "inadequate")],
        ),
        (
            "Parks were rated good, while lighting was graded Requires Improvement.",
            [("Parks", "good"), ("lighting", "requires improvement")],
        ),
        ("In 2010 they had judged the town's parks to be “adequate”.", [("the town's parks", "adequate")]),
        ("The library got itself up to an adequate rating by 2011.", [("The library", "adequate")]),
        ("By 2014 lighting had declined again into 'inadequate'.", [("lighting", "inadequate")]),
        ("The town maintained a good but declining performance.", [("The town", "good")]),
        ("Parks in 2001 were among the top ten performers.", [("Parks in 2001", "top ten performers")]),
        ("The pool was given a notice to improve.", [("The pool", "notice to improve")]),
        ("An improvement notice was issued on 5 June.", [(None, "improvement notice")]),
        ("Northby Council is not fit for purpose.", [("Northby Council", "not fit for purpose")]),
        (
            "The unit was rated good for caring and inadequate for safety.",
            [("caring", "good"), ("safety", "inadequate")],
        ),
        ("Between 4 and 20 May, parks were judged good.", [("parks", "good")]),
        ("The authority was rated two stars in 2004.", [("The authority", "two stars")]),
    ],
)
def test_a_grade_that_is_given_is_found_with_its_area(words: str, found: list[tuple[str, str]]) -> None:
    assert grades(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "The food was good and the weather poor.",
        "The town settled for 'adequate' too often.",
        "The structure looks adequate on paper.",
        "It would be rated good if it improved.",
        "In today's words it would be seen as 'requires improvement'.",
        "The library was not rated good.",
        "The team found seven of 18 cases it audited were inadequate.",
        "The notice to improve was lifted.",
        "The form is not fit for purpose.",
        "Good partnership working supports the pool.",
    ],
)
def test_a_word_that_is_no_grade_here_is_none(words: str) -> None:
    assert grades(words) == []


def test_a_limit_is_told_from_a_grade() -> None:
    (found,) = find_grades("The pool has never been rated above fair since then.")
    assert (found.area, found.grade, found.qualifier) == ("The pool", "fair", "never been rated above")


def test_where_only_a_pronoun_stands_the_area_is_left_open() -> None:
    assert grades("It was rated as poor.") == [("", "poor")]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Overall, the pool was cleaned.", "the pool"),
        ("In 2014 the pool was cleaned.", "the pool"),
        ("The pool – once a lake – was cleaned.", "The pool"),
        ("The fact is that Northby's pools have not improved.", "Northby's pools"),
        ("It was cleaned.", ""),
    ],
)
def test_the_subject_is_what_stands_before_the_verb(words: str, subject: str) -> None:
    assert subject_of(words, len(words)) == subject


def test_a_table_with_a_column_of_grades_gives_them() -> None:
    columns = "| Inspection | Year | Grade |"
    (found,) = find_row_grades(columns, "| Parks | 2009 | Requires improvement |")
    assert (found.graded.area, found.graded.grade) == ("Parks", "requires improvement")
    assert found.period is None


def test_a_table_with_a_column_for_each_year_gives_the_grade_of_each() -> None:
    found = find_row_grades("| Area | 2016/17 | 2018 |", "| Parks | Good | *Poor* |")
    assert [(one.graded.grade, one.period and one.period.first.year) for one in found] == [
        ("good", 2016),
        ("poor", 2018),
    ]


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("| Inspection | Year | Grade |", "| Parks | 2009 | Not graded |"),
        ("| Inspection | Year | Mood |", "| Parks | 2009 | Good |"),
        ("| Inspection | Grade |", "| Parks | 2009 | Good |"),
    ],
)
def test_a_cell_that_holds_no_grade_or_stands_elsewhere_gives_none(columns: str, row: str) -> None:
    assert find_row_grades(columns, row) == ()


def test_a_framework_is_known_by_its_names_and_abbreviations_by_their_capitals() -> None:
    assert [one.name for one in frameworks_named_in("the SIF inspection")] == [
        "single inspection framework (SIF)"
    ]
    assert len(frameworks_named_in("inspection of local authority children’s services (ILACS)")) == 1
    assert frameworks_named_in("they sif through papers") == ()
