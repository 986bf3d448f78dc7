"""Every dated statement of the documents as an event: the timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from corpus.document import Document, Role, Sentence
from corpus.period import Period
from qa.compose import cite
from qa.grades import Judgement, judgements_in
from qa.timeline_event import Event, EventKind
from qa.timeline_kinds import kind_of_event
from qa.timeline_merge import Occurrence, merged, occurrence
from qa.timeline_statements import DatedBy, Statement, dates_its_text, statements
from qa.timeline_who import named_in


def events(documents: Iterable[Document]) -> tuple[Event, ...]:
    """The events that the documents date, by date, then document and place.

    A statement that names several times is an event for each. One that names none is an event where
    its list or its section is dated, or where it gives a grade. What several statements say of the
    same time is one event with several citations.
    """
    known = sorted(documents, key=_by_publication)
    told = [statements(document) for document in known]
    graded = _by_place(judgements_in(told))
    publishers = frozenset(one.details.publisher for one in known if one.details.publisher)
    found = [one for document in told for statement in document for one in _of(statement, graded, publishers)]
    return tuple(sorted(merged(found), key=_by_date))


_Place = tuple[str, int]


def _of(
    statement: Statement, graded: Mapping[_Place, Sequence[Judgement]], publishers: Collection[str]
) -> Iterator[Occurrence]:
    """An event for each time that a statement tells of."""
    here = graded.get((statement.document.id, statement.start), ())
    times = dict(statement.times or [(one.period, one.dated_by) for one in here])
    quotation = (statement.document, Sentence(statement.start, statement.end))
    who = named_in(statement.words, publishers) if times else ()
    for period, dated_by in times.items():
        event = Event(
            period=period,
            kind=_kind(statement, period, dated_by, here),
            dated_by=dated_by,
            citations=cite([quotation], by_date=False),
            judgements=tuple(one for one in here if one.period == period),
            who=who,
        )
        yield occurrence(event, statement)


def _kind(statement: Statement, period: Period, dated_by: DatedBy, graded: Sequence[Judgement]) -> EventKind:
    role = statement.sentence.role
    if role in (Role.DATE, Role.SIGNATURE) or statement.start < statement.sentence.start:
        return EventKind.REPORT  # the date of a letter, or one below the title of a report
    if any(one.period == period for one in graded):
        return EventKind.JUDGEMENT
    if role is Role.HEADING and dates_its_text(statement.section):
        return EventKind.INSPECTION
    at = next((dated.start for dated in statement.dates if dated.period == period), 0)
    lead = statement.sentence.lead if role is Role.ROW else None
    context = statement.document.text[slice(*lead)] if lead else ""
    kind = kind_of_event(statement.words, at, context)
    if dated_by is DatedBy.SECTION and kind not in (EventKind.APPOINTMENT, EventKind.DEPARTURE):
        return EventKind.JUDGEMENT  # what inspectors found on the visit that the heading names
    return kind


def _by_place(found: Sequence[Judgement]) -> dict[_Place, list[Judgement]]:
    places: dict[_Place, list[Judgement]] = {}
    for one in found:
        places.setdefault((one.citation.document_id, one.citation.start), []).append(one)
    return places


def _by_publication(document: Document) -> tuple[date, str]:
    return document.details.published or date.max, document.id


def _by_date(event: Event) -> tuple[object, ...]:
    first = event.citations[0]
    return event.period.first, event.period.last, first.document_id, first.start
