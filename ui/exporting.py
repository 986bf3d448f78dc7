"""Exports in each form that there is, and the addresses where they are fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from qa.answer import Turn
from ui.answering import Refused
from ui.errors import UsageError
from ui.excerpts import Library
from ui.export import checked_export
from ui.export_markdown import markdown
from ui.frame import POLICY, problem
from ui.named_turns import NamedTurns
from ui.print_page import print_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA = {"docx": DOCX, "md": "text/markdown; charset=utf-8", "print": "text/html; charset=utf-8"}
NO_FORM = "There is no export in the form '{kind}'; choose docx, md or print."
LONGEST_NAME = 60  # characters of a file's name, before its ending


def export_turns(turns: Sequence[Turn], library: Library, kind: str, *, title: str, day: date) -> bytes:
    """The turns in the form `kind` (docx, md or print), each citation checked again.

    Raises UsageError for any other form.
    """
    if kind not in MEDIA:
        raise UsageError(NO_FORM.format(kind=kind))
    export = checked_export(turns, library, title=title, day=day)
    if kind == "md":
        return markdown(export).encode()
    if kind == "print":
        return print_page(export).encode()
    from ui.export_docx import docx_file  # takes a quarter of a second to import

    return docx_file(export)


def routes(library: Library, named_turns: NamedTurns) -> APIRouter:
    """`GET /export/{kind}`, with the fields that `NamedTurns` reads."""
    router = APIRouter(include_in_schema=False)

    async def export(kind: str, request: Request) -> Response:
        if kind not in MEDIA:
            return problem(NO_FORM.format(kind=kind), 404)
        named = await named_turns.find(request, request.query_params)
        if isinstance(named, Refused):
            return problem(named.reason, named.status)
        day = datetime.now(UTC).astimezone().date()
        write = partial(export_turns, named.turns, library, kind, title=named.title, day=day)
        content = await to_thread.run_sync(write)
        headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
        if kind != "print":
            headers["content-disposition"] = f"attachment; filename*=UTF-8''{file_name(named.title, kind)}"
        return Response(content, media_type=MEDIA[kind], headers=headers)

    router.get("/export/{kind}")(export)
    return router


def file_name(title: str, kind: str) -> str:
    """A name that every file system takes, made from a title, as it stands in a header (RFC 5987)."""
    words = re.findall(r"\w+", title)
    name = "-".join(words)[:LONGEST_NAME].strip("-") or "answer"
    return quote(f"{name}.{kind}", safe="")
