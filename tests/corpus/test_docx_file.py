"""Word documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from corpus.docx_file import read_docx
from corpus.errors import UnreadableDocument
from corpus.extract import Extract, LeftOut

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(file: Any) -> bytes:
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def read(build: Callable[[Any], object]) -> Extract:
    file = docx.Document()
    build(file)
    return read_docx(saved(file))


def add_xml(file: Any, xml: str) -> None:
    """Put an element, written with the prefix w, at the end of the document."""
    end, closing = xml.split(">", 1)
    file.element.body.insert(len(file.element.body) - 1, parse_xml(f"{end} {W}>{closing}"))


def test_styles_make_headings_and_items_and_the_title_stands_above_them() -> None:
    def build(file: Any) -> None:
        file.add_heading("Housing", 0)
        file.add_heading("Background", 1)
        file.add_paragraph("Inspectors found:")
        file.add_paragraph("weak plans", style="List Bullet")
        file.add_paragraph("very weak", style="List Bullet 2")
        file.add_paragraph("The first", style="List Number")
        file.add_paragraph("to note", style="List Number")
        file.add_heading("Detail", 2)

    extract = read(build)
    assert extract.text == (
        "# Housing\n\n## Background\n\nInspectors found:\n\n- weak plans\n\n  - very weak\n\n"
        "1. The first\n\n- 2. to note\n\n### Detail\n"
    )
    assert ("title", "Housing", "title of the document") in [
        (one.field, one.value, one.source) for one in extract.stated
    ]


def test_numbers_that_word_only_draws_are_counted() -> None:
    def build(file: Any) -> None:
        numbering = file.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            "</w:lvl>"
            for n, (form, text) in enumerate(
                (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)"))
            )
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for level, words in (
            (0, "Plans"),
            (1, "First"),
            (1, "Second"),
            (2, "to note"),
            (0, "Costs"),
            (1, "Third"),
        ):
            properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr></w:pPr>'
            add_xml(file, f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>")

    assert [line.strip() for line in read(build).text.split("\n\n")] == [
        "1. Plans",
        "1.1 First",
        "1.2 Second",
        "- (i) to note",
        "2. Costs",
        "2.1 Third",
    ]


def test_a_table_keeps_its_column_headings_and_cells_that_reach_down() -> None:
    def build(file: Any) -> None:
        made = file.add_table(3, 3)
        for r, row in enumerate((("Area", "2016", "2019"), ("Gas", "Poor", "Good"), ("", "x|y", "Good"))):
            for c, words in enumerate(row):
                made.cell(r, c).text = words
        made.cell(1, 0).merge(made.cell(2, 0))

    extract = read(build)
    assert extract.text == "| Area | 2016 | 2019 |\n|--|--|--|\n| Gas | Poor | Good |\n| Gas | x¦y | Good |\n"
    assert extract.tables == 1


def test_a_table_of_one_row_only_places_things() -> None:
    def build(file: Any) -> None:
        made = file.add_table(1, 2)
        made.cell(0, 0).text, made.cell(0, 1).text = "Norwell Council", "14 Harbour Street"

    extract = read(build)
    assert extract.text == "Norwell Council\n\n14 Harbour Street\n"
    assert extract.tables == 0


def test_what_is_not_part_of_the_text_is_left_out_and_reported() -> None:
    def build(file: Any) -> None:
        file.sections[0].header.paragraphs[0].text = "Official"
        file.sections[0].footer.paragraphs[0].text = "Page 1"
        words = file.add_paragraph("Words ")
        words.add_run("secret").font.hidden = True
        words.add_run("stay.")
        file.add_comment(words.runs, text="Is it so?", author="A")
        add_xml(
            file,
            "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>New</w:t></w:r>"
            "</w:ins></w:p>",
        )
        file.add_paragraph("Background 1", style=file.styles.add_style("toc 1", 1))

    extract = read(build)
    assert extract.text == "Words stay.\n\nNew\n"
    assert extract.left_out == (
        LeftOut(None, "Official", "running head"),
        LeftOut(None, "Page 1", "running foot"),
        LeftOut(None, "secret", "hidden text"),
        LeftOut(None, "gone", "deleted words"),
        LeftOut(None, "Background 1", "list of contents"),
        LeftOut(None, "Is it so?", "comment"),
    )


def test_the_head_of_the_first_page_alone_is_a_letterhead() -> None:
    def build(file: Any) -> None:
        file.sections[0].different_first_page_header_footer = True
        file.sections[0].first_page_header.paragraphs[0].text = "Norwell Council"
        file.add_paragraph("Words.")

    assert read(build).text == "Norwell Council\n\nWords.\n"


def test_words_in_controls_boxes_and_fields_are_read_once() -> None:
    def build(file: Any) -> None:
        add_xml(
            file, "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
        add_xml(
            file,
            "<w:p><w:fldSimple><w:r><w:t>In a field</w:t></w:r></w:fldSimple><w:r>"
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
            "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r>"
            "</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        )

    assert read(build).text == "In a control\n\nIn a field\n\nIn a box\n"


def test_a_footnote_stands_below_the_paragraph_that_refers_to_it() -> None:
    file = docx.Document()
    words = file.add_paragraph("It failed")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "7")
    words.add_run()._element.append(reference)
    words.add_run(" twice.")
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:t>Report of 2016.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    content = with_part(saved(file), "footnotes", notes)
    assert read_docx(content).text == "It failed¹ twice.\n\n¹ Report of 2016.\n"


def with_part(content: bytes, name: str, xml: str) -> bytes:
    """The file with one more part that the document refers to."""
    changed = io.BytesIO()
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.namelist():
            part = old.read(entry)
            if entry == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rId99" Type="{kind}" Target="{name}.xml"/></Relationships>'
                part = part.replace(b"</Relationships>", link.encode())
            new.writestr(entry, part)
        new.writestr(f"word/{name}.xml", xml)
    return changed.getvalue()


def test_entities_from_outside_are_not_followed(tmp_path: Any) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    changed = io.BytesIO()
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.namelist():
            part = old.read(entry)
            if entry == "word/document.xml":
                body = "<w:body><w:p><w:r><w:t>Words &e;</w:t></w:r></w:p></w:body>"
                part = f"{declared}<w:document {W}>{body}</w:document>".encode()
            new.writestr(entry, part)
    assert "secret" not in read_docx(changed.getvalue()).text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and no more", "it is not a readable Word document"),
        (saved(docx.Document()), "it is a Word document without words"),
    ],
)
def test_a_damaged_or_empty_document_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_docx(content)
