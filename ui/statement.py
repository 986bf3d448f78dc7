"""The accessibility statement, made from the last test run and from what is known to be missing.

Its parts are those that British public bodies publish (Public Sector Bodies (Websites and Mobile
Applications) (No. 2) Accessibility Regulations 2018).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui.frame import TITLE, escape, page
from ui.markup import counted, long_date

STANDARD = "Web Content Accessibility Guidelines (WCAG) version 2.2, level AA"
RESULTS, GAPS = "accessibility.toml", "accessibility_gaps.toml"


@dataclass(frozen=True, slots=True)
class Check:
    """One page in one state, and the rules that it broke there."""

    page: str
    state: str
    scheme: str  # "light" or "dark"
    width: int  # pixels
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What the last test run that was written down found."""

    tested: date
    checker: str  # with its version
    browser: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is known to be missing, and what to do instead."""

    what: str
    criterion: str  # of WCAG; empty where none is known to be broken
    instead: str


def routes() -> APIRouter:
    """`GET /accessibility`."""
    router = APIRouter(include_in_schema=False)

    async def show() -> HTMLResponse:
        return page("Accessibility statement", statement_html(read_results(), read_gaps()))

    router.get("/accessibility")(show)
    return router


def read_results() -> Results | None:
    """The results that ship with the software; None where no run was ever written down."""
    found = _read(RESULTS)
    if not found:
        return None
    checks = tuple(Check(**one | {"violations": tuple(one["violations"])}) for one in found["check"])
    return Results(found["tested"], found["checker"], found["browser"], checks)


def read_gaps() -> tuple[Gap, ...]:
    """What people know to be missing."""
    return tuple(Gap(one["what"], one["criterion"], one["instead"]) for one in _read(GAPS).get("gap", ()))


def statement_html(results: Results | None, gaps: Sequence[Gap]) -> str:
    """The main part of the page."""
    return (
        f"<h1>Accessibility statement for {TITLE}</h1>\n{_scope()}{_missing(gaps)}{_contact()}"
        f"{_compliance(results, gaps)}{_failures(results, gaps)}{_preparation(results)}"
    )


def _scope() -> str:
    able = (
        "ask questions and read the answers with the keyboard alone",
        "go from each citation to its source and back",
        "zoom to 400 % without text running off the screen, and use a window 320 pixels wide",
        "use light or dark colours, and less movement, as your computer is set",
        'ask and read without JavaScript, on <a href="/plain">a plain page</a>',
    )
    return (
        f"<p>This statement is about the pages that {TITLE} serves: the conversation, the plain page, "
        "the pages of the documents, exports, feedback, and this one.</p>\n<p>You should be able to:</p>\n"
        f"<ul>{''.join(f'<li>{one}</li>' for one in able)}</ul>\n"
    )


def _missing(gaps: Sequence[Gap]) -> str:
    known = "".join(f"<li>{escape(gap.what)} {escape(gap.instead)}</li>" for gap in gaps)
    listed = f"<ul>{known}</ul>" if known else "<p>No gap has been written down.</p>"
    return f"<h2>How accessible these pages are</h2>\n<p>These gaps are known:</p>\n{listed}\n"


def _contact() -> str:
    return (
        "<h2>If something does not work for you</h2>\n<p>Tell the person or team who runs this page in your "
        "organisation: the software does not know who that is. Say which page it is and what you use to "
        "read it. They can also give you an answer with its sources as a Word document.</p>\n"
        "<h2>If the response does not help</h2>\n<p>If a public body in Great Britain runs this page and "
        "you are not content with its response, you can turn to the Equality Advisory and Support Service; "
        "in Northern Ireland, to the Equality Commission for Northern Ireland.</p>\n"
    )


def _compliance(results: Results | None, gaps: Sequence[Gap]) -> str:
    broken = any(check.violations for check in results.checks) if results else True
    if results is None:
        said = f"It is not known how far these pages comply with the {STANDARD}: they have not been tested."
    elif broken or any(gap.criterion for gap in gaps):
        said = f"These pages comply in part with the {STANDARD}, because of what is listed below."
    else:
        said = f"No part of the {STANDARD} is known to be broken by these pages."
    return f"<h2>Compliance</h2>\n<p>{said}</p>\n"


def _failures(results: Results | None, gaps: Sequence[Gap]) -> str:
    """What does not comply: as tests found it, and as people know it."""
    found = [
        f"{check.page}, {check.state}, {check.scheme}, {check.width} pixels wide: "
        f"{', '.join(check.violations)}."
        for check in (results.checks if results else ())
        if check.violations
    ]
    known = [f"{gap.what} (WCAG {gap.criterion})" for gap in gaps if gap.criterion]
    if not (found or known):
        return ""
    listed = "".join(f"<li>{escape(one)}</li>" for one in (*found, *known))
    return f"<h2>What does not comply</h2>\n<ul>{listed}</ul>\n"


def _preparation(results: Results | None) -> str:
    heading = "<h2>How this statement was made</h2>\n"
    if results is None:
        return f"{heading}<p>The tests that it is made from have not been run.</p>\n"
    broken = sum(len(check.violations) for check in results.checks)
    pages = {check.page for check in results.checks}
    return (
        f"{heading}<p>It is made from the tests run on {long_date(results.tested)} with "
        f"{escape(results.checker)} in {escape(results.browser)}: {counted(len(results.checks), 'check')} of "
        f"{counted(len(pages), 'page')} in light and dark colours and in wide and narrow windows. "
        f"Rules broken: {broken}. Such tests find a part of the problems only; what they cannot find is "
        f"under the known gaps.</p>\n<ul>{_checked(results.checks)}</ul>\n"
    )


def _checked(checks: Sequence[Check]) -> str:
    """Each page with the states that it was checked in."""
    states: dict[str, dict[str, None]] = {}
    for check in checks:
        states.setdefault(check.page, {})[check.state] = None
    return "".join(f"<li>{escape(name)}: {escape(', '.join(known))}</li>" for name, known in states.items())


def _read(name: str) -> Mapping[str, Any]:
    file = files("ui").joinpath(name)
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
