"""PDF files with a text layer, through pypdf: text, and where each page starts in it."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Page
from corpus.errors import UnreadableDocument
from corpus.limits import check_pages
from corpus.pdf_lines import Line, join_runs, with_paragraphs
from corpus.pulse import beat

_MARK = b"%PDF-"


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF, its pages, and the numbers of the pages without any text."""

    text: str
    pages: tuple[Page, ...]
    empty_pages: tuple[int, ...]
    title: str | None


def read_pdf(content: bytes) -> PdfText:
    """Reads the text layer. Raises UnreadableDocument for encrypted, broken and empty files."""
    import pypdf
    from pypdf.errors import DependencyError

    if not content:
        raise UnreadableDocument("it is empty; save it again as PDF")
    if _MARK not in content[:1024]:  # where readers look for it (PDF 32000-1, annex H)
        raise UnreadableDocument("it is not a PDF although its name ends in .pdf; give it its right ending")
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what matters is raised or reported
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("it is protected with a password; save a copy without one and try again")
        check_pages(len(reader.pages))
        pages = [_lines(page) for page in reader.pages]
        labels, title = reader.page_labels, _title(reader.metadata)
    except UnreadableDocument:
        raise
    except DependencyError as exc:  # no library for this kind of encryption is installed
        raise UnreadableDocument(f"it is encrypted ({exc}); save a copy without encryption") from exc
    except Exception as exc:  # broken files raise much else: this is the one border that names the file
        raise UnreadableDocument(f"it is not a readable PDF ({_reason(exc)}); save it again as PDF") from exc
    return _assemble(with_paragraphs(pages), labels, title)


def _lines(page: Any) -> list[Line]:
    """The lines of a page of pypdf's, in the order in which it reads them."""
    runs: list[Line] = []

    def note(
        words: str,
        outer: Sequence[float],
        inner: Sequence[float],
        font: Mapping[str, Any] | None,
        size: float,
    ) -> None:
        runs.append(_run(_without_broken_characters(words), outer, inner, font or {}, size))

    page.extract_text(visitor_text=note)
    beat()
    return join_runs(runs)


def _run(
    words: str, outer: Sequence[float], inner: Sequence[float], font: Mapping[str, Any], size: float
) -> Line:
    """A run of text at its place on the page: the text matrix, then the page's own (PDF 32000-1, 9.4.4)."""
    left = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    baseline = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = abs((inner[0] * inner[3] - inner[1] * inner[2]) * (outer[0] * outer[3] - outer[1] * outer[2]))
    is_bold = "bold" in str(font.get("/BaseFont", "")).casefold()
    return Line(words, left, baseline, abs(size) * scale**0.5, is_bold)


def _without_broken_characters(words: str) -> str:
    """The words without zero characters and half surrogate pairs, which broken fonts give."""
    return "".join(c for c in words if c != "\0" and not "\ud800" <= c <= "\udfff")


def _title(metadata: Any) -> str | None:
    title = metadata.title if metadata is not None else None
    return title.strip() or None if isinstance(title, str) else None


def _reason(exc: Exception) -> str:
    return " ".join(str(exc).split())[:120].rstrip(".") or type(exc).__name__


def _assemble(texts: Sequence[str], labels: Sequence[str], title: str | None) -> PdfText:
    pages: list[Page] = []
    at = 0
    parts = [text + "\n\n" for text in texts]
    for number, (part, label) in enumerate(zip(parts, labels, strict=True), start=1):
        pages.append(Page(number, label if label != str(number) else None, at, at + len(part)))
        at += len(part)
    empty = tuple(number for number, text in enumerate(texts, start=1) if not text.strip())
    if not texts:
        raise UnreadableDocument("it is a PDF without pages; save it again as PDF")
    if len(empty) == len(texts):
        raise UnreadableDocument(f"it has no text layer on any of its {len(texts)} pages; it may be a scan")
    return PdfText("".join(parts), tuple(pages), empty, title)
