"""Copies of documents as PDFs, as councils make them: typeset by two programs, or printed and scanned.

Every copy has a running head and a page number on each page, so that reading has something to
keep out. LibreOffice (`soffice`) and reportlab (of the extra `test`) have to be installed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.blocks import Form, cut_into_blocks
from corpus.document import Document, Role
from eval.errors import MissingExtra, MissingProgram

_SCAN_DPI = 200
_SCAN_TILT = 0.3  # degrees; a sheet is never fed quite straight
_SIZE, _SMALL = 10.5, 8.5  # points
_DEEPEST = 2  # steps that a list is set in; each space before its marker is one
_DOCX_MEASURE, _DOCX_GAP = 432, 20  # points; the first is that of python-docx' own template


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document to be set: `lines` of words, or the cells of the rows of one table."""

    form: Form
    marker: str = ""
    depth: int = 0  # of a list item
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def parts_of(document: Document) -> list[Part]:
    """What is to be set, in order; headings are marked as such, rows are put together as tables."""
    headings = {s.start for s in document.sentences if s.role is Role.HEADING}
    parts: list[Part] = []
    for block in cut_into_blocks(document.text):
        if block.form is Form.RULE:
            continue
        lines = tuple(_plain(document.text[start:end]) for start, end in block.lines)
        if block.form is Form.ROW:
            cells = tuple(cell.strip() for cell in lines[0].strip().strip("|").split("|"))
            if parts and parts[-1].form is Form.ROW and len(parts[-1].rows[0]) == len(cells):
                parts[-1] = Part(Form.ROW, rows=(*parts[-1].rows, cells))
            else:
                parts.append(Part(Form.ROW, rows=(cells,)))
            continue
        marker = "" if set(block.marker) <= {"#"} else block.marker
        marker = "•" if marker in ("-", "*") else marker
        if block.start in headings:
            parts.append(Part(Form.HEADING, lines=(f"{marker} {lines[0]}".strip(), *lines[1:])))
        else:
            parts.append(Part(block.form, marker, 1 + min(block.indent, _DEEPEST), lines))
    return parts


def _plain(words: str) -> str:
    return words.replace("**", "").strip()


def typeset_with_libreoffice(documents: Sequence[Document], folder: Path, *, columns: int) -> None:
    """Write one PDF for each document into `folder`, named after its id."""
    if shutil.which("soffice") is None:
        raise MissingProgram(
            "LibreOffice (soffice) is not installed; install the package libreoffice-writer and try again"
        )
    for document in documents:
        source = folder / f"{Path(document.id).stem}.docx"
        _write_docx(document, source, columns=columns)
    sources = sorted(str(path) for path in folder.glob("*.docx"))
    profile = f"-env:UserInstallation=file://{folder.resolve()}/.profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path in sources:
        Path(path).unlink()
    shutil.rmtree(folder / ".profile", ignore_errors=True)


