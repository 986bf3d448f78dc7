"""Hostile Word documents, web pages, e-mails and tables: each does one thing that stops a careless reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise

import docx

WORDS = "The council met on Monday."
_ENTITIES = "<!DOCTYPE a [{}]>"


def word_document() -> bytes:
    """A small Word document as a word processor writes it."""
    file = docx.Document()
    file.core_properties.title = "A report"
    file.add_heading("Findings", level=1)
    file.add_paragraph(WORDS)
    file.add_paragraph("weak plans", style="List Bullet")
    table = file.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def with_parts(changed: Mapping[str, bytes], *, of: bytes | None = None) -> bytes:
    """The Word document with some of its parts replaced, or others added."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(of or word_document())) as whole,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for name in whole.namelist():
            if name not in changed:
                other.writestr(name, whole.read(name))
        for name, part in changed.items():
            other.writestr(name, part)
    return content.getvalue()


def part(name: str) -> str:
    """A part of the small Word document, as text."""
    with zipfile.ZipFile(io.BytesIO(word_document())) as whole:
        return whole.read(name).decode()


def explodes(megabytes: int) -> bytes:
    """A picture of zeros that is packed a thousandfold."""
    return with_parts({"word/media/image1.bmp": bytes(megabytes * 2**20)})


def lies_about_its_size(megabytes: int) -> bytes:
    """As `explodes`, but its folder says that every part has ten bytes."""
    content = bytearray(explodes(megabytes))
    size = (megabytes * 2**20).to_bytes(4, "little")
    return bytes(content.replace(size, (10).to_bytes(4, "little")))


def with_entity(declared: str, words: str = "&b;") -> bytes:
    """A Word document whose text is an entity that is declared in front of it."""
    text = part("word/document.xml")
    opening, rest = text.split("?>", 1)
    text = f"{opening}?>{_ENTITIES.format(declared)}{rest}".replace(WORDS, f"{WORDS} {words}")
    return with_parts({"word/document.xml": text.encode()})


def laughs() -> bytes:
    """Entities that stand for ten of each other, nine deep."""
    names = "abcdefghij"
    declared = f'<!ENTITY {names[0]} "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    return with_entity(declared, "&j;")


def nested_tables(depth: int) -> bytes:
    """Tables in each other's cells."""
    cell = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    text = part("word/document.xml").replace("<w:sectPr", f"{cell}<w:sectPr", 1)
    return with_parts({"word/document.xml": text.encode()})


def active_page(target: str) -> bytes:
    """A web page with a script, a frame, a form, and pictures from elsewhere."""
    return f"""<!DOCTYPE html><html><head><title>A page</title><script>fetch('{target}')</script>
<link rel="stylesheet" href="{target}"><meta http-equiv="refresh" content="0; url={target}"></head>
<body onload="location='{target}'"><h1>Findings</h1><p onclick="alert(1)">{WORDS}</p>
<iframe src="{target}">frame words</iframe><img src="{target}" alt="A chart" onerror="alert(2)">
<form action="{target}"><textarea>form words</textarea></form><svg><script>alert(3)</script></svg>
<a href="javascript:alert(4)">A link</a><object data="{target}"></object></body></html>""".encode()


def message(body: str = WORDS, header: str = "", **parts: str) -> bytes:
    """An e-mail with parts besides its body, by their file names."""
    lines = ["From: A Hill <a@example.org>", "To: b@example.org", "Subject: Findings", "MIME-Version: 1.0"]
    lines += [header] if header else []
    if not parts:
        return "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", body]).encode()
    lines += [
        'Content-Type: multipart/mixed; boundary="cut"',
        "",
        "--cut",
        "Content-Type: text/plain",
        "",
        body,
    ]
    for name, content in parts.items():
        kind = "application/octet-stream"
        lines += ["--cut", f'Content-Type: {kind}; name="{name}"',
                  f'Content-Disposition: attachment; filename="{name}"', "", content]  # fmt: skip
    return "\r\n".join([*lines, "--cut--", ""]).encode()


def parts_in_parts(depth: int) -> bytes:
    """An e-mail whose parts hold parts, without end."""
    lines = ["From: a@example.org", "Subject: Findings", "MIME-Version: 1.0"]
    for number in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    return "\r\n".join([*lines, "Content-Type: text/plain", "", WORDS]).encode()
