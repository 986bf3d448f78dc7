"""Statements that date the same thing made one event; those that give it another date marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.document import Role
from corpus.period import Period
from index.words import analyse
from qa.answer import Citation
from qa.grades import Judgement, same_area
from qa.grades_subject import subject_of
from qa.question import FUNCTION_TERMS
from qa.timeline_event import Event, EventKind
from qa.timeline_statements import DatedBy, Statement
from qa.timeline_who import distinct

# Tried on the bundled documents, where all pairs of statements with the same date were read. Words in
# common, as a share of the words of the shorter statement and of both; dates do not count.
_SAME_OF_SHORTER, _SAME_OF_BOTH = 0.55, 0.25
_NEARLY_EQUAL = 0.8  # of both: what a heading dates is only the same where it is said in the same words
_SAME_SUBJECT, _SAME_SAID = 0.6, 0.5  # of the shorter subject; of both statements about it
_FEWEST_WORDS = 2  # of the subject
_SAME_THING = 300  # days apart at most: what is said of the next year is said of another thing
_HAPPENS_ONCE = frozenset(
    {EventKind.REPORT, EventKind.APPOINTMENT, EventKind.DEPARTURE, EventKind.INSPECTION, EventKind.EVENT}
)
_SAYS_DATES_ONLY = frozenset({Role.HEADING, Role.DATE, Role.SIGNATURE, Role.ROW})
_OWN_WORDS = frozenset({DatedBy.STATEMENT, DatedBy.DOCUMENT})
_POINTING = frozenset({"this", "these", "our", "my", "it", "they", "he", "she", "we"})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One statement of one event."""

    event: Event
    statement: Statement
    terms: frozenset[str]  # of the statement, without its dates
    subject: frozenset[str]  # what the clause with the date speaks of
    told: frozenset[str]  # what it says of that

    @property
    def period(self) -> Period:
        """The time that the statement gives."""
        return self.event.period


def occurrence(event: Event, statement: Statement) -> Occurrence:
    """An event with the statement that tells of it."""
    words, dates = statement.words, statement.dates
    own = next((place for place, dated in enumerate(dates) if dated.period == event.period), None)
    if own is None:
        return Occurrence(event, statement, _terms(words), frozenset(), frozenset())
    bounds = [0, *(bound for dated in dates for bound in (dated.start, dated.end)), len(words)]
    between = [words[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    subject = _terms(subject_of(words, dates[own].start) or subject_of(words, len(words)))
    told = _terms(between[own]) - subject or _terms(between[own + 1]) - subject
    return Occurrence(event, statement, _terms(" ".join(between)), subject, told)


def _terms(words: str) -> frozenset[str]:
    return frozenset(analyse(words)) - FUNCTION_TERMS


def merged(found: Sequence[Occurrence]) -> list[Event]:
    """The events, each thing once, in the order in which they were found first."""
    groups: list[list[Occurrence]] = []
    of_period: dict[Period, list[list[Occurrence]]] = {}
    for one in found:
        near = of_period.setdefault(one.period, [])
        group = next((group for group in near if any(_same(one, other) for other in group)), None)
        if group is None:
            near.append([one])
            groups.append(near[-1])
        else:
            group.append(one)
    disputes = _Disputes(found)
    return [_one_event(group, disputes) for group in groups]


def _one_event(group: Sequence[Occurrence], disputes: _Disputes) -> Event:
    first = group[0].event
    kind = next((one.event.kind for one in group if one.event.kind is not EventKind.EVENT), first.kind)
    citations = (citation for one in group for citation in one.event.citations)
    graded = (judgement for one in group for judgement in one.event.judgements)
    return replace(
        first,
        kind=kind,
        citations=_numbered(citations),
        judgements=_each_once(graded),
        disputed_by=_numbered(disputes.of(group)),
        who=distinct(name for one in group for name in one.event.who),
    )


def _same(one: Occurrence, other: Occurrence) -> bool:
    """Whether two statements with the same date tell of the same thing."""
    if one.statement is other.statement or Role.ROW in (_role(one), _role(other)):
        return False
    if not _compatible(one.event, other.event):
        return False
    of_shorter, of_both = _shared(one.terms, other.terms)
    if DatedBy.SECTION in (one.event.dated_by, other.event.dated_by):
        return of_both >= _NEARLY_EQUAL
    return of_shorter >= _SAME_OF_SHORTER and of_both >= _SAME_OF_BOTH


def _compatible(one: Event, other: Event) -> bool:
    """Whether the kinds and the grades of two events allow them to be the same."""
    if one.kind is not other.kind and EventKind.EVENT not in (one.kind, other.kind):
        return False
    return _graded_alike(one.judgements, other.judgements)


def _graded_alike(some: Sequence[Judgement], others: Sequence[Judgement]) -> bool:
    if len(some) != len(others):
        return False
    return all(a.grade == b.grade and same_area(a.area, b.area) for a, b in zip(some, others, strict=True))


def _shared(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """The words in common: as a share of the shorter, and of both together."""
    if min(len(one), len(other)) == 0:
        return 0.0, 0.0
    common = len(one & other)
    return common / min(len(one), len(other)), common / len(one | other)


class _Disputes:
    """Which statements say nearly the same with another date."""

    def __init__(self, found: Iterable[Occurrence]) -> None:
        self._of_term: dict[str, list[Occurrence]] = {}
        for one in found:
            if _may_be_disputed(one):
                for term in sorted(one.subject):
                    self._of_term.setdefault(term, []).append(one)

    def of(self, group: Sequence[Occurrence]) -> list[Citation]:
        """The statements that contradict any statement of a group, in the order they were found."""
        against: dict[int, Citation] = {}
        for one in group:
            for other in self._near(one):
                if _contradicts(one, other):
                    against[id(other.event)] = other.event.citations[0]
        return list(against.values())

    def _near(self, one: Occurrence) -> list[Occurrence]:
        """What shares a word of the subject."""
        if not _may_be_disputed(one):
            return []
        near: dict[int, Occurrence] = {}
        for term in sorted(one.subject):
            for other in self._of_term.get(term, ()):
                near.setdefault(id(other), other)
        return list(near.values())


def _may_be_disputed(one: Occurrence) -> bool:
    words = one.statement.words.split(maxsplit=1)
    return (
        one.event.kind in _HAPPENS_ONCE
        and one.event.dated_by in _OWN_WORDS
        and _role(one) not in _SAYS_DATES_ONLY
        and len(one.subject) >= _FEWEST_WORDS
        and words[0].casefold() not in _POINTING
    )


def _contradicts(one: Occurrence, other: Occurrence) -> bool:
    """Whether two statements say the same of the same, and date it differently."""
    if one.statement is other.statement or one.period.overlaps(other.period):
        return False
    apart = max((other.period.first - one.period.last).days, (one.period.first - other.period.last).days)
    if apart > _SAME_THING or len(one.subject & other.subject) < _FEWEST_WORDS:
        return False
    same_subject = _shared(one.subject, other.subject)[0] >= _SAME_SUBJECT
    return same_subject and _shared(one.told, other.told)[1] >= _SAME_SAID


def _role(one: Occurrence) -> Role:
    return one.statement.sentence.role


def _numbered(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(citation, number=number) for number, citation in enumerate(citations, start=1))


def _each_once(found: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Judgements without those that give the same area the same grade again."""
    once: list[Judgement] = []
    for one in found:
        if not any(one.grade == other.grade and same_area(one.area, other.area) for other in once):
            once.append(one)
    return tuple(once)
