"""Times that a question names with words around a date or an event: "since 2015", "before the Jay report"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.period import Mention, Period, find_periods

_BEFORE = re.compile(r"\b(?:before|until|till|prior to|up to|earlier than|by)\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:since|after|following|later than)\s+(?:the\s+)?$", re.IGNORECASE)
_ONWARDS = re.compile(r"^\s*(?:onwards?|on\b(?! the)|and after)", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:latest|most recent(?:ly)?|newest|current(?:ly)?|nowadays|these days|as of now|at present)\b",
    re.IGNORECASE,
)
# An event that documents date: what is named before the noun tells it from others of its kind.
_EVENT = re.compile(
    r"\b(?P<side>before|prior to|until|since|after|following)\s+"
    r"(?P<event>(?:the\s+)?(?:[A-Z0-9][\w'’]*\s+){1,4}"
    r"(?:report|inspection|letter|visit|review|inquiry|investigation|article|audit|appointment|resignation))\b"
)

_EARLIER = ("before", "prior to", "until")

DateOf = Callable[[str], Period | None]


@dataclass(frozen=True, slots=True)
class TimesAsked:
    """The times that a question is about.

    `named` stand in it as dates. `open` reach from such a date, or from an event that the documents date,
    to the beginning or the end of time: what lies there is asked for too, if less surely.
    """

    named: tuple[Period, ...]
    open: tuple[Period, ...]
    latest: bool  # wants the latest there is


def times_asked(asked: str, date_of: DateOf | None = None) -> TimesAsked:
    """The times in a question; `date_of` looks up when an event was ("the Jay report"), None if unknown."""
    mentions = find_periods(asked)
    open_ended = [period for mention in mentions if (period := _opened(asked, mention)) is not None]
    if date_of is not None and not mentions:
        for match in _EVENT.finditer(asked):
            if (when := date_of(match["event"])) is not None:
                open_ended.append(_before(when) if match["side"] in _EARLIER else _after(when))
    named = tuple(mention.period for mention in mentions)
    return TimesAsked(named, tuple(open_ended), _LATEST.search(asked) is not None)


def _opened(asked: str, mention: Mention) -> Period | None:
    """All the time before or after a date, where the words around it ask for that."""
    if _BEFORE.search(asked, 0, mention.start):
        return _before(mention.period)
    if _AFTER.search(asked, 0, mention.start) or _ONWARDS.search(asked[mention.end :]):
        return _after(mention.period)
    return None


def _before(period: Period) -> Period:
    return Period(date.min, max(date.min, period.first - timedelta(days=1)))


def _after(period: Period) -> Period:
    return Period(period.last, date.max)
