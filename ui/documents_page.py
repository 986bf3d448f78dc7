"""The addresses of the documents page: the list, adding, correcting, replacing, removing, hiding."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.datastructures import ImmutableMultiDict

from corpus.document import Details
from corpus.errors import CorpusError
from ui.answering import Refused
from ui.conversation import Assistant
from ui.documents_batch_markup import batch_main, batch_said, batch_title
from ui.documents_desk import Desk, Listed, State
from ui.documents_form import Typed, read_details, typed_of
from ui.documents_markup import (
    DONE,
    TITLE,
    Asked,
    Shown,
    correct_main,
    documents_main,
    progress_words,
    remove_main,
    replace_main,
)
from ui.documents_upload import receive_files
from ui.frame import page, problem
from ui.incoming import LARGEST_FILE, NO_SPACE, Batch, Stage
from ui.indexing import IndexingState
from ui.own_visitors import is_loopback
from ui.request_body import read_fields

STYLES = ("documents.css",)
SCRIPT = "documents.js"
NO_BATCH = (
    "These files are not here any more: they were added, discarded, or kept for longer than an hour. "
    "Go to the documents and send them again."
)
NOT_HERE = "Documents are changed only at the computer that runs this page."
NO_DESK = "The documents of this server cannot be changed."
MEGABYTE = 1024 * 1024
MOST_FIELDS = 2_000  # seven for each file of a batch, and some

Fields = ImmutableMultiDict[str, str]


def routes(assistant: Assistant, desk: Desk | None = None, *, from_anywhere: bool = True) -> APIRouter:
    """`/documents` and what is below it; without a desk only the list.

    Unless `from_anywhere`, only who sits at this computer can change anything.
    """
    router = APIRouter(include_in_schema=False)
    pages = _Pages(assistant, desk, from_anywhere=from_anywhere)
    router.get("/documents")(pages.show)
    router.get("/documents/state")(pages.state)
    router.post("/documents/send")(pages.send)
    router.get("/documents/batch/{id}")(pages.show_batch)
    router.get("/documents/batch/{id}/state")(pages.batch_state)
    router.post("/documents/batch/{id}/add")(pages.add)
    router.post("/documents/batch/{id}/discard")(pages.discard)
    router.get("/documents/correct")(pages.ask_correct)
    router.post("/documents/correct")(pages.correct)
    router.get("/documents/replace")(pages.ask_replace)
    router.get("/documents/remove")(pages.ask_remove)
    for deed in ("remove", "hide", "show", "undo", "stop", "index"):
        router.post(f"/documents/{deed}")(pages.deed(deed))
    return router


class _Pages:
    """The handlers of the addresses."""

    def __init__(self, assistant: Assistant, desk: Desk | None, *, from_anywhere: bool) -> None:
        self._assistant = assistant
        self._desk = desk
        self._from_anywhere = from_anywhere

    async def show(self, request: Request) -> HTMLResponse:
        asked = _asked(request)
        try:
            main = documents_main(await to_thread.run_sync(self._shown, asked, self._may_change(request)))
        except CorpusError as wrong:  # what people changed was broken by hand
            return problem(str(wrong), 500)
        title = f"{DONE[asked.done].split('.')[0]} - {TITLE}" if asked.done in DONE else TITLE
        return page(title, main, styles=STYLES, script=SCRIPT)

    async def state(self) -> JSONResponse:
        """How far indexing is, for the script of the page."""
        state = self._desk.state() if self._desk else IndexingState()
        content = {
            "phase": state.phase,
            "words": progress_words(state) if state.step else state.said,
            "step": state.step,
            "number": state.number,
            "done": state.done,
            "total": state.total,
            "runs": state.runs,
        }
        return JSONResponse(content, headers={"cache-control": "no-store"})

    async def send(self, request: Request) -> Response:
        """Takes files into a new batch, or into the one that the address names."""
        desk = self._changing(request)
        if isinstance(desk, Response):
            return desk
        if desk.incoming.is_full():
            return problem(f"Nothing was sent: {NO_SPACE}.", 507)
        named = request.query_params.get("batch", "")
        replaces = request.query_params.get("replaces", "")
        try:
            if replaces:
                await to_thread.run_sync(desk.check_replaceable, replaces)
        except CorpusError as wrong:
            return problem(str(wrong), 404)
        batch = desk.incoming.batch(named) if named else desk.incoming.begin(replaces)
        if batch is None:
            return problem(NO_BATCH, 404)
        refused = await receive_files(request, desk.incoming, batch)
        if refused is not None:
            if not batch.files:
                desk.incoming.discard(batch)
            return problem(refused.reason, refused.status)
        address = f"/documents/batch/{batch.id}"
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"batch": batch.id, "address": address})
        return RedirectResponse(address, status_code=303)

    async def show_batch(self, id: str, request: Request) -> Response:
        found = self._batch(id, request)
        if isinstance(found, Response):
            return found
        return await self._batch_page(*found)

    async def batch_state(self, id: str, request: Request) -> Response:
        """How far reading is, for the script of the page."""
        found = self._batch(id, request)
        if isinstance(found, Response):
            return JSONResponse({"reading": False, "words": NO_BATCH, "done": 0, "total": 0}, status_code=404)
        _, batch = found
        files = list(batch.files.values())
        done = sum(one.stage is not Stage.READING for one in files)
        content = {
            "reading": batch.is_reading,
            "words": batch_said(batch),
            "done": done,
            "total": len(files),
        }
        return JSONResponse(content, headers={"cache-control": "no-store"})

    async def add(self, id: str, request: Request) -> Response:
        """Adds the files of a batch that were chosen, with their details as they were corrected."""
        found = self._batch(id, request)
        fields = await read_fields(request, most_fields=MOST_FIELDS)
        if isinstance(found, Response):
            return found
        if isinstance(fields, Refused):
            return problem(fields.reason, fields.status)
        desk, batch = found
        chosen = frozenset(
            int(one) for one in fields.getlist("chosen") if re.fullmatch(r"\d{1,6}", one, re.A)
        )
        corrected, typed = _corrected(batch, fields, chosen)
        if typed:
            return await self._batch_page(desk, batch, typed)
        try:
            await to_thread.run_sync(desk.add, batch, corrected, chosen)
        except CorpusError as wrong:
            return await self._batch_page(desk, batch, {}, str(wrong))
        return _back("replaced" if batch.replaces else "added")

    async def discard(self, id: str, request: Request) -> Response:
        """Lets the files of a batch go."""
        found = self._batch(id, request)
        if isinstance(found, Response):
            return found
        desk, batch = found
        await to_thread.run_sync(desk.incoming.discard, batch)
        return _back("discarded")

    async def ask_correct(self, request: Request) -> Response:
        return await self._about_one(
            request, "Correct the details", lambda one: correct_main(one, typed_of(one.details))
        )

    async def ask_replace(self, request: Request) -> Response:
        return await self._about_one(
            request, "Replace a document", partial(replace_main, most_megabytes=LARGEST_FILE // MEGABYTE)
        )

    async def ask_remove(self, request: Request) -> Response:
        return await self._about_one(request, "Remove a document", remove_main)

    async def correct(self, request: Request) -> Response:
        desk = self._changing(request)
        fields = await read_fields(request)
        if isinstance(desk, Response):
            return desk
        if isinstance(fields, Refused):
            return problem(fields.reason, fields.status)
        id = fields.get("id", "")
        try:
            one = await to_thread.run_sync(desk.document, id)
            details = read_details(fields, one.details)
            if isinstance(details, Typed):
                main = correct_main(one, details)
                return page("Error: nothing was saved", main, status=422, styles=STYLES, script=SCRIPT)
            await to_thread.run_sync(desk.correct, id, details)
        except CorpusError as wrong:
            return problem(str(wrong), 404)
        return _back("corrected")

    def deed(self, name: str) -> Callable[[Request], object]:
        """The handler of a form of one button."""

        async def do(request: Request) -> Response:
            desk = self._changing(request)
            fields = await read_fields(request)
            if isinstance(desk, Response):
                return desk
            if isinstance(fields, Refused):
                return problem(fields.reason, fields.status)
            id, token = fields.get("id", ""), fields.get("token", "")
            deeds: dict[str, tuple[Callable[[], object], str]] = {
                "remove": (partial(desk.remove, id), "removed"),
                "hide": (partial(desk.hide, id), "hidden"),
                "show": (partial(desk.show, id), "shown"),
                "undo": (partial(desk.undo, token), "undone"),
                "stop": (desk.indexing.stop, "stopped"),
                "index": (desk.index, "indexing"),
            }
            act, done = deeds[name]
            try:
                await to_thread.run_sync(act)
            except CorpusError as wrong:
                return problem(str(wrong), 409)
            return _back(done)

        return do

    def _shown(self, asked: Asked, may_change: bool) -> Shown:
        desk = self._desk
        if desk is None:
            documents = tuple(Listed(id, one, State.READY) for id, one in self._assistant.details())
            return Shown(documents, IndexingState(), (), asked, may_change, LARGEST_FILE // MEGABYTE)
        return Shown(
            desk.listed(),
            desk.state(),
            desk.can_be_undone(),
            asked,
            may_change,
            LARGEST_FILE // MEGABYTE,
        )

    def _may_change(self, request: Request) -> bool:
        here = request.client is not None and is_loopback(request.client.host)
        return self._desk is not None and (self._from_anywhere or here)

    def _changing(self, request: Request) -> Desk | HTMLResponse:
        """The desk, for somebody who may change the documents."""
        if self._desk is None:
            return problem(NO_DESK, 403)
        return self._desk if self._may_change(request) else problem(NOT_HERE, 403)

    def _batch(self, id: str, request: Request) -> tuple[Desk, Batch] | HTMLResponse:
        desk = self._changing(request)
        if isinstance(desk, Response):
            return desk
        batch = desk.incoming.batch(id)
        return (desk, batch) if batch is not None else problem(NO_BATCH, 404)

    async def _batch_page(
        self, desk: Desk, batch: Batch, typed: dict[int, Typed] | None = None, wrong: str = ""
    ) -> HTMLResponse:
        listed = await to_thread.run_sync(desk.listed)
        main = batch_main(batch, {one.id: one for one in listed}, typed, wrong)
        failed = bool(typed or wrong)
        title = "Error: nothing was added" if failed else batch_title(batch)
        return page(title, main, status=422 if failed else 200, styles=STYLES, script=SCRIPT)

    async def _about_one(self, request: Request, title: str, main: Callable[[Listed], str]) -> Response:
        desk = self._changing(request)
        if isinstance(desk, Response):
            return desk
        try:
            one = await to_thread.run_sync(desk.document, request.query_params.get("id", ""))
        except CorpusError as wrong:
            return problem(str(wrong), 404)
        return page(title, main(one), styles=STYLES, script=SCRIPT)


def _asked(request: Request) -> Asked:
    fields = request.query_params
    number = fields.get("page", "")
    return Asked(
        " ".join(fields.get("find", "").split())[:200],
        int(number) if re.fullmatch(r"\d{1,6}", number, re.ASCII) else 1,
        fields.get("done", ""),
    )


def _corrected(
    batch: Batch, fields: Fields, chosen: frozenset[int]
) -> tuple[dict[int, Details], dict[int, Typed]]:
    """The details of the chosen files, and what is wrong with those that cannot be used."""
    corrected: dict[int, Details] = {}
    typed: dict[int, Typed] = {}
    for one in batch.files.values():
        prefix = f"f{one.number}-"
        if one.number not in chosen or one.details is None or f"{prefix}title" not in fields:
            continue
        details = read_details(fields, one.details, prefix)
        if isinstance(details, Typed):
            typed[one.number] = details
        else:
            corrected[one.number] = details
    return corrected, typed


def _back(done: str) -> RedirectResponse:
    return RedirectResponse(f"/documents?{urlencode({'done': done})}", status_code=303)
