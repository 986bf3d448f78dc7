"""The page of the grades: areas by dates, earlier beside later, and the frameworks apart and explained."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from corpus.period import Period
from qa.grades import GradeTable, Judgement, Row, grade_table
from qa.grades_frameworks import FRAMEWORKS, Framework
from qa.grades_words import comparisons
from qa.timeline_words import in_words
from ui.frame import escape, page
from ui.training_markup import LOOK, SILENT, Historian, grade_badge, legend, listed, quoted, scrolling

UNNAMED = "Framework not named in the documents"
NONE = "The documents give no grade."
OWN_WORDS = "What is said here of a framework is fixed in this software; it is not from the documents."


def routes(source: Historian) -> APIRouter:
    """`GET /grades`."""
    router = APIRouter(include_in_schema=False)

    def show() -> HTMLResponse:
        return page("Grades", _main(source), look=LOOK)

    router.get("/grades")(show)
    return router


def _main(source: Historian) -> str:
    found = source.inspection_history().judgements
    if not found:
        return f'<h1>Grades</h1>\n<p class="note">{NONE}</p>'
    groups = _by_framework(found)
    tables = "".join(_group(source, framework, several) for framework, several in groups)
    return (
        "<h1>Grades</h1>\n<p>Each grade that the documents give, with the sentence that gives it. Grades of "
        "different frameworks stand in tables of their own, since the same word may mean another thing in "
        f"another framework.</p>\n{legend()}{tables}{_side_by_side(source, groups)}"
        f"{_explained(source, found)}"
    )


_Groups = Sequence[tuple[Framework | None, Sequence[Judgement]]]


def _by_framework(found: Sequence[Judgement]) -> _Groups:
    """The judgements of each framework, in the order of the first dates; unnamed ones first."""
    groups: dict[Framework | None, list[Judgement]] = {}
    for one in found:
        groups.setdefault(one.framework, []).append(one)
    return sorted(groups.items(), key=lambda group: (group[0] is not None, group[1][0].period.first))


def _group(source: Historian, framework: Framework | None, found: Sequence[Judgement]) -> str:
    name = _name(framework)
    table = grade_table(found)
    head = "".join(f'<th role="columnheader" scope="col">{_when(period)}</th>' for period in table.periods)
    rows = "".join(_row(source, table, row) for row in table.rows)
    shown = (
        f'<table class="grid" role="table"><caption class="vh">{escape(name)}</caption>'
        '<thead role="rowgroup">'
        f'<tr role="row"><th role="columnheader" scope="col">Area</th>{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
    return f"<h2>{escape(name)}</h2>\n{scrolling(name, shown)}"


def _row(source: Historian, table: GradeTable, row: Row) -> str:
    cells = "".join(_cell(source, period, table.cell(row, period)) for period in table.periods)
    return f'<tr role="row"><th role="rowheader" scope="row">{_area(row)}</th>{cells}</tr>'


def _cell(source: Historian, period: Period, found: Sequence[Judgement]) -> str:
    when = f'<span class="narrow">{_when(period)}</span>'
    if not found:
        return f'<td role="cell" class="blank">{when} <span class="soft">{SILENT}</span></td>'
    return f'<td role="cell">{when}{"".join(_graded(source, one) for one in found)}</td>'


def _graded(source: Historian, judgement: Judgement) -> str:
    known = dict(source.details())
    return f"<p>{grade_badge(judgement)}</p>{quoted(judgement.citation, source, known, brief=True)}"


def _side_by_side(source: Historian, groups: _Groups) -> str:
    rows = "".join(
        _change(source, framework, row)
        for framework, several in groups
        for row in grade_table(several).rows
        if row.judgements[0].period != row.judgements[-1].period
    )
    if not rows:
        return ""
    head = "".join(
        f'<th role="columnheader" scope="col">{name}</th>'
        for name in ("Area", "Earliest grade", "Latest grade")
    )
    return (
        "<h2>Earlier and later side by side</h2>\n<p>Only areas that were graded more than once, and never "
        'across frameworks.</p>\n<table class="pair" role="table"><caption class="vh">Earliest and latest '
        f'grade of each area</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>\n'
    )


def _change(source: Historian, framework: Framework | None, row: Row) -> str:
    sides = "".join(
        f'<td role="cell"><p><span class="narrow">{label}: </span><strong>{_when(one.period)}</strong></p>'
        f"{_graded(source, one)}</td>"
        for label, one in (("Earliest", row.judgements[0]), ("Latest", row.judgements[-1]))
    )
    under = f'<p class="soft">{escape(_name(framework))}</p>'
    return f'<tr role="row"><th role="rowheader" scope="row">{_area(row)}{under}</th>{sides}</tr>'


def _explained(source: Historian, found: Sequence[Judgement]) -> str:
    named = {one.framework: one for one in found if one.framework}
    known = dict(source.details())
    parts = []
    for framework in FRAMEWORKS:
        if framework in named:
            citation = named[framework].framework_named
            where = f"<p>The documents name it:</p>{quoted(citation, source, known)}" if citation else ""
            parts.append(f"<h3>{_capital(framework.name)}</h3>\n{_about(framework)}{where}")
    unnamed = [one for one in FRAMEWORKS if one not in named and _in_use(one, found)]
    others = listed(
        [f"<strong>{_capital(one.name)}</strong>: {_about_line(one)}" for one in unnamed], "facts"
    )
    more = (
        f"<h3>Others in use at the dates of grades whose framework is not named</h3>\n{others}"
        if others
        else ""
    )
    said = "".join(
        f'<div class="also">{quoted(one, source, known)}</div>'
        for one in comparisons(source.inspection_history().finder.documents)
    )
    words = f"<h3>What the documents say of the words</h3>\n{said}" if said else ""
    return f'<h2>The frameworks</h2>\n{words}<p class="soft">{OWN_WORDS}</p>\n{"".join(parts)}{more}'


def _in_use(framework: Framework, found: Sequence[Judgement]) -> bool:
    """Whether a framework had the word of a grade without a named one, in its years."""
    return any(
        one.framework is None
        and one.grade in framework.grades
        and framework.first_year <= one.period.first.year <= (framework.last_year or 9999)
        for one in found
    )


def _about(framework: Framework) -> str:
    return f"<p>{_about_line(framework)}</p>"


def _about_line(framework: Framework) -> str:
    until = f"to {framework.last_year}" if framework.last_year else "to today"
    grades = ", ".join(framework.grades)
    return escape(
        f"By {framework.by}, {framework.first_year} {until}. {framework.explained} Its words: {grades}."
    )


def _area(row: Row) -> str:
    return escape(row.area) or '<span class="soft">Area not named in the sentence</span>'


def _name(framework: Framework | None) -> str:
    return f"{framework.name[0].upper()}{framework.name[1:]}" if framework else UNNAMED


def _capital(words: str) -> str:
    return escape(f"{words[0].upper()}{words[1:]}")


def _when(period: Period) -> str:
    return escape(in_words(period))
