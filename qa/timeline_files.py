"""The timeline for other programs' windows: a table for a spreadsheet, a calendar file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from corpus.document import Details
from qa.answer import Citation
from qa.timeline_dates import Precision
from qa.timeline_event import Event
from qa.timeline_words import in_words

if TYPE_CHECKING:
    from icalendar import Component

COLUMNS = (
    "date",
    "date_end",
    "precision",
    "when",
    "kind",
    "text",
    "who",
    "grades",
    "title",
    "locator",
    "document",
    "start",
    "end",
    "also_in",
    "disputed_by",
)
_LONGEST_SUMMARY = 75  # characters: what a month's view of a calendar shows
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def timeline_to_csv(events: Sequence[Event], details: Mapping[str, Details]) -> str:
    """One event a row, with a first row of column names.

    What a spreadsheet would take for a formula gets an apostrophe before it.
    """
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    writer.writerow(COLUMNS)
    for event in events:
        writer.writerow([_plain(cell) for cell in _cells(event, details)])
    return rows.getvalue()


def timeline_to_calendar(events: Sequence[Event], details: Mapping[str, Details]) -> bytes:
    """The events as all-day events of an iCalendar file (RFC 5545), the same bytes every time."""
    from icalendar import Calendar  # half a second to import

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//inspection-qa//timeline//EN")
    for event in events:
        calendar.add_component(_calendar_event(event, details))
    return bytes(calendar.to_ical())


def reference(citation: Citation, details: Mapping[str, Details]) -> str:
    """Where a quotation stands, in full: title, publisher, date, place, file."""
    known = details.get(citation.document_id)
    published = citation.published
    parts = (
        known.title if known else None,
        known.publisher if known else None,
        f"{published.day} {published:%B %Y}" if published else None,
        citation.locator,
    )
    return f"{', '.join(part for part in parts if part)} ({citation.document_id})"


def _cells(event: Event, details: Mapping[str, Details]) -> tuple[str, ...]:
    first = event.citations[0]
    known = details.get(first.document_id)
    return (
        event.period.first.isoformat(),
        event.period.last.isoformat() if event.precision is Precision.RANGE else "",
        event.precision.value,
        in_words(event.period),
        event.kind.value,
        first.quote,
        "; ".join(event.who),
        "; ".join(f"{one.area}: {one.grade}" if one.area else one.grade for one in event.judgements),
        known.title if known else "",
        first.locator,
        first.document_id,
        str(first.start),
        str(first.end),
        "; ".join(reference(one, details) for one in event.citations[1:]),
        "; ".join(f"“{_flat(one.quote)}” {reference(one, details)}" for one in event.disputed_by),
    )


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _calendar_event(event: Event, details: Mapping[str, Details]) -> Component:
    from icalendar import Event as CalendarEvent

    entry = CalendarEvent()
    entry.add("uid", f"{_identity(event)}@inspection-qa")
    entry.add("dtstamp", _stamp(event))
    entry.add("dtstart", event.period.first)
    entry.add("dtend", event.period.last + timedelta(days=1))  # the first day that is not in it
    entry.add("summary", _summary(event))
    entry.add("description", _description(event, details))
    entry.add("categories", [event.kind.value])
    entry.add("transp", "TRANSPARENT")  # it keeps nobody busy
    return entry


def _identity(event: Event) -> str:
    first = event.citations[0]
    named = f"{first.document_id}\0{first.start}\0{first.end}\0{event.period.first}\0{event.period.last}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _stamp(event: Event) -> datetime:
    """The day of the document: RFC 5545 wants a time here, and the clock's would differ each time."""
    day: date = event.citations[0].published or event.period.first
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _summary(event: Event) -> str:
    flat = _flat(event.text)
    if len(flat) <= _LONGEST_SUMMARY:
        return flat
    return flat[:_LONGEST_SUMMARY].rpartition(" ")[0].rstrip(" ,;:") + " …"


def _description(event: Event, details: Mapping[str, Details]) -> str:
    quoted = [f"“{_flat(one.quote)}”\n{reference(one, details)}" for one in event.citations]
    disputed = [
        f"Another date is given here: “{_flat(one.quote)}”\n{reference(one, details)}"
        for one in event.disputed_by
    ]
    return "\n\n".join((in_words(event.period), *quoted, *disputed))


def _flat(quote: str) -> str:
    return " ".join(quote.split())
