"""The page of a paged document as a picture, with what was cited marked on it and the text beside it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from corpus.document import Document
from ui.document_page import read_spans
from ui.frame import page as framed_page
from ui.frame import problem
from ui.links import citations_link, document_link
from ui.original_file import Originals
from ui.page_view_drawing import Leaf
from ui.page_view_marks import find_marks
from ui.page_view_markup import ZOOMS, Asked, PageView, page_title, page_view_html
from ui.page_view_process import NotDrawn, PageDrawer, Sheet

WIDTH = 1000  # pixels of a picture at 100 per cent: sharp where 600 are shown on a fine screen
STYLE = "page_view.css"
NO_FILE = "the file that its text was read from is not here"
OTHER_PAGES = "its file has {found} pages now, and {read} were read"


def routes(originals: Originals, drawer: PageDrawer | None = None) -> APIRouter:
    """`GET /document/{id}/page/{number}` and `.../picture`."""
    router = APIRouter(include_in_schema=False)
    drawing = drawer or PageDrawer()

    def show(document_id: str, number: int, spans: str = "", at: str = "", zoom: str = "") -> Response:
        try:
            document = originals.document(document_id)
        except KeyError:
            return problem(_no_document(document_id), 404)
        asked = _asked(document, spans, at, zoom)
        if not document.pages:
            return RedirectResponse(_as_text(document_id, asked), status_code=303)
        if not 0 < number <= len(document.pages):
            return problem(_no_page(document, number), 404)
        page, leaf = document.pages[number - 1], _draw(originals, drawing, document, number, asked.zoom)
        view = PageView(document, page, asked, leaf, find_marks(document, page, asked.spans, leaf))
        return framed_page(page_title(view), page_view_html(view), styles=[STYLE])

    def picture(request: Request, document_id: str, number: int, zoom: str = "") -> Response:
        try:
            document = originals.document(document_id)
        except KeyError:
            return _no_picture(_no_document(document_id))
        width = _zoom(zoom)
        tag = f'"{document.sha256[:32]}-{number}-{width}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        leaf = _draw(originals, drawing, document, number, width)
        if isinstance(leaf, NotDrawn):
            return _no_picture(f"The page is not shown as a picture, because {leaf.reason}.")
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        return Response(leaf.picture, media_type=leaf.kind, headers=headers)

    router.get("/document/{document_id:path}/page/{number:int}")(show)
    router.get("/document/{document_id:path}/page/{number:int}/picture")(picture)
    return router


def _draw(
    originals: Originals, drawer: PageDrawer, document: Document, number: int, zoom: int
) -> Leaf | NotDrawn:
    """The page as a picture, of the very file that the text was read from."""
    path = originals.original(document.id)
    if path is None:
        return NotDrawn(NO_FILE)
    leaf = drawer.draw(Sheet(path, document.sha256, number, WIDTH * zoom // 100))
    if isinstance(leaf, Leaf) and leaf.pages != len(document.pages):
        return NotDrawn(OTHER_PAGES.format(found=leaf.pages, read=len(document.pages)))
    return leaf


def _asked(document: Document, spans: str, at: str, zoom: str) -> Asked:
    right, wrong = read_spans(spans, document.text)
    named = [number for number in range(1, len(right) + 1) if str(number) == at]
    return Asked(right, at=next(iter(named), 1), zoom=_zoom(zoom), wrong=wrong)


def _zoom(named: str) -> int:
    """One of ZOOMS; the first for anything else."""
    return next((zoom for zoom in ZOOMS if str(zoom) == named), ZOOMS[0])


def _as_text(document_id: str, asked: Asked) -> str:
    """A document without pages is seen as text."""
    return citations_link(document_id, asked.spans, asked.at) if asked.spans else document_link(document_id)


def _no_document(document_id: str) -> str:
    return f"There is no document '{document_id}' here; it may have been taken away."


def _no_page(document: Document, number: int) -> str:
    count = len(document.pages)
    return f"'{document.id}' has {'one page' if count == 1 else f'{count} pages'}, and no page {number}."


def _no_picture(sentence: str) -> Response:
    return Response(sentence, status_code=404, media_type="text/plain")
