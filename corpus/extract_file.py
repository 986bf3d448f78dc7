"""The readers, one for each kind of file."""

from __future__ import annotations

from corpus.blocks import count_tables
from corpus.csv_file import read_csv
from corpus.eml_file import read_eml
from corpus.extract import EmptyPage, Extract
from corpus.file_kind import FileKind, tell_kind
from corpus.pdf_file import read_pdf
from corpus.proposals import Proposal
from corpus.text_file import decode_text


def extract(content: bytes, name: str) -> Extract:
    """What is in a file; its kind is told by its content.

    Raises UnreadableDocument for a kind that is not read, and for a file that is broken or without text.
    """
    kind = tell_kind(content, name)
    return _READERS[kind](content)


def _read_pdf(content: bytes) -> Extract:
    pdf = read_pdf(content)
    created = pdf.created.isoformat() if pdf.created else None
    properties = (("title", pdf.title), ("author", pdf.author), ("published", created))
    stated = tuple(Proposal(field, value, "PDF properties") for field, value in properties if value)
    reason = "the page has no text layer; it may be a scan"
    return Extract(
        FileKind.PDF,
        pdf.text,
        pdf.pages,
        stated,
        left_out=pdf.left_out,
        empty_pages=tuple(EmptyPage(page, reason) for page in pdf.empty_pages),
        recognised=pdf.recognised,
        tables=pdf.tables,
    )


def _read_text(content: bytes) -> Extract:
    text = decode_text(content)
    return Extract(FileKind.TEXT, text, tables=count_tables(text))


def _read_word(content: bytes) -> Extract:
    from corpus.docx_file import read_docx

    return read_docx(content)


def _read_web_page(content: bytes) -> Extract:
    from corpus.html_file import read_html  # a compiled library, loaded when there is a web page

    return read_html(content)


_READERS = {
    FileKind.PDF: _read_pdf,
    FileKind.TABLE: read_csv,
    FileKind.TEXT: _read_text,
    FileKind.WEB_PAGE: _read_web_page,
    FileKind.WORD: _read_word,
    FileKind.EMAIL: read_eml,
}
