from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from corpus.document import Details
from qa.answer import Answer, Citation, Status
from tests.ui.conftest import MISSPELT
from ui.excerpts import checked_sources, closest_passages
from ui.markup import (
    answer_copy,
    answer_html,
    documents_html,
    escape,
    folded,
    how_sure,
    long_date,
    question_html,
)
from ui.source_cards import beside_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a link](javascript:alert(1))",
    "![a picture](http://elsewhere.invalid/a.png)",
    "`code` and ```fence```",
    "**bold** and _slanted_ and ~~struck~~",
    "# a heading\n\n- a list\n\n| a | table |",
    "$$x^2$$ and \\(y\\) and ${1 + 1} and {{ braces }}",
    "https://elsewhere.invalid/ and nobody@elsewhere.invalid",
    "</p></div></section><h1>out</h1>",
    "&lt;script&gt; and &#60;",
    'title=" onmouseover="alert(1)',
]


class Reader(HTMLParser):
    """Reads HTML as a browser does: which elements it holds, and what text is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.links: list[str] = []
        self.seen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "br":
            self.seen += " "

    def handle_data(self, data: str) -> None:
        self.seen += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


def answer_with(text: str, citations: tuple[Citation, ...], status: Status = Status.ANSWERED) -> Answer:
    return Answer("Why?", status, text, citations, (), 0.5, "Why?")


@pytest.fixture
def plans(assistant):
    return assistant.ask("How good are children's plans?")


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_reads_as_it_was_and_holds_no_element(text):
    reader = read(escape(text))
    assert reader.seen == text
    assert reader.elements == []


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_holds_no_mark_that_markdown_acts_upon(text):
    without_references = re.sub(r"&#\d+;", "", escape(text))
    assert not set(without_references) & set('<>&"`*_[]()#!$\\{}|~:/.@-+=\n')


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_question_shows_as_text(text):
    reader = read(question_html(text))
    assert folded(reader.seen) == folded(text)
    assert set(reader.elements) <= {"div", "br"}


def test_markup_is_one_line_so_that_markdown_never_ends_the_html(plans, assistant):
    sources = checked_sources(plans, assistant)
    shown = [
        answer_html("1", plans, sources),
        beside_html("1", plans, sources, ()),
        answer_copy(plans, sources),
    ]
    shown.append(documents_html(assistant.details()))
    assert all("\n" not in markup for markup in shown)


def test_a_hostile_document_adds_no_element_and_no_address(assistant):
    answer = assistant.ask("What does the note say?")
    sources = checked_sources(answer, assistant)
    reader = read(answer_html("1", answer, sources) + beside_html("1", answer, sources, ()))
    allowed = "div p a span section q article h3 blockquote mark br button details summary"
    assert set(reader.elements) <= set(allowed.split())
    assert all(link.startswith(("#", "/document/hostile.txt?")) for link in reader.links)
    assert "<img src=" in reader.seen
    assert "[a link](javascript:alert(1))" in reader.seen


def test_hostile_details_of_a_document_show_as_text(assistant):
    reader = read(documents_html(assistant.details()))
    assert "<b>A note</b> [x](javascript:alert(2))" in reader.seen
    assert set(reader.elements) <= {"ul", "li", "strong", "br", "span"}


def test_each_citation_leads_to_its_source_and_the_source_leads_back(plans, assistant):
    sources = checked_sources(plans, assistant)
    answer, beside = answer_html("3", plans, sources), beside_html("3", plans, sources, ())
    for number in (1, 2):
        assert f'id="cite-3-{number}" href="#src-3-{number}"' in answer
        assert f'id="src-3-{number}"' in beside
        assert f'href="#cite-3-{number}"' in beside


def test_a_number_cited_twice_is_an_anchor_once(plans, assistant):
    twice = replace(plans, text=f"{plans.text} {plans.text}")
    markup = answer_html("1", twice, checked_sources(twice, assistant))
    assert markup.count('id="cite-1-1"') == 1
    assert markup.count('href="#src-1-1"') == 2


def test_the_marked_words_are_the_quotation(plans, assistant):
    beside = beside_html("1", plans, checked_sources(plans, assistant), ())
    marked = [html.unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", beside)]
    assert marked == [citation.quote for citation in plans.citations]


def test_a_quotation_cut_by_a_page_break_reads_as_one_sentence(assistant):
    answer = assistant.ask("How quickly did the service change?")
    unfolded = replace(answer, text=f"{answer.citations[0].quote} [1]")
    reader = read(answer_html("1", unfolded, checked_sources(unfolded, assistant)))
    assert "enabled a quick change in working arrangements\xa0[source 1]" in reader.seen


def test_one_quotation_inside_another_spoils_neither(plans, assistant):
    first = plans.citations[0]
    inner = replace(first, number=2, start=first.start + 4, quote=first.quote[4:])
    answer = replace(
        plans, citations=(first, inner), text=f"“{first.quote}” [1]  then “{inner.quote}” [2] end"
    )
    seen = read(answer_html("1", answer, checked_sources(answer, assistant))).seen
    assert f"“{first.quote}”\xa0[source 1]  then “{inner.quote}”\xa0[source 2] end" in seen


def test_a_bracketed_number_inside_a_quotation_is_no_citation(letter):
    words = "as the review found [1] in 2014"
    document = replace(letter, text=words)
    citation = Citation(1, letter.id, 0, len(words), words, "", None, None)
    markup = answer_html("1", answer_with(f"{words} [1]", (citation,)), _sources(document, citation))
    assert markup.count('class="cite"') == 1
    assert words in read(markup).seen


def _sources(document, *citations):
    class Shelf:
        def document(self, document_id):
            return document

    return checked_sources(answer_with("", citations), Shelf())


def test_what_rests_on_a_citation_that_does_not_stand_is_not_shown_and_that_is_said(
    plans, assistant, wrong_citation
):
    wrong = replace(wrong_citation, number=2)
    answer = replace(plans, citations=(plans.citations[0], wrong))
    reader = read(answer_html("1", answer, checked_sources(answer, assistant)))
    assert "plans is not consistent" in reader.seen
    assert "50%" not in reader.seen
    assert "[source 2]" not in reader.seen
    assert "1 quotation is not shown" in reader.seen
    assert "1 of 2 quotations checked" in reader.seen


def test_the_line_under_an_answer_says_how_sure_from_what_and_how_many_were_checked(plans, assistant):
    reader = read(answer_html("1", plans, checked_sources(plans, assistant)))
    assert "How sure: high (90 in 100) · from 1 document, 2020 · 2 of 2 quotations checked" in reader.seen


def test_years_are_named_in_order_and_once(plans, assistant):
    first, second = plans.citations
    answer = replace(
        plans,
        citations=(replace(first, published=date(2020, 12, 4)), replace(second, published=date(2014, 9, 30))),
    )
    assert "2014 and 2020" in read(answer_html("1", answer, checked_sources(answer, assistant))).seen


def test_silence_is_labelled_and_offers_the_closest_passages_as_not_answering(assistant):
    answer = assistant.ask("What is the capital of France?")
    shown = read(answer_html("1", answer, ())).seen
    beside = read(beside_html("1", answer, (), closest_passages(answer, assistant))).seen
    assert shown.startswith("Not in the documents")
    assert "They do not answer the question." in beside
    assert "There is a shortage of local authority placements" in beside


def test_a_partial_answer_says_what_was_not_found(assistant):
    answer = assistant.ask("How quickly did the service change?")
    shown = read(answer_html("1", answer, checked_sources(answer, assistant))).seen
    assert shown.startswith("Answers a part of the question. Not found: the cost.")


@pytest.mark.parametrize(
    ("sure", "words"),
    [(1.0, "high (100 in 100)"), (0.7, "medium (70 in 100)"), (0.57, "low (57 in 100)")],
)
def test_how_sure_is_said_in_words_and_in_a_number(sure, words):
    assert how_sure(sure) == words


def test_statements_that_differ_stand_side_by_side_with_their_dates(assistant):
    answer = assistant.ask("Are children protected?")
    shown = answer_html("1", answer, checked_sources(answer, assistant))
    seen = read(shown[shown.index("The documents differ.") :]).seen
    assert seen.index("30 September 2014, Advice letter") < seen.index("4 December 2020, Focused visit")
    assert shown.count('id="cite-1-1"') == 1


def test_nothing_stands_side_by_side_where_one_of_the_two_did_not_stand(assistant, wrong_citation):
    answer = assistant.ask("Are children protected?")
    wrong = replace(wrong_citation, number=2)
    answer = replace(answer, citations=(answer.citations[0], wrong))
    assert "differ" not in answer_html("1", answer, checked_sources(answer, assistant))


def test_what_was_searched_instead_is_said_with_a_way_back(assistant):
    answer = assistant.ask(MISSPELT)
    shown = answer_html("1", answer, checked_sources(answer, assistant))
    assert "Searched for “workers” in place of “wrokers”. Also searched for: staff." in read(shown).seen
    assert 'class="plain as-written"' in shown


def test_an_answer_is_copied_with_a_numbered_reference_for_each_source(plans, assistant):
    seen = read(answer_copy(plans, checked_sources(plans, assistant))).seen
    assert "“The quality of children's plans is not consistent for all children.” [1]" in seen
    reference = (
        "Ofsted, Focused visit to Rotherham children's services, 4 December 2020, Findings, paragraph 1"
    )
    assert f"[1] {reference}[2] {reference}" in seen


def test_there_is_nothing_to_copy_where_there_is_no_source(assistant):
    assert answer_copy(assistant.ask("What is the capital of France?"), ()) == ""


def test_one_quotation_is_copied_with_its_full_reference(plans, assistant):
    beside = read(beside_html("1", plans, checked_sources(plans, assistant), ())).seen
    assert (
        "“50% of children in care were attending school by the end of June 2020” (Ofsted, Focused visit to "
        "Rotherham children's services, 4 December 2020, Findings, paragraph 1)" in beside
    )


def test_a_source_can_be_opened_in_its_document_at_its_words(plans, assistant, letter):
    first = plans.citations[0]
    links = read(beside_html("1", plans, checked_sources(plans, assistant), ())).links
    assert f"/document/{letter.id}?start={first.start}&end={first.end}#here" in links


def test_a_passage_that_comes_close_can_be_opened_at_its_words_too(assistant, letter):
    answer = assistant.ask("What is the capital of France?")
    passage = answer.hits[0].passage
    links = read(beside_html("1", answer, (), closest_passages(answer, assistant))).links
    assert f"/document/{letter.id}?start={passage.start}&end={passage.end}#here" in links


def test_more_of_the_document_can_be_unfolded_on_both_sides_of_an_excerpt(plans, assistant):
    beside = beside_html("1", plans, checked_sources(plans, assistant), ())
    assert beside.count("<summary>Show more before</summary>") == 2
    assert beside.count("<summary>Show more after</summary>") == 2


def test_silence_comes_with_advice_on_asking_again(assistant):
    assert "name the document" in answer_html("1", assistant.ask("What is the capital of France?"), ())


def test_what_the_assistant_says_of_itself_is_plain_text(assistant):
    reader = read(answer_html("1", assistant.ask("Hello"), ()))
    assert reader.seen == "I answer questions with quotations from the documents."


def test_a_card_names_title_publisher_date_and_place(plans, assistant):
    reader = read(beside_html("1", plans, checked_sources(plans, assistant), ()))
    assert "Focused visit to Rotherham children's services" in reader.seen
    assert "Ofsted · 4 December 2020" in reader.seen
    assert "Findings, paragraph 1" in reader.seen


def test_a_document_of_which_little_is_known_is_listed_all_the_same():
    reader = read(documents_html([("notes/a.txt", Details(title="Notes"))]))
    assert reader.seen == "Notes"


def test_a_date_is_written_as_in_a_letter():
    assert long_date(date(2014, 9, 30)) == "30 September 2014"


def test_a_line_break_is_kept_after_a_short_line_and_folded_after_a_long_one():
    short = "Piccadilly Gate\nStore Street"
    wrapped = "The quality of children's plans is not consistent\nfor all of the children."
    assert question_html(short).count("<br>") == 1
    assert question_html(wrapped).count("<br>") == 1
    assert question_html(wrapped.replace("plans", "many long plans")).count("<br>") == 0
