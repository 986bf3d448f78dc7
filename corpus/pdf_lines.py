"""The lines of a PDF's pages, and where paragraphs start among them, told from how they are set.

A text layer marks no paragraphs. Where the document is set with space between them, that
space, a change of type and a new column tell; where it is not, the lengths of the lines do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_ITEM = re.compile(r"(?:[-*•–·▪◦\uf0b7]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)])\s+\S")
_STOP = re.compile(r"[.!?:;][\"'”’)]*$")
_FULL_LINE = 0.85  # of the usual width; a shorter line that ends with a stop ends a paragraph
_HEADING_LINE = 0.7
_WIDE = 1.25  # times the usual distance of two lines; paragraphs stand 1.4 to 2 times apart
_FEWEST_WIDE = 0.04  # of all distances; with fewer, the document has no space between paragraphs
_LARGER = 1.08  # times the size of the type; headings are 1.1 times larger and more
_LARGEST_INDENT = 6.0  # times the size of the type; what stands further right is centred
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand in one line, or were drawn in one go. Lengths are in points.

    `baseline` is measured from the foot of the page; it is None where it is not known.
    """

    words: str
    left: float = 0.0
    baseline: float | None = None
    size: float = 0.0  # of the type
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a document is set, as far as its lines tell; `leading` is in sizes of the type."""

    leading: float
    is_spaced: bool
    width: int  # characters of a full line
    margin: float


def join_runs(runs: Sequence[Line]) -> list[Line]:
    """The lines that runs of text make up, trimmed; blank ones are left out.

    A run may hold several lines; where those after the first one stand is not known.
    """
    lines: list[Line] = []
    open_runs: list[Line] = []
    for run in runs:
        first, *others = run.words.split("\n")
        open_runs.append(replace(run, words=first))
        for words in others:
            lines += _joined(open_runs)
            open_runs = [replace(run, words=words, baseline=None)]
    return lines + _joined(open_runs)


def _joined(runs: Sequence[Line]) -> list[Line]:
    """The one line of these runs, or none; it stands where its first words stand."""
    drawn = [run for run in runs if run.words.strip()]
    if not drawn:
        return []
    words = "".join(run.words for run in runs).strip()
    return [replace(drawn[0], words=words, is_bold=all(run.is_bold for run in drawn))]


def with_paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The text of each page, with a blank line between paragraphs and indented lines indented."""
    setting = _setting(pages)
    return ["\n".join(_set_lines(page, setting)) for page in pages]


def _set_lines(lines: Sequence[Line], setting: _Setting) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number and _starts_paragraph(lines[number - 1], line, setting):
            yield ""
        yield _INDENT + line.words if _is_indented(line, setting) else line.words


def _setting(pages: Sequence[Sequence[Line]]) -> _Setting:
    lines = [line for page in pages for line in page]
    gaps = [gap for page in pages for pair in pairwise(page) if (gap := _gap(*pair)) and gap > 0]
    leading = _most_common([round(gap, 1) for gap in gaps])
    wide = [gap for gap in gaps if gap > _WIDE * leading]
    lengths = sorted(len(line.words) for line in lines)
    return _Setting(
        leading=leading,
        is_spaced=len(wide) >= max(1, _FEWEST_WIDE * len(gaps)),
        width=lengths[len(lengths) * 3 // 4] if lengths else 0,
        margin=_most_common([round(line.left) for line in lines if line.baseline is not None]),
    )


def _most_common(values: Sequence[float]) -> float:
    """The most common value, the smallest of several; 0 where there is none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=0.0)


def _gap(before: Line, line: Line) -> float | None:
    """The way down from one baseline to the next, in sizes of the type; None where it is not known."""
    size = max(before.size, line.size)
    if before.baseline is None or line.baseline is None or size <= 0:
        return None
    return (before.baseline - line.baseline) / size


def _starts_paragraph(before: Line, line: Line, setting: _Setting) -> bool:
    if _ITEM.match(line.words):
        return True
    gap = _gap(before, line)
    if gap is None or not setting.is_spaced:
        return _starts_by_length(before, line, setting.width)
    if gap > _WIDE * setting.leading or gap < -1:  # space, or the top of the next column
        return True
    if _is_other_type(before, line):
        return True
    unmarked_item = _is_indented(line, setting) and _is_indented(before, setting)
    return unmarked_item and _has_room(before, line, setting.width)


def _is_other_type(before: Line, line: Line) -> bool:
    """Whether the two lines are set in different type, as a heading and its text are."""
    sizes = sorted((before.size, line.size))
    return before.is_bold != line.is_bold or sizes[1] > _LARGER * sizes[0]


def _is_indented(line: Line, setting: _Setting) -> bool:
    if line.baseline is None or _ITEM.match(line.words):
        return False
    return line.size <= line.left - setting.margin <= _LARGEST_INDENT * line.size


def _has_room(before: Line, line: Line, width: int) -> bool:
    """Whether the first word of a line could have stood on the line before.

    Letters differ in width, so that a margin is left where nothing else speaks for a new item.
    """
    looks_new = line.words[0].isupper() or _STOP.search(before.words)
    length = len(before.words) + 1 + len(line.words.split()[0])
    return length < (width if looks_new else _FULL_LINE * width)


def _starts_by_length(before: Line, line: Line, width: int) -> bool:
    """Whether a paragraph starts after a short last line, or around a short line like a heading."""
    if _STOP.search(before.words):
        return len(before.words) < _FULL_LINE * width
    is_short = len(before.words) < _HEADING_LINE * width and before.words[0].isupper()
    return is_short and not before.words.endswith(",") and line.words[0].isupper()
