"""Names of files that are not what they look like: those that cannot be shown are not read."""

from __future__ import annotations

import unicodedata

from corpus.errors import UnreadableDocument

# Control characters, invisible ones (they turn the direction of text, among others), halves of characters
# (bytes that are not UTF-8 become such), and line ends of other alphabets (Unicode, general categories).
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def check_name(name: str) -> None:
    """Raise UnreadableDocument for a name with a character that nobody sees."""
    unseen = next((character for character in name if unicodedata.category(character) in _UNSEEN), None)
    if unseen is not None:
        raise UnreadableDocument(
            f"its name holds a character that cannot be seen (U+{ord(unseen):04X}); rename the file"
        )


def printable(name: str) -> str:
    """The name with everything that cannot be seen written out, as in "a\\u202eb.txt"."""
    return "".join(
        character.encode("unicode_escape", "surrogatepass").decode("ascii")
        if unicodedata.category(character) in _UNSEEN
        else character
        for character in name
    )
