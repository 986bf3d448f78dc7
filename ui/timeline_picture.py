"""The timeline as a picture: one lane for each kind of event, the grades in words below, drawn as SVG."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from dateutil.relativedelta import relativedelta

from corpus.period import Period
from qa.grades_standing import standing_of
from qa.timeline_event import Event, EventKind
from qa.timeline_words import in_words
from ui.frame import escape
from ui.markup import counted, folded
from ui.timeline_form import KIND_NAMES
from ui.training_markup import SHAPES, class_of, grade_words

# Lengths in units of the picture; it is shown at nine tenths of a pixel to a unit, or more.
_WIDTH, _LEFT, _RIGHT = 960, 132, 14
_MOST_COLUMNS, _RADIUS = 26, 14.5  # a mark is a target of 24 pixels, in a column of its own
_LANE, _TOP = 40, 34
_LETTER, _SHAPE = 9, 24  # widths of a letter and of a shape with the space after it
_LINE = 32  # of grades
_LONGEST_SAID = 90  # characters of a statement in the name of a link
# What a column may be: so many days, months or years.
_UNITS = (
    relativedelta(days=1),
    relativedelta(days=2),
    relativedelta(days=7),
    relativedelta(months=1),
    relativedelta(months=3),
    relativedelta(years=1),
    relativedelta(years=2),
    relativedelta(years=5),
    relativedelta(years=10),
    relativedelta(years=50),
)
_LONGEST_WEEK, _LONGEST_QUARTER = 7, 92  # days

Narrow = Callable[[Period], str]  # the address of the timeline narrowed to a period


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: numbered events, the columns of days that are shown, and where links lead."""

    events: Mapping[int, Event]  # by the number that the table gives them
    columns: Sequence[Period]
    narrow: Narrow

    @property
    def width(self) -> float:
        """Of one column."""
        return (_WIDTH - _LEFT - _RIGHT) / len(self.columns)

    @property
    def span(self) -> Period:
        """All that is shown."""
        return Period(self.columns[0].first, self.columns[-1].last)

    def column_of(self, day: date) -> int:
        """The column of a day; the first or last for a day outside."""
        return max(0, bisect_right(self.columns, day, key=lambda one: one.first) - 1)

    def x(self, column: int) -> float:
        """How far from the left the middle of a column is."""
        return _LEFT + (column + 0.5) * self.width


def columns_of(span: Period) -> tuple[Period, ...]:
    """A period in days, weeks, months or years: the shortest of which there are not too many."""
    for unit in _UNITS:
        columns = tuple(islice(_cut(span, unit), _MOST_COLUMNS + 1))
        if len(columns) <= _MOST_COLUMNS:
            return columns
    return (span,)


def _cut(span: Period, unit: relativedelta) -> Iterator[Period]:
    first = span.first
    if unit.years:
        first = date(first.year, 1, 1)
    elif unit.months:
        first = date(first.year, 1 + (first.month - 1) // unit.months * unit.months, 1)
    while first <= span.last:
        following = first + unit
        yield Period(first, following - timedelta(days=1))
        first = following


def picture_html(picture: Picture) -> str:
    """The picture; its links lead to a narrower timeline, or to the one event in the table below."""
    kinds = [kind for kind in KIND_NAMES if any(one.kind is kind for one in picture.events.values())]
    lanes = "".join(_lane(picture, kind, _TOP + number * _LANE) for number, kind in enumerate(kinds))
    below = _TOP + len(kinds) * _LANE
    grades, height = _grades(picture, below)
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {height + 4}" role="group" '
        f'aria-label="Timeline, {escape(in_words(picture.span))}">'
        f"{_axis(picture, height)}{lanes}{grades}</svg>"
    )


