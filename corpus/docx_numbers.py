"""The numbers that Word puts in front of paragraphs: they are counted, and stand nowhere in the file.

Source: ECMA-376, part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from corpus.docx_styles import Styles

_PLACE = re.compile(r"%(\d)")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands in front of an item: its number or letter, or nothing where that is a bullet."""

    words: str
    level: int  # of the list, from 0


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of one level of a list are written."""

    form: str
    pattern: str  # "%1.%2"
    start: int


class Numbering:
    """Counts the items of every list of a document; to be asked for each numbered paragraph, in order."""

    def __init__(self, element: Any, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}  # by numbering
        self._lists: dict[str, str] = {}  # numberings of one list go on counting
        self._counts: dict[tuple[str, int], int] = {}  # by list and level
        if element is not None:
            self._note(element)

    def marker(self, paragraph: Any) -> Marker | None:
        """The marker of a paragraph, counted; None for a paragraph without one."""
        numbering = self._styles.numbering(paragraph)
        if numbering is None or numbering[0] not in self._levels:
            return None
        number, level = numbering
        levels = self._levels[number]
        if level not in levels:
            return None
        return Marker(self._count(number, level, levels), level)

    def _note(self, element: Any) -> None:
        lists = {one.get(qn("w:abstractNumId")): one for one in element.iter(qn("w:abstractNum"))}
        for one in element.iter(qn("w:num")):
            number = one.get(qn("w:numId"))
            named = one.find(qn("w:abstractNumId"))
            abstract = lists.get(named.get(qn("w:val"))) if named is not None else None
            if abstract is None:
                continue
            overrides = list(one.iter(qn("w:lvl")))
            self._levels[number] = dict(map(_level, [*abstract.iter(qn("w:lvl")), *overrides]))
            is_new = one.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") is not None
            self._lists[number] = f"num {number}" if is_new else named.get(qn("w:val"))

    def _count(self, number: str, level: int, levels: dict[int, _Level]) -> str:
        of = self._lists[number]
        before = self._counts.get((of, level))
        self._counts[of, level] = levels[level].start if before is None else before + 1
        for deeper in [key for key in self._counts if key[0] == of and key[1] > level]:
            del self._counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, levels[level])
            return _FORMS.get(shown.form, str)(self._counts.get((of, at), shown.start))

        return _PLACE.sub(written, levels[level].pattern).strip()


def _level(element: Any) -> tuple[int, _Level]:
    def value(name: str, otherwise: str) -> str:
        found = element.find(qn(name))
        return str(found.get(qn("w:val"), otherwise)) if found is not None else otherwise

    start = value("w:start", "1")
    level = _Level(
        value("w:numFmt", "decimal"), value("w:lvlText", ""), int(start) if start.isdecimal() else 1
    )
    return int(element.get(qn("w:ilvl"), "0")), level


def _letters(number: int) -> str:
    """a to z, then aa, bb and so on (17.18.59)."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
