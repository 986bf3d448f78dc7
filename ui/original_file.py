"""The file that a document was read from, to be saved: never shown by the browser itself."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Protocol, runtime_checkable
from urllib.parse import quote

from fastapi import APIRouter, Response

from ui.excerpts import Library
from ui.frame import problem

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
ANY_KIND = "application/octet-stream"
KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".csv": "text/csv",
}  # anything else, HTML above all, is bytes to be saved
NOT_HERE = "The file of '{document}' is not where it was; it may have been moved or taken away."
CHANGED = (
    "The file of '{document}' has changed since its text was read, so it is not given out as the source of "
    "that text. Bring the index up to date first."
)


@runtime_checkable
class Originals(Library, Protocol):
    """Documents, and the files that they were read from."""

    def original(self, document_id: str) -> Path | None:
        """The file of a document; None where there is none."""
        ...


def routes(originals: Originals) -> APIRouter:
    """`GET /document/{id}/original`."""
    router = APIRouter(include_in_schema=False)

    def give(document_id: str) -> Response:
        try:
            document = originals.document(document_id)
        except KeyError:
            return problem(f"There is no document '{document_id}' here; it may have been taken away.", 404)
        path = originals.original(document_id)
        try:
            content = path.read_bytes() if path is not None else None
        except OSError:
            content = None
        if content is None:
            return problem(NOT_HERE.format(document=document_id), 404)
        if hashlib.sha256(content).hexdigest() != document.sha256:
            return problem(CHANGED.format(document=document_id), 409)
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(file_name(document_id), safe='')}",
            "content-security-policy": POLICY,
            "cache-control": "no-store",
        }
        return Response(content, media_type=kind_of(document_id), headers=headers)

    router.get("/document/{document_id:path}/original")(give)
    return router


def file_name(document_id: str) -> str:
    """The name of a document's file, without what a name must not hold."""
    name = PurePosixPath(document_id.replace("\\", "/")).name
    kept = "".join(
        one for one in name if not unicodedata.category(one).startswith("C") and one not in '"<>:|?*'
    )
    return kept.strip(" .") or "document"


def kind_of(document_id: str) -> str:
    """The media type that the file is sent as."""
    return KINDS.get(PurePosixPath(document_id).suffix.casefold(), ANY_KIND)
