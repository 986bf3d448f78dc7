"""The judgements in the documents: area, grade, date and framework, each with its quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Document, Role, Sentence
from corpus.period import Period
from index.words import analyse
from qa.answer import Citation
from qa.compose import cite
from qa.grades_frameworks import Framework, frameworks_named_in
from qa.grades_rows import find_row_grades
from qa.grades_subject import subject_of
from qa.grades_wording import Graded, find_grades
from qa.question import FUNCTION_TERMS
from qa.timeline_dates import Precision, precision_of
from qa.timeline_statements import DatedBy, Statement, document_time, statements

_NEAR = 14  # days between an inspection and the text that names its framework
_ONE_INSPECTION = 100  # days
_SENTENCES_BACK = 6  # in which stands what "it" stands for
_CLAUSES = re.compile(
    r"[;,]\s|\s(?:while|whilst|but|although|whereas)\s|\sand (?=(?:must|will|should|shall)\b)"
)
_SELF_ASSESSED = re.compile(r"\bself-assess|\bown (?:assessment|judgement|rating)\b", re.IGNORECASE)
_OWN_DATES = frozenset({DatedBy.SECTION, DatedBy.INSPECTION, DatedBy.PUBLICATION})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade that an area got; `citation` quotes the sentence that gives it.

    `area` is as the documents write it, empty where they do not say. `qualifier` is what makes the
    grade a limit ("never moved above"). `framework` is None where no text names one, else
    `framework_named` quotes the text that does.
    """

    area: str
    grade: str  # in small letters
    period: Period
    dated_by: DatedBy
    citation: Citation
    qualifier: str | None = None
    framework: Framework | None = None
    framework_named: Citation | None = None

    @property
    def precision(self) -> Precision:
        """How closely its date is known."""
        return precision_of(self.period)


@dataclass(frozen=True, slots=True)
class Row:
    """One area in one framework: its judgements in the order of their dates."""

    area: str
    framework: Framework | None
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class GradeTable:
    """Areas by dates. `periods` are the columns; a cell may hold none, one or more judgements."""

    rows: tuple[Row, ...]
    periods: tuple[Period, ...]

    def cell(self, row: Row, period: Period) -> tuple[Judgement, ...]:
        """The judgements of one row with exactly this date."""
        return tuple(one for one in row.judgements if one.period == period)


@dataclass(frozen=True, slots=True)
class _Naming:
    """A sentence that names a framework, and the times at which that was so."""

    framework: Framework
    periods: tuple[Period, ...]
    citation: Citation


def judgements(documents: Iterable[Document]) -> tuple[Judgement, ...]:
    """Every judgement that the documents give, in the order of dates, documents and places."""
    return judgements_in([statements(document) for document in documents])


def judgements_in(told: Sequence[Sequence[Statement]]) -> tuple[Judgement, ...]:
    """The same for documents that were read already: each given as its statements."""
    namings = [naming for document in told for naming in _namings(document)]
    found = [one for document in told for one in _in_document(document)]
    placed = [_with_framework(one, namings) for one in found]
    return tuple(sorted(placed, key=_by_date))


def grade_table(found: Sequence[Judgement]) -> GradeTable:
    """Judgements as a table; areas that differ only in the place's name share a row, frameworks never."""
    rows: list[list[Judgement]] = []
    for one in found:
        row = next((row for row in rows if _same_row(row[0], one)), None)
        if row is None:
            rows.append([one])
        else:
            row.append(one)
    periods = sorted({one.period for one in found}, key=lambda period: (period.first, period.last))
    named = (Row(min((one.area for one in row), key=len), row[0].framework, tuple(row)) for row in rows)
    return GradeTable(tuple(named), tuple(periods))


def _in_document(told: Sequence[Statement]) -> Iterator[Judgement]:
    time = document_time(told)
    before: list[tuple[Statement, str]] = []  # the statements read, with what each speaks of
    for statement in told:
        subject = subject_of(statement.words, len(statement.words))
        for graded, own in _grades(statement):
            area = _stands_for(statement, before) if graded.area == "" else graded.area or ""
            subject = area or subject
            times = ((own, DatedBy.LEAD),) if own else _times(statement, graded, time)
            for period, dated_by in times:
                yield Judgement(area, graded.grade, period, dated_by, _citation(statement), graded.qualifier)
        before.append((statement, subject))


