"""What people do on the page, by keyboard alone; asking, stopping and narrowing have tests of their own."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.ui.browsing import IN_A_BROWSER, Visit

pytestmark = IN_A_BROWSER
WORKERS, PLANS, SILENT = (
    "How do workers feel?",
    "How good are children's plans?",
    "What is the capital of France?",
)


def ask(visit: Visit, question: str) -> None:
    """Types into the box that has the focus after an answer, and presses Enter."""
    before = visit.answers.count()
    visit.question.focus()
    visit.page.keyboard.type(question)
    visit.press("Enter")
    expect(visit.answers).to_have_count(before + 1)


def reach(visit: Visit, name: str) -> None:
    """Presses Tab until a control with this name has the focus, and not a region that holds one."""
    for _ in range(60):
        visit.tab_to(name)
        if visit.page.evaluate("() => document.activeElement.matches('a, button, input, textarea')"):
            return


def follow(visit: Visit, name: str) -> None:
    """Goes to a link by its name and follows it to another page."""
    reach(visit, name)
    with visit.page.expect_navigation():
        visit.press("Enter")


def test_a_follow_up(visit):
    ask(visit, WORKERS)
    visit.page.locator("#log .follow-ups").wait_for()
    visit.page.locator("#log").focus()
    reach(visit, PLANS)
    visit.press("Enter")
    expect(visit.answers).to_have_count(2)


def test_silence_and_the_way_to_the_closest_passages(visit):
    ask(visit, SILENT)
    visit.page.locator("#log").focus()
    reach(visit, "Closest passages")
    visit.press("Enter")
    expect(visit.page.locator("#sources :focus, #sources:focus")).to_have_count(1)


def test_opening_the_document_and_coming_back(visit):
    ask(visit, WORKERS)
    visit.page.locator("#log").focus()
    follow(visit, "Open in the document")
    expect(visit.page.locator("mark").first).to_be_visible()
    visit.page.go_back()
    visit.ready()
    expect(visit.answers).to_have_count(1)


def test_exporting_an_answer(visit):
    ask(visit, WORKERS)
    visit.page.locator("#log").focus()
    reach(visit, "Markdown")
    with visit.page.expect_download() as download:
        visit.press("Enter")
    assert download.value.suggested_filename.endswith(".md")


def test_saying_whether_an_answer_is_right(visit):
    ask(visit, WORKERS)
    visit.page.locator("#log").focus()
    follow(visit, "Is this answer right?")
    visit.page.locator("body").press("Tab")
    reach(visit, "right")
    visit.press("Space")
    follow(visit, "Send")
    expect(visit.page.locator("h1")).to_contain_text("Thank you")
    visit.go("/")


def test_the_link_to_an_answer(visit):
    ask(visit, WORKERS)
    visit.page.locator("#log").focus()
    follow(visit, "Link to this answer")
    visit.ready()
    expect(visit.answers).to_have_count(1)


def test_a_long_conversation_and_back_to_its_first_answer(visit):
    for _ in range(6):
        ask(visit, PLANS)
    visit.page.locator("#log").focus()
    reach(visit, "source 1")
    expect(visit.page.locator("#log .exchange").first.locator(":focus")).to_have_count(1)
    visit.press("Enter")
    expect(visit.page.locator("#sources .shown :focus")).to_have_count(1)


def test_two_people_at_once(visit, ben):
    ben.new_conversation()
    ask(visit, WORKERS)
    ask(ben, PLANS)
    expect(visit.page.locator("#log .asked")).to_have_text([WORKERS])
    expect(ben.page.locator("#log .asked")).to_have_text([PLANS])
