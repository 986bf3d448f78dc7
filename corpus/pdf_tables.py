"""Tables: told from ruled lines, or from rows of short cells that stand in line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.pdf_columns import find_gutter
from corpus.pdf_lines import Line, is_marker, rows_of
from corpus.pdf_page import Rule

_NEAR = 3.0  # points; lines that are nearer are one, or touch
_FEWEST_ROWS = 3  # of a table without rules
_MOST_WORDS = 14  # of its cells
_FEWEST_OPEN_COLUMNS = 3  # two are as often a label and its text


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells, the same number in each, and the runs that make it up.

    `columns` are the left edges of its columns, in points; `top` is the height of its upper end.
    """

    rows: tuple[tuple[str, ...], ...]
    runs: tuple[Line, ...]
    columns: tuple[float, ...]
    top: float

    def lines(self, before: Table | None) -> list[str]:
        """The rows as lines between upright strokes, the first one as the column headings.

        `before` is the part of the same table on the page before, where there is one: then there
        is no second rule under the headings, and where they are repeated they are left out.
        """
        rows = self.rows[1:] if before is not None and before.rows[0] == self.rows[0] else self.rows
        lines = [f"| {' | '.join(cell.replace('|', '¦') for cell in row)} |" for row in rows]
        rule = "|" + " --- |" * len(self.rows[0])
        if before is not None:
            return [rule, *lines] if len(before.rows) == 1 else lines
        return [lines[0], rule, *lines[1:]] if len(lines) > 1 else lines

    def goes_on(self, after: Table) -> bool:
        """Whether a table at the head of the next page is the rest of this one."""
        same = len(self.columns) == len(after.columns)
        return same and all(abs(a - b) <= _NEAR for a, b in zip(self.columns, after.columns, strict=True))


def find_tables(runs: Sequence[Line], rules: Sequence[Rule]) -> list[Table]:
    """The tables of a page, from head to foot; they share no run."""
    ruled = [table for group in _touching(rules) if (table := _ruled(runs, group)) is not None]
    taken = {run for table in ruled for run in table.runs}
    rest = [run for run in runs if run not in taken]
    return sorted([*ruled, *_tables_in_columns(rest)], key=lambda table: (-table.top, table.columns))


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of ruled lines that touch, one for each table."""
    groups: list[list[Rule]] = []
    for rule in rules:
        joined = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([rule, *(one for group in joined for one in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    across = one.left - _NEAR <= other.right and other.left - _NEAR <= one.right
    return across and one.bottom - _NEAR <= other.top and other.bottom - _NEAR <= one.top


def _ruled(runs: Sequence[Line], rules: Sequence[Rule]) -> Table | None:
    """The table in a grid of at least two columns with words in them; None for a mere frame."""
    columns = _distinct([rule.left for rule in rules if rule.is_upright])
    heights = _distinct([rule.bottom for rule in rules if not rule.is_upright])
    if len(columns) < 3 or len(heights) < 2:
        return None
    inside = [
        run
        for run in runs
        if run.baseline is not None
        and columns[0] - _NEAR <= run.left < columns[-1]
        and heights[0] - _NEAR <= run.baseline < heights[-1]
    ]
    rows = []
    for bottom, top in reversed(list(pairwise(heights))):
        in_row = [run for run in inside if bottom - _NEAR / 2 <= (run.baseline or 0) < top - _NEAR / 2]
        if in_row:
            rows.append(_cells(in_row, columns[:-1]))
    return _table(rows, inside, columns[:-1], heights[-1])


def _table(
    rows: Sequence[tuple[str, ...]], runs: Sequence[Line], columns: Sequence[float], top: float
) -> Table | None:
    used = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    if len(used) < 2:
        return None
    kept = tuple(tuple(row[n] for n in used) for row in rows)
    return Table(kept, tuple(runs), tuple(columns[n] for n in used), top)


def _distinct(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _cells(runs: Sequence[Line], columns: Sequence[float]) -> tuple[str, ...]:
    """The words of each cell of a row, its lines put together."""
    cells: list[list[Line]] = [[] for _ in columns]
    for run in runs:
        cells[max(0, bisect_right(columns, run.left + _NEAR) - 1)].append(run)
    return tuple(" ".join(run.words for row in rows_of(cell) for run in row) for cell in cells)


def _tables_in_columns(runs: Sequence[Line]) -> list[Table]:
    """Tables without rules, looked for in each column of text by itself."""
    gutter = find_gutter(runs)
    if gutter is None:
        return _open_tables(runs)
    left = [run for run in runs if run.right <= gutter]
    right = [run for run in runs if run.left >= gutter]
    return [*_tables_in_columns(left), *_tables_in_columns(right)]


def _open_tables(runs: Sequence[Line]) -> list[Table]:
    """Tables without rules: three rows and more with short cells that begin at the same places."""
    found: list[Table] = []
    open_rows: list[list[Line]] = []
    for row in [*rows_of(runs), []]:
        if open_rows and _continues_cell(open_rows, row):
            open_rows[-1] = open_rows[-1] + row
            continue
        if open_rows and _lines_up(open_rows[0], row):
            open_rows.append(row)
            continue
        if len(open_rows) >= _FEWEST_ROWS:
            found.append(_open_table(open_rows))
        open_rows = [row] if _is_row(row) else []
    return found


def _is_row(row: Sequence[Line]) -> bool:
    """Whether the runs could be the cells of a row; a bullet or the number of a paragraph is no cell."""
    if any(is_marker(run.words) for run in row):
        return False
    return len(row) >= _FEWEST_OPEN_COLUMNS and all(len(run.words.split()) <= _MOST_WORDS for run in row)


def _lines_up(first: Sequence[Line], row: Sequence[Line]) -> bool:
    """Whether the cells of a row begin, end or have their middle where those of the first row do."""
    if not _is_row(row) or len(row) != len(first):
        return False
    return all(
        abs(one.left - other.left) <= _NEAR
        or abs(one.right - other.right) <= _NEAR
        or abs(one.left + one.right - other.left - other.right) <= 2 * _NEAR
        for one, other in zip(first, row, strict=True)
    )


def _continues_cell(rows: Sequence[Sequence[Line]], row: Sequence[Line]) -> bool:
    """Whether a row is the second line of cells: close below, under a column that is not the first."""
    if not row or len(row) >= len(rows[0]):
        return False
    last = min(run.baseline or 0 for run in rows[-1])
    close = last - (row[0].baseline or 0) <= 1.35 * row[0].size
    lefts = [run.left for run in rows[0][1:]]
    return close and all(any(abs(run.left - left) <= _NEAR for left in lefts) for run in row)


def _open_table(rows: Sequence[Sequence[Line]]) -> Table:
    columns = [
        min(one.left for one in column) for column in zip(*(r[: len(rows[0])] for r in rows), strict=True)
    ]
    cells = tuple(_cells(row, columns) for row in rows)
    runs = tuple(run for row in rows for run in row)
    return Table(cells, runs, tuple(columns), max((run.baseline or 0) + run.size for run in runs))


def placeholder(table: Table, name: str) -> Line:
    """A line called `name` that stands for a table among the lines of its page while their order is found."""
    return replace(
        table.runs[0],
        words=name,
        left=min(run.left for run in table.runs),
        right=max(run.right for run in table.runs),
        baseline=max(run.baseline or 0 for run in table.runs),
    )
