"""What kind of file some bytes are, told by what is in them; the name decides only between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from corpus.errors import UnreadableDocument
from corpus.limits import check_unpacked


class FileKind(StrEnum):
    """The kinds of files that are read, in the words that people are shown."""

    PDF = "PDF"
    WORD = "Word document"
    WEB_PAGE = "web page"
    EMAIL = "e-mail"
    TABLE = "table"
    TEXT = "text"


SUFFIXES = (".txt", ".md", ".pdf", ".docx", ".html", ".eml", ".csv")
_EXPECTED = f"expected {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
# Names of files with text that are read; other text (programs, settings) is not what people wrote to be read.
_TEXT_SUFFIXES = ("", ".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".eml", ".html", ".htm", ".xhtml")
_TABLE_SUFFIXES = (".csv", ".tsv")

_PDF_MARK = b"%PDF-"
_ZIP_MARK, _OLE_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes of kinds that are not read, with what people call them.
_OTHERS = (
    (rb"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (rb"\xff\xd8\xff", "a picture (JPEG)"),
    (rb"GIF8[79]a", "a picture (GIF)"),
    (rb"II\*\0|MM\0\*", "a picture (TIFF)"),
    (rb"BM.{4}\0\0\0\0", "a picture (BMP)"),
    (rb"RIFF.{4}WEBP", "a picture (WebP)"),
    (rb".{4}ftyp(?:heic|heix|mif1|avif)", "a picture (HEIC or AVIF)"),
    (rb".{4}ftyp", "a film"),
    (rb"RIFF.{4}(?:AVI |WAVE)|ID3|OggS|fLaC|\x1aE\xdf\xa3", "a recording"),
    (rb"\{\\rtf", "a document in Rich Text Format (RTF)"),
    (rb"\x1f\x8b|BZh|\xfd7zXZ\0|7z\xbc\xaf'\x1c|Rar!\x1a\x07|PK\x05\x06", "an archive of files"),
    (rb"SQLite format 3\0", "a database"),
    (rb"%!PS", "a PostScript file"),
    (rb"\x7fELF|MZ.{62}|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", "a program"),
)
_OTHER_KINDS = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _OTHERS)
# What the parts of an archive say about it (ECMA-376; OpenDocument 1.3, part 2).
_ZIP_PARTS = (
    ("xl/", "an Excel workbook; save the sheet as .csv"),
    ("ppt/", "a PowerPoint presentation; save it as PDF"),
    ("content.xml", "an OpenDocument file; save it as .docx or PDF"),
    ("META-INF/container.xml", "an e-book; save it as PDF"),
)
# Names of streams in a compound file (MS-CFB), as they are written in its folder.
_OLE_STREAMS = (
    ("EncryptedPackage", "protected with a password; save a copy without one and try again"),
    ("WordDocument", "an old Word document (.doc); save it as .docx"),
    ("Workbook", "an old Excel workbook (.xls); save the sheet as .csv"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt); save it as PDF"),
    ("__properties_version1.0", "an Outlook message (.msg); save it as .eml"),
)
# Tags that a web page begins with, after blanks, comments and declarations (WHATWG, MIME Sniffing, 7.1,
# and those that parts of pages begin with).
_PROLOG = re.compile(rb"(?:\s+|<!--.*?-->|<\?xml.{0,200}?\?>)*", re.DOTALL)
_PAGE_TAG = re.compile(
    rb"<(?:!doctype html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|main|article"
    rb"|meta|section|span|nav|header|footer|h2|h3|ul|ol|center|img)[\s>/]",
    re.IGNORECASE,
)
_XML = re.compile(rb"\s*<\?xml\b")
_FIELD = re.compile(rb"([!-9;-~]+):[ \t]?.*(?:\r?\n[ \t]+.*)*\r?\n")  # of a message's header (RFC 5322, 2.2)
_SENT_FIELDS = frozenset((b"message-id", b"mime-version", b"received", b"return-path", b"x-mailer"))
_MAILBOX = re.compile(rb"From \S+ .{10,60}\d{4}.*\r?\n[!-9;-~]+:")
_LONGEST_PROLOG = 4096
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def tell_kind(content: bytes, name: str) -> FileKind:
    """The kind of a file that is read.

    Raises UnreadableDocument for every other kind, saying what it is and what to do.
    """
    suffix = PurePosixPath(name).suffix.casefold()
    if not content.strip():
        raise UnreadableDocument("it is empty; put text into it or remove it")
    if content.startswith(_PDF_MARK) or (suffix == ".pdf" and _PDF_MARK in content[:1024]):
        return FileKind.PDF
    if content.startswith(_ZIP_MARK):
        return _kind_of_zip(content)
    _refuse_other_kinds(content)
    kind = _kind_of_text(content, suffix)
    if kind is FileKind.TEXT and suffix not in _TEXT_SUFFIXES:
        found = "text" if b"\0" not in content[:1024] else "a file of an unknown kind"
        raise UnreadableDocument(f"it is {found} and its name ends in {suffix}; {_EXPECTED}")
    return kind


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            check_unpacked(sum(part.file_size for part in archive.infolist()))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as exc:
        raise UnreadableDocument("it is a damaged archive or Word document; save it again") from exc
    if "word/document.xml" in names:
        return FileKind.WORD
    for part, words in _ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            raise UnreadableDocument(f"it is {words}")
    raise UnreadableDocument("it is an archive of files (zip); unpack it and add the documents in it")


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE_MARK):
        found = (words for stream, words in _OLE_STREAMS if stream.encode("utf-16-le") in content)
        raise UnreadableDocument(f"it is {next(found, f'an old Office file; {_EXPECTED}')}")
    for pattern, words in _OTHER_KINDS:
        if pattern.match(content):
            raise UnreadableDocument(f"it is {words}; {_EXPECTED}")


def _kind_of_text(content: bytes, suffix: str) -> FileKind:
    head = _without_mark(content[:_LONGEST_PROLOG])
    if _PAGE_TAG.match(head, _end_of_prolog(head)):
        return FileKind.WEB_PAGE
    if _XML.match(head):
        raise UnreadableDocument(f"it is an XML file; {_EXPECTED}")
    if _MAILBOX.match(head):
        raise UnreadableDocument("it is a mailbox of several e-mails; save each as a file of its own")
    if _is_email(head, suffix):
        return FileKind.EMAIL
    return FileKind.TABLE if suffix in _TABLE_SUFFIXES else FileKind.TEXT


def _without_mark(head: bytes) -> bytes:
    """The first bytes in a form in which ASCII can be looked for, whatever the encoding."""
    if head.startswith(_BOMS[1:]):
        return head.replace(b"\0", b"")[2:]
    return head.removeprefix(_BOMS[0])


def _end_of_prolog(head: bytes) -> int:
    match = _PROLOG.match(head)
    return match.end() if match else 0


def _is_email(head: bytes, suffix: str) -> bool:
    """Whether it begins with the header of a message: fields, one of them only sent messages have."""
    names, at = set(), 0
    while match := _FIELD.match(head, at):
        names.add(match[1].lower())
        at = match.end()
    if suffix == ".eml":
        return bool(names & {b"from", b"subject", b"date"})
    return b"from" in names and bool(names & _SENT_FIELDS)
