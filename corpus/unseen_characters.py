"""Characters of names that nobody sees: a file that is named with one is not what it looks like."""

from __future__ import annotations

import re

from corpus.errors import UnreadableDocument

# Control characters, line ends of other alphabets, halves of characters (bytes that are not UTF-8 become
# such), and what turns the direction of text (Unicode Standard Annex 9).
_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def check_name(name: str) -> None:
    """Raise UnreadableDocument for the name of a file with a character that nobody sees."""
    unseen = _UNSEEN.search(name)
    if unseen is not None:
        raise UnreadableDocument(
            f"its name holds a character that cannot be seen (U+{ord(unseen.group()):04X}); rename the file"
        )


def printable(text: str) -> str:
    """The text with everything that cannot be seen written out, as in "a\\u202eb.txt"."""
    return _UNSEEN.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape", "surrogatepass").decode("ascii")
