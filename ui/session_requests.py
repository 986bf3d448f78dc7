"""What the pages of sessions have in common: whose session an address means, and what is said otherwise."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from ui.answering import Refused
from ui.browser_cookie import browser_of
from ui.frame import page, problem
from ui.question_form import Fields
from ui.request_body import read_fields
from ui.session_store import Kept, Sessions

NO_SESSION = "This browser keeps no such session. It may have been deleted, or made in another browser."
NO_COOKIE = (
    "Sessions are kept by a cookie, and this browser sent none: allow cookies for this page, open "
    "/sessions, and do it again."
)
STYLES = ("session.css",)


def browser_in(request: Request) -> str | None:
    """The secret of the browser; None where it sends none."""
    return browser_of(request.headers.get("cookie", ""))


def kept_session(sessions: Sessions, request: Request, id: str) -> Kept | None:
    """The session that an address means; nothing of another browser is ever found."""
    browser = browser_in(request)
    return sessions.find(browser, id) if browser else None


def not_kept() -> HTMLResponse:
    """The page in place of a session that there is not."""
    return problem(NO_SESSION, 404)


async def fields_in(request: Request) -> Fields | Refused:
    """The fields of a form, or why they cannot be read."""
    return await read_fields(request)


def built(title: str, main: str, *, status: int = 200) -> HTMLResponse:
    """A page in which sessions are built."""
    return page(title, main, status=status, styles=STYLES)


def to(address: str) -> RedirectResponse:
    """Leads the browser on after a form was sent, so that a reload does not send it again."""
    return RedirectResponse(address, status_code=303)
