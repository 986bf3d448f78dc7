"""The view of a page in a real browser, by keyboard alone and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.axe import AXE
from tests.ui.browsing import IN_A_BROWSER, PATIENCE
from tests.ui.page_view_site import (
    ACROSS,
    LETTER,
    NOTE,
    PLANS,
    QUESTION,
    PagedAssistant,
    address,
    paged_assistant,
    serving_pages,
)
from tests.ui.test_plain_pages import NARROW, WIDE, Reader

pytestmark = IN_A_BROWSER
OPENED = f"/document/{LETTER}".replace(" ", "%20")
PLACES = """() => [".sheet img", ".sheet svg", "#mark path"].map(one => {
  const found = document.querySelector(one).getBoundingClientRect();
  return [found.x, found.y, found.width, found.height];
})"""
STATES = ("marked", "page break", "enlarged", "scan", "no picture", "as text")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PagedAssistant:
    found = paged_assistant(tmp_path_factory.mktemp("documents"))
    (found.folder / "changed.pdf").write_bytes(b"%PDF-1.7 other content")
    letter = found.documents[LETTER]
    found.documents["changed.pdf"] = type(letter)(
        "changed.pdf", letter.details, letter.sha256, letter.text, letter.pages, letter.sections
    )
    return found


@pytest.fixture(scope="module")
def pages(assistant: PagedAssistant) -> Iterator[str]:
    with serving_pages(assistant) as site:
        yield site


@pytest.fixture(scope="module")
def addresses(assistant: PagedAssistant) -> dict[str, str]:
    """Every state of the view."""
    marked = address(assistant, PLANS, ACROSS)
    return {
        "marked": marked,
        "page break": address(assistant, ACROSS, page=3),
        "enlarged": address(assistant, PLANS, zoom=200),
        "scan": f"{OPENED}/page/4",
        "no picture": marked.replace(OPENED, "/document/changed.pdf"),
        "as text": f"{OPENED}?spans=100-120",
    }


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def reader(request: pytest.FixtureRequest, browser: Browser, pages: str) -> Iterator[Reader]:
    context = browser.new_context(viewport=request.param, java_script_enabled=False, reduced_motion="reduce")
    reader = Reader(context, pages)
    expect.set_options(timeout=PATIENCE)
    yield reader
    assert reader.elsewhere == []
    context.close()


@pytest.fixture(scope="module")
def looked_at(browser: Browser, pages: str) -> Iterator[Callable[[str], Page]]:
    """One window in which page after page is looked at."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()

    def open_page(where: str) -> Page:
        page.goto(pages + where)
        return page

    yield open_page
    context.close()


def test_from_an_answer_to_the_marked_words_and_on(reader, assistant):
    reader.open(f"/plain?q={QUESTION.replace(' ', '+').replace('?', '%3F')}")
    reader.tab_to('a[href*="at=2"]')
    reader.follow()
    expect(reader.page).to_have_title("Page 1 (2 of 4): Letter to the council <b>of 2016</b> - Inspection QA")
    expect(reader.page.locator("#mark")).to_be_in_viewport()
    reader.open(reader.page.url.removeprefix(reader.site).split("#")[0])
    reader.tab_to('a[href="#here"]')
    reader.press("Enter")
    assert reader.focused() == "here"
    expect(reader.page.locator("#here")).to_be_in_viewport()
    reader.open(reader.page.url.removeprefix(reader.site).split("#")[0])
    reader.tab_to('nav.steps a[href*="/page/3"]')
    reader.follow()
    expect(reader.page.locator("#here")).to_have_text("spoke to forty families.")


def test_the_picture_is_enlarged_and_moved_by_keyboard(reader, assistant):
    reader.open(address(assistant, PLANS).split("#")[0])
    small = reader.page.locator(".sheet img").bounding_box()
    reader.tab_to('a[href*="zoom=300"]')
    reader.follow()
    large = reader.page.locator(".sheet img").bounding_box()
    assert large["width"] > 2 * small["width"]
    expect(reader.page.locator("#mark")).to_be_in_viewport()
    reader.open(reader.page.url.removeprefix(reader.site).split("#")[0])
    reader.tab_to(".frame")
    before = reader.page.locator("#mark").bounding_box()
    reader.press("End")
    expect(reader.page.locator("#mark")).not_to_be_in_viewport()
    assert before["y"] > 0


def test_the_marks_lie_on_the_picture_where_the_words_are(looked_at, assistant):
    """The shapes over the picture have its very size, at every width and zoom."""
    for zoom in (100, 200):
        page = looked_at(address(assistant, PLANS, zoom=zoom))
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            picture, shapes, mark = page.evaluate(PLACES)
            assert shapes == pytest.approx(picture, abs=0.1)
            assert (mark[0] - picture[0]) / picture[2] == pytest.approx(72 / 595, abs=0.005)
    page.set_viewport_size(WIDE)


def test_the_original_is_saved_under_its_name(reader):
    reader.open(f"{OPENED}/page/1")
    reader.tab_to('a[href$="/original"]')
    with reader.page.expect_download() as saved:
        reader.press("Enter")
    assert saved.value.suggested_filename == "letter of 2016.pdf"


def test_a_text_opens_as_text(reader):
    reader.open(f"/document/{NOTE}/page/1?spans=2-6")
    expect(reader.page.locator("#here")).to_have_text("note")


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(looked_at, findings, addresses, state):
    if not AXE.is_file():
        pytest.skip(f"axe-core is not at {AXE}: `make browser` fetches it")
    assert findings.look(looked_at(addresses[state]), "View of a page", state) == []


@pytest.mark.parametrize("state", STATES)
def test_nothing_runs_off_the_side_at_320_pixels(looked_at, addresses, state):
    page = looked_at(addresses[state])
    page.set_viewport_size({"width": 320, "height": 640})
    needed = page.evaluate("() => document.documentElement.scrollWidth")
    page.set_viewport_size(WIDE)
    assert needed <= 320


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_marks_are_seen_in_every_scheme_by_their_lines(looked_at, assistant, colours):
    page = looked_at(address(assistant, PLANS))
    page.emulate_media(
        color_scheme="dark" if colours == "dark" else "light",
        forced_colors="active" if colours == "forced" else "none",
    )
    shown = page.locator("#mark path").evaluate("one => getComputedStyle(one).stroke")
    page.emulate_media(color_scheme="light", forced_colors="none")
    assert shown == "rgb(179, 89, 0)"  # on the paper, which stays white
