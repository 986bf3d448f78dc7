"""Footnotes in a Word document, which python-docx does not write: the part that holds them, and the marks.

ECMA-376, Part 1, 17.11: a footnote stands in a part of its own and is pointed to by its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

NOTE, MARK = "footnote text", "footnote reference"  # the names that Word knows these styles by
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a footnote."""

    text: str
    strong: bool = False


def add_footnotes(document: Document, notes: Sequence[Sequence[Piece]]) -> None:
    """Adds the footnotes with the ids 1, 2, ...; to be called once for a document."""
    _add_styles(document)
    styles = document.styles
    note, mark = styles[NOTE].style_id, styles[MARK].style_id
    written = "".join(_note(number, pieces, note, mark) for number, pieces in enumerate(notes, start=1))
    content = f"<w:footnotes {nsdecls('w')}>{SEPARATORS}{written}</w:footnotes>"
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + content.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def mark_footnote(paragraph: Paragraph, number: int) -> None:
    """Puts the mark of a footnote at the end of a paragraph, in a bookmark that can be pointed to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for one in (start, end):
        one.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _bookmark(number))
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run = paragraph.add_run(style=MARK)
    run._element.append(reference)
    run._element.addprevious(start)
    run._element.addnext(end)


def mark_again(paragraph: Paragraph, number: int) -> None:
    """Repeats the mark of a footnote that has its mark already: a field that leads to it."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" NOTEREF {_bookmark(number)} \\f \\h ")
    run = paragraph.add_run(str(number), style=MARK)
    run._element.addprevious(field)
    field.append(run._element)


def _note(number: int, pieces: Sequence[Piece], note: str, mark: str) -> str:
    words = "".join(_run(piece) for piece in pieces)
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{note}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteRef/></w:r>'
        f"{_run(Piece(' '))}{words}</w:p></w:footnote>"
    )


def _run(piece: Piece) -> str:
    strong = "<w:rPr><w:b/></w:rPr>" if piece.strong else ""
    return f'<w:r>{strong}<w:t xml:space="preserve">{escape(piece.text)}</w:t></w:r>'


def _bookmark(number: int) -> str:
    return f"note{number}"


def _add_styles(document: Document) -> None:
    note = document.styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    note.base_style = document.styles["Normal"]
    note.font.size = Pt(9)
    note.paragraph_format.space_after = Pt(3)
    note.paragraph_format.line_spacing = 1
    mark = document.styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
