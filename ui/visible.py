"""Characters of a text that would act instead of being seen: on a page, and in a terminal.

Control characters move the cursor of a terminal and give it orders. The characters that embed, override
and isolate a direction (Unicode Standard Annex 9) turn what stands around them, so that a reader sees other
words than the document holds. Marks of a direction (U+200E, U+200F) act on nothing but themselves and stay.
"""

from __future__ import annotations

import re
from typing import Any, TextIO

_UNSEEN = "\0-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_ON_A_PAGE = re.compile(f"[{_UNSEEN}]")
_IN_A_TERMINAL = re.compile(f"[{_UNSEEN}\f]|\r(?!\n)")  # a return lets what follows cover the line


def visible(text: str) -> str:
    """The text with such characters written out: "[U+202E]"; a zero character is "\ufffd"."""
    return _ON_A_PAGE.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return "\ufffd" if found.group() == "\0" else f"[U+{ord(found.group()):04X}]"


class VisibleStream:
    """A stream whose text cannot act on a terminal: such characters are written as in JSON ("\\\\u202e")."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text; the number of its characters."""
        self._stream.write(_IN_A_TERMINAL.sub(lambda found: f"\\u{ord(found.group()):04x}", text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
