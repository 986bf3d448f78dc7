"""A paper of a session as a Word document, with headings, lists, and a reference below each quotation."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor

from ui.export_docx import INK, in_one_line, set_up
from ui.session_paper import LETTERS, Options, Paper, Part, Quoted, Room, Words

QUOTATION, REFERENCE, LINE = "Quotation", "Reference", "Writing line"
SOFT = RGBColor(0x4A, 0x5B, 0x65)


def paper_docx(paper: Paper) -> bytes:
    """The file."""
    document = docx.Document()
    set_up(document, paper.title)
    _add_styles(document)
    document.add_paragraph(in_one_line(paper.title), style="Title")
    for said in paper.said:
        document.add_paragraph(in_one_line(said))
    for section in paper.sections:
        document.add_paragraph(in_one_line(section.heading), style="Heading 1")
        for part in section.parts:
            _write(document, part)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Document, part: Part) -> None:
    match part:
        case Words(text, strong):
            for line in text.splitlines():
                paragraph = document.add_paragraph()
                paragraph.add_run(in_one_line(line)).bold = strong
                paragraph.paragraph_format.keep_with_next = strong
                if strong:
                    paragraph.paragraph_format.space_before = Pt(10)
        case Quoted():
            _quote(document, part)
        case Options(said, numbered):
            for place, one in enumerate(said):
                mark = f"{place + 1}." if numbered else f"{LETTERS[place]})"
                paragraph = document.add_paragraph(f"{mark}\t{in_one_line(one)}")
                paragraph.paragraph_format.left_indent = Mm(8)
                paragraph.paragraph_format.first_line_indent = Mm(-8)
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
                paragraph.paragraph_format.space_after = Pt(2 if place + 1 < len(said) else 8)
        case Room(lines):
            for _ in range(lines):
                document.add_paragraph("\t", style=LINE)


def _quote(document: Document, quoted: Quoted) -> None:
    if quoted.heading:
        heading = document.add_paragraph()
        heading.add_run(in_one_line(quoted.heading)).bold = True
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_after = Pt(2)
    if quoted.lead:
        document.add_paragraph(f"“{in_one_line(quoted.lead)}”", style=QUOTATION)
    document.add_paragraph(f"“{in_one_line(quoted.quote)}”", style=QUOTATION)
    reference = document.add_paragraph(in_one_line(quoted.reference), style=REFERENCE)
    reference.paragraph_format.keep_with_next = bool(quoted.note)
    if quoted.note:
        reference.paragraph_format.space_after = Pt(0)
        document.add_paragraph(in_one_line(quoted.note), style=REFERENCE)


def _add_styles(document: Document) -> None:
    for name in (QUOTATION, REFERENCE, LINE):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.color.rgb = INK
    quotation, reference, line = (document.styles[name] for name in (QUOTATION, REFERENCE, LINE))
    quotation.paragraph_format.left_indent = reference.paragraph_format.left_indent = Mm(8)
    quotation.paragraph_format.keep_with_next = quotation.paragraph_format.keep_together = True
    quotation.paragraph_format.space_after = Pt(2)
    reference.font.size, reference.font.color.rgb = Pt(9.5), SOFT
    reference.paragraph_format.keep_together = True
    # A tab that fills the line with a rule to write on.
    line.paragraph_format.tab_stops.add_tab_stop(Mm(158), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    line.paragraph_format.space_after = Pt(8)
