"""What a person asks of the timeline: the fields of its form, read from and written to an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from corpus.document import Details
from corpus.period import Period
from qa.errors import QuestionError
from qa.history import InspectionHistory
from qa.timeline_event import Event, EventKind
from qa.timeline_select import select
from ui.markup import long_date
from ui.narrowing import period_between

KIND_NAMES = {
    EventKind.INSPECTION: "Inspections",
    EventKind.REPORT: "Reports",
    EventKind.JUDGEMENT: "Judgements",
    EventKind.APPOINTMENT: "Appointments",
    EventKind.DEPARTURE: "Departures",
    EventKind.PLAN: "Plans",
    EventKind.EVENT: "Other events",
}


class ImpossibleFilter(QuestionError):
    """The timeline cannot be narrowed that way; the text says what to change."""


@dataclass(frozen=True, slots=True)
class TimelineForm:
    """The fields as they were filled in; what is empty narrows nothing."""

    first: str = ""  # a date in words
    last: str = ""
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    theme: str = ""

    @property
    def query(self) -> str:
        """The form as the part of an address after the question mark."""
        single = [("first", self.first), ("last", self.last), ("theme", self.theme)]
        several = [("document", one) for one in self.documents] + [("kind", one) for one in self.kinds]
        return urlencode([(name, value) for name, value in (*single, *several) if value])

    def link(self, path: str = "/timeline") -> str:
        """The address of a page with these fields."""
        return f"{path}?{self.query}" if self.query else path

    def within(self, period: Period) -> TimelineForm:
        """The same narrowed to another period."""
        return replace(self, first=period.first.isoformat(), last=period.last.isoformat())


def read_timeline_form(query: QueryParams) -> TimelineForm:
    """The form that an address names."""
    return TimelineForm(
        first=query.get("first", "").strip(),
        last=query.get("last", "").strip(),
        documents=tuple(dict.fromkeys(query.getlist("document"))),
        kinds=tuple(dict.fromkeys(query.getlist("kind"))),
        theme=" ".join(query.get("theme", "").split()),
    )


def selected(
    form: TimelineForm, history: InspectionHistory, details: Sequence[tuple[str, Details]]
) -> tuple[Event, ...]:
    """The events that a form leaves.

    Raises ImpossibleFilter for a document or a kind that there is not, and what a date or a theme
    raises that cannot be read.
    """
    there = dict(details)
    for name in form.documents:
        if name not in there:
            raise ImpossibleFilter(f"There is no document '{name}': choose among those in the form.")
    period = period_between(form.first, form.last)
    return select(
        history.events,
        first=period.first if period else date.min,
        last=period.last if period else date.max,
        documents=form.documents,
        kinds=[_kind(name) for name in form.kinds],
        about=history.finder.places(form.theme) if form.theme else None,
    )


def in_words(form: TimelineForm, details: Sequence[tuple[str, Details]]) -> str:
    """What the timeline is narrowed to; empty where it is whole. The form is one that can be selected."""
    titles = {name: one.title or name for name, one in details}
    kinds = ", ".join(KIND_NAMES[EventKind(one)].casefold() for one in form.kinds)
    parts = [_stretch(form), kinds, f"about “{form.theme}”" if form.theme else ""]
    parts += [titles[name] for name in form.documents]
    return "; ".join(part for part in parts if part)


def _stretch(form: TimelineForm) -> str:
    period = period_between(form.first, form.last)
    if period is None:
        return ""
    begin = f"from {long_date(period.first)}" if form.first else ""
    end = f"until {long_date(period.last)}" if form.last else ""
    return " ".join(part for part in (begin, end) if part)


def _kind(name: str) -> EventKind:
    try:
        return EventKind(name)
    except ValueError as exc:
        kinds = ", ".join(kind.value for kind in EventKind)
        raise ImpossibleFilter(f"There is no kind of event '{name}': choose among these: {kinds}.") from exc
