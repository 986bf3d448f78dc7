"""The facts of a timeline: events with their dates, kinds, grades and citations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.period import Period
from qa.answer import Citation
from qa.grades import Judgement
from qa.timeline_dates import Precision, precision_of
from qa.timeline_statements import DatedBy


class EventKind(StrEnum):
    """What happened, by the wording of the statement."""

    INSPECTION = "inspection"
    REPORT = "report"
    JUDGEMENT = "judgement"
    APPOINTMENT = "appointment"
    DEPARTURE = "departure"
    PLAN = "plan"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the documents date.

    `citations` has at least one entry: the statements that date the same thing, those of the earlier
    document first. `disputed_by` are statements that say nearly the same with another date. `who` are
    the people, offices and organisations that the statements name, as written.
    """

    period: Period
    kind: EventKind
    dated_by: DatedBy
    citations: tuple[Citation, ...]
    judgements: tuple[Judgement, ...] = ()
    disputed_by: tuple[Citation, ...] = ()
    who: tuple[str, ...] = ()

    @property
    def precision(self) -> Precision:
        """How closely the date is known."""
        return precision_of(self.period)

    @property
    def text(self) -> str:
        """The statement, word for word."""
        return self.citations[0].quote
