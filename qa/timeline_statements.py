"""The sentences of a document as statements with the times that they tell of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Document, Role, Section, Sentence
from corpus.period import Period, month_period
from qa.timeline_dates import Dated, Precision, Reading, find_dates

_NO_STATEMENT = frozenset(
    {Role.LETTERHEAD, Role.ADDRESSEE, Role.SALUTATION, Role.COPIES, Role.ADVERTISEMENT, Role.COLUMNS}
)
_DATED_FURNITURE = frozenset({Role.DATE, Role.SIGNATURE})  # that tell their own date and nothing else
_DATED_BY_SECTION = frozenset({Role.PROSE, Role.ITEM, Role.ROW})
_LONGEST_VISIT = 366  # days: the heading "Plan 2015-2021" does not date what stands under it
_LONGEST_INSPECTION = 100
_INSPECTION = re.compile(r"\b(?:inspect|visit|review)\w*\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{2,}")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


class DatedBy(StrEnum):
    """Where the date of a statement comes from."""

    STATEMENT = "statement"  # its own words
    DOCUMENT = "document"  # its own words, counted from the date of its document or section
    LEAD = "lead"  # the sentence that introduces its list, or the column headings
    SECTION = "section"  # the heading of its section
    INSPECTION = "inspection"  # the one inspection that its document reports
    PUBLICATION = "publication"  # the month in which its document was published


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a document that says something: `document.text[start:end] == words`.

    `dates` are the times that its own words name; `around` is the time of its list or section.
    """

    document: Document
    sentence: Sentence
    section: Section
    start: int
    end: int
    dates: tuple[Dated, ...]
    around: tuple[tuple[Period, DatedBy], ...]

    @property
    def words(self) -> str:
        """The statement as it stands in its document."""
        return self.document.text[self.start : self.end]

    @property
    def times(self) -> tuple[tuple[Period, DatedBy], ...]:
        """The times that it tells of: its own, else those of its list, else that of its section."""
        own = tuple((dated.period, _dated_by(dated)) for dated in self.dates)
        return own or self.around


def statements(document: Document) -> tuple[Statement, ...]:
    """What a document says, sentence by sentence, with the times; letterheads and the like left out."""
    return tuple(_statements(document))


def document_time(told: Sequence[Statement]) -> tuple[Period, DatedBy] | None:
    """The time of what a document, given as its statements, judges without naming a time.

    The one inspection that it reports, where it reports one; else the month of its publication:
    nobody judges on the day that the document comes out. None where neither is known.
    """
    inspected = _inspections(told)
    if len(inspected) == 1:
        return inspected[0], DatedBy.INSPECTION
    published = told[0].document.details.published if told else None
    if published is None:
        return None
    return month_period(published.year, published.month), DatedBy.PUBLICATION


def _statements(document: Document) -> Iterator[Statement]:
    starts = [section.start for section in document.sections]
    section, earlier, before = None, None, None
    for sentence in document.sentences:
        here = document.sections[max(0, bisect_right(starts, sentence.start) - 1)]
        if here is not section:
            section, earlier = here, None
        if sentence.role in _NO_STATEMENT:
            continue
        statement = _statement(document, sentence, here, earlier, before)
        earlier = statement.dates[-1].period if statement.dates else earlier
        before = sentence
        yield statement


def dates_its_text(section: Section) -> bool:
    """Whether the heading of a section dates what stands under it: one visit, and no plan for years."""
    return section.when is not None and _days(section.when) <= _LONGEST_VISIT


def _inspections(told: Sequence[Statement]) -> list[Period]:
    """The stretches of days on which inspectors were there, as the document's sentences tell them."""
    periods: dict[Period, None] = {}
    for statement in told:
        if not _INSPECTION.search(statement.words):
            continue
        for dated in statement.dates:
            if _are_days_of_a_visit(dated):
                periods[dated.period] = None
    return list(periods)


def _are_days_of_a_visit(dated: Dated) -> bool:
    """Whether a time is a stretch of named days; "spring 2020" is a stretch of months."""
    first, last = dated.period.first, dated.period.last
    whole_months = first.day == 1 and last == month_period(last.year, last.month).last
    return (
        dated.precision is Precision.RANGE and not whole_months and _days(dated.period) <= _LONGEST_INSPECTION
    )


def _statement(
    document: Document, sentence: Sentence, section: Section, earlier: Period | None, before: Sentence | None
) -> Statement:
    start, end = _span(document, sentence)
    anchor = _anchor(document, section)
    words = document.text[start:end]
    dates = find_dates(words, anchor, earlier)
    if sentence.role in _DATED_FURNITURE:
        dates = tuple(
            one for one in dates if one.reading is Reading.NAMED and one.precision is not Precision.YEAR
        )
    if dates and before and before.role is Role.HEADING and _is_bare(words, dates):
        moved = start - before.start
        dates = tuple(Dated(one.start + moved, one.end + moved, one.period, one.reading) for one in dates)
        start = before.start  # "February 2015" says nothing without the heading above it
    around = () if dates else _around(document, sentence, section, anchor)
    return Statement(document, sentence, section, start, end, dates, around)


def _span(document: Document, sentence: Sentence) -> tuple[int, int]:
    """The sentence; of a letter's date line only the line with the date."""
    if sentence.role is not Role.DATE:
        return sentence.start, sentence.end
    at = sentence.start
    for line in document.text[sentence.start : sentence.end].splitlines(keepends=True):
        if find_dates(line, None):
            return at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line)
    return sentence.start, sentence.end


def _anchor(document: Document, section: Section) -> Period | None:
    """The time that a section was written or speaks of, from which "last month" is counted."""
    if section.when is not None and dates_its_text(section):
        return section.when
    published = document.details.published
    return Period(published, published) if published else None


def _around(
    document: Document, sentence: Sentence, section: Section, anchor: Period | None
) -> tuple[tuple[Period, DatedBy], ...]:
    """The times of the list's lead, else of the section, for a sentence that names none."""
    if sentence.role not in _DATED_BY_SECTION or document.text[sentence.end - 1] == ":":
        return ()
    if sentence.lead is not None:
        lead = find_dates(document.text[slice(*sentence.lead)], anchor)
        if lead:
            return tuple((dated.period, DatedBy.LEAD) for dated in lead)
    if section.when is not None and dates_its_text(section):
        return ((section.when, DatedBy.SECTION),)
    return ()


def _is_bare(words: str, dates: Sequence[Dated]) -> bool:
    """Whether the words are a date and nothing else."""
    rest = words
    for one in reversed(dates):
        rest = rest[: one.start] + rest[one.end :]
    return _WORD.search(_WEEKDAY.sub("", rest)) is None


def _dated_by(dated: Dated) -> DatedBy:
    return DatedBy.STATEMENT if dated.reading is Reading.NAMED else DatedBy.DOCUMENT


def _days(period: Period) -> int:
    return (period.last - period.first).days
