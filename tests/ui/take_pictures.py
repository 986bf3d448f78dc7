"""Takes the pictures of the pages in docs/: `python -m tests.ui.take_pictures docs/pictures`.

They show the program over the documents that ship with it; take them anew when the pages change.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from qa.assistant import open_assistant
from tests.ui.browsing import DESKTOP, Visit, chromium, serving
from ui.cli import bundled_documents

QUESTION = "What did inspectors say about supervision of social workers in 2016?"
SILENT = "How much did the Casey inspection cost?"
PHONE: ViewportSize = {"width": 390, "height": 844}
COLOURS = 128  # as many as these pages need; a quarter of the bytes


def main(folder: Path) -> None:
    """Writes one file for each state that is shown."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        assistant = open_assistant(bundled_documents(), Path(data))
        with serving(assistant, Path(data)) as site, chromium() as browser:
            _take_desktop(browser, site, folder)
            _take_phone(browser, site, folder)


def _take_desktop(browser: Browser, site: str, folder: Path) -> None:
    visit = Visit(browser.new_context(viewport=DESKTOP, color_scheme="light"), site)
    _ask(visit, QUESTION)
    _save(visit.page, folder / "answer.png")
    visit.page.get_by_role("link", name="Open in the document").first.click()
    visit.page.locator("mark").first.wait_for()
    _save(visit.page, folder / "document.png")
    visit.go("/")
    visit.ask(SILENT)
    _save(visit.page, folder / "silence.png")
    visit.page.goto(f"{site}/timeline")
    _save(visit.page, folder / "timeline.png")


def _take_phone(browser: Browser, site: str, folder: Path) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark")
    visit = Visit(context, site)
    _ask(visit, QUESTION)
    _save(visit.page, folder / "phone.png")


def _ask(visit: Visit, question: str) -> None:
    visit.ask(question)
    visit.page.locator("#log .follow-ups").wait_for()


def _save(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
