"""The pages of the training in a real browser without JavaScript, by keyboard alone, and under axe-core."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DOCUMENTS
from tests.ui.axe import AXE, Findings
from tests.ui.browsing import IN_A_BROWSER, PATIENCE, follow, tab_to
from tests.ui.training_site import assistant_over, serving_plain_pages

pytestmark = IN_A_BROWSER
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

STATES = (
    ("Training", "shown", "/training"),
    ("Timeline", "everything", "/timeline"),
    ("Timeline", "narrowed", "/timeline?first=2014&last=2016&kind=judgement&theme=early+help"),
    ("Timeline", "nothing left", "/timeline?first=1950&last=1951"),
    ("Timeline", "impossible filter", "/timeline?first=soon"),
    ("Grades", "shown", "/grades"),
    ("Themes", "suggested", "/themes"),
    ("Themes", "one theme", "/themes?q=management+oversight"),
    ("Themes", "no words", "/themes?q="),
)


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages over the bundled documents."""
    with serving_plain_pages(assistant_over(DOCUMENTS, tmp_path_factory.mktemp("data"))) as address:
        yield address


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A window without JavaScript."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE)
    yield context.new_page()
    context.close()


def test_a_facilitator_narrows_the_timeline_and_opens_an_event_by_keyboard(
    reader: Page, training: str
) -> None:
    reader.goto(f"{training}/training")
    tab_to(reader, "a[href='/timeline']")
    follow(reader)
    tab_to(reader, "#choose summary")
    reader.keyboard.press("Enter")
    tab_to(reader, "#first")
    reader.keyboard.type("2014")
    tab_to(reader, "#last")
    reader.keyboard.type("30 November 2014")
    tab_to(reader, "input[value='departure']")
    reader.keyboard.press("Space")
    tab_to(reader, "#choose button")
    follow(reader)
    expect(reader.locator("#shown")).to_contain_text("from 1 January 2014 until 30 November 2014")
    expect(reader.locator("table.events tbody tr")).to_have_count(1)
    tab_to(reader, "td .place a")
    follow(reader)
    expect(reader.locator("mark.here, mark:target").first).to_contain_text("19th September 2014")


def test_the_picture_is_zoomed_by_keyboard(reader: Page, training: str) -> None:
    reader.goto(f"{training}/timeline?kind=report")
    tab_to(reader, "svg a[href^='/timeline?first=']")
    follow(reader)
    expect(reader.locator("#shown")).to_contain_text("Show everything")
    expect(reader.locator("svg.picture")).to_be_visible()
    tab_to(reader, "svg a[href^='#event-']")
    reader.keyboard.press("Enter")
    expect(reader.locator("tr:target, li:target")).to_have_count(1)
    tab_to(reader, ".zoom a")
    follow(reader)


def test_a_theme_is_asked_for_and_its_place_opened_by_keyboard(reader: Page, training: str) -> None:
    reader.goto(f"{training}/themes")
    tab_to(reader, "#q")
    reader.keyboard.type("management oversight")
    reader.keyboard.press("Tab")
    follow(reader)
    expect(reader).to_have_title("Theme: management oversight - Inspection QA")
    tab_to(reader, ".findings .place a")
    follow(reader)
    expect(reader.locator("mark.here, mark:target")).not_to_have_count(0)


def test_on_a_phone_a_list_replaces_the_picture(reader: Page, training: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{training}/timeline?kind=report")
    expect(reader.locator("svg.picture")).to_be_hidden()
    expect(reader.locator("#event-1")).to_be_visible()
    box = reader.locator("#event-1 td").nth(1).bounding_box()
    assert box
    assert box["width"] > 300


@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{state[0]} {state[1]}")
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    window: Page, training: str, findings: Findings, state: tuple[str, str, str]
) -> None:
    name, what, address = state
    window.set_viewport_size({"width": 320, "height": 640})
    window.goto(training + address)
    assert window.evaluate("() => document.documentElement.scrollWidth") <= 320
    for size in (WIDE, NARROW):
        window.set_viewport_size(size)
        assert window.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    if not AXE.is_file():
        pytest.skip(f"axe-core is not at {AXE}: `make browser` fetches it")
    assert findings.look(window, name, what) == []
