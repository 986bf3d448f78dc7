"""Small PDFs with a text layer, written by hand: text, pages, labels and nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

_TOP, _LEFT, _SIZE, _LEADING = 800, 72, 11, 14


def pdf(
    *pages: Sequence[str],
    roman: int = 0,
    password: str | None = None,
    title: str | None = None,
    created: str | None = None,
) -> bytes:
    """A PDF with these pages of lines; an empty line is space between paragraphs.

    The first `roman` pages are labelled i, ii, ...; `password` encrypts the file (the user
    password; the empty one opens without asking).
    """
    writer = PdfWriter(PdfReader(io.BytesIO(_file(pages))))
    if roman:
        writer.set_page_label(0, roman - 1, style="/r")
        writer.set_page_label(roman, len(pages) - 1, style="/D", start=1)
    if title:
        writer.add_metadata({"/Title": title})
    if created:
        writer.add_metadata({"/CreationDate": created})
    if password is not None:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _file(pages: Sequence[Sequence[str]]) -> bytes:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        page[NameObject("/Contents")] = writer._add_object(_stream(lines))
        page[NameObject("/MediaBox")] = ArrayObject([NumberObject(side) for side in (0, 0, 595, 842)])
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _stream(lines: Sequence[str]) -> DictionaryObject:
    commands = []
    for number, line in enumerate(lines):
        words = line.strip().replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        left = _LEFT + 5 * (len(line) - len(line.lstrip()))
        place = f"1 0 0 1 {left} {_TOP - _LEADING * number} Tm"
        commands.append(f"BT /F1 {_SIZE} Tf {place} ({words}) Tj ET" if words else "")
    stream = DecodedStreamObject()
    stream.set_data("\n".join(commands).encode("cp1252"))
    return stream
