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

from corpus.pdf_words import join_cut, words_of

_MARKER = r"[-*•–·▪◦\uf0b7]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)]|\d{1,3}(?:\.\d{1,3})+"
_ITEM = re.compile(rf"(?:{_MARKER})\s+\S")
_MARK_ALONE = re.compile(rf"(?:{_MARKER})\s*")
_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*\S")
# What other fonts have for bullets; and "o", which word processors set in one that has no bullets.
_BULLETS = frozenset("●○■□◆➢➤✓✔❖►‣⁃o\uf0a7\uf0d8\uf076\uf0fc\uf06f\uf0e0\uf02d")
_STOP = re.compile(r"[.!?:;][\"'”’)]*$")
_FULL_LINE = 0.85  # of the usual width; a shorter line that ends with a stop ends a paragraph
_HEADING_LINE = 0.7
_WIDE = 1.25  # times the usual distance of two lines; paragraphs stand 1.4 to 2 times apart
_FEWEST_WIDE = 0.04  # of all distances; with fewer, the document has no space between paragraphs
_LARGER = 1.08  # times the size of the type; headings are 1.1 times larger and more
_LARGEST_INDENT = 6.0  # times the size of the type; what stands further right is centred
_ONE_ROW = 0.35  # sizes of the type; baselines that are nearer belong to one row
_FULL_MEASURE = 0.85  # of the usual measure; a shorter line ends what it stands in
_STEP = 1.5  # sizes of the type by which a list in a list is set further in
_MOST_STEPS = 8
_LONGEST_HEADING = 110  # characters
_LETTER = 0.5  # width of a letter, in sizes of the type
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand in one line, or were drawn in one go. Lengths are in points.

    `baseline` is measured from the foot of the page; it is None where it is not known.
    `is_row`: a row of a table, written between upright strokes.
    """

    words: str
    left: float = 0.0
    baseline: float | None = None
    size: float = 0.0  # of the type
    is_bold: bool = False
    right: float = 0.0
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a document is set, as far as its lines tell; `leading` is in sizes of the type."""

    leading: float
    is_spaced: bool
    width: int  # characters of a full line
    margin: float
    measure: float = 0.0  # width of a full line, in points
    size: float = 0.0  # of the type that most of the text is set in
    is_bold: bool = False  # whether that is bold


def rows_of(runs: Sequence[Line]) -> list[list[Line]]:
    """Runs that stand on one line of the page, from head to foot; in each the left one first."""
    rows: list[list[Line]] = []
    for run in sorted(runs, key=lambda run: (-(run.baseline or 0), run.left)):
        apart = (rows[-1][0].baseline or 0) - (run.baseline or 0) if rows else None
        if apart is not None and apart <= _ONE_ROW * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def is_marker(words: str) -> bool:
    """Whether the words are nothing but a bullet, or the number or letter of a paragraph."""
    return bool(_MARK_ALONE.fullmatch(words)) or words.strip() in _BULLETS


def join_row(row: Sequence[Line]) -> Line:
    """The one line that runs side by side make up; it is set in the type of the longest."""
    first, *others = row
    words = [run.words for run in row]
    if others and first.words.strip() in _BULLETS:
        words[0] = "•"
    main = max(row, key=lambda run: len(run.words))
    right = max(run.right for run in row)
    return replace(main, words=" ".join(words), left=first.left, right=right)


