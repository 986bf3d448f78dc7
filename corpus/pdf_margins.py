"""What is printed on page after page beside the text: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.extract import LeftOut
from corpus.pdf_lines import Line, rows_of

_ZONE = 0.12  # of the height of the page, at its head and its foot
_MOST_ROWS = 3  # at each end of a page
_NEAR = 9.0  # points by which the same line may stand higher or lower on another page
_FEWEST = 3  # pages that a line is repeated on, in a document of more than four
_ROMAN = r"[ivxlc]{1,7}"
_NUMBER = re.compile(
    rf"(?:page\s+)?[-–—|]?\s*(?P<number>\d{{1,4}}|{_ROMAN})\s*[-–—|]?(?:\s*(?:of|/)\s*(?P<of>\d{{1,4}}))?\.?",
    re.IGNORECASE,
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Margin:
    """What a page's margins hold: the runs to leave out, and the number printed there, if there is one."""

    runs: frozenset[Line] = frozenset()
    left_out: tuple[LeftOut, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    page: int  # 0-based
    is_head: bool
    height: float  # of its baseline, from the nearer end of the page
    words: str
    runs: tuple[Line, ...]

    @property
    def key(self) -> str:
        """The words, with every number the same: what is repeated is the line, not its number."""
        if self.number is not None:
            return "#"
        return re.sub(r"\d+", "#", " ".join(self.words.casefold().split()))

    @property
    def number(self) -> str | None:
        """The page number, where the row is nothing but one."""
        match = _NUMBER.fullmatch(self.words.strip())
        return match["number"] if match else None


def find_margins(pages: Sequence[Sequence[Line]], heights: Sequence[tuple[float, float]]) -> list[Margin]:
    """The margins of each page; `heights` are the foot and the head of each, in points.

    A line is a running head (or foot) where it stands at the same height on at least three
    pages that follow each other or every other one, or on half of the pages of a short
    document; in a document with other text than that. Numbers in it may differ. A page number is
    a number alone that counts with the pages.
    """
    rows = [row for n, runs in enumerate(pages) for row in _candidates(n, runs, *heights[n])]
    repeated: dict[tuple[bool, str], list[_Row]] = defaultdict(list)
    for row in rows:
        repeated[(row.is_head, row.key)].append(row)
    found: dict[int, list[_Row]] = defaultdict(list)
    for (_, key), same in repeated.items():
        kept = _counted(same, len(pages)) if key == "#" else _at_one_height(same, len(pages))
        for row in kept:
            found[row.page].append(row)
    if all(len(runs) == sum(len(row.runs) for row in found[n]) for n, runs in enumerate(pages)):
        return [Margin() for _ in pages]  # beside what text?
    return [_margin(n, found[n]) for n in range(len(pages))]


def _candidates(page: int, runs: Sequence[Line], bottom: float, top: float) -> Iterable[_Row]:
    rows = rows_of(runs)
    zone = _ZONE * (top - bottom)
    for row in rows[:_MOST_ROWS]:
        if row[0].baseline is not None and top - row[0].baseline <= zone:
            yield _Row(page, True, top - row[0].baseline, "  ".join(r.words for r in row), tuple(row))
    for row in rows[max(0, len(rows) - _MOST_ROWS) :]:
        if row[0].baseline is not None and row[0].baseline - bottom <= zone:
            yield _Row(page, False, row[0].baseline - bottom, "  ".join(r.words for r in row), tuple(row))


def _at_one_height(rows: Sequence[_Row], count: int) -> list[_Row]:
    """The rows that are repeated near one height on enough pages that are near each other."""
    middle = sorted(row.height for row in rows)[len(rows) // 2]
    near = [row for row in rows if abs(row.height - middle) <= _NEAR]
    pages = {row.page for row in near}
    linked = [row for row in near if count == 1 or any(row.page + n in pages for n in (-2, -1, 1, 2))]
    needed = min(_FEWEST, max(2, (count + 1) // 2))
    return linked if len({row.page for row in linked}) >= needed else []


def _counted(rows: Sequence[_Row], count: int) -> list[_Row]:
    """The rows whose numbers count with the pages; in a document of one page, its number 1."""
    if count == 1:
        return [row for row in rows if _value(row.number or "") == 1]
    steps = [_value(row.number or "") - row.page for row in rows]
    placed = zip(rows, steps, strict=True)
    distinct = {(step, _is_roman(row.number or ""), row.page) for row, step in placed}
    together = Counter((step, roman) for step, roman, _ in sorted(distinct))
    kept = []
    for row, step in zip(rows, steps, strict=True):
        explicit = row.number != row.words.strip()  # "Page 1 of 1"
        if explicit or step == 1 or together[step, _is_roman(row.number or "")] > 1:
            kept.append(row)
    return kept


def _margin(page: int, rows: Sequence[_Row]) -> Margin:
    label = next((row.number for row in rows if row.number is not None), None)
    if label is None:
        label = next((found for row in rows if (found := _number_in(row)) is not None), None)
    left_out = tuple(LeftOut(page + 1, row.words, _why(row)) for row in rows)
    return Margin(frozenset(run for row in rows for run in row.runs), left_out, label)


def _number_in(row: _Row) -> str | None:
    """The page number in a running head that has other words too ("Annual report | 12")."""
    for run in row.runs:
        match = _NUMBER.fullmatch(run.words.strip())
        if match and (match["of"] or len(row.runs) > 1):
            return match["number"]
    match = re.search(r"\bpage\s+(\d{1,4}|[ivxlc]{1,7})\b", row.words, re.IGNORECASE)
    return match[1] if match else None


def _why(row: _Row) -> str:
    if row.number is not None:
        return "page number"
    return "running head" if row.is_head else "running foot"


def _is_roman(number: str) -> bool:
    return not number.isdigit()


def _value(number: str) -> int:
    """The value of an Arabic or Roman number; 0 for none."""
    if number.isdigit():
        return int(number)
    values = [_VALUES.get(letter, 0) for letter in number.casefold()]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))
