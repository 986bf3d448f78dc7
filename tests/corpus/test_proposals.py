"""What documents say about themselves: right where it is proposed, and nothing where it is uncertain."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import read_catalogue
from corpus.proposals import Proposal, propose
from corpus.structure import find_structure

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "corpus" / "documents"
OTHERS = (ROOT / "tests" / "eval" / "unseen_documents", ROOT / "tests" / "qa" / "other_documents")
LETTER = """Norwell County Council
1 High Street

{date}

Ms Helen Carr
Director
2 Low Street

Dear Ms Carr

{subject}

The inspection of 3 March 2016 was published on 5 May 2016. It is to be repeated by 1 June 2017, as agreed.

Yours sincerely

Ruth Abel
Head of Inspection
"""


def proposed(text: str, name: str = "a.txt", *stated: Proposal) -> dict[str, tuple[str, str]]:
    sentences = find_structure(text, None)[1]
    return {one.field: (one.value, one.source) for one in propose(name, text, sentences, stated)}


def values(text: str, name: str = "a.txt") -> dict[str, str]:
    return {field: value for field, (value, _) in proposed(text, name).items()}


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.txt")), ids=lambda path: path.name)
def test_the_bundled_documents_say_about_themselves_what_the_catalogue_says(path: Path) -> None:
    """Names of files tell nothing here. What is proposed agrees with what a person wrote down."""
    known = read_catalogue(BUNDLED)[path.name].details
    found = values(path.read_text(encoding="utf-8"))
    assert known.published is not None
    assert found["published"] == known.published.isoformat()
    assert shared_words(found["title"], known.title) >= 0.6
    for field in ("publisher", "kind", "author", "addressee"):
        if field in found:
            assert found[field].casefold() in (getattr(known, field) or "").casefold(), field


def shared_words(one: str, other: str) -> float:
    """The share of the words of the shorter title that stand in the longer one."""
    first, second = (set(title.casefold().split()) for title in (one, other))
    return len(first & second) / min(len(first), len(second))


@pytest.mark.parametrize(
    "path", sorted(path for folder in OTHERS for path in folder.glob("*.txt")), ids=lambda path: path.name
)
def test_other_documents_say_their_dates_without_the_names_of_their_files(path: Path) -> None:
    assert values(path.read_text(encoding="utf-8"))["published"] == path.name[:10]


def test_a_letter_says_its_title_people_and_date() -> None:
    text = LETTER.format(date="13th June, 2016", subject="Inspection of adult social care")
    assert proposed(text) == {
        "title": ("Inspection of adult social care", "subject of the letter"),
        "publisher": ("Norwell County Council", "letterhead"),
        "author": ("Ruth Abel, Head of Inspection", "signature"),
        "addressee": ("Ms Helen Carr, Director", "address of the letter"),
        "kind": ("letter", "greeting and signature"),
        "published": ("2016-06-13", "date line of the letter"),
    }


def test_a_sentence_below_the_greeting_is_no_title() -> None:
    text = LETTER.format(date="13 June 2016", subject="I write to confirm the findings")
    assert proposed(text, "2016-06-13-adult_care.txt")["title"] == ("adult care", "file name")


@pytest.mark.parametrize(
    ("text", "day", "source"),
    [
        ("Council plan\n\nPublished: 4 May 2018\n\nWe met in 2017.", "2018-05-04", "line “Published”"),
        ("# Plan\n\nFirst published on 4 May 2018\n\nWords.", "2018-05-04", "line “First published on”"),
        ("Plan\n\nDate of meeting\n4 May 2018\n\nWords.", "2018-05-04", "line “Date of meeting”"),
        ("Plan\n\n**Date:** Friday 4 May 2018\n\nWords.", "2018-05-04", "line “Date”"),
        ("Plan\n\nFriday, May 4, 2018, 10:15\n\nWords.", "2018-05-04", "line with the date"),
        ("Plan\n\n(2018-05-04)\n\nWords.", "2018-05-04", "line with the date"),
        ("Plan\n\nIt was so.\n\nPublished: 4 May 2018", "2018-05-04", "line “Published”"),
        (
            "Plan\n\n" + "It was so. " * 400 + "Published on 4 May 2018.",
            "2018-05-04",
            "note of publication at the end",
        ),
    ],
)
def test_a_day_of_publication_is_read_where_it_is_said(text: str, day: str, source: str) -> None:
    assert proposed(text)["published"] == (day, source)


@pytest.mark.parametrize(
    "text",
    [
        "Plan\n\nOn 4 May 2018 the council met.",
        "Plan\n\nThe report of 4 May 2018 was published in June 2018.",
        "Plan\n\n4 May 2018\n\nWords.\n\n5 June 2018\n\nWords.",
        "Plan\n\nMay 2018\n\nWords.",
        "Dates of visits\n\n| Visit | Date |\n|--|--|\n| First | 4 May 2018 |",
        "Plan\n\nDate of birth: 4 May 1998\n\nWords.",
        "Plan\n\nUpdated: every year.",
    ],
)
def test_a_day_that_may_be_another_one_is_not_proposed(text: str) -> None:
    assert "published" not in proposed(text)


@pytest.mark.parametrize(
    "name",
    [
        "2018-05-04-plan.txt",
        "plan 20180504.txt",
        "plan_04-05-2018.txt",
        "Plan 4 May 2018.txt",
        "x/2018.05.04.txt",
    ],
)
def test_a_name_of_a_file_may_hold_the_day(name: str) -> None:
    assert proposed("Words of no date.", name)["published"] == ("2018-05-04", "file name")


@pytest.mark.parametrize(
    "name", ["a 2018.txt", "2018-13-04.txt", "0123456789.txt", "4 May 2018, 5 June 2018.txt"]
)
def test_a_name_of_a_file_that_holds_no_day_proposes_none(name: str) -> None:
    assert "published" not in proposed("Words of no date.", name)


def test_a_day_in_the_properties_of_a_file_counts_only_where_the_text_was_written_about_then() -> None:
    made = Proposal("published", "2018-05-20", "PDF properties")
    assert proposed("The visit was on 4 May 2018.", "a.pdf", made)["published"] == (
        "2018-05-20",
        "PDF properties",
    )
    assert "published" not in proposed("The visit was on 4 May 2016.", "a.pdf", made)
    assert "published" not in proposed("Words.", "a.pdf", made)
    assert proposed("On 4 May 2018.", "2018-05-19.pdf", made)["published"] == ("2018-05-19", "file name")


@pytest.mark.parametrize(
    "title", ["Microsoft Word - letter v2.doc", "Untitled", "Document1", "plan_final.docx", "Agenda"]
)
def test_what_programs_write_into_properties_is_no_title(title: str) -> None:
    found = proposed("Early help\n\nIt was good.", "a.pdf", Proposal("title", title, "PDF properties"))
    assert found["title"] == ("Early help", "first heading")


def test_a_title_in_the_properties_counts_where_the_document_bears_it() -> None:
    stated = Proposal("title", "Plan for Early Help", "Word properties")
    assert proposed("Norwell\n\nPlan for early help\n\nIt was.", "a.docx", stated)["title"][0] == stated.value
    assert proposed("it was good.", "a.docx", stated)["title"] == (stated.value, "Word properties")
    assert proposed("Visits\n\nIt was good.", "a.docx", stated)["title"] == ("Visits", "first heading")
    letter = Proposal("title", "x", "title of the page")
    assert proposed("Visits\n\nNext year, fixed x.", "a.html", letter)["title"][0] == "Visits"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Subject:\nEarly help\n\nReport of: the Director\n\nIt was.", "Early help"),
        ("1. Introduction\n\nSummary\n\nEarly help in Norwell\n\nIt was good.", "Early help in Norwell"),
        ("# Contents\n\n# Early help\n\nIt was good.", "Early help"),
    ],
)
def test_a_title_is_no_heading_that_every_document_may_have(text: str, title: str) -> None:
    assert values(text)["title"] == title


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        (
            "Plan\n\nenquiries@norwell.gov.uk\n\nNorwell Borough Council has a plan.",
            "Norwell Borough Council",
        ),
        ("Plan\n\nwww.gov.uk/ofsted\n\nOfsted has a plan.", "Ofsted"),
        ("Plan\n\nwww.norwell.gov.uk\n\nNorwell has a plan for all in Norwell.", None),
        ("Plan\n\na@norwell.gov.uk\nb@ofsted.gov.uk\n\nOfsted has a plan.", None),
        ("Plan\n\nhelen@gmail.com\n\nGmail has a plan.", None),
        ("Plan\n\nThe Norwell Borough Council has a plan.", None),
    ],
)
def test_a_publisher_is_proposed_only_where_an_address_is_of_a_body_that_the_text_names(
    head: str, publisher: str | None
) -> None:
    assert values(head).get("publisher") == publisher


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Minutes of the Fire Authority\n\nIt met.", "minutes"),
        ("PRESS RELEASE\n\nIt met.", "press release"),
        ("REPORT TO THE CABINET\n\nIt met.", "report"),
        (
            "Early help\n\nThe report to the cabinet was long.",
            None,
        ),
        ("Reporting abuse\n\nIt met.", None),
    ],
)
def test_a_kind_is_proposed_where_the_first_lines_say_it(text: str, kind: str | None) -> None:
    assert values(text).get("kind") == kind


def test_an_author_in_the_properties_counts_only_where_the_text_has_the_name() -> None:
    stated = Proposal("author", "Ruth Abel", "Word properties")
    assert proposed("Plan by the team of Ruth Abel.", "a.docx", stated)["author"][0] == "Ruth Abel"
    assert "author" not in proposed("Plan of the team.", "a.docx", stated)