def _write_docx(document: Document, path: Path, *, columns: int) -> None:
    from docx import Document as new_docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    made = new_docx()
    made.styles["Normal"].font.size = Pt(_SIZE)
    made.styles["Normal"].font.name = "Liberation Sans"
    section = made.sections[0]
    section.header.paragraphs[0].text = document.details.title
    foot = section.footer.paragraphs[0]
    foot.alignment = 1
    foot.add_run("Page ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        foot.add_run()._r.append(element)
    if columns > 1:
        cols = section._sectPr.find(qn("w:cols"))
        cols.set(qn("w:num"), str(columns))
        cols.set(qn("w:space"), str(20 * _DOCX_GAP))  # in twentieths of a point
    measure = (_DOCX_MEASURE - _DOCX_GAP * (columns - 1)) / columns
    for part in parts_of(document):
        _add_docx_part(made, part, measure)
    made.core_properties.title = document.details.title
    made.save(str(path))


def _add_docx_part(made: Any, part: Part, measure: float) -> None:
    from docx.shared import Pt

    if part.form is Form.ROW:
        table = made.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
        table.autofit = False
        for column in table.columns:
            column.width = Pt(measure / len(part.rows[0]))
        for cells in part.rows:
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text, cell.width = words, Pt(measure / len(cells))
        made.add_paragraph()
        return
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(7)
    if part.form is Form.ITEM:
        paragraph.paragraph_format.left_indent = Pt(26 * part.depth)
        paragraph.paragraph_format.first_line_indent = Pt(-26)
        paragraph.add_run(part.marker + "\t")
    elif part.form is Form.FOOTNOTE:
        paragraph.add_run(part.marker + " ").font.size = Pt(_SMALL)
    for number, line in enumerate(part.lines):
        run = paragraph.add_run(line)
        if number + 1 < len(part.lines):
            run.add_break()
        if part.form is Form.HEADING:
            run.bold, run.font.size = True, Pt(_SIZE + 2)
        elif part.form is Form.FOOTNOTE:
            run.font.size = Pt(_SMALL)


def typeset_with_reportlab(documents: Sequence[Document], folder: Path, *, columns: int) -> None:
    """Write one PDF for each document into `folder`, named after its id."""
    try:
        import reportlab  # noqa: F401
    except ImportError as exc:
        raise MissingExtra("reportlab", "test") from exc
    for document in documents:
        path = folder / f"{Path(document.id).stem}.pdf"
        path.write_bytes(_reportlab_pdf(document, columns=columns))


def _reportlab_pdf(document: Document, *, columns: int) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    width, height = A4
    content = io.BytesIO()
    made = BaseDocTemplate(content, pagesize=A4, title=document.details.title)
    gap, margin = 20, 62
    one = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + n * (one + gap), margin, one, height - 2 * margin, 0, 0, 0, 0) for n in range(columns)
    ]

    def head_and_foot(canvas: Any, template: Any) -> None:
        canvas.setFont(_fonts()[0], _SMALL)
        canvas.drawString(margin, height - 38, document.details.title)
        canvas.drawRightString(width - margin, 34, str(template.page))

    made.addPageTemplates([PageTemplate(frames=frames, onPage=head_and_foot)])
    made.build(list(_flowables(parts_of(document), one)))
    return content.getvalue()


def _fonts() -> tuple[str, str]:
    """A plain and a bold face with every character that the documents use; matplotlib brings them."""
    from matplotlib import get_data_path
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = ("DejaVuSans", "DejaVuSans-Bold")
    for name in names:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, Path(get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"))
    return names


def _flowables(parts: Iterable[Part], width: float) -> Iterable[Any]:
    from xml.sax.saxutils import escape

    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer, Table

    plain, bold = _fonts()
    size = 9.0  # DejaVu is a wide face
    body = ParagraphStyle("body", fontName=plain, fontSize=size, leading=1.25 * size, spaceAfter=6)
    small = ParagraphStyle("small", parent=body, fontSize=size - 2, leading=1.25 * (size - 2))
    head = ParagraphStyle("head", parent=body, fontName=bold, fontSize=size + 2, leading=1.3 * (size + 2))
    for part in parts:
        if part.form is Form.ROW:
            cells = [[Paragraph(escape(cell), body) for cell in row] for row in part.rows]
            share = width / len(part.rows[0])
            grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            yield Table(cells, colWidths=[share] * len(part.rows[0]), style=grid, repeatRows=1)
            yield Spacer(1, 8)
            continue
        words = "<br/>".join(escape(line) for line in part.lines)
        if part.form is Form.ITEM:
            left = 24 * part.depth
            item = ParagraphStyle("item", parent=body, leftIndent=left, bulletIndent=left - 24)
            yield Paragraph(words, item, bulletText=part.marker)
        elif part.form is Form.FOOTNOTE:
            yield Paragraph(f"{escape(part.marker)} {words}", small)
        else:
            yield Paragraph(words, head if part.form is Form.HEADING else body)


def scan(content: bytes) -> bytes:
    """The PDF as a scanner would give it: grey pictures of its pages, tilted a little, and no text."""
    import pypdfium2

    pictures = []
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            picture = page.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil()
            pictures.append(picture.rotate(_SCAN_TILT, fillcolor=255, resample=2))
    made = io.BytesIO()
    pictures[0].save(made, "PDF", save_all=True, append_images=pictures[1:], resolution=_SCAN_DPI, quality=70)
    return made.getvalue()
