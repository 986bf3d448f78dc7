"""The page in a real browser: asking, answers and sources, and what a page must never do."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui.browsing import DESKTOP, IN_A_BROWSER

pytestmark = IN_A_BROWSER


def test_an_answer_stands_beside_its_sources(visit):
    visit.ask("How good are children's plans?")
    expect(visit.answers).to_contain_text("The quality of children's plans is not consistent")
    expect(visit.answers).to_contain_text("2 of 2 quotations checked")
    expect(visit.page.locator(".card:visible")).to_have_count(2)
    expect(visit.page.locator(".card:visible mark").first).to_have_text(
        "The quality of children's plans is not consistent for all children."
    )
    expect(visit.page.get_by_role("status").filter(has_text="Answer ready, 2 sources.")).to_have_count(1)
    assert visit.question.input_value() == ""


def test_a_citation_moves_the_focus_to_its_source_and_back(visit):
    visit.ask("How good are children's plans?")
    visit.page.locator("#log a.cite").last.click()
    source = visit.focused()
    assert source.startswith("src-")
    assert source.endswith("-2")
    visit.page.get_by_role("link", name="Back to citation 2").click()
    assert visit.focused() == source.replace("src-", "cite-")


def test_each_answers_citations_lead_to_its_own_sources(visit):
    visit.ask("How good are children's plans?")
    visit.ask("How do workers feel?")
    expect(visit.page.locator(".card:visible")).to_have_count(1)
    visit.page.locator("#log a.cite").first.click()
    expect(visit.page.locator(".card:visible")).to_have_count(2)
    expect(visit.page.locator("#sources .card").last).to_be_hidden()
    assert visit.page.locator("#sources .card").first.get_attribute("id") == visit.focused()


def test_a_new_answer_shows_its_own_sources_after_older_ones_were_looked_at(visit):
    visit.ask("How good are children's plans?")
    visit.ask("How do workers feel?")
    visit.page.locator("#log a.cite").first.click()
    visit.ask("How quickly did the service change?")
    expect(visit.page.locator(".card:visible")).to_have_count(1)
    expect(visit.page.locator("#sources .card").last).to_be_visible()


def test_the_whole_way_by_keyboard_alone(visit):
    visit.go("/")
    visit.press("Tab", "Enter")  # on "Skip to the question"
    visit.page.keyboard.type("How do workers feel?")
    visit.press("Enter")
    expect(visit.answers).to_have_count(1)
    visit.tab_to("[source 1]", backwards=True)
    visit.press("Enter")
    assert visit.focused().startswith("src-")
    visit.tab_to("Back to citation 1")
    visit.press("Enter")
    assert visit.focused().startswith("cite-")


def test_shift_and_enter_break_the_line_and_ask_nothing(visit):
    visit.question.fill("How do workers")
    visit.question.press("Shift+Enter")
    visit.page.keyboard.type("feel?")
    assert visit.question.input_value() == "How do workers\nfeel?"
    expect(visit.answers).to_have_count(0)


def test_an_example_asks_itself_and_the_examples_make_way(visit):
    visit.page.get_by_role("button", name="How do workers feel?").click()
    expect(visit.answers).to_have_count(1)
    expect(visit.page.get_by_role("heading", name="Example questions")).to_be_hidden()
    assert visit.focused() == "log"


def test_a_new_conversation_empties_the_page(visit):
    visit.ask("How do workers feel?")
    visit.new_conversation()
    expect(visit.answers).to_have_count(0)
    expect(visit.page.locator("#sources .card")).to_have_count(0)
    expect(visit.page.get_by_role("heading", name="Example questions")).to_be_visible()
    assert visit.page.evaluate("() => document.activeElement.tagName") == "TEXTAREA"


def test_silence_looks_different_and_leads_to_the_closest_passages(visit):
    visit.ask("What is the capital of France?")
    expect(visit.page.locator("#log .not_in_documents")).to_contain_text("Not in the documents")
    visit.page.get_by_role("link", name="Closest passages").click()
    assert visit.focused().startswith("beside-")
    expect(visit.page.locator(".beside.shown")).to_contain_text("They do not answer the question.")


def test_an_empty_question_is_explained_at_the_field(visit):
    visit.question.press("Enter")
    alert = visit.page.locator("#question-error")
    expect(alert).to_have_text("There is no question: type one and ask again.")
    assert visit.question.get_attribute("aria-invalid") == "true"
    assert visit.question.get_attribute("aria-describedby") == "question-error"
    visit.ask("How do workers feel?")
    expect(alert).to_have_text("")


def test_after_a_fault_the_question_is_still_in_the_box(visit):
    visit.question.fill("Break")
    visit.question.press("Enter")
    expect(visit.page.locator("#question-error")).to_contain_text("because of a fault")
    assert visit.question.input_value() == "Break"


def test_a_hostile_document_and_a_hostile_question_show_as_text_and_change_nothing(visit):
    visit.ask("What does the note say?")
    visit.ask("<img src=http://elsewhere.invalid/q.png onerror=document.title=1> [x](javascript:alert(1))")
    visit.page.wait_for_timeout(500)  # for pictures and scripts, were there any
    expect(visit.answers.first).to_contain_text("[a link](javascript:alert(1)) and `code` and **bold**")
    expect(visit.page.locator("#log .asked").last).to_contain_text("<img src=http://elsewhere.invalid/q.png")
    shown = visit.page.locator("#log, #sources, #documents, #listed, #narrow")
    assert shown.locator("img, script, iframe, form, code, em, b, i").count() == 0
    assert shown.locator('a:not([href^="#"], [href^="/"])').count() == 0
    assert visit.page.title() == "Inspection QA"
    assert visit.elsewhere == []


def test_nothing_is_asked_of_another_host_and_nothing_goes_wrong(visit):
    visit.ask("How good are children's plans?")
    visit.ask("What is the capital of France?")
    assert visit.elsewhere == []
    assert visit.faults == []


def test_an_open_page_holds_no_connection_so_that_many_tabs_do_not_stop_the_next(visit):
    open_requests = set()
    visit.page.on("request", lambda request: open_requests.add(request))
    visit.page.on("requestfinished", lambda request: open_requests.discard(request))
    visit.page.on("requestfailed", lambda request: open_requests.discard(request))
    visit.reload()
    visit.ask("How do workers feel?")
    visit.page.wait_for_timeout(1000)  # for what is still on its way
    assert [request.url for request in open_requests] == []


@pytest.mark.parametrize("width", [390, 320])
def test_a_narrow_window_never_scrolls_sideways(visit, width):
    visit.ask("What does the note say?")
    visit.ask("What is the capital of France?")
    visit.page.set_viewport_size({"width": width, "height": 844})
    needed = visit.page.evaluate("() => document.documentElement.scrollWidth")
    visit.page.set_viewport_size(DESKTOP)
    assert needed <= width


def test_messages_and_regions_have_plain_names(visit):
    visit.ask("How do workers feel?")
    expect(visit.page.get_by_role("log", name="Questions and answers")).to_have_count(1)
    expect(visit.page.get_by_role("group", name="You asked")).to_have_count(1)
    expect(visit.page.get_by_role("group", name="Answer", exact=True)).to_have_count(1)
    expect(visit.page.get_by_role("region", name="Sources and documents")).to_have_count(1)
    assert visit.page.get_attribute("html", "lang") == "en-GB"


def test_the_policy_allows_neither_evaluation_nor_other_hosts(site):
    policy = httpx.get(site).headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "script-src 'self' 'nonce-" in policy


def test_no_event_of_the_page_is_offered_as_an_interface_for_programs(site):
    offered = httpx.get(f"{site}/gradio_api/info").json()
    assert offered == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_the_server_says_that_it_is_well(site):
    assert httpx.get(f"{site}/healthz").json() == {"status": "ok"}


def test_only_the_style_sheet_and_the_script_are_given_out(site):
    assert httpx.get(f"{site}/look/page.css").headers["content-type"].startswith("text/css")
    assert httpx.get(f"{site}/look/server.py").status_code == 404
