"""Abbreviations where a text defines them, after Schwartz and Hearst (2003).

"Independent Reviewing Officer (IRO)" and "IRO (independent reviewing officer)" both define IRO. The
letters of the short form are looked for in the words beside it from right to left; the first of them
has to begin a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHORT = r"[\"“‘']?(?P<{}>[A-Z]{{2,8}}s?)[\"”’']?"
_DEFINITION = re.compile(
    rf"\(\s*(?:the\s+)?{_SHORT.format('after')}\s*\)"  # the words stand before it
    rf"|\b{_SHORT.format('before')}\s*\((?P<words>[^()]{{3,300}})\)"  # they stand in the brackets
)
_BREAK = re.compile(r"[.;:!?()|]\s|\n\s*\n")  # no long form reaches across
_POSSESSIVE = re.compile(r"['’]s$")
_LONGEST_WORD = 40  # characters; only so much text is looked at for each word


def find_abbreviations(text: str) -> tuple[tuple[str, str], ...]:
    """The (short, long) forms that a text defines, each once, in the order of their first definition.

    Short forms are two to eight capitals, with or without an s; long forms have their line breaks folded
    to spaces and no possessive s at the end.
    """
    found = []
    for match in _DEFINITION.finditer(text):
        short = match["after"] or match["before"]
        long = _long_before(text, match.start(), short) if match["after"] else _long_inside(match, short)
        if long is not None:
            found.append((short, _POSSESSIVE.sub("", long)))
    return distinct(found)


def distinct(defined: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each (short, long) form once, in order; capitals and apostrophes of long forms make no difference."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for short, long in defined:
        first.setdefault((short, long.casefold().replace("’", "'")), (short, long))
    return tuple(first.values())


def _long_before(text: str, end: int, short: str) -> str | None:
    """The long form that ends where the brackets open."""
    most = _most_words(short)
    nearby = _BREAK.split(text[max(0, end - most * _LONGEST_WORD) : end])[-1]
    words = nearby.split()[-most:]
    return _matching_end(" ".join(words), short)


def _long_inside(match: re.Match[str], short: str) -> str | None:
    """The whole content of the brackets, where it is a long form."""
    content = " ".join(match["words"].split())
    return content if _matching_end(content, short) == content else None


def _most_words(short: str) -> int:
    letters = len(short.removesuffix("s"))
    return min(letters + 5, 2 * letters)


def _matching_end(words: str, short: str) -> str | None:
    """The shortest end of `words` that holds the letters of the short form; None where there is none."""
    letters = short.removesuffix("s").casefold()
    folded = words.casefold()
    place = len(folded)
    for number in reversed(range(len(letters))):
        place = folded.rfind(letters[number], 0, place)
        while place > 0 and number == 0 and folded[place - 1].isalnum():
            place = folded.rfind(letters[0], 0, place)
        if place < 0:
            return None
    long = words[words.rfind(" ", 0, place) + 1 :]
    return long if len(long.split()) <= _most_words(short) and len(long) > len(short) else None
