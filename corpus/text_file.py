"""Plain text and Markdown files: bytes to text, unchanged."""

from __future__ import annotations

import codecs

from corpus.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16"}


def decode_text(content: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 with a byte-order mark; line ends stay as they are.

    Raises UnreadableDocument for anything else.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as exc:
        byte = content[exc.start]
        raise UnreadableDocument(
            f"it is not {_NAMES[encoding]} text (byte 0x{byte:02x} at position {exc.start}); save it as UTF-8"
        ) from exc
    if "\0" in text:
        raise UnreadableDocument("it is not a text file (it holds NUL characters); expected UTF-8 text")
    if not text.strip():
        raise UnreadableDocument("it is empty; put text into it or remove it")
    return text
