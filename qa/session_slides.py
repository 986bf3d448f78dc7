"""What a session shows, slide by slide: quotations with their citations, and what is revealed later."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.answer import Citation

# What fits a slide of 1280 x 720 pixels in letters of 28 pixels, counted in Chromium with DejaVu Sans, the
# widest of the fonts that the pages name.
LINES = 13.5
LETTERS = 71  # of a line over the whole width
_COLUMN_HEAD = 1.3  # lines that the label of a column takes
_SPACE = 0.45  # lines below a point
_PUBLISHED = 34  # letters of the publisher and the date, which stand before the place
_LONGEST_REASON = 100  # letters; the key on paper has it whole


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on a slide: a quotation where there is a `citation`, else `words` of our own.

    `heading` says when or who. `lead` is what the document says before a list or above a table's
    row, `note` what the program says of the quotation (a grade, a mark) and `reason` why.
    """

    heading: str = ""
    words: str = ""
    citation: Citation | None = None
    lead: str = ""
    note: str = ""
    reason: str = ""

    @property
    def place(self) -> str:
        """The last heading, if it is not said already, and the paragraph, or the page.

        The whole path is in the reference on paper.
        """
        last = self.citation.locator.rsplit(" › ", 1)[-1] if self.citation else ""
        section, _, paragraph = last.rpartition(", ")
        return paragraph if section and section.strip(" .") == self.heading else last

    @property
    def short_reason(self) -> str:
        """The reason as far as there is room for it on a slide."""
        introduced = f"“{' '.join(self.lead.replace('|', ' ').split())}”"
        said = self.reason.replace(introduced, "the words above") if self.lead else self.reason
        return said if len(said) <= _LONGEST_REASON else f"{said[:_LONGEST_REASON].rsplit(' ', 1)[0]} ..."

    def lines(self, letters: int) -> float:
        """About how many lines it takes, each of so many letters."""
        quoted = (self.lead, self.citation.quote, self.place + " " * _PUBLISHED) if self.citation else ()
        noted = f"{self.note} ({self.short_reason})" if self.note else ""
        said = (self.heading, self.words, noted, *quoted)
        return _SPACE + sum(math.ceil(len(one) / letters) for one in said)


@dataclass(frozen=True, slots=True)
class Column:
    """Points that stand below each other; `label` is empty where there is only one column."""

    points: tuple[Point, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen of a block. `key` is never shown before it is revealed.

    It then stands in place of the quotations of `columns`; words of our own stay. Slides with the same
    `reveals` are revealed together; those with a `part` above 1 are passed over until
    then. `options` are what may be answered, `right` the numbers of those that are right.
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
    def is_full(self) -> bool:
        """Whether it holds more than fits in letters of 28 pixels; it is then set a little smaller."""
        letters, room = _measure(len(self.columns))
        asked = [sum(one.lines(letters) for one in column.points) for column in self.columns]
        options = sum(math.ceil((len(one) + 3) / LETTERS) + 0.2 for one in self.options)
        key = sum(point.lines(LETTERS) for point in self.key)
        return max(asked, default=0) + options > room or (key > room and len(self.key) == 1)

    @property
    def is_choice(self) -> bool:
        """Whether one of the options is right; else they are put in order or matched."""
        return len(self.right) == 1 and not self.targets

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of all columns, one column after the other."""
        return tuple(point for column in self.columns for point in column.points)


def on_screen(slide: Slide, *, revealed: bool) -> tuple[Point, ...]:
    """The points that are seen: once the key is revealed, it stands in place of the quotations."""
    if not revealed or not slide.key:
        return slide.points
    if slide.options:
        return slide.key  # the quotation says what the question left out
    own = (point for point in slide.points if point.citation is None and point not in slide.key)
    return (*own, *slide.key)


def in_slides(block: int, title: str, columns: Sequence[Column]) -> Iterator[Slide]:
    """The points over as many slides as they need; columns go on beside each other."""
    letters, room = _measure(len(columns))
    parts = [list(filled(column.points, letters, room)) for column in columns]
    for place in range(max((len(part) for part in parts), default=0)):
        here = (part[place] if place < len(part) else () for part in parts)
        shown = tuple(
            Column(tuple(points), column.label) for points, column in zip(here, columns, strict=True)
        )
        yield Slide(block, title, shown)


def _measure(columns: int) -> tuple[int, float]:
    """The letters of a line and the lines of a slide, where so many columns share it."""
    return (LETTERS // columns - 3, LINES - _COLUMN_HEAD) if columns > 1 else (LETTERS, LINES)


def key_slides(
    block: int, title: str, asked: Sequence[Point], key: Sequence[Point], *, reveals: int
) -> Iterator[Slide]:
    """The slides of a question, whose key may go on over several."""
    room = LINES - sum(point.lines(LETTERS) for point in asked)
    for part, points in enumerate(filled(key, LETTERS, max(room, LINES / 2)), start=1):
        column = Column(tuple(asked))
        yield Slide(block, title, (column,), key=tuple(points), reveals=reveals, part=part)


def marked_slides(block: int, title: str, points: Sequence[Point]) -> Iterator[Slide]:
    """The points without their notes, which are revealed slide by slide."""
    for number, group in enumerate(filled(points, LETTERS, LINES)):
        bare = tuple(replace(point, note="", reason="") if point.citation else point for point in group)
        key = tuple(group) if any(point.citation for point in group) else ()
        yield Slide(block, title, (Column(bare),), key=key, reveals=number)


def filled(points: Iterable[Point], letters: int, room: float) -> Iterator[list[Point]]:
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
