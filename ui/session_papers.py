"""Handouts, keys, quizzes and records of sessions, each as a page and as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response

from qa.quiz_gift import quiz_to_gift
from qa.session_content import Assistant, SessionContent, session_content
from ui.exporting import DOCX, file_name
from ui.frame import POLICY, problem
from ui.session_paper import Paper, handout, key, made_on
from ui.session_paper_html import paper_main
from ui.session_paper_markdown import paper_markdown
from ui.session_record import record
from ui.session_requests import browser_in, built, kept_session, not_kept, to
from ui.session_store import Kept, Run, Sessions

AT_ONCE = 2  # papers that are made at the same time
QUIZ = "quiz.gift"
MADE = {"handout": handout, "key": key}
NO_PAPER = "There is no such paper; go back to the session and follow its links."
NO_QUESTIONS = "This session has no quiz over the documents that are here; add one to it first."
NO_RECORD = "There is no such record; it may have been deleted."
MARKDOWN = "text/markdown; charset=utf-8"


def routes(assistant: Assistant, sessions: Sessions) -> APIRouter:
    """`/sessions/ID/papers/NAME` and `/sessions/ID/records/ID`."""
    router = APIRouter(include_in_schema=False)
    papers = _Papers(assistant, sessions)
    router.get("/sessions/{id}/papers/{name}")(papers.paper)
    router.get("/sessions/{id}/records/{name}")(papers.record)
    router.post("/sessions/{id}/records/{name}/delete")(papers.delete_record)
    return router


class _Papers:
    """The papers over one assistant and one store."""

    def __init__(self, assistant: Assistant, sessions: Sessions) -> None:
        self._assistant = assistant
        self._sessions = sessions
        self._limiter = CapacityLimiter(AT_ONCE)

    async def paper(self, id: str, name: str, request: Request) -> Response:
        kept = kept_session(self._sessions, request, id)
        if kept is None:
            return not_kept()
        which, _, form = name.partition(".")
        if name != QUIZ and (which not in MADE or form not in ("", "docx")):
            return problem(NO_PAPER, 404)
        content = await self._content(kept)
        if name == QUIZ:
            return self._gift(content)
        made = made_on(datetime.now(UTC).astimezone().date())
        paper = MADE[which](content, self._assistant, made)
        ways = (f"/sessions/{id}/papers/{which}.docx", "Save as a Word document")
        return await self._answer(paper, form, (ways,), id)

    async def record(self, id: str, name: str, request: Request) -> Response:
        run_id, _, form = name.partition(".")
        run = self._run(id, run_id, request)
        if run is None or form not in ("", "docx", "md"):
            return problem(NO_RECORD, 404)
        at = f"/sessions/{id}/records/{run_id}"
        ways = ((f"{at}.docx", "Save as a Word document"), (f"{at}.md", "Save as Markdown"))
        return await self._answer(record(run, self._assistant), form, ways, id, _deletion(at))

    async def delete_record(self, id: str, name: str, request: Request) -> Response:
        browser = browser_in(request)
        if browser is None or not self._sessions.delete_run(browser, id, name):
            return problem(NO_RECORD, 404)
        return to(f"/sessions/{id}")

    def _gift(self, content: SessionContent) -> Response:
        if not content.quiz:
            return problem(NO_QUESTIONS, 404)
        text = quiz_to_gift(content.quiz, dict(self._assistant.details()))
        headers = _headers(file_name(content.title, "gift"))
        return Response(text, media_type="text/plain; charset=utf-8", headers=headers)

    async def _content(self, kept: Kept) -> SessionContent:
        make = partial(session_content, kept.plan, self._assistant)
        return await to_thread.run_sync(make, limiter=self._limiter)

    def _run(self, id: str, run_id: str, request: Request) -> Run | None:
        browser = browser_in(request)
        runs = self._sessions.runs(browser, id) if browser else ()
        return next((run for run in runs if run.id == run_id), None)

    async def _answer(
        self, paper: Paper, form: str, ways: tuple[tuple[str, str], ...], id: str, more: str = ""
    ) -> Response:
        if not form:
            links = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words in ways)
            nav = (
                f'<nav aria-label="What to do with this page"><ul class="links">{links}'
                f'<li><a href="/sessions/{id}">Back to the session</a></li></ul></nav>\n'
                '<p class="way">Print it with the print command of your browser.</p>\n'
            )
            return built(paper.title, paper_main(paper) + nav + more)
        headers = _headers(file_name(paper.title, form))
        media, write = _writer(form)
        content = await to_thread.run_sync(partial(write, paper), limiter=self._limiter)
        return Response(content, media_type=media, headers=headers)


def _headers(name: str) -> dict[str, str]:
    """Those of a file that is saved under this name."""
    return {
        "content-security-policy": POLICY,
        "cache-control": "no-store",
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
    }


def _writer(form: str) -> tuple[str, Callable[[Paper], bytes]]:
    """The media type of a form and what writes it."""
    if form == "md":
        return MARKDOWN, lambda paper: paper_markdown(paper).encode()
    from ui.session_paper_docx import paper_docx  # takes a quarter of a second to import

    return DOCX, paper_docx


def _deletion(at: str) -> str:
    return (
        f'<form method="post" action="{at}/delete"><p>A record that was deleted cannot be taken back.</p>'
        '<button class="light">Delete this record</button></form>'
    )
