"""What a session shows, slide by slide: quotations with their citations, and what is revealed later."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.answer import Citation

# What fits a slide of 1280 x 720 pixels in letters of 28 pixels, measured in Chromium: see docs/training.md.
LINES = 13
LETTERS = 84  # of a line over the whole width
_OWN_LINES = 0.7  # the space around a point
_PUBLISHED = 40  # letters of the publisher and the date, which stand before the place


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on a slide: a quotation where there is a `citation`, else `words` of our own.

    `heading` says when or who, `note` what the program says of it (a grade, a mark with its reason).
    """

    heading: str = ""
    words: str = ""
    citation: Citation | None = None
    note: str = ""

    def lines(self, letters: int) -> float:
        """About how many lines it takes, each of so many letters."""
        quoted = self.citation.quote if self.citation else ""
        place = len(self.citation.locator) + _PUBLISHED if self.citation else 0
        said = (len(self.heading) + len(self.note), len(quoted), len(self.words), place)
        return _OWN_LINES + sum(math.ceil(length / letters) for length in said)


@dataclass(frozen=True, slots=True)
class Column:
    """Points that stand below each other; `label` is empty where there is only one column."""

    points: tuple[Point, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen of a block. `key` is never shown before it is revealed.

    It then stands in place of the quotations of `columns`; words of our own stay. Slides with the same `reveals` are revealed together; those with a `part` above 1 are passed over
    until then. `options` are what may be answered, `right` the numbers of those that are right.
    """

    block: int  # place in the plan, from 0
    title: str
    columns: tuple[Column, ...]
    key: tuple[Point, ...] = ()
    options: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()  # what the options are matched with
    right: tuple[int, ...] = ()
    reveals: int | None = None
    part: int = 1

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of all columns, one column after the other."""
        return tuple(point for column in self.columns for point in column.points)


def in_slides(block: int, title: str, columns: Sequence[Column]) -> Iterator[Slide]:
    """The points over as many slides as they need; columns go on beside each other."""
    letters = LETTERS // max(1, len(columns)) - 4 * (len(columns) > 1)
    room = LINES - (1 if len(columns) > 1 else 0)
    parts = [list(_filled(column.points, letters, room)) for column in columns]
    for place in range(max((len(part) for part in parts), default=0)):
        here = (part[place] if place < len(part) else () for part in parts)
        shown = tuple(Column(tuple(points), column.label) for points, column in zip(here, columns, strict=True))
        yield Slide(block, title, shown)


def key_slides(
    block: int, title: str, asked: Sequence[Point], key: Sequence[Point], *, reveals: int
) -> Iterator[Slide]:
    """The slides of a question, whose key may go on over several."""
    room = LINES - sum(point.lines(LETTERS) for point in asked)
    for part, points in enumerate(_filled(key, LETTERS, max(room, LINES / 2)), start=1):
        column = Column(tuple(asked))
        yield Slide(block, title, (column,), key=tuple(points), reveals=reveals, part=part)


def marked_slides(block: int, title: str, points: Sequence[Point]) -> Iterator[Slide]:
    """The points without their notes, which are revealed slide by slide."""
    for number, group in enumerate(_filled(points, LETTERS, LINES)):
        bare = tuple(replace(point, note="") if point.citation else point for point in group)
        key = tuple(point for point in group if point.citation)
        yield Slide(block, title, (Column(bare),), key=key, reveals=number)


def _filled(points: Iterable[Point], letters: int, room: float) -> Iterator[list[Point]]:
    """The points in groups that fit; one that fits nowhere has a slide of its own."""
    group: list[Point] = []
    for point in points:
        taken = sum(one.lines(letters) for one in group)
        if group and taken + point.lines(letters) > room:
            yield group
            group = []
        group.append(point)
    if group:
        yield group
