"""The page of the timeline: a form, a picture, the same as a table, and files to take away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from corpus.document import Details
from corpus.period import Period
from qa.answer import Citation
from qa.errors import QuestionError
from qa.timeline_contract import timeline_to_json
from qa.timeline_event import Event
from qa.timeline_files import timeline_to_calendar, timeline_to_csv
from qa.timeline_statements import DatedBy
from qa.timeline_words import in_words as time_in_words
from ui.frame import escape, page, problem
from ui.markup import counted
from ui.narrowing import period_between
from ui.timeline_form import KIND_NAMES, TimelineForm, in_words, read_timeline_form, selected
from ui.timeline_picture import Picture, columns_of, picture_html
from ui.training_markup import LOOK, Historian, grade_badge, legend, listed, quoted

NOTHING = "The documents date nothing that fits this choice. Take a part of it away."
_DATED_BY = {
    DatedBy.DOCUMENT: "The date is counted from the date of the document.",
    DatedBy.LEAD: "The date stands in what introduces the statement.",
    DatedBy.SECTION: "The date stands in the heading above the statement.",
    DatedBy.INSPECTION: "The date is that of the inspection that the document reports.",
    DatedBy.PUBLICATION: "The date is that of the document.",
}
_FILES = (("csv", "Table (CSV)"), ("ics", "Calendar (iCalendar)"), ("json", "For programs (JSON)"))
_FOLDED = 3  # statements under one dated heading: so many and more are folded up
Numbered = tuple[int, Event]


def routes(source: Historian) -> APIRouter:
    """`GET /timeline`, and the same as `/timeline.csv`, `/timeline.ics` and `/timeline.json`."""
    router = APIRouter(include_in_schema=False)

    def show(request: Request) -> HTMLResponse:
        form = read_timeline_form(request.query_params)
        try:
            found = selected(form, source.inspection_history(), source.details())
        except QuestionError as exc:
            return page("Error: Timeline", _refused(source, form, str(exc)), status=422, look=LOOK)
        return page("Timeline", _main(source, form, found), look=LOOK)

    def take(request: Request, kind: str) -> Response:
        try:
            form = read_timeline_form(request.query_params)
            found = selected(form, source.inspection_history(), source.details())
        except QuestionError as exc:
            return problem(str(exc), 422)
        return _file(kind, found, dict(source.details()))

    router.get("/timeline")(show)
    router.get("/timeline.{kind}")(take)
    return router


def _file(kind: str, found: Sequence[Event], details: Mapping[str, Details]) -> Response:
    if kind == "csv":  # with the mark by which spreadsheets know the encoding
        written, media = timeline_to_csv(found, details).encode("utf-8-sig"), "text/csv; charset=utf-8"
    elif kind == "ics":
        written, media = timeline_to_calendar(found, details), "text/calendar; charset=utf-8"
    elif kind == "json":
        told = json.dumps(timeline_to_json(found), ensure_ascii=False)
        written, media = told.encode(), "application/json"
    else:
        return problem(f"There is no timeline as '{kind}'; there are csv, ics and json.", 404)
    headers = {"content-disposition": f'attachment; filename="timeline.{kind}"'}
    return Response(written, media_type=media, headers=headers)


def _refused(source: Historian, form: TimelineForm, said: str) -> str:
    return (
        '<h1>Timeline</h1>\n<div class="error" role="alert"><h2>There is a problem</h2>'
        f'<p><a href="#choose">{escape(said)}</a></p></div>\n{_form(source, form, " open")}'
    )


def _main(source: Historian, form: TimelineForm, found: Sequence[Event]) -> str:
    details = source.details()
    numbered = list(enumerate(found, start=1))
    narrowed = in_words(form, details)
    of_all = f"{len(found)} of {counted(len(source.inspection_history().events), 'event')}"
    way_out = ' <a href="/timeline">Show everything</a>' if narrowed else ""
    said = f"Shown: {of_all}{f' ({escape(narrowed)})' if narrowed else ''}.{way_out}"
    shown = _shown(source, form, numbered) if found else f'<p class="note">{NOTHING}</p>'
    return (
        "<h1>Timeline</h1>\n<p>What the documents date, each event in their own words with a link to its "
        f'place.</p>\n{_form(source, form)}<p class="way" id="shown">{said}</p>\n{shown}'
    )


def _shown(source: Historian, form: TimelineForm, numbered: Sequence[Numbered]) -> str:
    span = _span(form, numbered)
    picture = Picture(dict(numbered), columns_of(span), lambda period: form.within(period).link())
    files = listed(
        [f'<a href="{escape(form.link(f"/timeline.{kind}"))}">{name}</a>' for kind, name in _FILES]
    )
    return (
        f'<div class="drawn"><h2>Picture</h2>\n<p class="way"><a href="#table">Skip the picture: the same as '
        f"a table</a></p>{_zoom(source, form, span)}{picture_html(picture)}"
        "<p>A number says how many statements there are. Each stands where its time begins, in the first "
        "column where it began earlier; a line shows how far its time reaches. Follow a number for a closer "
        f"look at those days, or to the one statement.</p>{legend()}</div>\n"
        f'<h2 id="table">Table</h2>\n{_years(numbered)}{_table(source, numbered)}'
        f'<h2>Take it away</h2>\n<nav aria-label="Files">{files}</nav>\n'
    )


def _span(form: TimelineForm, numbered: Sequence[Numbered]) -> Period:
    """The period that was asked for, else the one from the first event to the last."""
    asked = period_between(form.first, form.last)
    first = asked.first if asked and form.first else min(event.period.first for _, event in numbered)
    last = asked.last if asked and form.last else max(event.period.last for _, event in numbered)
    return Period(min(first, last), last)


def _zoom(source: Historian, form: TimelineForm, span: Period) -> str:
    """Links that show a shorter, a longer, an earlier or a later period, within what the documents date."""
    events = source.inspection_history().events
    first = min(event.period.first for event in events)
    last = max(event.period.last for event in events)
    half = timedelta(days=((span.last - span.first).days + 1) // 2)
    ways = {
        "Closer": (span.first + half / 2, span.last - half / 2),
        "Wider": (span.first - half, span.last + half),
        "Earlier": (span.first - half, span.last - half),
        "Later": (span.first + half, span.last + half),
    }
    links = [
        f'<a href="{escape(form.within(period).link())}">{name}</a>'
        for name, (begin, end) in ways.items()
        if (period := _within(begin, end, first, last)) and period != span and period.last >= period.first
    ]
    if form.first or form.last:
        links.append(f'<a href="{escape(replace(form, first="", last="").link())}">All dates</a>')
    return f'<nav class="zoom" aria-label="Period of the picture">{listed(links)}</nav>'


def _within(begin: date, end: date, first: date, last: date) -> Period | None:
    """The stretch cut to what there is; None where nothing of it is left."""
    begin, end = max(begin, first), min(end, last)
    return Period(begin, end) if begin <= end else None


def _years(numbered: Sequence[Numbered]) -> str:
    """Links to the first event of each year in the table."""
    of_year: dict[int, list[int]] = {}
    for number, event in numbered:
        of_year.setdefault(event.period.first.year, []).append(number)
    if len(of_year) < 2:
        return ""
    links = [
        f'<a href="#year-{year}">{year}<span class="vh">, {counted(len(several), "event")}</span></a>'
        for year, several in of_year.items()
    ]
    return f'<nav class="years" aria-label="Years in the table">{listed(links)}</nav>'


def _table(source: Historian, numbered: Sequence[Numbered]) -> str:
    head = "".join(
        f'<th role="columnheader" scope="col">{name}</th>'
        for name in ("When", "What kind", "What the documents say", "Who is named")
    )
    bodies = "".join(
        f'<tbody role="rowgroup" id="year-{year}">{"".join(_rows(source, list(several)))}</tbody>'
        for year, several in groupby(numbered, key=lambda one: one[1].period.first.year)
    )
    return (
        '<table class="events" role="table"><caption class="vh">Events in the order of their dates</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{bodies}</table>\n'
    )


def _rows(source: Historian, numbered: Sequence[Numbered]) -> Iterator[str]:
    """A row for each event; many that one heading dates, or of one table, share one."""
    for _, several in groupby(numbered, key=_heading):
        group = list(several)
        if _heading(group[0]) is None or len(group) < _FOLDED:
            yield from (_row(source, number, event) for number, event in group)
        else:
            yield _folded_row(source, group)


def _heading(numbered: Numbered) -> tuple[object, ...] | None:
    """What the statements under one dated heading, or the rows of one table, have in common; else None."""
    event = numbered[1]
    if len(event.citations) > 1 or event.judgements:
        return None
    if event.dated_by is not DatedBy.SECTION and not _is_row(event):
        return None
    return event.period, event.kind, event.citations[0].document_id, _section(event), _is_row(event)


def _is_row(event: Event) -> bool:
    return event.text.startswith("|")


def _section(event: Event) -> str:
    return event.citations[0].locator.rpartition(",")[0].split(" › ")[-1 if _is_row(event) else 0]


def _row(source: Historian, number: int, event: Event) -> str:
    grades = "".join(f"<p>{grade_badge(one)}{_area(one.area)}</p>" for one in event.judgements)
    kind = f"{event.kind.value.capitalize()}{grades}"
    return _cells(event, f' id="event-{number}"', kind, _said(source, event), event.who)


def _folded_row(source: Historian, numbered: Sequence[Numbered]) -> str:
    first = numbered[0][1]
    items = "".join(f'<li id="event-{number}">{_said(source, one)}</li>' for number, one in numbered)
    what = "rows of a table" if _is_row(first) else "statements"
    heading = f"{len(numbered)} {what} under the heading “{escape(_section(first))}”"
    folded_up = f"<details><summary>{heading}</summary><ol>{items}</ol></details>"
    who = dict.fromkeys(name for _, event in numbered for name in event.who)
    return _cells(first, "", first.kind.value.capitalize(), folded_up, tuple(who))


def _cells(event: Event, named: str, kind: str, said: str, who: Sequence[str]) -> str:
    names = escape(", ".join(who)) if who else '<span class="soft">no name</span>'
    return (
        f'<tr role="row"{named}><th role="rowheader" scope="row">{escape(time_in_words(event.period))}</th>'
        f'<td role="cell" class="what">{kind}</td><td role="cell">{said}</td>'
        f'<td role="cell" class="who">{names}</td></tr>'
    )


def _said(source: Historian, event: Event) -> str:
    """The statement, where else it stands, what contradicts it, and where its date comes from."""
    known = dict(source.details())
    note = _DATED_BY.get(event.dated_by)
    dated = f'<p class="soft">{note}</p>' if note else ""
    also = _others("Also in:", event.citations[1:], source)
    disputed = _others("Another document or sentence gives another date:", event.disputed_by, source)
    return f"{quoted(event.citations[0], source, known)}{dated}{also}{disputed}"


def _others(words: str, citations: Iterable[Citation], source: Historian) -> str:
    shown = "".join(quoted(one, source, dict(source.details()), context=False) for one in citations)
    return f'<div class="also"><p><strong>{words}</strong></p>{shown}</div>' if shown else ""


def _area(area: str) -> str:
    return f' <span class="area">{escape(area)}</span>' if area else ""


def _form(source: Historian, form: TimelineForm, opened: str = "") -> str:
    documents = [(one.title or name, name) for name, one in source.details()]
    kinds = [(name, kind.value) for kind, name in KIND_NAMES.items()]
    themes = "".join(
        f'<option value="{escape(one.words)}">' for one in source.inspection_history().suggestions
    )
    return (
        f'<details{opened} id="choose"><summary>Choose what is shown</summary><form action="/timeline">'
        "<fieldset><legend>Period</legend>"
        '<p class="hint" id="dates">A year, a month or a day, such as 2014 or 30 September 2014.</p>'
        f"{_text('first', 'From', form.first)}{_text('last', 'Until', form.last)}</fieldset>"
        '<label for="theme">Theme</label><p class="hint" id="about">Any words, such as those offered.</p>'
        f'<input type="text" id="theme" name="theme" value="{escape(form.theme)}" list="themes" '
        f'aria-describedby="about"><datalist id="themes">{themes}</datalist>'
        f"{_boxes('Documents', 'document', documents, form.documents)}"
        f"{_boxes('Kinds', 'kind', kinds, form.kinds)}<button>Show</button></form></details>\n"
    )


def _text(name: str, label: str, value: str) -> str:
    return (
        f'<label for="{name}">{label}</label><input type="text" class="short" id="{name}" name="{name}" '
        f'value="{escape(value)}" aria-describedby="dates">'
    )


def _boxes(legend_words: str, name: str, offered: Sequence[tuple[str, str]], chosen: Sequence[str]) -> str:
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" name="{name}" value="{escape(value)}"'
        f"{' checked' if value in chosen else ''}>{escape(shown)}</label>"
        for shown, value in offered
    )
    return f"<fieldset><legend>{legend_words}</legend>{boxes}</fieldset>"
