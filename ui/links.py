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


def answer_link(path: str, answer_id: str) -> str:
    """A page about one answer that this browser keeps: "/export/docx", "/feedback"."""
    return f"{path}?{urlencode({'answer': answer_id})}"


def conversation_link(path: str, conversation_id: str) -> str:
    """A page about a whole conversation that this browser keeps."""
    return f"{path}?{urlencode({'conversation': conversation_id})}"
