"""The documents page in a real browser: with and without script, by keyboard alone, and under axe-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.ui.axe import AXE, Findings
from tests.ui.browsing import IN_A_BROWSER, PATIENCE, follow, press, tab_to
from tests.ui.documents_site import BRIDGE, PARKS, Town, build_town
from tests.ui.training_site import serving_plain_pages

pytestmark = IN_A_BROWSER
WIDE = {"width": 1280, "height": 900}
ADDED = "added%2Fbridge.txt"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    built = build_town(tmp_path)
    yield built
    built.run.gate.set()
    built.desk.close()


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    with serving_plain_pages(town.live, town.desk) as site:
        yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window with script; what goes wrong in it fails the test."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    window = context.new_page()
    window.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    window.on("filechooser", lambda _: None)  # from now on the browser leaves choosing files to the test
    faults: list[str] = []
    window.on("pageerror", lambda error: faults.append(str(error)))
    yield window
    context.close()
    assert faults == []


@pytest.fixture
def sent(tmp_path: Path) -> list[Path]:
    """Two files to send: a new letter, and one that is there already under another name."""
    folder = tmp_path / "to send"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "copy of parks.txt").write_text(PARKS)
    return sorted(folder.iterdir())


def choose(page: Page, files: list[Path]) -> None:
    """Chooses files by keyboard."""
    tab_to(page, "#files")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(files)


def send(page: Page, files: list[Path]) -> None:
    """Sends files by keyboard and waits until they are read."""
    choose(page, files)
    tab_to(page, "form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/batch/*")
    expect(page.locator("#reading")).to_have_count(0)


def type_anew(page: Page, selector: str, words: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def test_a_letter_is_added_corrected_replaced_and_removed_by_keyboard_alone(
    page: Page, town: Town, address: str, sent: list[Path], tmp_path: Path
) -> None:
    town.run.gate.clear()
    page.goto(f"{address}/documents")
    send(page, sent)
    expect(page.locator("#file-2")).to_contain_text("there already: Inspection of parks")
    type_anew(page, "#f1-title", "The old bridge")
    tab_to(page, "#adding > button")
    follow(page)

    card = page.locator("#document-added-2Fbridge-txt, [id='document-added-2Fbridge.txt']")
    expect(page.locator("#step")).to_contain_text("Step 3 of 6")
    expect(page.locator("#told")).to_contain_text("Step 3 of 6")
    expect(card).to_contain_text("Being indexed")
    town.run.gate.set()
    expect(card).to_contain_text("Can be asked about")
    expect(page.locator("#told")).to_have_text("Indexing is done. The documents can be asked about.")
    expect(page.locator("#step")).to_have_count(0)
    expect(card.get_by_role("link", name="The old bridge", exact=True)).to_be_visible()

    tab_to(page, f"a[href*='/documents/correct?id={ADDED}']")
    follow(page)
    type_anew(page, "#published", "8 July 2022")
    tab_to(page, "form button")
    follow(page)
    expect(card).to_contain_text("8 July 2022")

    (tmp_path / "newer.txt").write_text(BRIDGE.replace("closed", "open"))
    tab_to(page, f"a[href*='/documents/replace?id={ADDED}']")
    follow(page)
    choose(page, [tmp_path / "newer.txt"])
    tab_to(page, "form button")
    follow(page)
    expect(page.locator("#reading")).to_have_count(0)
    tab_to(page, "#adding > button")
    follow(page)
    expect(page.locator("#undo")).to_contain_text("replaced")
    town.until(lambda: "open" in town.live.document("added/bridge.txt").text)

    tab_to(page, f"a[href*='/documents/remove?id={ADDED}']")
    follow(page)
    expect(page.locator("h1")).to_have_text("Remove this document?")
    tab_to(page, "form button")
    follow(page)
    expect(card).to_have_count(0)
    town.until(lambda: town.ids() == ["lake.txt", "parks.txt"])
    tab_to(page, "#undo button")
    follow(page)
    expect(card).to_contain_text("Can be asked about")


def test_sending_is_cancelled_by_keyboard_and_the_next_file_goes_on(
    page: Page, town: Town, address: str, sent: list[Path]
) -> None:
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/documents/send*", hold_first)
    page.goto(f"{address}/documents")
    choose(page, sent)
    tab_to(page, "form button")
    page.keyboard.press("Enter")
    expect(page.locator("#sending-heading")).to_be_focused()
    tab_to(page, "#sending button")
    expect(page.locator("#sending button")).to_have_text("Cancel sending bridge.txt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/batch/*")
    expect(page.locator("#main")).to_contain_text("copy of parks.txt")
    expect(page.locator("#main")).not_to_contain_text("bridge.txt")


def test_files_are_dropped_into_the_page(page: Page, town: Town, address: str) -> None:
    page.goto(f"{address}/documents")
    dropped = page.evaluate_handle(
        """text => { const carried = new DataTransfer();
        carried.items.add(new File([text], "bridge.txt", {type: "text/plain"})); return carried; }""",
        BRIDGE,
    )
    page.dispatch_event("#add", "dragover", {"dataTransfer": dropped})
    expect(page.locator("#add")).to_have_class("adding over")
    page.dispatch_event("#add", "drop", {"dataTransfer": dropped})
    page.wait_for_url("**/documents/batch/*")
    expect(page.locator("#adding legend")).to_have_text("bridge.txt")


def test_indexing_is_stopped_and_begun_again_by_keyboard(
    page: Page, town: Town, address: str, sent: list[Path]
) -> None:
    town.run.gate.clear()
    page.goto(f"{address}/documents")
    send(page, sent[:1])
    tab_to(page, "#adding > button")
    follow(page)
    expect(page.locator("#step")).to_contain_text("Step 3 of 6")
    tab_to(page, "#indexing button")
    follow(page)
    expect(page.locator("#indexing")).to_contain_text("Indexing was stopped")
    expect(page.locator("#held")).to_contain_text("Not indexed yet")
    town.run.gate.set()
    tab_to(page, "#indexing button")
    follow(page)
    town.until(lambda: "added/bridge.txt" in town.ids())


def test_who_is_in_the_list_when_it_is_renewed_stays_where_he_was(
    page: Page, town: Town, address: str
) -> None:
    page.goto(f"{address}/documents")
    expect(page.locator("#held li")).to_have_count(2)
    tab_to(page, "a[href*='/documents/correct?id=parks.txt']")
    (town.place / "bridge.txt").write_text(BRIDGE)
    town.desk.index()
    expect(page.locator("#held li")).to_have_count(3)
    expect(page.locator("a[href*='/documents/correct?id=parks.txt']")).to_be_focused()


def test_everything_can_be_done_without_script(
    browser: Browser, town: Town, address: str, sent: list[Path]
) -> None:
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/documents")
    page.set_input_files("#files", sent)
    press(page.get_by_role("button", name="Send"))
    town.until(lambda: not any(one.is_reading for one in town.desk.incoming._batches.values()))
    page.reload()
    press(page.get_by_role("button", name="Add this document"))
    town.indexed()
    press(page.get_by_role("link", name="Documents", exact=True))
    expect(page.locator("#summary")).to_have_text("3 documents can be asked about.")
    press(page.get_by_role("button", name="Hide Inspection of parks"))
    town.indexed()
    page.goto(f"{address}/documents")
    expect(page.locator("#summary")).to_contain_text("1 document hidden")
    context.close()


def as_it_is(page: Page, town: Town, sent: list[Path]) -> None:
    expect(page.locator("#held li")).to_have_count(2)


def indexing(page: Page, town: Town, sent: list[Path]) -> None:
    town.run.gate.clear()
    send(page, sent[:1])
    press(page.locator("#adding > button"))
    expect(page.locator("#step")).to_contain_text("Step 3 of 6")


def failed(page: Page, town: Town, sent: list[Path]) -> None:
    town.run.failure = "The disk is full."
    send(page, sent[:1])
    press(page.locator("#adding > button"))
    expect(page.locator("#indexing")).to_contain_text("The disk is full.")


def sent_and_read(page: Page, town: Town, sent: list[Path]) -> None:
    (sent[0].parent / "empty.txt").write_text("")
    send(page, sorted(sent[0].parent.iterdir()))
    expect(page.locator("fieldset")).to_have_count(1)


def wrong_details(page: Page, town: Town, sent: list[Path]) -> None:
    page.goto(page.url + "/correct?id=parks.txt")
    page.fill("#title", " ")
    page.fill("#published", "in summer")
    press(page.get_by_role("button", name="Save"))
    expect(page.locator(".error").first).to_be_visible()


def removed_and_hidden(page: Page, town: Town, sent: list[Path]) -> None:
    indexing(page, town, sent)
    town.run.gate.set()
    town.indexed()
    page.goto(page.url.replace("?done=added", "/remove?id=added/bridge.txt"))
    press(page.get_by_role("button", name="Remove"))
    press(page.get_by_role("button", name="Hide Inspection of parks"))
    town.indexed()
    page.reload()
    expect(page.locator("#undo")).to_be_visible()
    expect(page.get_by_role("button", name="Show Inspection of parks")).to_be_visible()


def about_to_replace(page: Page, town: Town, sent: list[Path]) -> None:
    indexing(page, town, sent)
    town.run.gate.set()
    town.indexed()
    page.goto(page.url.replace("?done=added", "/replace?id=added/bridge.txt"))


STATES: tuple[tuple[str, Callable[[Page, Town, list[Path]], None]], ...] = (
    ("list", as_it_is),
    ("indexing", indexing),
    ("indexing failed", failed),
    ("files sent", sent_and_read),
    ("wrong details", wrong_details),
    ("removed and hidden", removed_and_hidden),
    ("replacing", about_to_replace),
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state[0])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    page: Page,
    town: Town,
    address: str,
    sent: list[Path],
    findings: Findings,
    state: tuple[str, Callable[[Page, Town, list[Path]], None]],
) -> None:
    page.goto(f"{address}/documents")
    state[1](page, town, sent)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    if not AXE.is_file():
        pytest.skip(f"axe-core is not at {AXE}: `make browser` fetches it")
    assert findings.look(page, "Documents", state[0]) == []
