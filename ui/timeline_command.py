"""The command `inspection-qa timeline`: what the documents date, as text, JSON, CSV or a calendar."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.period import Period, find_periods
from ui.errors import UsageError

if TYPE_CHECKING:
    from corpus.collection import Collection
    from corpus.document import Details, Skipped
    from qa.timeline_event import Event, EventKind


def add_timeline_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command, besides those that every command has."""
    parser.add_argument("--json", action="store_true", help="print the events as one JSON object")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a table for a spreadsheet")
    parser.add_argument("--ics", type=Path, metavar="FILE", help="write a calendar file")
    parser.add_argument("--from", dest="first", metavar="DATE", help="only from this day, month or year on")
    parser.add_argument("--to", dest="last", metavar="DATE", help="only up to this day, month or year")
    parser.add_argument(
        "--document", action="append", default=[], metavar="NAME", help="only this document; may be repeated"
    )
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        metavar="KIND",
        help="only this kind of event; may be repeated",
    )
    parser.add_argument("--theme", metavar="WORDS", help="only what is said of this theme (needs the index)")


def run_timeline(
    options: argparse.Namespace, collection: Collection, about: Container[tuple[str, int]] | None = None
) -> int:
    """Prints or writes the timeline of the documents; needs no index and no model.

    `about` are the places where the documents speak of the theme that was named, if one was.
    Raises UsageError for a date, a kind or a document that there is not, and what reading raises.
    """
    from corpus.collection import read_collection  # here, so that other commands do not wait for it
    from qa.timeline import events
    from qa.timeline_select import select

    first, last = _stretch(options.first, options.last)
    kinds = tuple(_kind(name) for name in options.kind)
    reading = read_collection(collection)
    details = {document.id: document.details for document in reading.documents}
    _check_documents(options.document, details)
    dated = events(reading.documents)
    found = select(dated, first=first, last=last, documents=options.document, kinds=kinds, about=about)
    _complain(reading.skipped)
    _put_out(found, details, options)
    return 0


def _put_out(found: Sequence[Event], details: Mapping[str, Details], options: argparse.Namespace) -> None:
    """Writes the files that were asked for; prints JSON, or the events where no file was asked for."""
    from qa.timeline_contract import timeline_to_json
    from qa.timeline_files import timeline_to_calendar, timeline_to_csv

    if options.csv is not None:
        options.csv.write_text(timeline_to_csv(found, details), encoding="utf-8-sig", newline="")
    if options.ics is not None:
        options.ics.write_bytes(timeline_to_calendar(found, details))
    if options.json:
        print(json.dumps(timeline_to_json(found), ensure_ascii=False))
    elif options.csv is None and options.ics is None:
        print("\n".join(_lines(found, details)))


def _lines(found: Sequence[Event], details: Mapping[str, Details]) -> Iterator[str]:
    from qa.timeline_files import reference
    from qa.timeline_words import in_words

    if not found:
        yield "The documents date nothing that fits."
    for event in found:
        yield f"{in_words(event.period)} ({event.kind.value})"
        for citation in event.citations:
            yield f"  “{' '.join(citation.quote.split())}”"
            yield f"  {reference(citation, details)}"
        if event.who:
            yield f"  Named: {', '.join(event.who)}"
        for citation in event.disputed_by:
            yield f"  Another date is given here: “{' '.join(citation.quote.split())}”"
            yield f"  {reference(citation, details)}"
        yield ""


def _stretch(first: str | None, last: str | None) -> tuple[date, date]:
    stretch = (
        _period(first, "--from").first if first is not None else date.min,
        _period(last, "--to").last if last is not None else date.max,
    )
    if stretch[1] < stretch[0]:
        raise UsageError(f"--to {last} lies before --from {first}; give the earlier date to --from.")
    return stretch


def _period(written: str, option: str) -> Period:
    """The day, month or year that was given, in figures or in words."""
    month = _month(written)
    if month is not None:
        return month
    found = find_periods(written)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(written)):
        return found[0].period
    raise UsageError(
        f"{option} '{written}' is no date; give a day (2014-08-26), a month (2014-08) or a year (2014)."
    )


def _month(written: str) -> Period | None:
    """The month that "2014-08" names; None for anything else."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        return None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Period(first, date.fromordinal(following.toordinal() - 1))


def _kind(name: str) -> EventKind:
    from qa.timeline_event import EventKind

    try:
        return EventKind(name)
    except ValueError as exc:
        kinds = ", ".join(kind.value for kind in EventKind)
        raise UsageError(f"There is no kind of event '{name}'; choose among these: {kinds}.") from exc


def _check_documents(names: Sequence[str], details: Mapping[str, Details]) -> None:
    for name in names:
        if name not in details:
            there = ", ".join(f"'{one}'" for one in sorted(details))
            raise UsageError(f"There is no document '{name}'; choose among these: {there}.")


def _complain(skipped: Sequence[Skipped]) -> None:
    for one in skipped:
        page = f", page {one.page}" if one.page else ""
        print(f"Not read: {one.path}{page}: {one.reason}.", file=sys.stderr)
