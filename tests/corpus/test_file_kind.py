"""The kind of a file is told by what is in it; what is not read is named in one sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.errors import UnreadableDocument
from corpus.file_kind import FileKind, tell_kind
from tests.corpus.pdf_builder import pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
EXPECTED = "expected .txt, .md, .pdf, .docx, .html, .eml or .csv"


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return content.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(["Words."]), "letter.txt", FileKind.PDF),
        (b"junk before it\n" + pdf(["Words."]), "letter.pdf", FileKind.PDF),
        (archive("[Content_Types].xml", "word/document.xml"), "report.doc", FileKind.WORD),
        (archive("[Content_Types].xml", "word/document.xml"), "report", FileKind.WORD),
        (b"<!DOCTYPE html><p>Words.", "page.txt", FileKind.WEB_PAGE),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<HTML><body>Words.", "page.doc", FileKind.WEB_PAGE),
        (b'<?xml version="1.0"?>\n<html xmlns="x"><body/></html>', "page.xhtml", FileKind.WEB_PAGE),
        ("<html><body>Words.".encode("utf-16"), "page.html", FileKind.WEB_PAGE),
        (b"From: a@b.org\r\nMIME-Version: 1.0\r\n\r\nWords.", "mail.txt", FileKind.EMAIL),
        (b"Received: from x\n by y\nFrom: a@b.org\n\nWords.", "mail", FileKind.EMAIL),
        (b"Subject: Visit\n\nWords.", "mail.eml", FileKind.EMAIL),
        (b"From: the chair\nTo: all members\nSubject: visit\n\nWords.", "memo.txt", FileKind.TEXT),
        (b"Area,Grade\nRepairs,Good\n", "grades.csv", FileKind.TABLE),
        (b"Area,Grade\nRepairs,Good\n", "grades.txt", FileKind.TEXT),
        (b"1 < 2, as <b>all</b> know", "note.md", FileKind.TEXT),
        (b"Words.", "README", FileKind.TEXT),
    ],
)
def test_a_kind_is_told_by_content(content: bytes, name: str, kind: FileKind) -> None:
    assert tell_kind(content, name) is kind


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.txt", "it is empty; put text into it or remove it"),
        (b" \n", "a.pdf", "it is empty; put text into it or remove it"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", f"it is a picture (PNG); {EXPECTED}"),
        (b"\xff\xd8\xff\xe0", "a.docx", f"it is a picture (JPEG); {EXPECTED}"),
        (stream("WordDocument"), "a.docx", "it is an old Word document (.doc); save it as .docx"),
        (stream("Workbook"), "a.csv", "it is an old Excel workbook (.xls); save the sheet as .csv"),
        (
            stream("EncryptedPackage"),
            "a.docx",
            "it is protected with a password; save a copy without one and try again",
        ),
        (stream("__properties_version1.0"), "a.eml", "it is an Outlook message (.msg); save it as .eml"),
        (OLE, "a.doc", f"it is an old Office file; {EXPECTED}"),
        (b"{\\rtf1 x}", "a.doc", f"it is a document in Rich Text Format (RTF); {EXPECTED}"),
        (archive("xl/workbook.xml"), "a.csv", "it is an Excel workbook; save the sheet as .csv"),
        (
            archive("ppt/presentation.xml"),
            "a.docx",
            "it is a PowerPoint presentation; save it as PDF",
        ),
        (archive("content.xml"), "a.docx", "it is an OpenDocument file; save it as .docx or PDF"),
        (
            archive("a.docx", "b.zip"),
            "a.docx",
            "it is an archive of files (zip); unpack it and add the documents in it",
        ),
        (
            archive("word/document.xml")[:60],
            "a.docx",
            "it is a damaged archive or Word document; save it again",
        ),
        (b"\x1f\x8b\x08", "a.txt", f"it is an archive of files; {EXPECTED}"),
        (b"\x7fELF\x02\x01", "a.txt", f"it is a program; {EXPECTED}"),
        (b"<?xml version='1.0'?><feed/>", "a.html", f"it is an XML file; {EXPECTED}"),
        (
            b"From a@b.org Mon Jan  6 10:00:00 2020\nFrom: a@b.org\n\nWords.",
            "a.eml",
            "it is a mailbox of several e-mails; save each as a file of its own",
        ),
        (b'{"a": 1}', "a.json", f"it is text and its name ends in .json; {EXPECTED}"),
        (b"\x00\x01\x02", "a.bin", f"it is a file of an unknown kind and its name ends in .bin; {EXPECTED}"),
        (b"Words.", "a.pdf", f"it is text and its name ends in .pdf; {EXPECTED}"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        tell_kind(content, name)
    assert str(caught.value) == reason
