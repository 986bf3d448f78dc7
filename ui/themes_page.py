"""The page of the themes: what each inspection said of one, a matrix of several, and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from qa.errors import QuestionError
from qa.themes import Cell, Finding, Inspection, Theme
from qa.themes_marks import Mark
from qa.themes_suggest import Recurrence
from qa.timeline_words import in_words
from ui.frame import escape, page
from ui.markup import counted, folded
from ui.training_markup import LOOK, SILENT, Historian, listed, mark_badge, quoted, scrolling

NO_THEMES = "No theme recurs in these documents often enough to be suggested. Type any words."
NO_WORDS = "There is no theme: type at least one word."
NOTHING = "The documents say nothing of this theme."


def routes(source: Historian) -> APIRouter:
    """`GET /themes`: without `q` the matrix of the suggested themes, with it one theme."""
    router = APIRouter(include_in_schema=False)

    def show(q: str | None = None) -> HTMLResponse:
        if q is None:
            return page("Themes", _overview(source), look=LOOK)
        if not q.strip():
            return page("Error: Themes", _refused(q, NO_WORDS), status=422, look=LOOK)
        try:
            theme = source.inspection_history().theme(folded(q))
        except QuestionError as exc:
            return page("Error: Themes", _refused(q, str(exc)), status=422, look=LOOK)
        return page(f"Theme: {theme.words}", _one(source, theme), look=LOOK)

    router.get("/themes")(show)
    return router


def _refused(words: str, said: str) -> str:
    return (
        '<h1>Themes</h1>\n<div class="error" role="alert"><h2>There is a problem</h2>'
        f'<p><a href="#q">{escape(said)}</a></p></div>\n{_form(words)}'
    )


def _overview(source: Historian) -> str:
    history = source.inspection_history()
    links = [
        f'<a href="{_link(one.words)}">{escape(_capital(one.words))}</a> '
        f"({len(one.inspections)} inspections or reports)"
        for one in history.suggestions
    ]
    suggested = listed(links) or f'<p class="note">{NO_THEMES}</p>'
    return (
        "<h1>Themes</h1>\n<p>What each inspection or report said of a theme. A statement is marked strength, "
        "area for development or neither by the document’s own headings and wording, and the reason is "
        f"shown with it.</p>\n{_form('')}<h2>Themes that recur</h2>\n{suggested}"
        f"{_matrix(history.matrix, history.finder.inspections)}"
        f"{_came_back(source, history.matrix, history.recurrences)}"
    )


def _form(words: str) -> str:
    return (
        '<form action="/themes"><label for="q">Theme</label><p class="hint" id="any">Any words.</p>'
        f'<input type="text" id="q" name="q" value="{escape(words)}" aria-describedby="any">'
        "<button>Show</button></form>\n"
    )


def _one(source: Historian, theme: Theme) -> str:
    said = "".join(_said(source, number, cell) for number, cell in enumerate(theme.cells, start=1))
    searched = ""
    if theme.searched.casefold() != theme.words.casefold():
        searched = f"<p>Searched: {escape(theme.searched)}.</p>\n"
    nothing = "" if any(cell.findings for cell in theme.cells) else f'<p class="note">{NOTHING}</p>\n'
    return (
        f"<h1>Theme: {escape(theme.words)}</h1>\n{searched}{nothing}{_verdict(theme)}"
        f'<p class="way"><a href="{escape("/timeline?" + urlencode({"theme": theme.words}))}">'
        'The same theme on the timeline</a></p><p class="way"><a href="/themes">All themes</a></p>\n'
        f"{said}<h2>Another theme</h2>\n{_form('')}"
    )


def _verdict(theme: Theme) -> str:
    if not theme.came_back:
        return ""
    return (
        f"<p>An area for development in {len(theme.weak_in)} inspections or reports: "
        f"{escape('; '.join(_short(one) for one in theme.weak_in))}.</p>\n"
    )


def _said(source: Historian, number: int, cell: Cell) -> str:
    found = "".join(_finding(source, one) for one in cell.findings)
    shown = f'<ul class="findings">{found}</ul>' if found else f'<p class="blank soft">{SILENT}</p>'
    return f'<h2 id="inspection-{number}">{escape(_short(cell.inspection))}</h2>\n{shown}\n'


def _finding(source: Historian, finding: Finding) -> str:
    said = quoted(finding.citation, source, dict(source.details()))
    return (
        f"<li><p>{mark_badge(finding.mark)}</p>{said}"
        f'<p class="soft">Marked so because {_reason(finding)}.</p></li>'
    )


def _reason(finding: Finding) -> str:
    """The reason as the end of a sentence."""
    reason = finding.reason
    for opening in ("its grade: ", "its wording: "):
        if reason.startswith(opening):
            verb = "of its grade" if "grade" in opening else "of its wording"
            return escape(f"{verb}: {reason.removeprefix(opening)}")
    return escape(reason)


def _matrix(themes: Sequence[Theme], inspections: Sequence[Inspection]) -> str:
    if not themes:
        return ""
    head = "".join(f'<th role="columnheader" scope="col">{escape(_short(one))}</th>' for one in inspections)
    rows = "".join(
        f'<tr role="row"><th role="rowheader" scope="row"><a href="{_link(theme.words)}">'
        f"{escape(_capital(theme.words))}</a></th>{''.join(_cells(theme))}</tr>"
        for theme in themes
    )
    table = (
        '<table class="grid" role="table"><caption class="vh">Themes by inspections and reports</caption>'
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Theme</th>'
        f'{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )
    return (
        "<h2>Themes by inspections</h2>\n<p>A number says how many statements are so marked, five at most of "
        f"one inspection.</p>\n{scrolling('Themes by inspections', table)}"
    )


def _cells(theme: Theme) -> Iterator[str]:
    for number, cell in enumerate(theme.cells, start=1):
        where = f'<span class="narrow">{escape(_short(cell.inspection))}</span>'
        if not cell.findings:
            yield f'<td role="cell" class="blank">{where} <span class="soft">{SILENT}</span></td>'
            continue
        marks = "".join(f"<p>{mark_badge(one, _count(cell, one))}</p>" for one in cell.marks)
        link = f"{_link(theme.words)}#inspection-{number}"
        name = f"Read {counted(len(cell.findings), 'statement')}"
        what = f'<span class="vh"> on {escape(theme.words)}, {escape(_short(cell.inspection))}</span>'
        yield f'<td role="cell">{where}{marks}<p class="way"><a href="{link}">{name}{what}</a></p></td>'


def _count(cell: Cell, mark: Mark) -> int:
    return sum(finding.mark is mark for finding in cell.findings)


def _came_back(source: Historian, themes: Sequence[Theme], found: Sequence[Recurrence]) -> str:
    back = [theme for theme in themes if theme.came_back]
    by_themes = listed(
        [
            f'<a href="{_link(theme.words)}">{escape(_capital(theme.words))}</a>: an area for development in '
            f"{escape('; '.join(_short(one) for one in theme.weak_in))}"
            for theme in back
        ],
        "facts",
    )
    themes_said = by_themes or f"<p>{SILENT}</p>\n"
    return (
        f"<h2>Which weaknesses came back</h2>\n{_listed_by_documents(source, found)}"
        f"<h3>By the suggested themes</h3>\n{themes_said}"
    )


def _listed_by_documents(source: Historian, found: Sequence[Recurrence]) -> str:
    if not found:
        return ""
    known = dict(source.details())
    rows = "".join(
        f'<tr role="row"><th role="rowheader" scope="row">{escape(one.area)}</th>'
        f'<td role="cell"><span class="narrow">Found in </span>'
        f"{escape(', '.join(in_words(period) for period in one.periods))}</td>"
        f'<td role="cell">{quoted(one.citation, source, known)}</td></tr>'
        for one in found
    )
    head = "".join(
        f'<th role="columnheader" scope="col">{name}</th>'
        for name in ("Weakness", "Found in", "In the document")
    )
    return (
        "<h3>As the documents list them</h3>\n"
        '<table class="pair" role="table"><caption class="vh">Weaknesses with the years in which they were '
        f'found</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>\n'
    )


def _short(inspection: Inspection) -> str:
    """The title with its date, once."""
    when = in_words(inspection.period) if inspection.period else ""
    title = folded(inspection.title)
    return title if not when or when in title else f"{title} ({when})"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _link(words: str) -> str:
    return escape(f"/themes?{urlencode({'q': words})}")
