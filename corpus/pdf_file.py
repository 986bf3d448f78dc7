"""PDF files with a text layer, through pypdf: text, and where each page starts in it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Page
from corpus.errors import UnreadableDocument

_ITEM = re.compile(r"\s*(?:[-*•–·▪◦]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)])\s+\S")
_STOP = re.compile(r"[.!?:;][\"'”’)]*$")
_FULL_LINE = 0.85  # of the usual width; a shorter line that ends with a stop ends a paragraph
_HEADING_LINE = 0.7


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
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what matters is raised or reported
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("it is protected with a password; save a copy without one and try again")
        texts = [page.extract_text() for page in reader.pages]
        labels, title = reader.page_labels, _title(reader)
    except UnreadableDocument:
        raise
    except PyPdfError as exc:
        raise UnreadableDocument(f"it is not a readable PDF ({_reason(exc)})") from exc
    except Exception as exc:  # broken files raise much else: this is the one border that names the file
        raise UnreadableDocument(f"it is not a readable PDF ({_reason(exc)})") from exc
    return _assemble(texts, labels, title)


def _title(reader: object) -> str | None:
    metadata = getattr(reader, "metadata", None)
    title = metadata.title if metadata is not None else None
    return title.strip() or None if isinstance(title, str) else None


def _reason(exc: Exception) -> str:
    return " ".join(str(exc).split())[:120] or type(exc).__name__


def _assemble(texts: Sequence[str], labels: Sequence[str], title: str | None) -> PdfText:
    parts: list[str] = []
    pages: list[Page] = []
    at = 0
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), start=1):
        part = _clean(text) + "\n\n"
        pages.append(Page(number, label if label != str(number) else None, at, at + len(part)))
        parts.append(part)
        at += len(part)
    empty = tuple(number for number, text in enumerate(texts, start=1) if not text.strip())
    if len(empty) == len(texts):
        raise UnreadableDocument(f"none of its {len(texts)} pages has a text layer; it may be a scan")
    return PdfText("".join(parts), tuple(pages), empty, title)


def _clean(text: str) -> str:
    """The page's lines with a blank line between paragraphs, which the text layer does not mark."""
    lines = [line.rstrip() for line in text.replace("\x00", "").splitlines()]
    width = _usual_width(lines)
    out: list[str] = []
    for number, line in enumerate(lines):
        if number and line.strip() and lines[number - 1].strip() and _starts_paragraph(lines, number, width):
            out.append("")
        out.append(line)
    return "\n".join(out).strip("\n")


def _usual_width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line) for line in lines if line.strip())
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _starts_paragraph(lines: Sequence[str], number: int, width: int) -> bool:
    """Whether a paragraph starts with this line: an item, after a short last line, around a heading."""
    before, line = lines[number - 1], lines[number]
    if _ITEM.match(line):
        return True
    if _STOP.search(before):
        return len(before) < _FULL_LINE * width
    return _is_heading_line(before, width) and line[:1].isupper()


def _is_heading_line(line: str, width: int) -> bool:
    return len(line) < _HEADING_LINE * width and line[:1].isupper() and not line.endswith(",")
