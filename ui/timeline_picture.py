"""The timeline as a picture: one lane for each kind of event, the grades in words below, drawn as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.period import Period
from qa.grades_standing import standing_of
from qa.timeline_event import Event, EventKind
from qa.timeline_words import in_words
from ui.frame import escape
from ui.markup import counted, folded
from ui.timeline_form import KIND_NAMES
from ui.training_markup import SHAPES, class_of, grade_words

# Lengths in units of the picture; it is shown at four fifths of a pixel to a unit, or more.
_WIDTH, _LEFT, _RIGHT = 960, 118, 14
_STEP, _RADIUS = 36, 15  # between two places where a mark may stand; a mark is a target of 24 pixels
_LANE, _TOP = 40, 34
_LETTER, _SHAPE = 8.2, 22  # widths of a letter and of a shape with the space after it
_LINE = 32  # of grades
_LONGEST_SAID = 90  # characters of a statement in the name of a link
_MOST_YEARS = 12  # written below the picture

Narrow = Callable[[Period], str]  # the address of the timeline narrowed to a period


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: numbered events, the period that is shown, and where links lead."""

    events: Mapping[int, Event]  # by the number that the table gives them
    span: Period
    narrow: Narrow

    @property
    def days(self) -> int:
        """How long the period is."""
        return (self.span.last - self.span.first).days + 1

    @property
    def places(self) -> int:
        """Where marks may stand, side by side."""
        return min((_WIDTH - _LEFT - _RIGHT) // _STEP, self.days)

    def place_of(self, event: Event) -> int:
        """The place of an event, by the middle of what lies of it in the period."""
        first, last = max(event.period.first, self.span.first), min(event.period.last, self.span.last)
        middle = (first - self.span.first).days + (last - first).days // 2
        return min(self.places - 1, middle * self.places // self.days)

    def stretch(self, place: int) -> Period:
        """The days that fall on one place."""
        start, end = -(-place * self.days // self.places), -(-(place + 1) * self.days // self.places)
        return Period(self.span.first + timedelta(start), self.span.first + timedelta(max(start, end - 1)))

    def x(self, place: float) -> float:
        """How far from the left a place is."""
        return _LEFT + (place + 0.5) * (_WIDTH - _LEFT - _RIGHT) / self.places

    def at(self, day: date) -> float:
        """How far from the left a day begins."""
        part = (day - self.span.first).days / self.days
        return _LEFT + part * (_WIDTH - _LEFT - _RIGHT)


def picture_html(picture: Picture) -> str:
    """The picture; its links lead to a narrower timeline, or to the one event in the table below."""
    kinds = [kind for kind in KIND_NAMES if any(one.kind is kind for one in picture.events.values())]
    lanes = "".join(_lane(picture, kind, _TOP + number * _LANE) for number, kind in enumerate(kinds))
    below = _TOP + len(kinds) * _LANE
    grades, height = _grades(picture, below)
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {height + 4}" role="group" '
        f'aria-label="Timeline, {escape(in_words(picture.span))}">{_axis(picture, height)}{lanes}{grades}</svg>'
    )


def _axis(picture: Picture, height: int) -> str:
    drawn = []
    for day, words in _ticks(picture.span):
        x = picture.at(day)
        drawn.append(f'<path class="tick" d="M{x:.1f} {_TOP - 8}V{height}"/>')
        drawn.append(f'<text class="when" x="{x + 3:.1f}" y="{_TOP - 14}">{words}</text>')
    return "".join(drawn)


def _ticks(span: Period) -> Iterator[tuple[date, str]]:
    """The days that are named along the picture: years, months or days, a dozen at most."""
    days = (span.last - span.first).days + 1
    if days > 800:
        years = range(span.first.year, span.last.year + 1)
        step = -(-len(years) // _MOST_YEARS)
        for year in years[::step]:
            if date(year, 1, 1) >= span.first:
                yield date(year, 1, 1), str(year)
    elif days > 45:
        months = range(span.first.year * 12 + span.first.month - 1, span.last.year * 12 + span.last.month)
        step = -(-len(months) // 9)
        for month in months[::step]:
            day = date(month // 12, month % 12 + 1, 1)
            if day >= span.first:
                yield day, f"{day:%b %Y}"
    else:
        for number in range(0, days, -(-days // 8)):
            day = span.first + timedelta(number)
            yield day, f"{day.day} {day:%b %Y}"


def _lane(picture: Picture, kind: EventKind, top: int) -> str:
    """The events of one kind: a mark for each place, with how many stand there."""
    middle = top + _LANE // 2
    groups: dict[int, list[int]] = {}
    for number, event in picture.events.items():
        if event.kind is kind:
            groups.setdefault(picture.place_of(event), []).append(number)
    marks = "".join(_mark(picture, place, groups[place], middle) for place in sorted(groups))
    return (
        f'<path class="lane" d="M0 {top}H{_WIDTH}"/>'
        f'<text class="kind" x="0" y="{middle + 5}">{KIND_NAMES[kind]}</text>{marks}'
    )


def _mark(picture: Picture, place: int, numbers: Sequence[int], middle: int) -> str:
    x = picture.x(place)
    event = picture.events[numbers[0]]
    said = _name(picture, place, numbers)
    inside = f'<text class="count" x="{x:.1f}" y="{middle + 5}">{len(numbers)}</text>'
    return (
        f'<a href="{escape(_target(picture, place, numbers))}" aria-label="{escape(said)}">'
        f"<title>{escape(said)}</title>"
        f'<circle class="mark {event.kind.value}" cx="{x:.1f}" cy="{middle}" r="{_RADIUS}"/>{inside}</a>'
    )


def _name(picture: Picture, place: int, numbers: Sequence[int]) -> str:
    event = picture.events[numbers[0]]
    if len(numbers) == 1:
        said = folded(event.text)
        short = said if len(said) <= _LONGEST_SAID else f"{said[: _LONGEST_SAID - 4].rpartition(' ')[0]} ..."
        return f"1, {in_words(event.period)}: {short}"
    kind = KIND_NAMES[event.kind].casefold()
    return f"{len(numbers)} {kind}, {in_words(picture.stretch(place))}"


def _target(picture: Picture, place: int, numbers: Sequence[int]) -> str:
    """The event in the table where it is one, or where the period cannot be narrowed; else that period."""
    stretch = picture.stretch(place)
    if len(numbers) == 1 or stretch == picture.span or stretch.first == stretch.last:
        return f"#event-{numbers[0]}"
    return picture.narrow(stretch)


def _grades(picture: Picture, top: int) -> tuple[str, int]:
    """The grades in words, in as many lines as they need, and where the last one ends."""
    wanted: dict[tuple[int, str, str], list[int]] = {}
    for number, event in picture.events.items():
        for one in event.judgements:
            wanted.setdefault((picture.place_of(event), grade_words(one), one.grade), []).append(number)
    if not wanted:
        return "", top
    lines: list[float] = []  # where each line ends
    drawn = []
    for (place, words, grade), numbers in sorted(wanted.items()):
        label = words if len(numbers) == 1 else f"{words} ({len(numbers)})"
        width = _SHAPE + _LETTER * len(label) + 8
        x = min(picture.x(place) - 8, _WIDTH - width)
        line = next((n for n, end in enumerate(lines) if end <= x), len(lines))
        lines[line:] = [x + width, *lines[line + 1 :]]
        drawn.append(_grade(picture, (place, grade, label), numbers, (x, top + 4 + line * _LINE, width)))
    head = f'<path class="lane" d="M0 {top}H{_WIDTH}"/><text class="kind" x="0" y="{top + 25}">Grades given</text>'
    return head + "".join(drawn), top + 8 + len(lines) * _LINE


def _grade(
    picture: Picture, said: tuple[int, str, str], numbers: Sequence[int], box: tuple[float, float, float]
) -> str:
    place, grade, label = said
    x, y, width = box
    when = in_words(picture.events[numbers[0]].period if len(numbers) == 1 else picture.stretch(place))
    name = f"{label}, {when}, {counted(len(numbers), 'statement')}"
    return (
        f'<a href="{escape(f"#event-{numbers[0]}")}" aria-label="{escape(name)}"><title>{escape(name)}</title>'
        f'<rect class="box {class_of(grade)}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="30"/>'
        f'<g class="{class_of(grade)} shape" transform="translate({x + 4:.1f} {y + 7:.1f})">'
        f"{SHAPES[standing_of(grade)]}</g>"
        f'<text class="grade" x="{x + _SHAPE + 3:.1f}" y="{y + 20:.1f}">{escape(label)}</text></a>'
    )