def _axis(picture: Picture, height: int) -> str:
    """A line before each column, and the names of as many columns as there is room for."""
    names = [_column_name(column) for column in picture.columns]
    step = -(-int(_LETTER * max(map(len, names)) + 6) // int(picture.width))
    drawn = []
    for number, name in enumerate(names):
        left = picture.x(number) - picture.width / 2
        drawn.append(f'<path class="tick" d="M{left:.1f} {_TOP - 8}V{height}"/>')
        if number % step == 0:
            drawn.append(f'<text class="when" x="{left + 2:.1f}" y="{_TOP - 14}">{name}</text>')
    return "".join(drawn)


def _column_name(column: Period) -> str:
    days = (column.last - column.first).days + 1
    if days > _LONGEST_QUARTER:
        return str(column.first.year)
    return f"{column.first:%b %Y}" if days > _LONGEST_WEEK else f"{column.first.day} {column.first:%b %Y}"


def _lane(picture: Picture, kind: EventKind, top: int) -> str:
    """The events of one kind: a mark in each column, with how many begin there."""
    middle = top + _LANE // 2
    groups: dict[int, list[int]] = {}
    for number, event in picture.events.items():
        if event.kind is kind:
            groups.setdefault(picture.column_of(event.period.first), []).append(number)
    bars = "".join(
        _bar(picture, picture.events[one], middle) for several in groups.values() for one in several
    )
    marks = "".join(_mark(picture, column, groups[column], middle) for column in sorted(groups))
    return (
        f'<path class="lane" d="M0 {top}H{_WIDTH}"/>'
        f'<text class="kind" x="6" y="{middle + 5}">{KIND_NAMES[kind]}</text>{bars}{marks}'
    )


def _bar(picture: Picture, event: Event, middle: int) -> str:
    """A line from the first to the last column of what lasts longer than one."""
    begin, end = picture.column_of(event.period.first), picture.column_of(event.period.last)
    if begin == end:
        return ""
    return f'<path class="bar" d="M{picture.x(begin):.1f} {middle}H{picture.x(end):.1f}"/>'


def _mark(picture: Picture, column: int, numbers: Sequence[int], middle: int) -> str:
    x = picture.x(column)
    event = picture.events[numbers[0]]
    said = _name(picture, column, numbers)
    size = "count many" if len(numbers) > 99 else "count"
    inside = f'<text class="{size}" x="{x:.1f}" y="{middle + 5}">{len(numbers)}</text>'
    return (
        f'<a href="{escape(_target(picture, column, numbers))}" aria-label="{escape(said)}">'
        f"<title>{escape(said)}</title>"
        f'<circle class="mark {event.kind.value}" cx="{x:.1f}" cy="{middle}" r="{_RADIUS}"/>{inside}</a>'
    )


def _name(picture: Picture, column: int, numbers: Sequence[int]) -> str:
    event = picture.events[numbers[0]]
    if len(numbers) == 1:
        said = folded(event.text)
        short = said if len(said) <= _LONGEST_SAID else f"{said[: _LONGEST_SAID - 4].rpartition(' ')[0]} ..."
        return f"1, {in_words(event.period)}: {short}"
    kind = KIND_NAMES[event.kind].casefold()
    return f"{len(numbers)} {kind}, {in_words(picture.columns[column])}"


def _target(picture: Picture, column: int, numbers: Sequence[int]) -> str:
    """That column alone, where some of its events then stand apart; else the first of them in the table."""
    stretch = picture.columns[column]
    periods = [picture.events[number].period for number in numbers]
    shorter = any(
        one != stretch and stretch.first <= one.first and one.last <= stretch.last for one in periods
    )
    if len(numbers) == 1 or len(picture.columns) == 1 or not shorter:
        return f"#event-{numbers[0]}"
    return picture.narrow(stretch)


def _grades(picture: Picture, top: int) -> tuple[str, int]:
    """The grades in words, in as many lines as they need, and where the last one ends."""
    wanted: dict[tuple[int, str, str], list[int]] = {}
    for number, event in picture.events.items():
        for one in event.judgements:
            wanted.setdefault(
                (picture.column_of(event.period.first), grade_words(one), one.grade), []
            ).append(number)
    if not wanted:
        return "", top
    lines: list[float] = []  # where each line ends
    drawn = []
    for (column, words, grade), numbers in sorted(wanted.items()):
        label = words if len(numbers) == 1 else f"{words} ({len(numbers)})"
        width = _SHAPE + _LETTER * len(label) + 8
        x = min(picture.x(column) - 8, _WIDTH - width)
        line = next((n for n, end in enumerate(lines) if end <= x), len(lines))
        lines[line:] = [x + width, *lines[line + 1 :]]
        drawn.append(_grade(picture, (column, grade, label), numbers, (x, top + 4 + line * _LINE, width)))
    head = (
        f'<path class="lane" d="M0 {top}H{_WIDTH}"/>'
        f'<text class="kind" x="6" y="{top + 25}">Grades given</text>'
    )
    return head + "".join(drawn), top + 8 + len(lines) * _LINE


def _grade(
    picture: Picture, said: tuple[int, str, str], numbers: Sequence[int], box: tuple[float, float, float]
) -> str:
    column, grade, label = said
    x, y, width = box
    when = in_words(picture.events[numbers[0]].period if len(numbers) == 1 else picture.columns[column])
    name = f"{label}, {when}, {counted(len(numbers), 'statement')}"
    return (
        f'<a href="#event-{numbers[0]}" aria-label="{escape(name)}"><title>{escape(name)}</title>'
        f'<rect class="box {class_of(grade)}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="30"/>'
        f'<g class="{class_of(grade)} shape" transform="translate({x + 4:.1f} {y + 7:.1f})">'
        f"{SHAPES[standing_of(grade)]}</g>"
        f'<text class="grade" x="{x + _SHAPE + 3:.1f}" y="{y + 20:.1f}">{escape(label)}</text></a>'
    )
