"""The page that asks and answers without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ui.conftest import LETTER_2014, LETTER_2020, MISSPELT, FakeAssistant
from tests.ui.plain_site import Seen, plain_site


@pytest.fixture(scope="module")
def client(assistant):
    return plain_site(assistant)


def ask(client, question, **more):
    answer = client.get("/plain", params={"q": question} | more)
    return answer, Seen(answer.text)


PAGES = [
    "/plain",
    "/plain?q=",
    "/plain?q=How+good+are+children%27s+plans%3F",
    "/plain?q=How+quickly+did+the+service+change%3F&earlier=Hello",
    "/plain?q=What+is+the+capital%3F&publisher=Ofsted",
    "/plain?q=Hello&first=soon",
    f"/document/{LETTER_2020}?find=children&hit=2&spans=10-40,60-90",
    "/document/nowhere.txt",
    "/api",
    "/accessibility",
    "/feedback?q=How+do+workers+feel%3F",
    "/export/print?q=Are+children+protected%3F",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_language_a_title_landmarks_one_h1_and_headings_in_order(client, address):
    page = client.get(address).text
    seen = Seen(page)
    assert '<html lang="en-GB">' in page
    assert page.index("<title>") < page.index("<body>")
    assert [one for one in seen.elements if one in ("header", "main", "footer")] == [
        "header",
        "main",
        "footer",
    ]
    assert seen.headings[0] == 1
    assert seen.headings.count(1) == 1
    steps = zip(seen.headings, seen.headings[1:], strict=False)
    assert all(later <= before + 1 for before, later in steps)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_runs_no_script_and_names_nothing_twice(client, address):
    answer = client.get(address)
    seen = Seen(answer.text)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script" not in policy
    assert "script" not in seen.elements
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "style"]
    assert len(seen.ids) == len(set(seen.ids))


@pytest.mark.parametrize("address", PAGES)
def test_every_link_within_a_page_leads_somewhere_and_the_first_skips_to_the_main_part(client, address):
    seen = Seen(client.get(address).text)
    inside = [link[1:] for link in seen.links if link.startswith("#")]
    assert inside[0] == "main"
    assert set(inside) <= set(seen.ids)


def test_the_empty_page_offers_examples_that_answer_and_the_documents(client, assistant):
    seen = Seen(client.get("/plain").text)
    examples = [link for link in seen.links if link.startswith("/plain?q=")]
    assert len(examples) == len(assistant.examples())
    assert "Sources" in Seen(client.get(examples[0]).text).text
    assert f"/document/{LETTER_2014}" in seen.links


def test_an_answer_has_numbered_citations_that_lead_to_excerpts_and_back(client):
    answer, seen = ask(client, "How good are children's plans?")
    assert answer.status_code == 200
    assert "“The quality of children's plans is not consistent for all children.”" in seen.folded
    for number in ("1", "2"):
        assert {f"#source-{number}", f"#cite-{number}"} <= set(seen.links)
        assert {f"source-{number}", f"cite-{number}"} <= set(seen.ids)
    assert "2 of 2 quotations checked" in seen.folded
    assert "From 1 document, 2020." in seen.folded


def test_each_source_opens_in_the_document_with_all_quotations_of_the_answer_marked(client):
    _, seen = ask(client, "How good are children's plans?")
    opening = [link for link in seen.links if link.startswith(f"/document/{LETTER_2020}?")]
    assert [parse_qs(urlsplit(link).query)["at"] for link in opening] == [["1"], ["2"]]
    document = client.get(opening[1])
    assert document.text.count('class="cited') == 2
    assert '<mark class="cited here" id="here" tabindex="-1">50% of children' in document.text


def test_the_title_says_what_came_of_the_question(client):
    assert "<title>Answer: How do workers feel? -" in ask(client, "How do workers feel?")[0].text
    assert "<title>Not in the documents: Who?" in ask(client, "Who?")[0].text
    assert "<title>Error: " in ask(client, "")[0].text


def test_silence_looks_different_and_lists_passages_documents_and_dates(client):
    answer, seen = ask(client, "What is the capital of France?")
    assert answer.status_code == 200
    assert '<section class="silence"' in answer.text
    assert "Not in the documents" in seen.text
    assert "They do not answer the question." in seen.text
    assert "There is a shortage of local authority placements" in seen.folded
    assert "Searched: 3 documents, published 2014 to 2020." in seen.folded
    assert "4 December 2020" in seen.text


def test_a_partial_answer_says_what_is_missing(client):
    _, seen = ask(client, "How quickly did the service change?")
    assert "The documents answer a part of the question. Not found: the cost." in seen.folded


def test_documents_that_differ_are_named_with_their_years(client):
    _, seen = ask(client, "Are children protected?")
    assert "The documents differ on this: compare [1] (2014) and [2] (2020)." in seen.folded


def test_what_was_corrected_is_said_with_the_way_back(client):
    _, seen = ask(client, MISSPELT)
    assert "Searched for “workers” in place of “wrokers”." in seen.folded
    (way_back,) = [link for link in seen.links if "as_written=yes" in link]
    assert "in place of" not in client.get(way_back).text


@pytest.mark.parametrize("question", ["", "   "])
def test_an_empty_question_is_explained_at_its_field(client, question):
    answer, seen = ask(client, question)
    assert answer.status_code == 422
    assert '<p class="error" id="q-error">There is no question: type one and ask again.</p>' in answer.text
    assert 'aria-invalid="true" aria-describedby="q-error"' in answer.text
    assert "#q" in seen.links


def test_after_a_fault_the_question_is_still_in_the_box(client):
    answer, seen = ask(client, "Break")
    assert answer.status_code == 500
    assert "because of a fault in this program" in seen.folded
    assert ">Break</textarea>" in answer.text


def test_earlier_questions_go_along_with_the_next_and_can_be_left_behind(client, assistant):
    answer, seen = ask(client, "How do workers feel?", earlier=["How good are children's plans?"])
    assert assistant.histories[-1] == ("How good are children's plans?",)
    assert answer.text.count('name="earlier"') == 2
    assert "/plain" in seen.links


def test_only_the_last_ten_earlier_questions_go_along(client, assistant):
    ask(client, "How do workers feel?", earlier=[f"Question {number}" for number in range(30)])
    assert assistant.histories[-1] == tuple(f"Question {number}" for number in range(20, 30))


def test_what_is_narrowed_is_said_is_searched_and_is_one_link_away_from_being_cleared(client, assistant):
    answer, seen = ask(client, "How do workers feel?", publisher="Ofsted", first="2020")
    assert "The search is narrowed: Ofsted; published from 1 January 2020." in seen.folded
    assert assistant.scopes[-1].publishers == frozenset({"Ofsted"})
    assert "/plain?q=How+do+workers+feel%3F" in seen.links
    assert 'value="Ofsted" checked' in answer.text


def test_silence_counts_only_the_documents_that_were_searched(client):
    _, seen = ask(client, "Who?", document=LETTER_2014)
    assert "Searched: 1 document, published 2014." in seen.folded


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        ({"first": "soon"}, "'soon' is not a date"),
        ({"publisher": "Nobody known"}, "There is no publisher 'Nobody known'"),
        ({"document": LETTER_2014, "first": "2020"}, "No document fits this narrowing"),
    ],
)
def test_an_impossible_filter_is_explained_where_it_was_chosen(client, narrowing, said):
    answer, seen = ask(client, "How do workers feel?", **narrowing)
    assert answer.status_code == 422
    assert said in seen.folded
    assert 'id="narrowing-error"' in answer.text
    assert '<details open><summary id="narrowing">' in answer.text
    assert "#narrowing" in seen.links
    assert ">How do workers feel?</textarea>" in answer.text


HOSTILE_QUESTION = '"><script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))'


@pytest.mark.parametrize("address", ["/plain", "/feedback", "/export/print"])
def test_a_hostile_question_shows_as_text_and_adds_no_element(client, address):
    hostile = Seen(client.get(address, params={"q": HOSTILE_QUESTION, "earlier": HOSTILE_QUESTION}).text)
    tame = Seen(client.get(address, params={"q": "What?", "earlier": "Who?"}).text)
    assert hostile.elements == tame.elements
    assert HOSTILE_QUESTION in hostile.folded


@pytest.mark.parametrize("address", ["/plain", "/export/print"])
def test_a_hostile_document_shows_as_text_and_adds_no_address(client, address):
    seen = Seen(client.get(address, params={"q": "What does the note say?"}).text)
    assert not {"img", "script", "iframe", "object"} & set(seen.elements)
    assert all(link.startswith(("/", "#", "data:,")) for link in seen.links)
    assert '<img src="http://elsewhere.invalid/a.png" onerror="document.title=1">' in seen.folded


def test_a_quotation_that_does_not_stand_is_not_shown_and_that_is_said(assistant, wrong_citation):
    class Changed(FakeAssistant):
        def ask(self, question, history=(), **options):
            answer = super().ask("How good are children's plans?", history, **options)
            return replace(answer, citations=(answer.citations[0], replace(wrong_citation, number=2)))

    _, seen = ask(plain_site(Changed(assistant.documents)), "How good are children's plans?")
    assert "50%" not in seen.text
    assert "1 quotation is not shown" in seen.folded
    assert "1 of 2 quotations checked" in seen.folded


def test_the_ways_out_of_an_answer_lead_to_pages_about_the_same_answer(client):
    _, seen = ask(client, "How do workers feel?", publisher="Ofsted", earlier="Hello")
    ways = [link for link in seen.links if link.startswith(("/feedback", "/export"))]
    assert len(ways) == 4
    for way in ways:
        assert client.get(way).status_code == 200
        assert parse_qs(urlsplit(way).query)["earlier"] == ["Hello"]
