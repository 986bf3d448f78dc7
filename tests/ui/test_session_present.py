"""The example session in a real browser, from start to end by keyboard alone, and every state for axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from qa.assistant import Assistant
from qa.session_file import example_plan, read_plan
from tests.ui.axe import AXE, Findings
from tests.ui.browsing import IN_A_BROWSER, PATIENCE, press, serving

pytestmark = IN_A_BROWSER
SCREEN = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
SMALLEST = 24  # pixels at 1280 x 720: slides that are fuller than others; the others have 28
NAME = "Training sessions"
MEASURE = """() => {
  const page = document.documentElement;
  const worded = [...document.querySelectorAll("main *, .bar *")].filter(one =>
    one.checkVisibility() && !one.closest(".vh") &&
    [...one.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()));
  return {
    below: page.scrollHeight - page.clientHeight,
    beside: page.scrollWidth - page.clientWidth,
    smallest: Math.min(...worded.map(one => parseFloat(getComputedStyle(one).fontSize))),
  };
}"""


@dataclass
class Seat:
    """A facilitator at the keyboard: what can be pressed, and what was seen."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        """Presses a key that leads on, and waits for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"{selector} is not reached with the Tab key")

    def at(self) -> str:
        return self.page.url.rsplit("/", 1)[-1]


@pytest.fixture(scope="module")
def here(bundled: Assistant) -> Iterator[str]:
    with serving(bundled) as address:
        yield address


