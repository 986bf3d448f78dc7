"""The order in which a page is read: its columns, told from where its lines stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.pdf_lines import Line, rows_of

_FEWEST_LINES = 4  # on each side of a gutter
_WHOLE = 0.55  # of the width of the text; a wider line belongs to no column
_NARROWEST = 0.22  # column, of the width of the text
_FILLED = 0.6  # of a column's width, by its middle line; many cells of tables fill less
_MOST_CROSSING = 0.1  # of the lines, such as a short heading over both columns
_MOST_CHANGES = 0.2  # from one side to the other, of the lines of the shorter one
_STEP = 2.0  # points
_FEWEST_POINTS = 6.0  # a gutter is wider


def in_reading_order(runs: Sequence[Line]) -> list[list[Line]]:
    """The rows of a page in the order of reading: each column from head to foot, the left one first.

    What stands across the columns parts them. The lines of a right column are moved to stand
    where they would in the left one, so that their indentation can be compared.
    """
    gutter = find_gutter(runs)
    if gutter is None:
        return rows_of(runs)
    rows: list[list[Line]] = []
    crossing = rows_of([run for run in runs if run.left < gutter < run.right])
    rest = [run for run in runs if not run.left < gutter < run.right]
    for across in crossing:
        height = across[0].baseline or 0
        rows += _band([run for run in rest if (run.baseline or 0) > height], gutter)
        rest = [run for run in rest if (run.baseline or 0) <= height]
        rows.append(across)
    return rows + _band(rest, gutter)


def _band(runs: Sequence[Line], gutter: float) -> list[list[Line]]:
    left = [run for run in runs if run.left < gutter]
    right = [run for run in runs if run.left >= gutter]
    rows = in_reading_order(left) if len(left) < len(runs) else rows_of(left)
    if not right:
        return rows
    shift = min(run.left for run in right) - min(run.left for run in left or right)
    moved = [replace(run, left=run.left - shift, right=run.right - shift) for run in right]
    return rows + in_reading_order(moved)


def find_gutter(runs: Sequence[Line]) -> float | None:
    """The middle of the blank strip between two columns of running text; None for one column."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    first, last = min(run.left for run in runs), max(run.right for run in runs)
    narrow = [run for run in runs if run.right - run.left < _WHOLE * (last - first)]
    best: tuple[int, float, float] | None = None
    for at, crossing, width in _strips(narrow, first, last):
        if crossing > _MOST_CROSSING * len(narrow) or not _parts_columns(narrow, at, last - first):
            continue
        if best is None or (crossing, -width) < best[:2]:
            best = (crossing, -width, at)
    return best[2] if best else None


def _strips(narrow: Sequence[Line], first: float, last: float) -> list[tuple[float, int, float]]:
    """Stretches where equally few lines cross: their middle, how many cross, how wide they are."""
    strips: list[tuple[float, int, float]] = []
    at, start, count = first, first, -1
    while at <= last:
        crossing = sum(run.left < at < run.right for run in narrow)
        if crossing != count:
            if count >= 0 and at - start >= _FEWEST_POINTS:
                strips.append(((start + at - _STEP) / 2, count, at - start))
            start, count = at, crossing
        at += _STEP
    return strips


def _parts_columns(narrow: Sequence[Line], gutter: float, width: float) -> bool:
    """Whether what stands on the two sides is text in columns, rather than the cells of a table.

    Columns are running text that fills them, or were drawn one after the other; the cells of a
    table are drawn row by row.
    """
    left = [run for run in narrow if run.right <= gutter]
    right = [run for run in narrow if run.left >= gutter]
    sides = (left, right)
    if min(len(left), len(right)) < _FEWEST_LINES or not _stand_beside(left, right):
        return False
    if any(_extent(side) < _NARROWEST * width for side in sides):
        return False  # the numbers of paragraphs
    filled = all(median(run.right - run.left for run in side) >= _FILLED * _extent(side) for side in sides)
    return filled or _drawn_apart(narrow, gutter, most=_MOST_CHANGES * min(len(left), len(right)))


def _extent(runs: Sequence[Line]) -> float:
    return max(run.right for run in runs) - min(run.left for run in runs)


def _drawn_apart(narrow: Sequence[Line], gutter: float, *, most: float) -> bool:
    """Whether the drawing went from one side to the other at most so often."""
    sides = [run.left >= gutter for run in narrow if not run.left < gutter < run.right]
    return sum(one is not after for one, after in pairwise(sides)) <= max(1, most)


def _stand_beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the two stretches share heights on the page."""
    spans = [
        (min(run.baseline or 0 for run in side), max(run.baseline or 0 for run in side))
        for side in (left, right)
    ]
    return max(low for low, _ in spans) < min(high for _, high in spans)
