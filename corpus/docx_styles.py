"""The styles of a Word document, as far as reading needs them: names, levels of headings, hidden words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"heading (\d)$")
_LIST = re.compile(r"list (?:bullet|number) ([2-5])$")
_LOWEST_LEVEL = 9  # what an outline level means that is none: body text (ECMA-376, part 1, 17.3.1.20)
_VALUE = qn("w:val")


class Styles:
    """Looks properties of paragraphs and runs up, in their own settings and in those of their styles."""

    def __init__(self, element: Any) -> None:
        found = {one.get(qn("w:styleId")): one for one in element.iter(qn("w:style"))}
        self._by_id: dict[str | None, Any] = found
        defaults = (one for one in found.values() if one.get(qn("w:default")) in ("1", "true", "on"))
        self._default = next((one for one in defaults if one.get(qn("w:type")) == "paragraph"), None)

    def name(self, paragraph: Any) -> str:
        """The name of a paragraph's style in small letters, as in "heading 1"; Word's own are English."""
        style = self._style(paragraph, "w:pPr/w:pStyle")
        return _value(style, "w:name").casefold() if style is not None else ""

    def outline_level(self, paragraph: Any) -> int | None:
        """The level of a heading, from 0; None for a paragraph that is none."""
        for place in self._places(paragraph):
            match = _HEADING.match(_value(place, "w:name").casefold())
            if match:
                return int(match[1]) - 1
            level = _value(place, "w:pPr/w:outlineLvl")
            if level.isdecimal():
                return int(level) if int(level) < _LOWEST_LEVEL else None
        return None

    def list_level(self, paragraph: Any) -> int:
        """The level that the name of a list's style says, from 0: 1 for "List Bullet 2"."""
        match = _LIST.match(self.name(paragraph))
        return int(match[1]) - 1 if match else 0

    def numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """The id of a paragraph's numbering and its level in it, from 0; None where it has none."""
        number, level = "", ""
        for place in self._places(paragraph):
            number = number or _value(place, "w:pPr/w:numPr/w:numId")
            level = level or _value(place, "w:pPr/w:numPr/w:ilvl")
        if not number or number == "0":  # 0 takes the numbering of the style away
            return None
        return number, int(level) if level.isdecimal() else 0

    def is_hidden(self, run: Any) -> bool:
        """Whether the words of a run are not shown."""
        for place in (run, *self._chain(self._style(run, "w:rPr/w:rStyle"))):
            vanish = _find(place, "w:rPr/w:vanish")
            if vanish is not None:
                return vanish.get(_VALUE, "1") not in ("0", "false", "off")
        return False

    def _places(self, paragraph: Any) -> Iterator[Any]:
        """Where properties of a paragraph may be set, the nearest first."""
        yield paragraph
        yield from self._chain(self._style(paragraph, "w:pPr/w:pStyle"))

    def _style(self, element: Any, path: str) -> Any:
        return self._by_id.get(_value(element, path)) if _value(element, path) else self._default

    def _chain(self, style: Any) -> Iterator[Any]:
        """A style and those that it is based on."""
        seen: list[Any] = []
        while style is not None and style not in seen:
            seen.append(style)
            yield style
            style = self._by_id.get(_value(style, "w:basedOn"))


def _find(element: Any, path: str) -> Any:
    return element.find("/".join(map(qn, path.split("/"))))


def _value(element: Any, path: str) -> str:
    """The value that an element below this one has, or an empty text."""
    found = _find(element, path)
    return str(found.get(_VALUE, "")) if found is not None else ""
