"""Which events of a stretch a session shows, where there are more than a room can read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from corpus.period import Period
from index.words import analyse
from qa.question import FUNCTION_TERMS
from qa.session_slides import Point
from qa.timeline_event import Event
from qa.timeline_statements import DatedBy
from qa.timeline_words import in_words

T = TypeVar("T")
_FEWEST_WORDS = 6  # a date line or a heading says nothing to a room
_MOST_LETTERS = 420  # a longer statement does not fit a slide in large type


def chosen_events(
    events: Sequence[Event], within: Period, *, about: str = "", most: int
) -> tuple[Event, ...]:
    """At most `most` events, in the order of their dates, spread over the years that there are.

    Those that reach beyond `within` come only where the others do not fill the block.
    `about` keeps those whose statement holds one of its words. Each year (each month, where all are of
    one year) first gives its best event, then its second best, and so on: one that gives a grade
    before one that does not, one whose words name the date before one dated by its section, one told
    by several documents before one told once. A statement is shown once.
    """
    words = frozenset(analyse(about)) - FUNCTION_TERMS
    wanted = [event for event in events if _says_enough(event) and (not words or _holds(event, words))]
    inside = [event for event in wanted if _is_inside(event.period, within)]
    beyond = [event for event in wanted if event not in inside]
    by_month = len({event.period.first.year for event in inside}) == 1
    groups: dict[tuple[int, int], list[Event]] = {}
    for event in sorted(inside, key=_rank):
        first = event.period.first
        groups.setdefault((first.year, first.month if by_month else 0), []).append(event)
    kept = spread([groups[when] for when in sorted(groups)], most, _place)
    seen = {_place(event) for event in kept}
    more = [event for event in sorted(beyond, key=_rank) if _place(event) not in seen]
    kept += spread([more], most - len(kept), _place)
    return tuple(sorted(kept, key=lambda event: (event.period.first, event.period.last, *_place(event))))


def event_points(event: Event) -> Iterator[Point]:
    """An event with the statements that give it another date, if there are any."""
    grades = "; ".join(f"{one.area}: {one.grade}" if one.area else one.grade for one in event.judgements)
    heading = f"{in_words(event.period)} ({event.kind.value})"
    yield Point(heading, citation=event.citations[0], note=grades)
    for other in event.disputed_by:
        yield Point(heading, citation=other, note="Another date is given here.")


def spread(groups: Sequence[Sequence[T]], most: int, place: Callable[[T], Hashable]) -> list[T]:
    """One of each group, then a second of each, until there are enough; of each place only one."""
    kept: list[T] = []
    seen: set[Hashable] = set()
    left = [list(group) for group in groups]
    while any(left) and len(kept) < most:
        for group in left:
            while group and place(group[0]) in seen:
                group.pop(0)
            if group and len(kept) < most:
                seen.add(place(group[0]))
                kept.append(group.pop(0))
    return kept


def _is_inside(period: Period, within: Period) -> bool:
    return within.first <= period.first and period.last <= within.last


def _rank(event: Event) -> tuple[object, ...]:
    named = event.dated_by is DatedBy.STATEMENT
    return (not event.judgements, not named, -len(event.citations), *_place(event), event.period.first)


def _place(event: Event) -> tuple[str, int]:
    first = event.citations[0]
    return first.document_id, first.start


def _says_enough(event: Event) -> bool:
    return len(event.text.split()) >= _FEWEST_WORDS and len(event.text) <= _MOST_LETTERS


def _holds(event: Event, words: frozenset[str]) -> bool:
    return not words.isdisjoint(analyse(event.text))
