"""Files that nobody sends by chance: each does one thing that stops or fools a careless reader."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.corpus.pdf_builder import pdf

WORDS = ["Overview", "", "The council met on Monday. It agreed on the plan for early help."]


def pdf_of(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with its table of places; nothing about them is checked."""
    content, places = bytearray(b"%PDF-1.7\n"), []
    for number, value in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        table,
    )
    return bytes(content)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> /XObject << /X1 6 0 R >> >> >>"
)
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_TEXT = b"BT /F1 11 Tf 1 0 0 1 72 700 Tm (The council met on Monday.) Tj ET"
_FORM = stream(b"BT /F1 11 Tf (In a form.) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 100 100]")


def one_page(content: bytes, entries: bytes = b"", form: bytes = _FORM, font: bytes = _FONT) -> bytes:
    """A PDF of one page that draws `content`."""
    return pdf_of(_CATALOGUE, _PAGES, _PAGE, stream(content, entries), font, form)


def explodes(megabytes: int) -> bytes:
    """One page whose drawing is packed a thousandfold: strings that are shown over and over."""
    shown = b"(%s) Tj\n" % (b"words " * 1000)
    packer = zlib.compressobj(9)
    packed = bytearray(packer.compress(b"BT /F1 11 Tf\n"))
    for _ in range(megabytes * 2**20 // len(shown)):
        packed += packer.compress(shown)
    packed += packer.flush()
    return one_page(bytes(packed), b"/Filter /FlateDecode")


def packed_many_times(times: int, megabytes: int) -> bytes:
    """One page whose drawing is packed, and that again, and again."""
    content = b" " * (megabytes * 2**20) + _TEXT
    for _ in range(times):
        content = zlib.compress(content, 9)
    return one_page(content, b"/Filter [%s]" % (b"/FlateDecode " * times))


def draws_itself() -> bytes:
    """A form that draws itself."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 6 0 R >> >>"
    return one_page(_TEXT + b" /X1 Do", form=stream(b"/X1 Do", form))


def doubles(depth: int) -> bytes:
    """Forms that each draw the next one twice: 2 to the power of `depth` drawings."""
    forms = []
    for number in range(6, 6 + depth):
        inside = b"/Resources << /XObject << /X1 %d 0 R >> /Font << /F1 5 0 R >> >>" % (number + 1)
        kind = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + inside
        forms.append(stream(b"/X1 Do /X1 Do", kind))
    return pdf_of(_CATALOGUE, _PAGES, _PAGE, stream(_TEXT + b" /X1 Do"), _FONT, *forms, _FORM)


def pages_in_a_circle() -> bytes:
    """A tree of pages whose branch is its own root."""
    return pdf_of(_CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>", _PAGE, stream(_TEXT), _FONT)


def many_pages(count: int) -> bytes:
    """A tree that lists one page again and again."""
    kids = b"3 0 R " * count
    return pdf_of(
        _CATALOGUE,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        _PAGE,
        stream(_TEXT),
        _FONT,
        _FORM,
    )


def claims_many_pages() -> bytes:
    """One page that is said to be two thousand million."""
    return pdf_of(
        _CATALOGUE,
        b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
        _PAGE,
        stream(_TEXT),
        _FONT,
        _FORM,
    )


def nested(depth: int) -> bytes:
    """Brackets in brackets, where the page's drawing is named."""
    return pdf_of(_CATALOGUE, _PAGES, _PAGE, b"[" * depth + b"]" * depth, _FONT, _FORM)


def refers_to_itself() -> bytes:
    """An object that is a reference to itself, as the page's drawing and as its length."""
    length = b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % _TEXT
    return pdf_of(_CATALOGUE, _PAGES, _PAGE, length, b"5 0 R", b"6 0 R")


def tables_in_a_circle() -> bytes:
    """A table of places that names itself as the one before it."""
    content = one_page(_TEXT)
    at = content.index(b"xref\n")
    return content.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % at)


def active(*, opens: str = "app.alert('x')") -> bytes:
    """A PDF with a script that runs when it is opened, a program to start, and a file inside."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(WORDS))))
    writer.add_open_action(JavaScript(opens))
    writer.add_attachment("invoice.exe", b"MZ" + bytes(100))
    launch = {"/S": NameObject("/Launch"), "/F": TextStringObject("/bin/sh")}
    writer._root_object[NameObject("/AA")] = DictionaryObject(
        {
            NameObject("/WC"): DictionaryObject({NameObject(key): value for key, value in launch.items()}),
        }
    )
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def compressed(*pages: Sequence[str]) -> bytes:
    """A PDF as word processors write it: drawings and objects packed."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(*pages, title="A report"))))
    for page in writer.pages:
        page.compress_content_streams()
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def json_line(**fields: object) -> bytes:
    """A line of a corpus.jsonl."""
    return json.dumps({"_id": "1", "title": "A title", "text": "Words."} | fields).encode()