def _grades(statement: Statement) -> list[tuple[Graded, Period | None]]:
    """The grades of a statement, each with the time that the heading of its column names."""
    sentence = statement.sentence
    if sentence.role is not Role.ROW or sentence.lead is None:
        return [(graded, None) for graded in find_grades(statement.words)]
    columns = statement.document.text[slice(*sentence.lead)]
    return [(row.graded, row.period) for row in find_row_grades(columns, statement.words)]


def _stands_for(statement: Statement, before: Sequence[tuple[Statement, str]]) -> str:
    """What a pronoun stands for: what the sentences before it speak of, in the same section."""
    for earlier, subject in reversed(before[-_SENTENCES_BACK:]):
        if earlier.section == statement.section and subject:
            return subject
    return ""


def _times(
    statement: Statement, graded: Graded, document: tuple[Period, DatedBy] | None
) -> tuple[tuple[Period, DatedBy], ...]:
    """The times of one grade: those of its clause, of its sentence, of its section, of its document."""
    if statement.dates:
        clause = _clause(statement.words, graded)
        if statement.sentence.role is Role.ROW:
            return statement.times
        inside = {dated.period for dated in statement.dates if clause[0] <= dated.start < clause[1]}
        return tuple(time for time in statement.times if not inside or time[0] in inside)
    return statement.around or ((document,) if document else ())


def _clause(words: str, graded: Graded) -> tuple[int, int]:
    breaks = list(_CLAUSES.finditer(words))
    start = max((match.end() for match in breaks if match.end() <= graded.start), default=0)
    end = min((match.start() for match in breaks if match.start() >= graded.end), default=len(words))
    return start, end


def _namings(told: Sequence[Statement]) -> Iterator[_Naming]:
    for statement in told:
        for framework in frameworks_named_in(statement.words):
            published = statement.document.details.published
            periods = [dated.period for dated in statement.dates if _is_one_inspection(dated.period)]
            periods += [Period(published, published)] if published else []
            yield _Naming(framework, tuple(periods), _citation(statement))


def _with_framework(judgement: Judgement, namings: Sequence[_Naming]) -> Judgement:
    """The judgement with the framework that the texts name for it, if they do.

    That is one named in its sentence; or, for what a document judges itself, one that the document
    names, or that another names within days of the same inspection.
    """
    fitting = [
        naming
        for naming in namings
        if judgement.grade in naming.framework.grades and _concerns(judgement, naming)
    ]
    if len({naming.framework.name for naming in fitting}) != 1:
        return judgement
    return replace(judgement, framework=fitting[0].framework, framework_named=fitting[0].citation)


def _concerns(judgement: Judgement, naming: _Naming) -> bool:
    here, there = judgement.citation, naming.citation
    if (here.document_id, here.start) == (there.document_id, there.start):
        return True
    if judgement.dated_by not in _OWN_DATES or _SELF_ASSESSED.search(here.quote):
        return False
    if here.document_id == there.document_id:
        return True
    return _is_one_inspection(judgement.period) and any(
        _days_between(judgement.period, period) <= _NEAR for period in naming.periods
    )


def _is_one_inspection(period: Period) -> bool:
    return (
        precision_of(period) in (Precision.DAY, Precision.RANGE)
        and (period.last - period.first).days <= _ONE_INSPECTION
    )


def _days_between(one: Period, other: Period) -> int:
    """0 where the two overlap."""
    return max(0, (other.first - one.last).days, (one.first - other.last).days)


def _same_row(one: Judgement, other: Judgement) -> bool:
    return one.framework == other.framework and same_area(one.area, other.area)


def same_area(one: str, other: str) -> bool:
    """Whether two names of areas mean the same: equal words, or two or more words within the other's."""
    first, second = (frozenset(analyse(area)) - FUNCTION_TERMS for area in (one, other))
    return first == second or (min(len(first), len(second)) > 1 and (first <= second or second <= first))


def _citation(statement: Statement) -> Citation:
    quotation = (statement.document, Sentence(statement.start, statement.end))
    return cite([quotation], by_date=False)[0]


def _by_date(judgement: Judgement) -> tuple[object, ...]:
    place = (judgement.citation.document_id, judgement.citation.start, judgement.area)
    return (judgement.period.first, judgement.period.last, *place)
