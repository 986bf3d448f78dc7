"""What a person narrowed the search to: read from the page's fields, and said in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Details
from corpus.period import Period, find_periods
from qa.errors import QuestionError
from qa.scope import Scope, documents_in
from ui.markup import counted, long_date

NO_PERIOD = (
    "'{found}' is not a date: write a year (2014), a month (August 2015) or a day (30 September 2014)."
)


class ImpossibleNarrowing(QuestionError):
    """Nothing can be searched that way; the text says what to change."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The fields as they are on the page; what is empty asks nothing."""

    documents: Sequence[str] = ()  # ids
    kinds: Sequence[str] = ()
    publishers: Sequence[str] = ()
    first: str = ""  # a date in words
    last: str = ""


NOT_NARROWED = Narrowing()


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from: the values that the documents have."""

    documents: tuple[tuple[str, str], ...]  # title, id
    kinds: tuple[str, ...]
    publishers: tuple[str, ...]


def choices(details: Iterable[tuple[str, Details]]) -> Choices:
    """The choices that these documents offer."""
    known = tuple(details)
    return Choices(
        documents=tuple((one.title or document_id, document_id) for document_id, one in known),
        kinds=tuple(sorted({one.kind for _, one in known if one.kind})),
        publishers=tuple(sorted({one.publisher for _, one in known if one.publisher})),
    )


def scope_of(narrowing: Narrowing, details: Iterable[tuple[str, Details]]) -> Scope:
    """The scope that the fields name.

    Raises ImpossibleNarrowing where a date cannot be read or no document is left, and UnknownScope.
    """
    known = tuple(details)
    scope = Scope(
        documents=frozenset(narrowing.documents),
        kinds=frozenset(narrowing.kinds),
        publishers=frozenset(narrowing.publishers),
        period=period_between(narrowing.first.strip(), narrowing.last.strip()),
    )
    if not documents_in(scope, known):
        words = narrowed_to(scope, known)
        raise ImpossibleNarrowing(f"No document fits this narrowing ({words}): take a part of it away.")
    return scope


def narrowed_to(scope: Scope, details: Iterable[tuple[str, Details]]) -> str:
    """The scope in words: "Ofsted; letter; published from 2014"; empty where nothing is narrowed."""
    titles = {document_id: one.title or document_id for document_id, one in details}
    named = [titles.get(document_id, document_id) for document_id in sorted(scope.documents)]
    parts = [named, sorted(scope.publishers), sorted(scope.kinds)]
    said = [" or ".join(filter(None, [", ".join(part[:-1]), *part[-1:]])) for part in parts if part]
    if scope.period:
        said.append(_published(scope.period))
    return "; ".join(said)


def covered(details: Iterable[tuple[str, Details]]) -> str:
    """How many documents there are and from when: "3 documents, published 2014 to 2020"."""
    known = [one for _, one in details]
    years = sorted({one.published.year for one in known if one.published})
    spoken = "" if not years else f", published {years[0]}" + (f" to {years[-1]}" if years[1:] else "")
    return f"{counted(len(known), 'document')}{spoken}"


def period_between(first: str, last: str) -> Period | None:
    """The period between two dates in words, either of which may be empty; None where both are.

    Raises ImpossibleNarrowing for what is no date and for a period that runs backwards.
    """
    if not first and not last:
        return None
    begin = _read(first).first if first else date.min
    end = _read(last).last if last else date.max
    if end < begin:
        raise ImpossibleNarrowing(f"'{first}' is later than '{last}': exchange the two dates.")
    return Period(begin, end)


def _read(written: str) -> Period:
    """The one period that the words are; a day may also be written 30/9/2014."""
    words = written
    day, *rest = written.split("/")
    if len(rest) == 2 and all(part.strip().isdigit() for part in (day, *rest)):
        words = f"{int(rest[1]):04}-{int(rest[0]):02}-{int(day):02}"
    found = find_periods(words)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)):
        raise ImpossibleNarrowing(NO_PERIOD.format(found=written))
    return found[0].period


def _published(period: Period) -> str:
    begins, ends = period.first != date.min, period.last != date.max
    first, last = long_date(period.first) if begins else "", long_date(period.last) if ends else ""
    if begins and ends:
        return f"published {first} to {last}"
    return f"published from {first}" if begins else f"published until {last}"
