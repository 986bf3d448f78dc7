from __future__ import annotations

from datetime import date

import pytest

from corpus.document import Details
from corpus.period import Period
from qa.errors import UnknownScope
from ui.narrowing import Choices, ImpossibleNarrowing, Narrowing, choices, covered, narrowed_to, scope_of

DETAILS = (
    ("a.txt", Details("Advice letter", "Ofsted", kind="letter", published=date(2014, 9, 30))),
    ("b.txt", Details("Inadequate", "CYP Now", kind="news article", published=date(2014, 11, 19))),
    ("c.txt", Details("Focused visit", "Ofsted", kind="letter", published=date(2020, 12, 4))),
    ("d.txt", Details("A note")),
)


def test_what_can_be_chosen_is_what_the_documents_have():
    assert choices(DETAILS) == Choices(
        documents=(
            ("Advice letter", "a.txt"),
            ("Inadequate", "b.txt"),
            ("Focused visit", "c.txt"),
            ("A note", "d.txt"),
        ),
        kinds=("letter", "news article"),
        publishers=("CYP Now", "Ofsted"),
    )


def test_empty_fields_narrow_nothing():
    assert scope_of(Narrowing(), DETAILS).is_everything


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2014", "2014", Period(date(2014, 1, 1), date(2014, 12, 31))),
        ("August 2014", "", Period(date(2014, 8, 1), date.max)),
        ("", " 30 September 2014 ", Period(date.min, date(2014, 9, 30))),
        ("2014-09-30", "30/9/2014", Period(date(2014, 9, 30), date(2014, 9, 30))),
    ],
)
def test_a_period_is_written_as_people_write_dates(first, last, period):
    assert scope_of(Narrowing(first=first, last=last), DETAILS).period == period


@pytest.mark.parametrize("words", ["soon", "2014 and 2016", "in 2014", "31/2/2014", "1/2"])
def test_a_date_that_cannot_be_read_is_named_with_what_to_write(words):
    with pytest.raises(ImpossibleNarrowing, match=f"'{words}' is not a date: write a year"):
        scope_of(Narrowing(first=words), DETAILS)


def test_dates_in_the_wrong_order_are_said():
    with pytest.raises(ImpossibleNarrowing, match="'2020' is later than '2014'"):
        scope_of(Narrowing(first="2020", last="2014"), DETAILS)


def test_a_narrowing_that_leaves_no_document_says_so():
    with pytest.raises(ImpossibleNarrowing, match="No document fits this narrowing"):
        scope_of(Narrowing(publishers=["CYP Now"], first="2020"), DETAILS)


def test_a_document_that_is_not_there_is_an_error():
    with pytest.raises(UnknownScope):
        scope_of(Narrowing(documents=["z.txt"]), DETAILS)


@pytest.mark.parametrize(
    ("narrowing", "words"),
    [
        (Narrowing(), ""),
        (Narrowing(publishers=["Ofsted", "CYP Now"]), "CYP Now or Ofsted"),
        (Narrowing(documents=["c.txt", "a.txt", "d.txt"]), "Advice letter, Focused visit or A note"),
        (Narrowing(kinds=["letter"], first="2014", last="2015"),
         "letter; published 1 January 2014 to 31 December 2015"),
        (Narrowing(first="2015"), "published from 1 January 2015"),
        (Narrowing(last="2015"), "published until 31 December 2015"),
    ],
)  # fmt: skip
def test_a_narrowing_is_said_in_words(narrowing, words):
    assert narrowed_to(scope_of(narrowing, DETAILS), DETAILS) == words


def test_what_is_covered_is_said_in_words():
    assert covered(DETAILS) == "4 documents, published 2014 to 2020"
    assert covered(DETAILS[:1]) == "1 document, published 2014"
    assert covered(DETAILS[3:]) == "1 document"
