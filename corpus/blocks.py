"""Text cut into blocks: paragraphs, list items, table rows, marked headings, footnotes.

A block is what stands between blank lines or list markers. Nothing is said here about what
a block means; headings.py, letters.py and clutter.py say that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a block is set."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    RULE = "rule"  # the line under the column headings of a table
    HEADING = "heading"  # marked as one (#)
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """One block; `start` and `end` leave out its marker, indentation and closing marks.

    `lines` are the spans of its lines, in order; they are trimmed and not empty.
    """

    start: int
    end: int
    form: Form
    marker: str = ""  # "-", "a)", "1.", "##", "¹"
    indent: int = 0
    lines: tuple[tuple[int, int], ...] = ()


_SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_HEADING = re.compile(r"(?P<marker>#{1,6})\s+(?=\S)")
_FOOTNOTE = re.compile(rf"(?P<marker>[{_SUPERSCRIPT}]+|\[\^\w+\]:)\s*(?=\S)")
_ROW = re.compile(r"\|.*\|\s*$")
_RULE = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_BULLET = r"[-*•–·▪◦\uf0b7]"  # the last is the bullet of the Symbol font, as word processors write it
_NUMBER = r"\(?(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,2}[.)]|[a-z][.)]|[ivx]{1,4}[.)])\)?"
# A bullet, a number or letter, or both ("- a) ", "- (a) "); a bare number must start a sentence,
# so that a line that happens to begin with the end of a sentence ("... in\n2. ") does not.
_ITEM = re.compile(
    rf"(?:{_BULLET}\s+)?(?P<marker>{_NUMBER})\s+(?=[\"'“‘(]?[A-Z])|(?P<bullet>{_BULLET})\s+(?=\S)"
)
# Emphasis that wraps a whole block ("**Focused visit**", "*NB This is ...").
_EMPHASIS = re.compile(r"\A(\*{1,3}|_{1,3})(?=\S)")


def cut_into_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text`, in order, not overlapping.

    Every line with a letter or digit is in one of them. Marks alone (a bullet without words,
    a line of dashes) make no block; the rule of a table makes one.
    """
    blocks: list[Block] = []
    open_lines: list[tuple[int, int]] = []
    opening = Block(0, 0, Form.PARAGRAPH)

    def close() -> None:
        if open_lines:
            block = _block(text, opening, tuple(open_lines))
            if block.form is Form.RULE or _says_something(text, block):
                blocks.append(block)
            open_lines.clear()

    for start, end in lines_of(text):
        if not text[start:end].strip():
            close()
            continue
        begun = _opening(text, start, end)
        if begun is not None:
            close()
            opening = begun
        elif not open_lines or opening.form in (Form.ROW, Form.RULE, Form.HEADING):
            close()
            opening = Block(start, end, Form.PARAGRAPH, indent=_indent(text, start, end))
        open_lines.append(_trimmed(text, opening.start if not open_lines else start, end))
    close()
    return tuple(blocks)


def _says_something(text: str, block: Block) -> bool:
    return any(character.isalnum() for character in text[block.start : block.end])


def lines_of(text: str) -> list[tuple[int, int]]:
    """Spans of the lines; form feeds and every kind of line end count, as str.splitlines has them."""
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        spans.append((at, at + len(line)))
        at += len(line)
    return spans


def _opening(text: str, start: int, end: int) -> Block | None:
    """The block that this line opens by its marker, its `start` after the marker; None if it has none."""
    indent = _indent(text, start, end)
    at = start + indent
    if _RULE.match(text, at, end):
        return Block(at, end, Form.RULE)
    if _ROW.match(text, at, end):
        return Block(at, end, Form.ROW)
    for form, pattern in ((Form.HEADING, _HEADING), (Form.FOOTNOTE, _FOOTNOTE), (Form.ITEM, _ITEM)):
        match = pattern.match(text, at, end)
        if match:
            marker = match["marker"] or match["bullet"]
            return Block(match.end(), end, form, marker=marker, indent=indent)
    return None


def _block(text: str, opening: Block, lines: tuple[tuple[int, int], ...]) -> Block:
    start, end = _without_emphasis(text, lines[0][0], lines[-1][1])
    lines = ((start, max(start, min(lines[0][1], end))), *lines[1:])
    return Block(start, end, opening.form, opening.marker, opening.indent, lines)


def _without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a pair of marks around the whole of it; marks inside are left alone."""
    match = _EMPHASIS.match(text[start:end])
    if match and text[start:end].endswith(match[1]) and text[start:end].count(match[1]) == 2:
        return _trimmed(text, start + len(match[1]), end - len(match[1]))
    return start, end


def _indent(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].lstrip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    stripped = text[start:end].strip()
    first = start + text[start:end].find(stripped)
    return first, first + len(stripped)


def count_tables(text: str) -> int:
    """How many tables stand in a text: stretches of rows with nothing between them."""
    forms = [block.form for block in cut_into_blocks(text)]
    starts = zip([None, *forms], forms, strict=False)
    return sum(form is Form.ROW and before not in (Form.ROW, Form.RULE) for before, form in starts)


def opens_item(line: str) -> bool:
    """Whether a line begins with the marker of a list item."""
    return bool(_ITEM.match(line))
