"""An export as a Word document: headings, styles, language, title, and the sources as footnotes."""

from __future__ import annotations

import re
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ui.export import CheckedTurn, Export, Note, words_after, words_before
from ui.footnotes import Piece, add_footnotes, mark_again, mark_footnote

LANGUAGE = "en-GB"
FONT = "Arial"  # on every computer, and easy to read
INK = RGBColor(0x16, 0x23, 0x2B)
SIZES = {"Normal": 11, "Title": 22, "Subtitle": 10, "Heading 1": 15}  # points
REMARK = "Remark"  # the style of what has to be known with an answer
# Characters that XML cannot hold; a document may have them all the same.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def docx_file(export: Export) -> bytes:
    """The file."""
    document = docx.Document()
    set_up(document, export.title)
    notes = [note for turn in export.turns for note in turn.notes]
    add_footnotes(document, [_pieces(note) for note in notes])
    document.add_paragraph(in_one_line(export.title), style="Title")
    document.add_paragraph(export.origin, style="Subtitle")
    for turn in export.turns:
        document.add_paragraph(in_one_line(export.heading(turn)), style="Heading 1")
        _write(document, turn)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Document, turn: CheckedTurn) -> None:
    for remark in turn.remarks:
        document.add_paragraph(in_one_line(remark), style=REMARK)
    marked: set[int] = set()
    for statements in turn.paragraphs:
        paragraph = document.add_paragraph()
        for place, statement in enumerate(statements):
            words = _writable(statement.words)
            paragraph.add_run(words if place else words.lstrip())
            _mark(paragraph, statement.cited, marked)


def _mark(paragraph: Paragraph, numbers: tuple[int, ...], marked: set[int]) -> None:
    """Puts the marks of footnotes; `marked` are those that have theirs already, and is added to."""
    for place, number in enumerate(numbers):
        if place:
            paragraph.add_run(", ").font.superscript = True
        if number in marked:
            mark_again(paragraph, number)
        else:
            mark_footnote(paragraph, number)
        marked.add(number)


def _pieces(note: Note) -> tuple[Piece, ...]:
    """The reference, and the excerpt with the quoted words in bold."""
    if note.excerpt is None:
        return (Piece(in_one_line(note.reference)),)
    return (
        Piece(f"{in_one_line(note.reference)}: “{_folded(words_before(note.excerpt))}"),
        Piece(in_one_line(note.excerpt.marked), strong=True),
        Piece(f"{_folded(words_after(note.excerpt))}”"),
    )


def set_up(document: Document, title: str) -> None:
    """What a reader, and a screen reader, expects of the file as a whole."""
    known = document.core_properties
    known.title, known.language = in_one_line(title), LANGUAGE
    known.author, known.comments = "Inspection QA", ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    _set_styles(document)
    _set_page(document)


def _set_styles(document: Document) -> None:
    """One font and one ink; the template's own are of a theme that not every program has."""
    for name, size in SIZES.items():
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for spacing in style.element.rPr.findall(qn("w:spacing")):  # between letters
            style.element.rPr.remove(spacing)
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.italic = False
    document.styles["Title"].paragraph_format.space_after = Pt(6)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(4)
    remark = document.styles.add_style(REMARK, WD_STYLE_TYPE.PARAGRAPH)
    remark.base_style = document.styles["Normal"]
    remark.font.bold = True


def _set_page(document: Document) -> None:
    """A4 with page numbers; the template is American."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    _number_pages(document)


def _number_pages(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    field.append(paragraph.add_run("1")._element)
    paragraph._element.append(field)


def in_one_line(text: str) -> str:
    """The text in one line, without what a file of this kind cannot hold."""
    return " ".join(_writable(text).split())


def _folded(text: str) -> str:
    """As `in_one_line`, with a space at the ends where there was one."""
    first, last = text[:1].isspace(), bool(text.strip()) and text[-1:].isspace()
    return f"{' ' if first else ''}{in_one_line(text)}{' ' if last else ''}"


def _writable(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)