@pytest.fixture
def seat(browser: Browser, here: str) -> Iterator[Seat]:
    context = browser.new_context(viewport=SCREEN, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    seat = Seat(page)
    page.on("pageerror", lambda error: seat.faults.append(str(error)))
    page.on("console", lambda line: seat.faults.append(line.text) if line.type == "error" else None)
    page.goto(f"{here}/sessions")
    yield seat
    assert seat.faults == []
    context.close()


def begin(seat: Seat) -> str:
    """From the list of sessions to the opening page of the example, by keyboard; the session's address."""
    seat.tab_to('button[value="example"]')
    seat.press("Enter")
    at = seat.page.url
    seat.tab_to('nav a[href$="/present"]')
    seat.press("Enter")
    seat.tab_to("#start")
    seat.press("Enter")
    expect(seat.page.locator("h1")).to_have_text(read_plan(example_plan()).title)
    return at


def test_the_example_is_run_from_start_to_end_by_keyboard_alone(seat: Seat) -> None:
    begin(seat)
    page = seat.page
    plan = read_plan(example_plan())
    titles: list[str] = []
    revealed = 0
    asked = False
    while not page.locator("#end").count():
        size = page.evaluate(MEASURE)
        assert size["below"] <= 0, f"{page.title()} is taller than the screen"
        assert size["beside"] <= 0, f"{page.title()} is wider than the screen"
        assert size["smallest"] >= SMALLEST - 0.1, f"{page.title()} has text of {size['smallest']} pixels"
        titles.append(page.locator("h1").inner_text())
        if page.locator("#reveal").count() and "key=1" not in page.url:
            before = page.locator("main").inner_text()
            assert "Right answer" not in before
            seat.press("r")
            assert page.locator("main").inner_text() != before
            revealed += 1
            continue
        if page.locator("h1").inner_text() == "The voice of the child" and not asked:
            asked = True
            ask(seat, "Was the voice of the child still a problem in 2020?")
            assert page.locator("blockquote").count() > 0
            seat.press("ArrowLeft")
            ask(seat, "What is the capital of France?")
            expect(page.locator("main")).to_contain_text("do not answer")
            seat.press("ArrowLeft")
        seat.press("ArrowRight")
    for block in plan.blocks:
        assert any(title.startswith(block.title) for title in titles)
    assert revealed > 8
    seat.tab_to("#end")
    seat.press("Enter")
    record = page.locator("main").inner_text()
    assert "2 questions asked" in record
    silent = record.split("What the documents did not answer")[-1]
    assert "What is the capital of France?" in silent
    assert "voice of the child" not in silent


def ask(seat: Seat, question: str) -> None:
    """Q leads to the field, which has the focus; there every letter is a letter."""
    seat.press("q")
    expect(seat.page.locator("#question")).to_be_focused()  # the browser gives it when it first draws
    seat.page.keyboard.type(question)
    seat.press("Enter")
    expect(seat.page.locator("h1")).to_have_text(question)


def test_the_keys_lead_on_back_and_stop_the_time(seat: Seat) -> None:
    begin(seat)
    seat.press("PageDown")
    assert "slide=1" in seat.at()
    seat.press("ArrowRight")
    assert "slide=2" in seat.at()
    seat.press("PageUp")
    assert "slide=1" in seat.at()
    seat.press("t")
    expect(seat.page.locator("#times")).to_contain_text("Time stopped")
    stopped = seat.page.locator("#session-time").inner_text()
    seat.press("ArrowRight")
    expect(seat.page.locator("#session-time")).to_have_text(stopped)
    seat.press("T")
    expect(seat.page.locator("#times")).not_to_contain_text("Time stopped")


def test_single_letters_can_be_turned_off_and_arrows_go_on_working(seat: Seat) -> None:
    begin(seat)
    seat.tab_to("summary")
    seat.page.keyboard.press("Enter")
    seat.tab_to('button[value="no-letters"]')
    seat.press("Enter")
    expect(seat.page.locator("nav.ways")).to_have_attribute("data-letters", "no")
    seat.page.keyboard.press("q")
    seat.press("ArrowRight")
    assert "slide=1" in seat.at()


def test_a_screen_reader_hears_of_the_time_at_a_few_moments_only(seat: Seat) -> None:
    seat.page.clock.install()
    begin(seat)
    seat.press("ArrowRight")
    said = seat.page.locator("#time-said")
    minutes = read_plan(example_plan()).blocks[0].minutes
    seat.page.clock.run_for((minutes - 2) * 60 * 1000)
    assert said.inner_text() == ""
    seat.page.clock.run_for(61 * 1000)
    assert said.inner_text() == "One minute left in this block."
    seat.page.clock.run_for(60 * 1000)
    assert said.inner_text() == "The time of this block is over."
    assert re.fullmatch(r"0:\d\d over", seat.page.locator("#block-time").inner_text())


def test_everything_goes_without_a_script_by_links_and_buttons(browser: Browser, here: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{here}/sessions")
    press(page.get_by_role("button", name="Copy the example session"))
    press(page.get_by_role("link", name="Present"))
    press(page.get_by_role("button", name="Start the session"))
    steps = 0
    while not page.locator("#end").count() and steps < 60:
        reveal = page.get_by_role("link", name="Reveal")
        press(reveal if reveal.count() else page.get_by_role("link", name="Next"))
        size = page.locator("html").evaluate("one => one.scrollWidth - one.clientWidth")
        assert size <= 0, f"{page.title()} is wider than the phone"
        steps += 1
    press(page.get_by_role("link", name="Ask"))
    page.get_by_label("Question").fill("Who was leading children's services in Rotherham in September 2014?")
    press(page.get_by_role("button", name="Ask"))
    expect(page.locator("blockquote").first).to_be_visible()
    press(page.get_by_role("link", name="Back to the slide"))
    press(page.get_by_role("button", name="End the session"))
    expect(page.locator("h1")).to_contain_text("(record)")
    context.close()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: `make browser` fetches it")
def test_axe_finds_nothing_in_any_state(seat: Seat, findings: Findings) -> None:
    page = seat.page
    broken = findings.look(page, NAME, "list, empty")
    at = begin(seat)
    states = {
        "opening page": f"{at}/present?slide=0",
        "timeline": f"{at}/present?slide=3",
        "comparison": f"{at}/present?slide=13",
        "question asked live": f"{at}/ask",
        "end": f"{at}/present?slide=9999",
    }
    last = int(re.findall(r"of (\d+)", _go(page, states["timeline"]))[-1])
    states["end"] = f"{at}/present?slide={last + 1}"
    for number in range(last, 0, -1):
        if page.url and "Quiz" in _go(page, f"{at}/present?slide={number}"):
            states["quiz"] = f"{at}/present?slide={number}"
            states["quiz, revealed"] = f"{at}/present?slide={number}&key=1"
            break
    for state, address in states.items():
        _go(page, address)
        broken += findings.look(page, NAME, state)
    _go(page, f"{at}/ask")
    page.get_by_label("Question").fill("What is the capital of France?")
    seat.press("Enter")
    broken += findings.look(page, NAME, "answer that the documents do not give")
    for state, path in (
        ("session", ""),
        ("adding a comparison", "/block?kind=comparison"),
        ("adding a quiz", "/block?kind=quiz"),
        ("edited as text", "/text"),
        ("key", "/papers/key"),
    ):
        _go(page, f"{at}{path}")
        for summary in page.locator("main summary").all():
            summary.click()
        broken += findings.look(page, NAME, state)
    _go(page, f"{at}/present?slide={last + 1}")
    press(page.locator("#end"))
    broken += findings.look(page, NAME, "record")
    _go(page, f"{at}/block?kind=theme")
    press(page.get_by_role("button", name="Keep this block"))
    seat.faults.clear()  # Chromium tells of the 422 that goes with the error
    broken += findings.look(page, NAME, "error in a form")
    assert broken == []


def _go(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("body").inner_text()
