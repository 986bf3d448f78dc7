"""PDF files: their text in the order of reading, and where each page starts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Page
from corpus.errors import UnreadableDocument
from corpus.extract import LeftOut
from corpus.limits import check_pages
from corpus.ocr import DPI, Recogniser, even_sizes, find_recogniser
from corpus.pdf_columns import in_reading_order
from corpus.pdf_contents import find_contents
from corpus.pdf_lines import Line, flows_on, join_row, with_paragraphs
from corpus.pdf_margins import Margin, find_margins
from corpus.pdf_page import Pdf, PrintedPage
from corpus.pdf_tables import Table, find_tables, placeholder
from corpus.pulse import beat

_MARK = b"%PDF-"
_STAMP = 40  # letters and digits; a scanned page with fewer has a stamp or page number over it, no text


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF and its pages, with what was made of them.

    `empty_pages` are the numbers of the pages without any text, `recognised` those whose text was
    recognised on a picture, here or by whoever scanned them. `left_out` are the words that stand on
    a page but not in the text, with the reason; `tables` is how many were read as rows.
    """

    text: str
    pages: tuple[Page, ...]
    empty_pages: tuple[int, ...]
    title: str | None
    left_out: tuple[LeftOut, ...] = ()
    tables: int = 0
    recognised: tuple[int, ...] = ()
    author: str | None = None
    created: date | None = None


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page in lines, in the order of reading, with what was left out of them and its tables."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    tables: int


def read_pdf(content: bytes, *, find: Callable[[], Recogniser | None] = find_recogniser) -> PdfText:
    """Reads the text layer; scanned pages are recognised where `find` finds an engine.

    Raises UnreadableDocument for encrypted, broken and empty files.
    """
    if not content:
        raise UnreadableDocument("it is empty; save it again as PDF")
    if _MARK not in content[:1024]:  # where readers look for it (PDF 32000-1, annex H)
        raise UnreadableDocument("it is not a PDF although its name ends in .pdf; give it its right ending")
    with closing(Pdf(content)) as pdf:
        if not len(pdf):
            raise UnreadableDocument("it is a PDF without pages; save it again as PDF")
        check_pages(len(pdf))
        printed = [_printed(pdf, index) for index in range(len(pdf))]
        scanned = [n for n, page in enumerate(printed) if _is_scanned(page)]
        engine = find() if scanned else None
        if engine is not None:
            for number in scanned:
                printed[number] = _recognised(pdf, number, printed[number], engine)
        laid = _lay_out(printed, pdf.labels(), pdf.title(), scanned if engine else [])
        laid = replace(laid, author=pdf.author(), created=pdf.created())
    if len(laid.empty_pages) == len(laid.pages):
        raise UnreadableDocument(_no_text(len(laid.pages), lacks_engine=bool(scanned) and engine is None))
    return laid


def _printed(pdf: Pdf, index: int) -> PrintedPage:
    page = pdf.page(index)
    beat()
    return page


def _is_scanned(page: PrintedPage) -> bool:
    return page.is_scan and sum(c.isalnum() for run in page.runs for c in run.words) < _STAMP


def _recognised(pdf: Pdf, index: int, page: PrintedPage, engine: Recogniser) -> PrintedPage:
    picture = pdf.picture(index, dpi=DPI)
    runs = even_sizes(engine.read(picture))
    beat()
    top = picture.height * 72 / DPI
    return replace(page, runs=tuple(runs), rules=(), bottom=0.0, top=top)


def _lay_out(
    printed: Sequence[PrintedPage], labels: Sequence[str], title: str | None, scanned: Sequence[int]
) -> PdfText:
    tables = [find_tables(page.runs, page.rules) for page in printed]
    in_tables = [{run for table in found for run in table.runs} for found in tables]
    margins = find_margins(
        [[r for r in page.runs if r not in held] for page, held in zip(printed, in_tables, strict=True)],
        [(page.bottom, page.top) for page in printed],
    )
    laid = list(_laid_pages(printed, tables, margins))
    recognised = {n + 1 for n in scanned if laid[n].lines} | {
        n for n, page in enumerate(printed, start=1) if page.is_layered
    }
    found_labels = _labels(labels, [margin.label for margin in margins])
    pages, text = _tiled([page.lines for page in laid], found_labels, recognised)
    empty = tuple(n for n, page in enumerate(laid, start=1) if not page.lines)
    return PdfText(
        text=text,
        pages=pages,
        empty_pages=empty,
        title=title,
        left_out=tuple(one for page in laid for one in page.left_out),
        tables=sum(page.tables for page in laid),
        recognised=tuple(sorted(recognised)),
    )


def _no_text(count: int, *, lacks_engine: bool) -> str:
    found = f"it has no text layer on any of its {count} pages; it may be a scan"
    return f"{found}: install Tesseract, which recognises text (docs/pdf.md)" if lacks_engine else found


def _laid_pages(
    printed: Sequence[PrintedPage], tables: Sequence[Sequence[Table]], margins: Sequence[Margin]
) -> Iterator[_Laid]:
    last: Table | None = None  # the table that the page before ends with
    for number, (page, found, margin) in enumerate(zip(printed, tables, margins, strict=True), start=1):
        held = {run for table in found for run in table.runs} | margin.runs
        marks = {f"\0{n}": table for n, table in enumerate(found)}  # no word of a page has a zero character
        stand_ins = [placeholder(table, name) for name, table in marks.items()]
        rows = in_reading_order([run for run in page.runs if run not in held] + stand_ins)
        lines: list[Line] = []
        for row in rows:
            table = next((marks[run.words] for run in row if run.words in marks), None)
            if table is None:
                lines.append(join_row(row))
                last = None
                continue
            before = last if last is not None and not lines and last.goes_on(table) else None
            lines += [Line(words, is_row=True) for words in table.lines(before)]
            last = table
        contents = find_contents(lines)
        left_out = (
            *margin.left_out,
            *(LeftOut(number, lines[n].words, "list of contents") for n in contents),
            *(LeftOut(number, words, "set at an angle") for words in page.turned),
            *(LeftOut(number, words, "not visible on the page") for words in page.hidden),
        )
        kept = [line for n, line in enumerate(lines) if n not in set(contents)]
        yield _Laid(tuple(kept), left_out, len(found))


def _labels(given: Sequence[str], printed: Sequence[str | None]) -> list[str | None]:
    """The label of each page: as the file gives it where it labels its pages, else as printed on it."""
    named = any(label and label != str(number) for number, label in enumerate(given, start=1))
    labels = given if named else [label or "" for label in printed]
    return [label if label and label != str(n) else None for n, label in enumerate(labels, start=1)]


def _tiled(
    lines: Sequence[Sequence[Line]], labels: Sequence[str | None], recognised: set[int]
) -> tuple[tuple[Page, ...], str]:
    """The pages and the text that they tile; a paragraph that goes on over the break is not parted."""
    texts = with_paragraphs(lines)
    pages: list[Page] = []
    parts: list[str] = []
    at = 0
    for number, (text, label, goes_on) in enumerate(
        zip(texts, labels, flows_on(lines), strict=True), start=1
    ):
        parts.append(text + ("\n" if goes_on else "\n\n"))
        pages.append(Page(number, label, at, at + len(parts[-1]), number in recognised))
        at += len(parts[-1])
    return tuple(pages), "".join(parts)
