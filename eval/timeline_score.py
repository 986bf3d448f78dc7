"""How well the timeline and the grades agree with what a careful reader listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.period import Period
from eval.timeline_list import ListedEvent, ListedGrade
from index.words import analyse
from qa.answer import Citation
from qa.grades import Judgement
from qa.question import FUNCTION_TERMS
from qa.timeline_event import Event

# What is asked of the timeline: of the statements that a careful reader lists so many are found with the
# right date and sentence, and of what is shown so much is right.
WANTED_RECALL, WANTED_PRECISION = 0.85, 0.90
_SAME_PLACE = 0.5  # of the shorter of two quotations
_SAME_AREA = 0.5  # of the words of the shorter of two names


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one event, as the timeline shows it."""

    period: Period
    kind: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; 1 of nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """As a number from 0 to 1."""
        return self.part / self.whole if self.whole else 1.0


@dataclass(frozen=True, slots=True)
class TimelineScore:
    """What was found of the list, and what of the timeline is right. `missed` are required ones only."""

    named: Share  # required statements that name their time, or whose document does
    by_section: Share  # required statements that only a heading dates
    optional: Share
    shown: Share  # of the statements that the timeline shows, those that are on the list
    kinds: Share  # of the right ones, those with the listed kind
    missed: tuple[ListedEvent, ...]
    wrong: tuple[Statement, ...]

    @property
    def passed(self) -> bool:
        """Whether what is wanted is reached, headings or not."""
        return (
            min(self.named.value, self.by_section.value) >= WANTED_RECALL
            and self.shown.value >= WANTED_PRECISION
        )


@dataclass(frozen=True, slots=True)
class GradesScore:
    """What was found of the grades; `invented` are on no list, `frameworks` counts those put down rightly."""

    required: Share
    optional: Share
    frameworks: Share
    missed: tuple[ListedGrade, ...]
    invented: tuple[Judgement, ...]

    @property
    def passed(self) -> bool:
        """Whether every required grade was found and none invented."""
        return not self.missed and not self.invented


def score_timeline(events: Iterable[Event], listed: Sequence[ListedEvent]) -> TimelineScore:
    """Compare a timeline with the list; every citation of an event counts as one statement."""
    shown = [Statement(one.period, one.kind.value, cited) for one in events for cited in one.citations]
    matches = [[one for one in listed if _is_statement(one, statement)] for statement in shown]
    found = {one.id for several in matches for one in several}
    required = [one for one in listed if not one.optional]
    return TimelineScore(
        named=_found([one for one in required if not one.by_section], found),
        by_section=_found([one for one in required if one.by_section], found),
        optional=_found([one for one in listed if one.optional], found),
        shown=Share(sum(map(bool, matches)), len(shown)),
        kinds=Share(
            sum(
                any(one.kind == statement.kind for one in several)
                for statement, several in zip(shown, matches, strict=True)
            ),
            sum(map(bool, matches)),
        ),
        missed=tuple(one for one in required if one.id not in found),
        wrong=tuple(statement for statement, several in zip(shown, matches, strict=True) if not several),
    )


def score_grades(found: Sequence[Judgement], listed: Sequence[ListedGrade]) -> GradesScore:
    """Compare the judgements that were found with the list of grades."""
    matches = [[one for one in listed if _is_grade(one, judgement)] for judgement in found]
    ids = {one.id for several in matches for one in several}
    pairs = [(judgement, several[0]) for judgement, several in zip(found, matches, strict=True) if several]
    return GradesScore(
        required=_found([one for one in listed if not one.optional], ids),
        optional=_found([one for one in listed if one.optional], ids),
        frameworks=Share(sum(_same_framework(*pair) for pair in pairs), len(pairs)),
        missed=tuple(one for one in listed if not one.optional and one.id not in ids),
        invented=tuple(judgement for judgement, several in zip(found, matches, strict=True) if not several),
    )


def _found(wanted: Sequence[ListedEvent] | Sequence[ListedGrade], ids: set[str]) -> Share:
    return Share(sum(one.id in ids for one in wanted), len(wanted))


def _is_statement(listed: ListedEvent, shown: Statement) -> bool:
    """Whether a statement is the listed one: the same place, with a time that is right for it."""
    cited = shown.citation
    common = min(listed.end, cited.end) - max(listed.start, cited.start)
    return (
        listed.document == cited.document_id
        and common >= _SAME_PLACE * min(len(listed.quote), len(cited.quote))
        and shown.period in listed.periods
    )


def _is_grade(listed: ListedGrade, found: Judgement) -> bool:
    """Whether a judgement is the listed one: the same grade, time, place, and a name for the same area."""
    return (
        listed.document == found.citation.document_id
        and any(found.citation.quote in quote or quote in found.citation.quote for quote in listed.quotes)
        and listed.grade.casefold() == found.grade.casefold()
        and found.period in listed.periods
        and _same_area(listed.area, found.area)
    )


def _same_area(one: str, other: str) -> bool:
    first, second = (frozenset(analyse(name)) - FUNCTION_TERMS for name in (one, other))
    return len(first & second) >= _SAME_AREA * max(1, min(len(first), len(second)))


def _same_framework(found: Judgement, listed: ListedGrade) -> bool:
    """Whether the framework is the listed one; a scheme without a scale of grades is none of ours."""
    if found.framework is None:
        return listed.framework == "unknown" or "no grades" in listed.framework
    name = found.framework.name.casefold()
    return listed.framework.split(",")[0].casefold() in name
