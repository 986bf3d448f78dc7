"""Words that are cut at the end of a line, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CUT = re.compile(r"(\w*[^\W\d_])([-\u00ad\u2010])$")
_REST = re.compile(r"(\w+)(.*)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def words_of(lines: Sequence[str]) -> frozenset[str]:
    """The words that stand whole in the lines, in small letters; those with hyphens, and their parts."""
    found: set[str] = set()
    for line in lines:
        whole = line.strip().rstrip("-\u00ad\u2010") if _CUT.search(line.strip()) else line
        words = [word.casefold().replace("\u2010", "-") for word in _WORD.findall(whole)]
        if whole is not line and words:
            words.pop()  # half a word
        found.update(words)
    return frozenset(found)


def join_cut(before: str, after: str, known: frozenset[str]) -> tuple[str, str] | None:
    """The two lines with the word that is cut between them whole on the first; None where none is cut.

    The hyphen is kept before a capital or a digit ("COVID-19"), and where the document has the
    word with it elsewhere, or has both halves as words of their own but not the whole
    ("decision-making"); it goes otherwise.
    """
    cut, rest = _CUT.search(before), _REST.match(after)
    if cut is None or rest is None:
        return None
    first, second = cut[1].casefold(), rest[1].casefold()
    is_part = not rest[1][0].islower() or _keeps_hyphen(first, second, known)
    mark = "-" if cut[2] != "\u00ad" and is_part else ""
    return before[: cut.start(2)] + mark + rest[1] + _closing(rest[2])[0], _closing(rest[2])[1]


def _keeps_hyphen(first: str, second: str, known: frozenset[str]) -> bool:
    if f"{first}-{second}" in known:
        return True
    if first + second in known:
        return False
    return first in known and second in known


def _closing(rest: str) -> tuple[str, str]:
    """What belongs to the word that was cut (a comma, another part after a hyphen), and the rest."""
    end = next((n for n, character in enumerate(rest) if character.isspace()), len(rest))
    return rest[:end], rest[end:].lstrip()
