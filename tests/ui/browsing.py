"""The site in a real browser: Debian's Chromium, headless, with every other host forbidden."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

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
PATIENCE = 30_000  # milliseconds; the machine may be busy with other things

IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: the page cannot be looked at"),
]


@contextmanager
def serving(assistant: Any, data: Path | None = None) -> Iterator[str]:
    """The address of a server that answers from this assistant."""
    config = uvicorn.Config(
        build_server(assistant, data=data), port=0, log_level="critical", timeout_graceful_shutdown=1
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


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser program, in which every context is a person of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """One person's browser window on the page, and what it asked other hosts for."""

    def __init__(self, context: BrowserContext, site: str, address: str = "/") -> None:
        self.site = site
        self.elsewhere: list[str] = []
        self.faults: list[str] = []
        context.route("**/*", self._loopback_only)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("console", lambda line: self._note(line.text) if line.type == "error" else None)
        self.question = self.page.get_by_label("Your question")
        self.answers = self.page.locator("#log .answer")
        self.error = self.page.locator("#question-error")
        self.status = self.page.locator("#status")
        self.go(address)

    def go(self, address: str) -> None:
        """Opens an address of the site and waits until it can be used."""
        self.page.goto(self.site + address)
        self.ready()

    def reload(self) -> None:
        """Loads the page again."""
        self.page.reload()
        self.ready()

    def ready(self) -> None:
        """Waits until the first parcel has been unpacked: the page shows what its address asks for."""
        self.page.locator("#arriving .arrival").wait_for(state="attached")
        self.question.wait_for()

    def ask(self, question: str) -> None:
        """Types the question, presses Enter and waits for its answer."""
        before = self.answers.count()
        self.question.fill(question)
        self.question.press("Enter")
        expect(self.answers).to_have_count(before + 1)

    def put_right(self) -> None:
        """Loads the page again where a test that failed left it narrowed, folded out or somewhere else."""
        self.page.set_viewport_size(DESKTOP)
        elsewhere = urlsplit(self.page.url).path != "/"
        if elsewhere or self.page.locator(LEFT_OPEN).count():
            self.go("/")

    def new_conversation(self) -> None:
        """Empties the page."""
        self.page.get_by_role("button", name="New conversation").click()
        expect(self.page.locator("#log > *")).to_have_count(0)
        expect(self.error).to_have_text("")
        expect(self.question).to_have_value("")

    def focused(self) -> str:
        """The id of the element that has the focus."""
        return str(self.page.evaluate("() => document.activeElement.id"))

    def press(self, *keys: str) -> None:
        """Presses keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, name: str, *, backwards: bool = False) -> None:
        """Presses Tab until the element with this accessible name has the focus, as a person would."""
        for _ in range(120):
            self.press("Shift+Tab" if backwards else "Tab")
            if name in str(self.page.evaluate(ACCESSIBLE_NAME)):
                return
        raise AssertionError(f"{name!r} is not reached with the Tab key")

    def _note(self, fault: str) -> None:
        if not fault.startswith(CUT_OFF):
            self.faults.append(fault)

    def _loopback_only(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()


# Who leaves a page cuts off what it still waited for (what could be asked next); Gradio logs that as errors.
CUT_OFF = ("AbortError: signal is aborted", "Unexpected error Connection errored out")
LEFT_OPEN = "#narrowing.open, #rail.open, #clear-narrowing:visible"
ACCESSIBLE_NAME = """() => {
  const here = document.activeElement;
  const label = here.labels && here.labels[0] ? here.labels[0].textContent : "";
  return [here.getAttribute("aria-label") || "", label, here.textContent].join(" ").replace(/\\s+/g, " ");
}"""


def tab_to(page: Page, selector: str, most: int = 200) -> None:
    """Presses Tab until what the selector names has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def follow(page: Page) -> None:
    """Follows what has the focus, by keyboard."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(button: Locator) -> None:
    """Clicks what leads to another page, and waits for that page."""
    with button.page.expect_navigation():
        button.click()
