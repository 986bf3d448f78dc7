"""What axe-core finds wrong with a page, and the record from which the accessibility statement is made.

axe-core comes from npm and is not part of this software: `make browser` fetches it. With
INSPECTION_QA_RECORD=1 a run writes what it found to ui/accessibility.toml.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page

from ui.statement import RESULTS, Check

ROOT = Path(__file__).parents[2]
AXE = Path(os.environ.get("INSPECTION_QA_AXE", ROOT / ".venv/axe/node_modules/axe-core/axe.min.js"))
RECORD = "INSPECTION_QA_RECORD"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RUN = """tags => axe.run(document, {
  runOnly: tags, resultTypes: ["violations"], rules: {"target-size": {enabled: true}},
})"""
WIDTHS = {1280: 900, 390: 844}  # pixels, with their heights
SCHEMES = ("light", "dark")


class Findings:
    """Everything that was checked in one run."""

    def __init__(self) -> None:
        self.checks: list[Check] = []
        self.checker = ""

    def look(self, page: Page, name: str, state: str) -> list[Check]:
        """Checks a page in both colours and both widths; returns the checks that found something.

        The window is left as it was.
        """
        before = page.viewport_size
        page.evaluate(AXE.read_text(encoding="utf-8"))
        self.checker = f"axe-core {page.evaluate('() => axe.version')}"
        looked = [self._look(page, name, state, scheme, width) for width in WIDTHS for scheme in SCHEMES]
        self.checks += looked
        page.emulate_media(color_scheme="null", reduced_motion="null")
        if before:
            page.set_viewport_size(before)
        return [check for check in looked if check.violations]

    def _look(self, page: Page, name: str, state: str, scheme: str, width: int) -> Check:
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        found = page.evaluate(RUN, list(TAGS))["violations"]
        broken = tuple(f"{one['id']} ({len(one['nodes'])} times)" for one in found)
        return Check(name, state, scheme, width, broken)


@contextmanager
def recorded(browser: Browser) -> Iterator[Findings]:
    """Findings that are written down at the end, where that was asked for."""
    findings = Findings()
    yield findings
    if os.environ.get(RECORD) and findings.checks:
        text = record(findings, f"Chromium {browser.version}", date.today())
        (ROOT / "ui" / RESULTS).write_text(text, encoding="utf-8")


def record(findings: Findings, browser: str, day: date) -> str:
    """The findings as ui.statement reads them."""
    head = (
        "# Written by the tests (INSPECTION_QA_RECORD=1); what people know is in accessibility_gaps.toml.\n"
        f"tested = {day.isoformat()}\n"
        f"checker = {json.dumps(findings.checker)}\nbrowser = {json.dumps(browser)}\n"
    )
    return head + "".join(_table(check) for check in findings.checks)


def _table(check: Check) -> str:
    return (
        f"\n[[check]]\npage = {json.dumps(check.page)}\nstate = {json.dumps(check.state)}\n"
        f"scheme = {json.dumps(check.scheme)}\nwidth = {check.width}\n"
        f"violations = {_list(check.violations)}\n"
    )


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(json.dumps(word) for word in words)}]"
