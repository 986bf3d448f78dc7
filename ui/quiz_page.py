"""The page on which a facilitator makes a quiz, reviews it, and takes it away; it needs no JavaScript."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from qa.errors import BadEdit, UnknownQuestion
from qa.quiz_edit import QuizEdit, can_edit_options
from qa.quiz_question import QuizQuestion
from ui.answering import Refused
from ui.browser_cookie import browser_of
from ui.conversation import Assistant
from ui.errors import UsageError
from ui.frame import POLICY, page, problem
from ui.quiz_desk import QuizDesk
from ui.quiz_export import MEDIA, export_quiz
from ui.quiz_form import Fields, QuizForm, QuizWish, read_quiz_form, understand
from ui.quiz_markup import LOOK, edit_main, quiz_main
from ui.quiz_store import ACTIONS, QuizStore
from ui.request_body import read_fields

TITLE = "Quiz"
NOT_KEPT = (
    "This browser sent no cookie, so that nothing can be kept for it; allow the cookie of this page, open "
    "the quiz again, and repeat what you did."
)
NO_ACTION = "Found no decision that is known; go back to the quiz and use its buttons."
NO_READER = "The address does not say for whom the quiz is; go back to the quiz and follow its links."


def routes(assistant: Assistant, store: QuizStore) -> APIRouter:
    """`/quiz` shows, `/quiz/decide` and `/quiz/edit` change, `/quiz/export/{kind}` takes away."""
    router = APIRouter(include_in_schema=False)
    pages = _Pages(QuizDesk(assistant, store))
    router.get("/quiz")(pages.show)
    router.post("/quiz/decide")(pages.decide)
    router.get("/quiz/edit")(pages.ask_edit)
    router.post("/quiz/edit")(pages.edit)
    router.get("/quiz/export/{kind}")(pages.export)
    return router


class _Pages:
    """The handlers of the quiz's addresses."""

    def __init__(self, desk: QuizDesk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        form, details = read_quiz_form(request.query_params), self._desk.details
        wish = understand(form, details)
        if not isinstance(wish, QuizWish):
            main = quiz_main(form, None, details, wrong=wish)
            return page("Error: no quiz was made", main, status=422, look=LOOK)
        shown = await to_thread.run_sync(self._desk.shown, _browser(request), wish)
        undo = request.query_params.get("undo", "")
        return page(TITLE, quiz_main(form, shown, details, undo=undo), look=LOOK)

    async def decide(self, request: Request) -> Response:
        fields = await _own_fields(request)
        if isinstance(fields, Response):
            return fields
        action, name = fields.get("do", ""), fields.get("id", "")
        if action not in ACTIONS:
            return problem(NO_ACTION, 422)
        try:
            await to_thread.run_sync(self._desk.decide, _browser(request), action, name)
        except UnknownQuestion as wrong:
            return problem(str(wrong), 404)
        form = read_quiz_form(fields)
        if action == "discard":
            return _back(form.link("/quiz", ("undo", name)) + "#undo")
        return _back(f"{form.link('/quiz')}#{quote(name)}")

    async def ask_edit(self, request: Request) -> Response:
        name = request.query_params.get("id", "")
        try:
            made, now = await to_thread.run_sync(self._desk.question, _browser(request), name)
        except UnknownQuestion as wrong:
            return problem(str(wrong), 404)
        main = edit_main(read_quiz_form(request.query_params), made, now)
        return page("Word a question anew", main, look=LOOK)

    async def edit(self, request: Request) -> Response:
        fields = await _own_fields(request)
        if isinstance(fields, Response):
            return fields
        name, form = fields.get("id", ""), read_quiz_form(fields)
        edit = QuizEdit(fields.get("prompt", ""), tuple(fields.getlist("option")))
        wanted = None if fields.get("do") == "reset" else edit
        try:
            await to_thread.run_sync(self._desk.edit, _browser(request), name, wanted)
        except UnknownQuestion as wrong:
            return problem(str(wrong), 404)
        except BadEdit as wrong:
            return await self._edit_again(_browser(request), name, form, edit, str(wrong))
        return _back(f"{form.link('/quiz')}#{quote(name)}")

    async def _edit_again(
        self, browser: str, name: str, form: QuizForm, edit: QuizEdit, wrong: str
    ) -> HTMLResponse:
        """The form with what was typed in it still there."""
        made, _ = await to_thread.run_sync(self._desk.question, browser, name)
        typed = _as_typed(made, edit)
        return page("Error: nothing was changed", edit_main(form, made, typed, wrong), status=422, look=LOOK)

    async def export(self, kind: str, request: Request) -> Response:
        reader = request.query_params.get("for")
        if reader not in ("participants", "facilitator"):
            return problem(NO_READER, 404)
        form, details = read_quiz_form(request.query_params), self._desk.details
        wish = understand(form, details)
        if not isinstance(wish, QuizWish):
            return problem(wish, 422)
        shown = await to_thread.run_sync(self._desk.shown, _browser(request), wish)
        write = partial(export_quiz, shown.questions, details, kind, with_key=reader == "facilitator")
        try:
            content = await to_thread.run_sync(write)
        except UsageError as wrong:
            return problem(str(wrong), 404)
        headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
        if kind != "print":
            ending = "txt" if kind == "gift" else kind
            headers["content-disposition"] = f'attachment; filename="quiz-{reader}.{ending}"'
        return Response(content, media_type=MEDIA[kind], headers=headers)


def _as_typed(made: QuizQuestion, edit: QuizEdit) -> QuizQuestion:
    """The question with what was typed, right or wrong."""
    keeps = can_edit_options(made) and len(edit.options) == len(made.options)
    return replace(made, prompt=edit.prompt, options=edit.options if keeps else made.options)


async def _own_fields(request: Request) -> Fields | Response:
    """The fields of a form from a browser that is known."""
    if not _browser(request):
        return problem(NOT_KEPT, 403)
    fields = await read_fields(request)
    return problem(fields.reason, fields.status) if isinstance(fields, Refused) else fields


def _browser(request: Request) -> str:
    return browser_of(request.headers.get("cookie", "")) or ""


def _back(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)
