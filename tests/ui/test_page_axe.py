"""Every state of the page, looked at with axe-core in both colours and both widths, and at 320 pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.ui.axe import AXE
from tests.ui.browsing import DESKTOP, IN_A_BROWSER, Visit
from tests.ui.conftest import MISSPELT, SLOW
from ui.conversation import LOOKING

pytestmark = IN_A_BROWSER
NAME = "Conversation"


def empty(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="Example questions")).to_be_visible()


def looking(visit: Visit) -> None:
    visit.question.fill(SLOW)
    visit.question.press("Enter")
    expect(visit.status).to_have_text(LOOKING)


def answered(visit: Visit) -> None:
    visit.ask("How good are children's plans?")
    visit.ask("Are children protected?")
    visit.page.locator("#sources .card:visible summary").first.click()


def corrected_and_in_part(visit: Visit) -> None:
    visit.ask(MISSPELT)
    visit.ask("How quickly did the service change?")


def not_in_the_documents(visit: Visit) -> None:
    visit.ask("What is the capital of France?")


def hostile_document(visit: Visit) -> None:
    visit.ask("What does the note say?")


def refused(visit: Visit) -> None:
    visit.question.press("Enter")
    expect(visit.error).to_contain_text("There is no question")


def narrowed(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Narrow the search").click()
    visit.page.get_by_label("Advice letter").check()
    expect(visit.page.locator("#narrowed")).to_contain_text("Searching only")
    visit.ask("How do workers feel?")


def narrowed_to_nothing(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Narrow the search").click()
    visit.page.get_by_label("Published from").fill("2030")
    visit.page.get_by_label("Published from").press("Tab")
    expect(visit.page.locator("#narrowing-error")).to_contain_text("No document fits")


def conversations_folded_out(visit: Visit) -> None:
    visit.ask("Hello")
    visit.page.evaluate("() => document.getElementById('rail').classList.add('open')")


def deleted(visit: Visit) -> None:
    visit.ask("Hello")
    visit.page.get_by_role("button", name="Delete").click()
    expect(visit.page.get_by_role("button", name="Undo the deletion")).to_be_visible()


def not_kept(visit: Visit) -> None:
    visit.go("/?answer=none")


STATES = (
    empty,
    looking,
    answered,
    corrected_and_in_part,
    not_in_the_documents,
    hostile_document,
    refused,
    narrowed,
    narrowed_to_nothing,
    conversations_folded_out,
    deleted,
    not_kept,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_and_nothing_runs_off_the_side(visit, assistant, findings, state):
    assistant.gate.clear()
    visit.go("/")  # everything folded in again
    state(visit)
    try:
        look(visit, findings.look, state.__name__.replace("_", " "))
    finally:
        assistant.gate.set()
    assert visit.elsewhere == []
    assert visit.faults == []


def look(visit: Visit, find: Callable[..., list[object]], state: str) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    assert visit.page.evaluate("() => document.documentElement.scrollWidth") <= 320
    visit.page.set_viewport_size(DESKTOP)
    if not AXE.is_file():
        pytest.skip(f"axe-core is not at {AXE}: `make browser` fetches it")
    assert find(visit.page, NAME, state) == []
