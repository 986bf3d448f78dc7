"""E-mails (.eml): who wrote to whom and when, the subject, and the words of the message."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from corpus.errors import UnreadableDocument
from corpus.extract import Extract, LeftOut
from corpus.file_kind import FileKind
from corpus.marks import flat, heading, joined
from corpus.proposals import Proposal

_HEADER = ("From", "Date", "To", "Cc")  # what of the header is part of the text, in this order


def read_eml(content: bytes) -> Extract:
    """The header's sender, date, receivers and subject, then the message; attachments are reported.

    Raises UnreadableDocument for a message without words, and for one that is no message.
    """
    try:
        return _read(BytesParser(EmailMessage, policy=policy.default).parsebytes(content))
    except UnreadableDocument:
        raise
    except Exception as exc:  # broken headers raise much: this is the one border that names the file
        reason = flat(str(exc))[:120].rstrip(".") or type(exc).__name__
        raise UnreadableDocument(f"it is not a readable e-mail ({reason}); save it again as .eml") from exc


def _read(message: EmailMessage) -> Extract:
    body, left_out, tables = _body(message)
    subject = flat(str(message.get("Subject", "")))
    if not any(character.isalnum() for character in body + subject):
        raise UnreadableDocument("it is an e-mail without words; save its attachments as files of their own")
    fields = [f"{name}: {words}" for name in _HEADER if (words := _words(message, name))]
    return Extract(
        FileKind.EMAIL,
        joined([heading(subject, 1) if subject else "", *fields, body]),
        stated=tuple(_stated(message, subject)),
        left_out=(*left_out, *_attachments(message)),
        tables=tables,
    )


def _words(message: EmailMessage, name: str) -> str:
    if name == "Date":
        date = getattr(message["Date"], "datetime", None)
        return f"{date.day} {date:%B %Y, %H:%M}" if date else ""
    return ", ".join(flat(str(value)) for value in message.get_all(name, []))


def _body(message: EmailMessage) -> tuple[str, tuple[LeftOut, ...], int]:
    """The message as plain text, else as the web page that it is; what of it was left out; its tables."""
    part = message.get_body(preferencelist=("plain", "html"))
    if not isinstance(part, EmailMessage):
        return "", (), 0
    words = _decoded(part)
    if part.get_content_subtype() != "html":
        return "\n".join(line.rstrip() for line in words.splitlines()), (), 0
    from corpus.html_file import read_html

    if not words.strip():
        return "", (), 0
    try:
        page = read_html(("\ufeff" + words).encode())
    except UnreadableDocument:  # only pictures: the subject may say something all the same
        return "", (), 0
    return page.text.rstrip("\n"), page.left_out, page.tables


def _decoded(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError, KeyError):  # an encoding that nobody knows, or words that are not in it
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _attachments(message: EmailMessage) -> Iterator[LeftOut]:
    for part in message.iter_attachments():
        name = flat(part.get_filename() or "") or "without a name"
        yield LeftOut(None, f"{name} ({part.get_content_type()})", "attachment")


def _stated(message: EmailMessage, subject: str) -> Iterator[Proposal]:
    source = "header of the e-mail"
    if subject:
        yield Proposal("title", subject, source)
    for name, field in (("From", "author"), ("To", "addressee")):
        people = [person or address for person, address in getaddresses(message.get_all(name, []))]
        if any(people):
            yield Proposal(field, ", ".join(filter(None, people)), source)
    yield Proposal("kind", "e-mail", source)
    date = getattr(message["Date"], "datetime", None)
    if date:
        yield Proposal("published", date.date().isoformat(), source)
