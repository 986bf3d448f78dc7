"""The page of a whole document: nothing of it is lost, and what is marked is what was named."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Details, Document, Page, Section
from corpus.locate import locator
from corpus.read import read_documents
from tests.ui.conftest import HOSTILE, HOSTILE_TEXT, LETTER_2020
from tests.ui.plain_site import Seen, plain_site
from ui.document_page import View, document_page, find_words, read_spans
from ui.document_text import HEADING_MARKS, Mark, blocks, document_html, page_name
from ui.visible import visible

BUNDLED = {
    one.id: one for one in read_documents(Path(__file__).parents[2] / "corpus" / "documents").documents
}

TEXT = (
    "Summary\n\nThe visit was short.\n\n- The plans were late.\n- The records were thin.\n\n"
    "Findings\n\nStaff were well\nsupported by the managers whom they saw every week of the year.\n"
)


def document(text: str = TEXT, *, sections=None, pages=(), id: str = "visit.txt") -> Document:
    if sections is None:
        middle = text.index("Findings")
        sections = (Section(("Summary",), 0, middle), Section(("Findings",), middle, len(text)))
    return Document(id, Details("A visit"), "", text, pages=pages, sections=sections)


def marked(markup: str) -> list[str]:
    """What is marked, as it is read."""
    return [
        html.unescape(re.sub("<[^>]+>", "", found)) for found in re.findall("<mark.*?</mark>", markup, re.S)
    ]


@pytest.fixture(scope="module")
def client(assistant):
    return plain_site(assistant)


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_nothing_of_a_document_is_lost_but_white_space_and_the_marks_of_headings(name):
    text, found = BUNDLED[name].text, blocks(BUNDLED[name])
    between = zip([0, *(one.end for one in found)], [*(one.start for one in found), len(text)], strict=True)
    assert not "".join(text[end:start] for end, start in between).strip(HEADING_MARKS)
    seen = Seen(document_html(BUNDLED[name], ()))
    shown = "".join(re.sub(r"Paragraph \d+", "", seen.text).split())
    assert shown == "".join("".join(text[one.start : one.end] for one in found).split())


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_paragraphs_have_the_numbers_that_citations_name(name):
    one, found = BUNDLED[name], blocks(BUNDLED[name])
    for sentence in one.sentences:
        block = next(block for block in found if block.start <= sentence.start < block.end)
        place = "heading" if block.level else f"paragraph {block.paragraph}"
        assert locator(one, sentence.start).endswith(place)


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_every_section_is_a_link_to_a_heading_and_levels_are_never_skipped(name):
    seen = Seen(document_page(View(BUNDLED[name])))
    sections = [link[1:] for link in seen.links if link.startswith("#section-")]
    assert sections == [one for one in seen.ids if one.startswith("section-")]
    assert all(later <= before + 1 for before, later in zip(seen.headings, seen.headings[1:], strict=False))


def test_headings_items_and_paragraphs_are_blocks_of_their_own():
    found = [TEXT[one.start : one.end] for one in blocks(document())]
    assert found[:4] == [
        "Summary",
        "The visit was short.",
        "- The plans were late.",
        "- The records were thin.",
    ]
    assert [(one.level, one.paragraph) for one in blocks(document())] == [
        (3, 0),
        (0, 1),
        (0, 2),
        (0, 3),
        (3, 0),
        (0, 1),
    ]


def test_the_marks_of_a_markdown_heading_are_left_out():
    text = "## **Overview** ##\n\nIt went well."
    markup = document_html(document(text, sections=(Section(("Overview",), 0, len(text)),)), ())
    assert '<h3 id="section-0">Overview</h3>' in markup


def test_a_line_break_is_kept_after_a_short_line_only():
    text = (
        "Piccadilly Gate\nManchester\n\n"
        + "The quality of the plans was not consistent for all of the\nchildren."
    )
    markup = document_html(document(text, sections=()), ())
    assert markup.count("<br>") == 1


def test_lines_that_end_as_in_windows_are_paragraphs_too():
    text = "One.\r\n\r\nTwo.\r\n\r\nThree."
    assert [one.paragraph for one in blocks(document(text, sections=()))] == [1, 2, 3]


def test_each_page_has_its_heading_and_what_stands_on_it():
    text = "First page. It goes on\n\nto the second page."
    middle = text.index("to the second")
    pages = (Page(1, "i", 0, middle), Page(2, None, middle, len(text)))
    markup = document_html(document(text, sections=(), pages=pages), ())
    seen = Seen(markup)
    assert seen.folded == (
        "Page i (1) Page i (1) As a picture First page. It goes on "
        "Page 2 Page 2 As a picture to the second page."
    )
    assert seen.elements.count("section") == 2


def test_the_heading_of_a_page_says_that_its_text_was_recognised():
    page = Page(2, "iv", 0, 10, recognised=True)
    assert page_name(page) == "Page iv (2); text recognised from a scan (OCR)"


def test_the_marked_words_are_the_named_ones_also_across_paragraphs():
    start, end = TEXT.index("short"), TEXT.index("were late")
    markup = document_html(document(), (Mark(start, end, "cited", here=True),))
    assert marked(markup) == ["short.", "- The plans "]
    assert markup.count('id="here"') == 1


def test_marks_that_overlap_lose_no_word_and_are_both_shown():
    plans = TEXT.index("The plans were late.")
    marks = (Mark(plans, plans + 9, "cited", here=True), Mark(plans + 4, plans + 14, "hit"))
    markup = document_html(document(), marks)
    assert marked(markup) == ["The ", "plans", " were"]
    assert 'class="cited here" id="here"' in markup
    assert 'class="cited hit here"' in markup
    assert Seen(markup).folded == Seen(document_html(document(), ())).folded


def test_a_mark_in_a_heading_is_shown():
    start = TEXT.index("Findings")
    assert marked(document_html(document(), (Mark(start, start + 8, "cited"),))) == ["Findings"]


@pytest.mark.parametrize(
    ("named", "right", "wrong"),
    [
        ("", (), 0),
        ("0-7", ((0, 7),), 0),
        ("0-7,9-12", ((0, 7), (9, 12)), 0),
        ("0-99999", (), 1),
        ("7-0", (), 1),
        ("5-5", (), 1),
        ("7-9", (), 1),  # nothing but white space
        ("-1-5", (), 1),
        ("a-b", (), 1),
        ("٣-٧", (), 1),
        ("10-", (), 1),
        ("0-7,x", ((0, 7),), 1),
        ("9" * 50 + "-" + "9" * 51, (), 1),
    ],
)
def test_only_spans_that_lie_in_the_text_are_taken(named, right, wrong):
    assert read_spans(named, TEXT) == (right, wrong)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("plans", 1),
        ("PLANS WERE", 1),
        ("well supported", 1),  # stands across a line break
        ("records were thin. findings", 1),
        ("zebra", 0),
        (".", 0),  # too short to search for
        ("", 0),
        ("the (", 0),
    ],
)
def test_words_are_found_whatever_their_case_and_line_breaks(words, found):
    assert len(find_words(TEXT, words)) == found


def test_quotation_marks_are_found_in_either_shape():
    text = "The children’s plans – “late”"
    assert find_words(text, 'children\'s plans - "late"') == ((4, len(text)),)
    assert find_words("The children's plans", "children’s") == ((4, 14),)


def test_the_page_marks_the_place_of_its_link(client, letter):
    start = letter.text.index("All workers spoken to")
    page = client.get(f"/document/{LETTER_2020}", params={"start": start, "end": start + 42})
    assert marked(page.text) == ["All workers spoken to feel well supported."]
    assert "Citation 1 of 1" in Seen(page.text).folded


@pytest.mark.parametrize(
    "query", ["start=5&end=999999", "start=9", "end=9", "start=x&end=y", "start=9&end=3"]
)
def test_a_wrong_place_marks_nothing_and_says_so(client, query):
    page = client.get(f"/document/{LETTER_2020}?{query}")
    assert page.status_code == 200
    assert "<mark" not in page.text
    assert "A place that the link names is not in this document" in page.text


def test_several_citations_are_marked_and_followed_one_by_one(client):
    page = client.get(f"/document/{LETTER_2020}", params={"spans": "400-420,800-820,900-940", "at": "2"})
    seen = Seen(page.text)
    assert page.text.count('class="cited') == 3
    assert "Citation 2 of 3" in seen.folded
    steps = [link for link in seen.links if link.startswith("/document/")]
    assert ["at=1" in steps[0], "at=3" in steps[1]] == [True, True]
    assert all(link.endswith("#here") for link in steps)
    assert "Citation 3 of 3" in client.get(steps[1]).text


def test_hits_are_counted_marked_and_followed_one_by_one(client, letter):
    count = letter.text.lower().count("social work")
    page = client.get(f"/document/{LETTER_2020}", params={"find": "social  work", "hit": "2"})
    seen = Seen(page.text)
    assert f"“social work” stands in {count} places." in seen.folded
    assert page.text.count('class="hit') == count
    assert f"Place 2 of {count}" in seen.folded
    assert 'value="social work"' in page.text
    following = next(link for link in seen.links if "hit=3" in link)
    assert f"Place 3 of {count}" in client.get(following).text


def test_a_search_keeps_the_citations_that_were_marked(client):
    page = client.get(f"/document/{LETTER_2020}", params={"spans": "400-420", "find": "plans"})
    assert '<input type="hidden" name="spans" value="400-420">' in page.text
    assert 'class="cited' in page.text
    assert 'class="hit' in page.text


def test_words_that_stand_nowhere_are_said_to(client):
    assert (
        "“zebra” stands in 0 places." in Seen(client.get(f"/document/{LETTER_2020}?find=zebra").text).folded
    )
    assert "Type at least 2 characters" in client.get(f"/document/{LETTER_2020}?find=z").text


@pytest.mark.parametrize("name", ["nowhere.txt", "../pyproject.toml", "..%2f..%2fetc%2fpasswd", "%00", "a/b"])
def test_a_document_that_is_not_there_is_said_in_plain_words(client, name):
    page = client.get(f"/document/{name}")
    assert page.status_code == 404
    assert "<h1>Page not found</h1>" in page.text or page.json()


def test_a_hostile_document_changes_nothing_on_its_page(client):
    seen = Seen(client.get(f"/document/{HOSTILE}?find=<script>&start=0&end=40").text)
    assert not {"script", "img", "iframe", "b", "i", "code"} & set(seen.elements)
    assert all(link.startswith(("/", "#", "data:,")) for link in seen.links)
    assert visible(" ".join(HOSTILE_TEXT.split("\n\n")[1].split())) in seen.folded
    assert "<b>A note</b> [x](javascript:alert(2))" in seen.folded


def test_hostile_names_of_sections_and_pages_show_as_text():
    name = "<script>alert(1)</script>"
    text = f"{name}\n\nText."
    hostile = document(
        text,
        sections=(Section((name,), 0, len(text)),),
        pages=(Page(1, name, 0, len(text)),),
        id='"><img src=x>',
    )
    seen = Seen(document_page(replace(View(hostile), find=name, hit=1)))
    assert not {"script", "img"} & set(seen.elements)
    assert name in seen.text
