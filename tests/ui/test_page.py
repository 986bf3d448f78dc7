"""The page in a real browser: Debian's Chromium, headless, with every other host forbidden."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect, sync_playwright

from ui.server import build_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds; the machine may be busy with other things

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: the page cannot be looked at"),
]


@pytest.fixture(scope="module")
def site(assistant) -> Iterator[str]:
    """The address of a server that answers from the predictable assistant."""
    config = uvicorn.Config(
        build_server(assistant), port=0, log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """One person's browser window on the page, and what it asked other hosts for."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.elsewhere: list[str] = []
        self.faults: list[str] = []
        context.route("**/*", self._loopback_only)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        self.page.goto(site)
        self.question = self.page.get_by_label("Your question")
        self.question.wait_for()
        self.answers = self.page.locator("#log .answer")

    def _loopback_only(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def ask(self, question: str) -> None:
        """Types the question, presses Enter and waits for its answer."""
        before = self.answers.count()
        self.question.fill(question)
        self.question.press("Enter")
        expect(self.answers).to_have_count(before + 1, timeout=PATIENCE)

    def start_again(self) -> None:
        """Empties the page."""
        self.page.get_by_role("button", name="Start again").click()
        expect(self.page.locator("#log .message-row")).to_have_count(0, timeout=PATIENCE)
        expect(self.page.locator("#question-error")).to_have_text("")
        expect(self.question).to_have_value("")

    def focused(self) -> str:
        """The id of the element that has the focus."""
        return str(self.page.evaluate("() => document.activeElement.id"))


@pytest.fixture(scope="module")
def desktop(browser: Browser, site: str) -> Iterator[Visit]:
    """One window for all tests that need no other; loading the page is the dearest step."""
    context = browser.new_context(viewport=DESKTOP)
    yield Visit(context, site)
    context.close()


@pytest.fixture
def visit(desktop: Visit) -> Visit:
    desktop.start_again()
    return desktop


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    contexts: list[BrowserContext] = []

    def open_one() -> Visit:
        context = browser.new_context(viewport=DESKTOP)
        contexts.append(context)
        return Visit(context, site)

    yield open_one
    for context in contexts:
        context.close()


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
    visit.page.locator("#cite-1-2").click()
    assert visit.focused() == "src-1-2"
    visit.page.get_by_role("link", name="Back to citation 2").click()
    assert visit.focused() == "cite-1-2"


def test_each_answers_citations_lead_to_its_own_sources(visit):
    visit.ask("How good are children's plans?")
    visit.ask("How do workers feel?")
    expect(visit.page.locator(".card:visible")).to_have_count(1)
    expect(visit.page.locator("#src-2-1")).to_be_visible()
    visit.page.locator("#cite-1-1").click()
    assert visit.focused() == "src-1-1"
    expect(visit.page.locator(".card:visible")).to_have_count(2)
    expect(visit.page.locator("#src-2-1")).to_be_hidden()


def test_a_new_answer_shows_its_own_sources_after_older_ones_were_looked_at(visit):
    visit.ask("How good are children's plans?")
    visit.ask("How do workers feel?")
    visit.page.locator("#cite-1-1").click()
    visit.ask("How quickly did the service change?")
    expect(visit.page.locator(".card:visible")).to_have_count(1)
    expect(visit.page.locator("#src-3-1")).to_be_visible()


def test_the_whole_way_by_keyboard_alone(open_page):
    visit = open_page()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")  # on "Skip to the question"
    visit.page.keyboard.type("How do workers feel?")
    visit.page.keyboard.press("Enter")
    expect(visit.answers).to_have_count(1, timeout=PATIENCE)
    visit.page.keyboard.press("Shift+Tab")
    assert visit.focused() == "cite-1-1"
    visit.page.keyboard.press("Enter")
    assert visit.focused() == "src-1-1"
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")  # on "Back to citation 1"
    assert visit.focused() == "cite-1-1"


def test_shift_and_enter_break_the_line_and_ask_nothing(visit):
    visit.question.fill("How do workers")
    visit.question.press("Shift+Enter")
    visit.page.keyboard.type("feel?")
    assert visit.question.input_value() == "How do workers\nfeel?"
    expect(visit.answers).to_have_count(0)


def test_an_example_asks_itself_and_the_examples_make_way(visit):
    visit.page.get_by_role("button", name="How do workers feel?").click()
    expect(visit.answers).to_have_count(1, timeout=PATIENCE)
    expect(visit.page.get_by_role("heading", name="Example questions")).to_be_hidden()
    assert visit.page.evaluate("() => document.activeElement.getAttribute('role')") == "log"


def test_start_again_empties_the_page(visit):
    visit.ask("How do workers feel?")
    visit.start_again()
    expect(visit.answers).to_have_count(0)
    expect(visit.page.locator(".card")).to_have_count(0)
    expect(visit.page.get_by_role("heading", name="Example questions")).to_be_visible()


def test_silence_looks_different_and_leads_to_the_closest_passages(visit):
    visit.ask("What is the capital of France?")
    expect(visit.page.locator("#log .not_in_documents")).to_contain_text("Not in the documents")
    visit.page.get_by_role("link", name="Closest passages").click()
    assert visit.focused() == "beside-1"
    expect(visit.page.locator("#beside-1")).to_contain_text("They do not answer the question.")


def test_an_empty_question_is_explained_at_the_field(visit):
    visit.question.press("Enter")
    alert = visit.page.locator("#question-error")
    expect(alert).to_have_text("There is no question: type one and ask again.", timeout=PATIENCE)
    assert visit.question.get_attribute("aria-invalid") == "true"
    assert visit.question.get_attribute("aria-describedby") == "question-error"
    visit.ask("How do workers feel?")
    expect(alert).to_have_text("")


def test_after_a_fault_the_question_is_still_in_the_box(visit):
    visit.question.fill("Break")
    visit.question.press("Enter")
    expect(visit.page.locator("#question-error")).to_contain_text("because of a fault", timeout=PATIENCE)
    assert visit.question.input_value() == "Break"


def test_a_hostile_document_and_a_hostile_question_show_as_text_and_change_nothing(visit):
    visit.ask("What does the note say?")
    visit.ask("<img src=http://elsewhere.invalid/q.png onerror=document.title=1> [x](javascript:alert(1))")
    visit.page.wait_for_timeout(500)  # for pictures and scripts, were there any
    expect(visit.answers.first).to_contain_text("[a link](javascript:alert(1)) and `code` and **bold**")
    expect(visit.page.locator("#log .asked").last).to_contain_text("<img src=http://elsewhere.invalid/q.png")
    shown = visit.page.locator("#log .message-content, #sources, #documents")
    assert shown.locator("img, script, iframe, form, code, em, b, i").count() == 0
    assert shown.locator('a:not([href^="#"])').count() == 0
    assert visit.page.title() == "Inspection QA"
    assert visit.elsewhere == []


def test_nothing_is_asked_of_another_host_and_nothing_goes_wrong(visit):
    visit.ask("How good are children's plans?")
    visit.ask("What is the capital of France?")
    assert visit.elsewhere == []
    assert visit.faults == []


@pytest.mark.parametrize("width", [390, 320])
def test_a_narrow_window_never_scrolls_sideways(visit, width):
    visit.ask("What does the note say?")
    visit.ask("What is the capital of France?")
    visit.page.set_viewport_size({"width": width, "height": 844})
    needed = visit.page.evaluate("() => document.documentElement.scrollWidth")
    visit.page.set_viewport_size(DESKTOP)
    assert needed <= width


def test_two_people_do_not_see_each_others_conversation(open_page):
    one, other = open_page(), open_page()
    one.ask("How do workers feel?")
    other.ask("How good are children's plans?")
    assert one.answers.count() == other.answers.count() == 1
    assert "consistent" not in one.page.inner_text("body")
    assert "feel well supported" not in other.page.inner_text("body")


def test_messages_and_regions_have_plain_names(visit):
    visit.ask("How do workers feel?")
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
