"""The page in a real browser: stopping, asking again, narrowing, copying and the ways out of an answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.browsing import IN_A_BROWSER, Visit
from tests.ui.conftest import LETTER_2014, MISSPELT, SLOW
from ui.conversation import LOOKING, STOPPED

pytestmark = IN_A_BROWSER
WORKERS, PLANS = "How do workers feel?", "How good are children's plans?"


def copied(visit: Visit) -> str:
    return str(visit.page.evaluate("() => navigator.clipboard.readText()"))


def test_a_question_in_flight_is_announced_and_can_be_stopped(visit, assistant):
    assistant.gate.clear()
    visit.question.fill(SLOW)
    visit.question.press("Enter")
    expect(visit.status).to_have_text(LOOKING)
    expect(visit.page.locator("#log .pending .asked")).to_have_text(SLOW)
    visit.page.get_by_role("button", name="Stop").click()
    expect(visit.status).to_have_text(STOPPED)
    assistant.gate.set()
    expect(visit.question).to_have_value(SLOW)
    expect(visit.page.locator("#log .exchange")).to_have_count(0)
    expect(visit.page.get_by_role("button", name="Stop")).to_have_count(0)


def test_stopping_by_keyboard_alone(visit, assistant):
    assistant.gate.clear()
    visit.question.fill(SLOW)
    visit.question.press("Enter")
    expect(visit.status).to_have_text(LOOKING)
    visit.tab_to("Stop")
    visit.press("Enter")
    expect(visit.status).to_have_text(STOPPED)
    assistant.gate.set()
    assert visit.page.evaluate("() => document.activeElement.tagName") == "TEXTAREA"


def test_the_answer_is_read_out_with_the_number_of_its_sources(visit):
    visit.ask(WORKERS)
    expect(visit.status).to_contain_text("Answer ready, 1 source.")
    expect(visit.status.locator(".vh")).to_contain_text("“All workers spoken to feel well supported.” [1]")


def test_a_question_can_be_edited_and_asked_again(visit):
    visit.ask(WORKERS)
    visit.page.get_by_role("button", name="Edit the question and ask again").click()
    expect(visit.question).to_have_value(WORKERS)
    visit.page.keyboard.type(PLANS)  # what was there is selected
    visit.press("Enter")
    expect(visit.answers).to_have_count(2)
    expect(visit.page.locator("#log .asked").last).to_have_text(PLANS)


def test_a_correction_of_the_spelling_is_said_and_can_be_taken_back(visit):
    visit.ask(MISSPELT)
    expect(visit.answers).to_contain_text("Searched for “workers” in place of “wrokers”.")
    visit.page.get_by_role("button", name="Search only for what you wrote").click()
    expect(visit.answers).to_have_count(2)
    expect(visit.answers.last).to_contain_text("Not in the documents")
    expect(visit.question).to_have_value("")


def test_a_follow_up_asks_itself(visit):
    visit.ask(WORKERS)
    visit.page.get_by_role("button", name=PLANS).click()
    expect(visit.answers).to_have_count(2)
    expect(visit.page.locator("#log .asked").last).to_have_text(PLANS)
    expect(visit.page.locator("#log .follow-ups:visible")).to_have_count(1)


def test_documents_that_differ_stand_side_by_side(visit):
    visit.ask("Are children protected?")
    sides = visit.page.locator("#log .side")
    expect(sides).to_have_count(2)
    boxes = [sides.nth(number).bounding_box() for number in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_an_excerpt_can_be_unfolded_and_opened_in_its_document(visit):
    visit.ask(WORKERS)
    more = visit.page.locator("#sources .more").first
    expect(more.locator("p")).to_be_hidden()
    more.locator("summary").press("Enter")
    expect(more.locator("p")).to_be_visible()
    visit.page.get_by_role("link", name="Open in the document").click()
    expect(visit.page.locator("mark").first).to_have_text("All workers spoken to feel well supported.")
    visit.page.go_back()
    visit.ready()
    expect(visit.answers).to_have_count(1)


def test_an_answer_and_a_quotation_are_copied_with_their_references(visit):
    visit.ask(WORKERS)
    reference = (
        "Ofsted, Focused visit to Rotherham children's services, 4 December 2020, Findings, paragraph 1"
    )
    visit.page.get_by_role("button", name="Copy answer with references").press("Enter")
    expect(visit.page.locator("#said")).to_have_text("Copied.")
    assert copied(visit) == f"“All workers spoken to feel well supported.” [1]\n[1] {reference}"
    visit.page.get_by_role("button", name="Copy quotation with reference").click()
    expect(visit.page.locator(".copy.done")).to_have_count(2)
    assert copied(visit) == f"“All workers spoken to feel well supported.” ({reference})"


def test_the_search_is_narrowed_and_the_narrowing_is_seen_and_cleared(visit, assistant):
    said = visit.page.locator("#narrowed")
    expect(said).to_have_text("Searching all documents: 3 documents, published 2014 to 2020.")
    visit.page.get_by_role("button", name="Narrow the search").click()
    visit.page.get_by_label("Advice letter").check()
    expect(said).to_have_text("Searching only: Advice letter (1 of 3 documents).")
    visit.ask(WORKERS)
    assert assistant.scopes[-1].documents == {LETTER_2014}
    expect(visit.page.locator("#log .narrowed")).to_have_text("Searched only: Advice letter")
    visit.page.get_by_role("button", name="Search all documents").click()
    expect(said).to_contain_text("Searching all documents")
    expect(visit.page.get_by_label("Advice letter")).not_to_be_checked()
    visit.ask(WORKERS)
    assert assistant.scopes[-1].is_everything
    visit.page.get_by_role("button", name="Narrow the search").click()


def test_an_impossible_narrowing_says_so_by_keyboard_alone(visit):
    visit.go("/")
    visit.question.focus()
    visit.tab_to("Narrow the search")
    visit.press("Enter")
    visit.tab_to("Focused visit")
    visit.press("Space")
    expect(visit.page.locator("#narrowed")).to_contain_text("Focused visit")
    visit.tab_to("Published until")
    visit.page.keyboard.type("2014")
    visit.press("Tab")
    wrong = visit.page.locator("#narrowing-error")
    expect(wrong).to_contain_text("No document fits this narrowing")
    expect(visit.page.get_by_label("Published until")).to_have_attribute("aria-invalid", "true")
    visit.question.fill(PLANS)
    visit.question.press("Enter")
    expect(visit.error).to_contain_text("No document fits this narrowing")
    assert visit.question.input_value() == PLANS
    visit.tab_to("Search all documents")
    visit.press("Enter")
    expect(wrong).to_have_text("")
    visit.go("/")


@pytest.mark.parametrize("words", ["Word file", "Markdown", "Print page", "Is this answer right?"])
def test_the_ways_out_of_an_answer_lead_somewhere(visit, words):
    visit.ask(PLANS)
    link = visit.page.locator("#log a", has_text=words).first.get_attribute("href")
    response = visit.page.request.get(visit.site + link)
    assert response.ok


def test_a_whole_conversation_can_be_exported(visit):
    visit.ask(WORKERS)
    visit.ask(PLANS)
    link = visit.page.locator("#exports a", has_text="Markdown").get_attribute("href")
    text = visit.page.request.get(visit.site + link).text()
    assert "feel well supported" in text
    assert "not consistent for all children" in text
