"""Word documents (.docx), through python-docx: paragraphs with their styles, lists, tables, footnotes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from corpus.docx_numbers import Numbering
from corpus.docx_styles import Styles
from corpus.errors import UnreadableDocument
from corpus.extract import Extract, LeftOut
from corpus.file_kind import FileKind
from corpus.marks import flat, heading, item, joined, paragraph, superscript, table
from corpus.proposals import Proposal

_LONGEST_WORDS = 200  # of what is reported as left out
_INSIDE = frozenset(  # what only wraps paragraphs, tables or runs (ECMA-376, part 1, 17)
    map(qn, "w:sdt w:sdtContent w:ins w:moveTo w:smartTag w:customXml w:hyperlink w:fldSimple w:dir".split())
)
_DELETED = frozenset(map(qn, ("w:del", "w:moveFrom")))
_DRAWN = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PARAGRAPH, _TABLE, _RUN, _TEXT = qn("w:p"), qn("w:tbl"), qn("w:r"), qn("w:t")
_WORDS_OF = {qn("w:tab"): " ", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}


def read_docx(content: bytes) -> Extract:
    """Headings, numbered items and tables are kept as such; running heads and deleted words are left out.

    Raises UnreadableDocument for a file that is damaged or without words.
    """
    try:
        reading = _Reading(docx.Document(io.BytesIO(content)))
        reading.read()
    except UnreadableDocument:
        raise
    except Exception as exc:  # broken files raise much: this is the one border that names the file
        reason = flat(str(exc))[:120].rstrip(".") or type(exc).__name__
        raise UnreadableDocument(f"it is not a readable Word document ({reason}); save it again") from exc
    text = joined(reading.blocks)
    if not any(character.isalnum() for character in text):
        raise UnreadableDocument("it is a Word document without words; it may hold only pictures")
    return Extract(
        FileKind.WORD,
        text,
        stated=tuple(_stated(reading.file, reading.title)),
        left_out=tuple(reading.left_out),
        tables=reading.tables,
    )


class _Reading:
    """Walks over the body of a Word document."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.blocks: list[str] = []
        self.left_out: list[LeftOut] = []
        self.tables = 0
        self.title: str | None = None  # of the paragraph in the style "Title"
        self._styles = Styles(file.styles.element)
        self._numbering = Numbering(_related(file, RELATIONSHIP_TYPE.NUMBERING), self._styles)
        self._notes = _notes_of(file)
        self._open_notes: list[tuple[str, str]] = []  # mark and words of those that were just referred to
        self._boxes: list[Any] = []  # text boxes of the open paragraph
        self._next_note = 1
        self._has_title = any(
            self._styles.name(one) == "title" and _has_words(one)
            for one in file.element.body.iterchildren(_PARAGRAPH)
        )

    def read(self) -> None:
        """Read the head of the first page, then the body; report the other running heads and feet."""
        self._read_running_heads()
        self._read_blocks(self.file.element.body)
        self._report_comments()

    def _read_running_heads(self) -> None:
        """What stands at the top of the first page only is a letterhead; what stands on each is not."""
        seen: set[str] = set()
        for number, section in enumerate(self.file.sections):
            first_page = section.different_first_page_header_footer
            if number == 0 and first_page:
                self._read_blocks(section.first_page_header._element)
            parts: list[tuple[Any, str]] = [
                (section.header, "running head"),
                (section.footer, "running foot"),
            ]
            if first_page:
                parts.append((section.first_page_footer, "running foot"))
            for part, reason in parts:
                words = "" if part.is_linked_to_previous else self._words_below(part._element)
                if words and words not in seen:
                    seen.add(words)
                    self._leave_out(words, reason)

    def _report_comments(self) -> None:
        for comment in self.file.comments:
            self._leave_out(flat(comment.text), "comment")

    def _leave_out(self, words: str, reason: str) -> None:
        if words:
            self.left_out.append(LeftOut(None, words[:_LONGEST_WORDS], reason))

    def _read_blocks(self, parent: Any) -> None:
        for child in _unwrapped(parent):
            if child.tag == _PARAGRAPH:
                self._read_paragraph(child)
            elif child.tag == _TABLE:
                self._read_table(child)
            elif child.tag in _DELETED:
                self._leave_out(self._words_below(child), "deleted words")

    def _read_paragraph(self, element: Any) -> None:
        words = self._words_of(element)
        style = self._styles.name(element)
        if style.startswith("toc "):
            self._leave_out(flat(words), "list of contents")
        elif words.strip():
            self._add_paragraph(element, style, words)
        self._add_notes()

    def _add_notes(self) -> None:
        """What belongs to the paragraph or table that was just read: text boxes, then footnotes."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._read_blocks(box)
        self.blocks += [f"{superscript(mark)} {note}" for mark, note in self._open_notes]
        self._open_notes.clear()

    def _add_paragraph(self, element: Any, style: str, words: str) -> None:
        level = self._styles.outline_level(element)
        marker = self._numbering.marker(element)
        if style == "title":
            self.title = self.title or flat(words)
            self.blocks.append(heading(words, 1))
        elif level is not None:
            number = f"{marker.words} " if marker and marker.words else ""
            self.blocks.append(heading(number + words, level + (2 if self._has_title else 1)))
        elif marker is not None:
            level = max(marker.level, self._styles.list_level(element))
            self.blocks.append(item(words, level=level, marker=marker.words))
        else:
            self.blocks.append(paragraph(words))

    def _words_of(self, element: Any) -> str:
        """The words of a paragraph; text boxes and footnotes in it are noted for afterwards."""
        return "".join(self._pieces(element))

    def _pieces(self, element: Any) -> Iterator[str]:
        for child in _unwrapped(element):
            if child.tag in _DELETED:
                self._leave_out(_plain_words(child), "deleted words")
            elif child.tag != _RUN:
                yield "".join(child.itertext(_MATHS_TEXT))
            elif self._styles.is_hidden(child):
                self._leave_out(flat(_plain_words(child)), "hidden text")
            else:
                yield from self._run_pieces(child)

    def _run_pieces(self, run: Any) -> Iterator[str]:
        for child in _unwrapped(run):
            if child.tag == _TEXT:
                yield child.text or ""
            elif child.tag in _WORDS_OF:
                yield _WORDS_OF[child.tag]
            elif child.tag == qn("w:br"):
                yield "\n\n" if child.get(qn("w:type")) == "page" else "\n"
            elif child.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                yield self._note_mark(child)
            elif child.tag in _DRAWN:
                self._boxes += child.iter(qn("w:txbxContent"))
                self._report_picture(child)

    def _note_mark(self, reference: Any) -> str:
        words = self._notes.get((reference.tag, reference.get(qn("w:id"))))
        if not words:
            return ""
        mark = str(self._next_note)
        self._next_note += 1
        self._open_notes.append((mark, words))
        return superscript(mark)

    def _report_picture(self, drawing: Any) -> None:
        for properties in drawing.iter("{*}docPr"):
            self._leave_out(flat(properties.get("descr") or ""), "picture")

    def _words_below(self, element: Any) -> str:
        """All words below an element, on one line."""
        return flat(" ".join(_plain_words(one) for one in element.iter(_PARAGRAPH)) or _plain_words(element))

    def _read_table(self, element: Any) -> None:
        rows = [one for one in _unwrapped(element) if one.tag == qn("w:tr")]
        if _is_layout(element, rows):
            for row in rows:
                for cell in _cells_of(row):
                    self._read_blocks(cell)
            return
        written = table(self._rows(rows), headings=_count_headings(rows))
        if written:
            self.blocks.append(written)
            self.tables += 1
        self._add_notes()

    def _rows(self, rows: list[Any]) -> list[list[str]]:
        """The words of the cells, by row and column: a cell that reaches down comes in every row."""
        found: list[list[str]] = []
        for row in rows:
            words: list[str] = []
            for cell in _cells_of(row):
                above = found[-1][len(words)] if found and len(words) < len(found[-1]) else ""
                words.append(above if _goes_on(cell) else self._cell_words(cell))
                words += [""] * (_span(cell) - 1)
            found.append(words)
        return found

    def _cell_words(self, cell: Any) -> str:
        return flat(" ".join(self._words_of(one) for one in cell.iter(_PARAGRAPH)))


def _unwrapped(parent: Any) -> Iterator[Any]:
    """The children of an element, with what only wraps them taken away; the first of alternatives."""
    for child in parent.iterchildren(tag=("{*}*",)):
        if child.tag in _INSIDE:
            yield from _unwrapped(child)
        elif child.tag == _ALTERNATIVES:
            for choice in child.iterchildren(_CHOICE):
                yield from _unwrapped(choice)
                break
        else:
            yield child


def _has_words(element: Any) -> bool:
    return bool(_plain_words(element).strip())


def _plain_words(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(_TEXT, qn("w:delText")))


def _cells_of(row: Any) -> list[Any]:
    return [one for one in _unwrapped(row) if one.tag == qn("w:tc")]


def _property(cell: Any, name: str) -> Any:
    return cell.find(f"{qn('w:tcPr')}/{qn(name)}")


def _goes_on(cell: Any) -> bool:
    """Whether a cell is the lower part of the one above it."""
    merge = _property(cell, "w:vMerge")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _span(cell: Any) -> int:
    """How many columns a cell takes up."""
    span = _property(cell, "w:gridSpan")
    value = span.get(qn("w:val"), "1") if span is not None else "1"
    return min(int(value), 1000) if value.isdecimal() else 1


def _is_layout(element: Any, rows: list[Any]) -> bool:
    """Whether a table only places things: it holds tables or headings, or has one row or one column."""
    if len(rows) < 2 or all(len(_cells_of(row)) < 2 for row in rows):
        return True
    return next((one for one in element.iter(_TABLE) if one is not element), None) is not None


def _count_headings(rows: list[Any]) -> int:
    """How many rows of column headings come first: those that are repeated on every page, else one."""
    marked = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    first = marked.index(False) if False in marked else len(rows)
    return first if 0 < first < len(rows) else 1


def _related(file: WordFile, relationship: str) -> Any:
    """The content of a part that the document points to; None where there is no such part."""
    for one in file.part.rels.values():
        if one.reltype == relationship and not one.is_external:
            return parse_xml(one.target_part.blob)
    return None


def _notes_of(file: WordFile) -> dict[tuple[str, str], str]:
    """The words of the footnotes and endnotes, by the name of what refers to them and their id."""
    notes: dict[tuple[str, str], str] = {}
    kinds = (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES))
    for kind, relationship in kinds:
        part = _related(file, relationship)
        for note in part.iter(qn(f"w:{kind}")) if part is not None else ():
            words = flat(" ".join(_plain_words(one) for one in note.iter(_PARAGRAPH)))
            if note.get(qn("w:type")) in (None, "normal"):
                notes[qn(f"w:{kind}Reference"), note.get(qn("w:id"), "")] = words
    return notes


def _stated(file: WordFile, title: str | None) -> Iterator[Proposal]:
    """What the document says about itself: its title, and its properties (ECMA-376, part 2, 11)."""
    properties = file.core_properties
    if title:
        yield Proposal("title", title, "title of the document")
    elif words := flat(properties.title or ""):
        yield Proposal("title", words, "Word properties")
    if author := flat(properties.author or ""):
        yield Proposal("author", author, "Word properties")
    if properties.created is not None:
        yield Proposal("published", properties.created.date().isoformat(), "Word properties")
