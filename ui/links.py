"""Addresses within this site."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

Span = tuple[int, int]


def document_link(document_id: str, *, start: int | None = None, end: int | None = None) -> str:
    """The page of a document, at the words from `start` to `end` where both are given."""
    path = f"/document/{quote(document_id)}"
    if start is None or end is None:
        return path
    return f"{path}?{urlencode({'start': start, 'end': end})}#here"


def citations_link(document_id: str, spans: Sequence[Span], at: int) -> str:
    """The page of a document with several spans marked; `at` is the 1-based one to go to."""
    listed = ",".join(f"{start}-{end}" for start, end in spans)
    return f"/document/{quote(document_id)}?{urlencode({'spans': listed, 'at': at}, safe=',')}#here"


def page_link(
    document_id: str, page: int, spans: Sequence[Span] = (), *, at: int = 1, zoom: int | None = None
) -> str:
    """The picture of a page, 1-based, with the spans on it marked; `at` is the 1-based one to go to."""
    asked: dict[str, object] = {}
    if spans:
        asked = {"spans": ",".join(f"{start}-{end}" for start, end in spans), "at": at}
    if zoom is not None:
        asked["zoom"] = zoom
    query = f"?{urlencode(asked, safe=',')}" if asked else ""
    return f"/document/{quote(document_id)}/page/{page}{query}{'#mark' if spans else ''}"


def picture_link(document_id: str, page: int, zoom: int) -> str:
    """The picture itself."""
    return f"/document/{quote(document_id)}/page/{page}/picture?{urlencode({'zoom': zoom})}"


def original_link(document_id: str) -> str:
    """The file that a document was read from, to be downloaded."""
    return f"/document/{quote(document_id)}/original"


def place_link(document_id: str, start: int, end: int, pages: tuple[int, int] | None) -> str:
    """Where cited words stand: on the picture of their page, or in the text where there are no pages."""
    if pages is None:
        return document_link(document_id, start=start, end=end)
    return page_link(document_id, pages[0], [(start, end)])
