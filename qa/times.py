"""What time a passage speaks of, and how well that fits a time that the question names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Details, Passage
from corpus.period import Period, find_periods

# How well a passage fits, by what its time is known from. docs/answers.md says what was compared.
_NAMED = 1.0  # the passage, or the heading of its section, names the time
_DOCUMENT = 0.8  # the document speaks of it, and of little else
_PUBLISHED = 0.6  # the document was published in that year
_LONG_DOCUMENT = 0.4  # the document speaks of it among much else
_LITTLE_ELSE = 500  # days
_OPEN = 0.6  # of a fit with the time before or after a date, against 1 for the date itself


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one passage, from the most certain to the least."""

    named: tuple[Period, ...]
    document: Period | None
    published: date | None
    has_own_section: bool  # a heading names its time: then the document's own says nothing more


def passage_times(passage: Passage, details: Details) -> Times:
    """The times that a passage, its section and its document name."""
    named = tuple(mention.period for mention in find_periods(passage.text))
    section = (passage.when,) if passage.when else ()
    return Times(named + section, details.period, details.published, passage.when is not None)


def fit(times: Times, asked: Period) -> float:
    """How well a passage fits one time of a question: 1 where it names it, 0 where nothing points to it."""
    if any(period.overlaps(asked) for period in times.named):
        return _NAMED
    if times.has_own_section:
        return 0.0
    fits = [0.0]
    if times.document and times.document.overlaps(asked):
        little_else = (times.document.last - times.document.first).days <= _LITTLE_ELSE
        fits.append(_DOCUMENT if little_else else _LONG_DOCUMENT)
    if times.published and asked.first.year <= times.published.year <= asked.last.year:
        fits.append(_PUBLISHED)
    return max(fits)


def fit_open(times: Times, open_ended: Sequence[Period]) -> float:
    """How well a passage fits stretches of time without a beginning or an end."""
    return max((_OPEN * fit(times, period) for period in open_ended), default=0.0)


def best_fit(times: Times, named: Sequence[Period], open_ended: Sequence[Period] = ()) -> float:
    """The best fit over all times of a question; 1 where it names none."""
    if not named and not open_ended:
        return 1.0
    return max([fit_open(times, open_ended), *(fit(times, period) for period in named)])