def with_paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The text of each page, with a blank line between paragraphs and indented lines indented."""
    setting = _setting(pages)
    known = words_of([line.words for page in pages for line in page])
    return ["\n".join(_set_lines(_whole_headings(page, setting), setting, known)) for page in pages]


def flows_on(pages: Sequence[Sequence[Line]]) -> list[bool]:
    """For each page, whether the paragraph at its foot goes on at the head of the next."""
    setting = _setting(pages)
    pairs = pairwise([*pages, ()])
    return [bool(page and after) and _flows_on(page[-1], after[0], setting) for page, after in pairs]


def _flows_on(before: Line, line: Line, setting: _Setting) -> bool:
    """Whether a full line without a stop goes on in one that stands at the head of a column or page."""
    if before.is_row or line.is_row or _STOP.search(before.words) or _starts_anew(line):
        return False
    if _is_other_type(before, line) or line.baseline is None:
        return False
    return before.right - before.left >= _FULL_MEASURE * setting.measure > 0


def _starts_anew(line: Line) -> bool:
    return bool(_ITEM.match(line.words) or _NOTE.match(line.words))


def _whole_headings(lines: Sequence[Line], setting: _Setting) -> list[Line]:
    """The lines, headings that run over several of them put on one: a heading is one line of the text."""
    whole: list[Line] = []
    for line in lines:
        if whole and _goes_on_in_heading(whole[-1], line, setting):
            words = f"{whole[-1].words} {line.words}"
            whole[-1] = replace(line, words=words, left=whole[-1].left)
        else:
            whole.append(line)
    return whole


def _goes_on_in_heading(before: Line, line: Line, setting: _Setting) -> bool:
    """Whether both lines are set as headings are, close together, and the first was full."""
    stands_out = before.is_bold is not setting.is_bold or before.size > _LARGER * setting.size
    if before.is_row or line.is_row or not stands_out or _is_other_type(before, line):
        return False
    gap = _gap(before, line)
    if gap is None or not 0 < gap <= _WIDE * setting.leading or _starts_anew(line):
        return False
    if len(before.words) + len(line.words) >= _LONGEST_HEADING or _STOP.search(before.words):
        return False
    next_word = _LETTER * before.size * (1 + len(line.words.split()[0]))
    return before.right - before.left + next_word > setting.measure


def _set_lines(lines: Sequence[Line], setting: _Setting, known: frozenset[str]) -> Iterator[str]:
    in_item = False
    waiting = list(lines)
    for number, line in enumerate(waiting):
        starts = number == 0 or _starts_paragraph(waiting[number - 1], line, setting, in_item=in_item)
        in_item = bool(_ITEM.match(line.words)) or (in_item and not starts)
        if number and starts:
            yield ""
        following = waiting[number + 1] if number + 1 < len(waiting) else None
        if following is not None and not following.is_row:
            joined = join_cut(line.words, following.words, known)
            if joined is not None:
                line = replace(line, words=joined[0])
                waiting[number + 1] = replace(following, words=joined[1])
        if line.words:
            hangs = in_item and not starts  # the lines of an item stand further right than its marker
            yield line.words if hangs else _indentation(line, setting) + line.words


def _indentation(line: Line, setting: _Setting) -> str:
    """Spaces: four before a line that is set in; before a list item one for each step that it is set in."""
    if line.is_row or line.baseline is None or line.size <= 0:
        return ""
    if _ITEM.match(line.words):
        steps = (line.left - setting.margin) / (_STEP * line.size)
        return " " * max(0, min(_MOST_STEPS, int(steps)))
    return _INDENT if _is_indented(line, setting) else ""


def _setting(pages: Sequence[Sequence[Line]]) -> _Setting:
    lines = [line for page in pages for line in page]
    gaps = [gap for page in pages for pair in pairwise(page) if (gap := _gap(*pair)) and gap > 0]
    leading = _most_common([round(gap, 1) for gap in gaps])
    wide = [gap for gap in gaps if gap > _WIDE * leading]
    lengths = sorted(len(line.words) for line in lines if not line.is_row)
    measures = sorted(line.right - line.left for line in lines if not line.is_row)
    return _Setting(
        leading=leading,
        is_spaced=len(wide) >= max(1, _FEWEST_WIDE * len(gaps)),
        width=lengths[len(lengths) * 3 // 4] if lengths else 0,
        margin=_most_common([round(line.left) for line in lines if line.baseline is not None]),
        measure=measures[len(measures) * 3 // 4] if measures else 0.0,
        size=_most_common([round(line.size, 1) for line in lines for _ in line.words.split()]),
        is_bold=2 * sum(line.is_bold for line in lines) > len(lines),
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


def _starts_paragraph(before: Line, line: Line, setting: _Setting, *, in_item: bool) -> bool:
    if before.is_row or line.is_row:
        return not (before.is_row and line.is_row)
    if _starts_anew(line):
        return True
    gap = _gap(before, line)
    if gap is not None and gap < -1 and _flows_on(before, line, setting):
        return False
    if gap is None or not setting.is_spaced:
        return _starts_by_length(before, line, setting.width)
    if gap > _WIDE * setting.leading or gap < -1:  # space, or the top of the next column
        return True
    if _is_other_type(before, line):
        return True
    unmarked_item = _is_indented(line, setting) and _is_indented(before, setting)
    return unmarked_item and not in_item and _has_room(before, line, setting.width)


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
