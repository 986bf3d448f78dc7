"""The plain pages in a real browser without JavaScript, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.ui.axe import AXE
from tests.ui.browsing import IN_A_BROWSER, PATIENCE
from tests.ui.conftest import HOSTILE, LETTER_2020, WORKERS

pytestmark = IN_A_BROWSER
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

# Every page and state: its name, its state, its address.
STATES = (
    ("Plain page", "empty", "/plain"),
    ("Plain page", "no question", "/plain?q="),
    ("Plain page", "answered", "/plain?q=How+good+are+children%27s+plans%3F"),
    (
        "Plain page",
        "answered in part, as a follow-up",
        "/plain?q=How+quickly+did+the+service+change%3F&earlier=Hello",
    ),
    ("Plain page", "documents differ", "/plain?q=Are+children+protected%3F"),
    ("Plain page", "not in the documents, narrowed", "/plain?q=What+is+the+capital%3F&publisher=Ofsted"),
    ("Plain page", "impossible filter", "/plain?q=Hello&first=soon"),
    ("Plain page", "hostile document", "/plain?q=What+does+the+note+say%3F"),
    ("Page of a document", "citations", f"/document/{LETTER_2020}?spans=400-440,6495-6563&at=2"),
    ("Page of a document", "searched", f"/document/{LETTER_2020}?find=children&hit=3"),
    ("Page of a document", "wrong place", f"/document/{LETTER_2020}?start=5&end=999999"),
    ("Page of a document", "hostile document", f"/document/{HOSTILE}?find=script&hit=1"),
    ("Page not found", "shown", "/document/nowhere.txt"),
    ("For programs", "shown", "/api"),
    ("Accessibility statement", "shown", "/accessibility"),
    ("Feedback", "asking", "/feedback?q=How+do+workers+feel%3F"),
    ("Export to print", "shown", "/export/print?q=Are+children+protected%3F"),
)


class Reader:
    """A person without JavaScript and without a mouse, and what their browser asked other hosts for."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.elsewhere: list[str] = []
        self.site = site
        context.route("**/*", self._loopback_only)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)

    def open(self, address: str) -> None:
        self.page.goto(self.site + address)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def follow(self) -> None:
        """Presses Enter on what has the focus, and waits for the page that it leads to."""
        with self.page.expect_navigation():
            self.press("Enter")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def tab_to(self, selector: str) -> None:
        """Presses Tab until what the selector names has the focus."""
        for _ in range(60):
            self.press("Tab")
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"{selector} is not reached with the Tab key")

    def focused(self) -> str:
        return str(self.page.evaluate("() => document.activeElement.id"))

    def _loopback_only(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def reader(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Reader]:
    context = browser.new_context(viewport=request.param, java_script_enabled=False, reduced_motion="reduce")
    reader = Reader(context, site)
    yield reader
    assert reader.elsewhere == []
    context.close()


@pytest.fixture(scope="module")
def looked_at(browser: Browser, site: str) -> Iterator[Callable[[str], Page]]:
    """One window in which page after page is looked at."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()

    def open_page(address: str) -> Page:
        page.goto(site + address)
        return page

    yield open_page
    context.close()


def test_a_question_its_citation_its_source_and_back(reader):
    reader.open("/plain")
    reader.press("Tab", "Enter")  # on "Skip to the main part"
    assert reader.focused() == "main"
    reader.tab_to("#q")
    reader.type("How good are children's plans?")
    reader.tab_to("button")
    reader.follow()
    expect(reader.page).to_have_title("Answer: How good are children's plans? - Inspection QA")
    reader.tab_to("#cite-2")
    reader.press("Enter")
    assert reader.focused() == "source-2"
    reader.press("Tab", "Enter")  # on "Back to citation 2"
    assert reader.focused() == "cite-2"


def test_a_source_opens_in_its_document_and_the_citations_are_followed(reader):
    reader.open("/plain?q=How+good+are+children%27s+plans%3F")
    reader.tab_to('a[href*="at=2"]')
    reader.follow()
    expect(reader.page.locator("#here")).to_have_text(
        "50% of children in care were attending school by the end of June 2020"
    )
    expect(reader.page.locator("#here")).to_be_in_viewport()
    reader.open(reader.page.url.removeprefix(reader.site).split("#")[0])
    reader.tab_to('nav.steps a[href*="at=1"]')
    reader.follow()
    expect(reader.page.locator("#here")).to_contain_text("not consistent for all children")
    expect(reader.page.locator("#here")).to_be_in_viewport()


def test_a_search_within_a_document_is_followed_hit_by_hit(reader):
    reader.open(f"/document/{LETTER_2020}")
    reader.tab_to("#find")
    reader.type("social worker")
    reader.follow()
    expect(reader.page.locator("#found")).to_contain_text("“social worker” stands in")
    reader.tab_to('nav.steps a[href*="hit=1"]')
    reader.follow()
    expect(reader.page.locator("#here")).to_be_in_viewport()
    reader.open(reader.page.url.removeprefix(reader.site).split("#")[0])
    reader.tab_to('nav.steps a[href*="hit=2"]')
    reader.follow()
    expect(reader.page.locator("nav.steps")).to_contain_text("Place 2 of")
    expect(reader.page.locator("#here")).to_be_in_viewport()


def test_an_empty_question_leads_to_its_field(reader):
    reader.open("/plain")
    reader.tab_to("form button")
    reader.follow()
    expect(reader.page).to_have_title("Error: the question was not asked - Inspection QA")
    reader.tab_to('a[href="#q"]')
    reader.press("Enter")
    assert reader.focused() == "q"
    assert reader.page.get_attribute("#q", "aria-describedby") == "q-error"


def test_the_search_is_narrowed_and_set_free_again(reader):
    reader.open("/plain")
    reader.tab_to("#q")
    reader.type("How do workers feel?")
    reader.tab_to("summary")
    reader.press("Enter")
    reader.tab_to('input[value="Ofsted"]')
    reader.press("Space")
    reader.tab_to("form button")
    reader.follow()
    expect(reader.page.locator(".note")).to_contain_text("The search is narrowed: Ofsted.")
    reader.tab_to(".note a")
    reader.follow()
    expect(reader.page.locator("main")).to_contain_text(WORKERS)
    expect(reader.page.locator(".note")).to_have_count(0)


def test_feedback_is_given(reader):
    reader.open("/plain?q=How+do+workers+feel%3F")
    reader.tab_to('a[href^="/feedback"]')
    reader.follow()
    reader.tab_to("input[type=radio]")
    reader.press("ArrowDown", "ArrowDown")
    reader.tab_to("#comment")
    reader.type("It is on page 2.")
    reader.tab_to("form button")
    reader.follow()
    expect(reader.page.get_by_role("heading", name="Thank you")).to_be_visible()
    reader.tab_to("main a")
    reader.follow()
    expect(reader.page.locator("main")).to_contain_text(WORKERS)


def test_feedback_without_a_choice_is_explained(reader):
    reader.open("/feedback?q=How+do+workers+feel%3F")
    reader.tab_to("form button")
    reader.follow()
    expect(reader.page.get_by_role("alert")).to_have_text("Choose what the answer is.")


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_an_answer_is_saved_as_a_file(reader, kind):
    reader.open("/plain?q=How+do+workers+feel%3F")
    reader.tab_to(f'a[href^="/export/{kind}"]')
    with reader.page.expect_download() as saved:
        reader.press("Enter")
    assert saved.value.suggested_filename == f"How-do-workers-feel.{kind}"


@pytest.mark.parametrize(("name", "state", "address"), STATES)
def test_axe_finds_nothing(looked_at, findings, name, state, address):
    if not AXE.is_file():
        pytest.skip(f"axe-core is not at {AXE}: `make browser` fetches it")
    assert findings.look(looked_at(address), name, state) == []


@pytest.mark.parametrize(("name", "state", "address"), STATES)
def test_nothing_runs_off_the_side_at_320_pixels(looked_at, name, state, address):
    page = looked_at(address)
    page.set_viewport_size({"width": 320, "height": 640})
    needed = page.evaluate("() => document.documentElement.scrollWidth")
    page.set_viewport_size(WIDE)
    assert needed <= 320


def test_a_hostile_document_runs_nothing(looked_at):
    page = looked_at(f"/document/{HOSTILE}?find=script&hit=1")
    page.wait_for_timeout(300)  # for scripts and pictures, were there any
    assert page.title() == "<b>A note</b> [x](javascript:alert(2)) - Inspection QA"
    assert page.locator("main").locator("img, script, b, i").count() == 0


def test_nothing_of_the_banner_and_the_forms_is_printed(looked_at):
    page = looked_at("/plain?q=How+do+workers+feel%3F")
    page.emulate_media(media="print")
    shown = [page.locator(one).first.is_visible() for one in (".band", "form", "footer", ".way", ".card")]
    page.emulate_media(media="screen")
    assert shown == [False, False, False, False, True]
