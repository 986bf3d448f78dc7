"""Documents that speak of the same thing and do not agree: another day, another way of leaving.

Two statements are set side by side where both date the same kind of thing by days that are close and not
the same, or where both tell of the same person's departure and call it by different names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.period import Period
from qa.answer import Citation
from qa.evidence import Evidence
from qa.timeline_dates import Precision, find_dates, precision_of
from qa.timeline_event import EventKind
from qa.timeline_kinds import kind_of_event

_CLOSE = 7  # days; further apart they are two things
_NEAR_BEST = 0.6  # of the best sentence's score: what is further off is about something else
_DATED = frozenset({EventKind.INSPECTION, EventKind.REPORT, EventKind.APPOINTMENT, EventKind.DEPARTURE})
_MANNERS = ("resign", "retire", "dismiss|sacked", "mutual agreement", "suspend", "redundan", "contract")
_NAME = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence tells: the kinds of things, the days on which they begin or end, and the names."""

    kinds: frozenset[EventKind]
    days: frozenset[tuple[EventKind, date]]
    names: frozenset[str]
    manners: frozenset[str]  # of leaving


def disagreeing(shown: Sequence[Evidence], ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best sentence that is shown, and those of other documents that do not agree with it; or none."""
    if not shown:
        return ()
    best = shown[0]
    told = _told(best.words, best.document.details.published)
    others: dict[str, Evidence] = {}
    for evidence in ranked:
        if evidence.score < _NEAR_BEST * best.score:
            break
        is_elsewhere = evidence.document.id not in (best.document.id, *others)
        if is_elsewhere and _differs(told, _told(evidence.words, evidence.document.details.published)):
            others[evidence.document.id] = evidence
    return (best, *others.values()) if others else ()


def numbers_of(evidence: Sequence[Evidence], citations: Sequence[Citation]) -> tuple[int, ...]:
    """The numbers of the citations that quote the evidence; none where fewer than two do."""
    places = {(one.document.id, one.sentence.start) for one in evidence}
    numbers = tuple(one.number for one in citations if (one.document_id, one.start) in places)
    return numbers if len(numbers) > 1 else ()


def _differs(one: _Told, other: _Told) -> bool:
    if EventKind.DEPARTURE in one.kinds & other.kinds and one.names & other.names:
        return bool(one.manners and other.manners and not one.manners & other.manners)
    if one.days & other.days:
        return False
    return any(
        kind is same and kind in _DATED and abs((day - that).days) <= _CLOSE
        for kind, day in one.days
        for same, that in other.days
    )


@lru_cache(maxsize=8_192)
def _told(words: str, published: date | None) -> _Told:
    kinds, days = set(), set()
    for dated in find_dates(words, Period(published, published) if published else None):
        kind = kind_of_event(words, dated.start)
        kinds.add(kind)
        if precision_of(dated.period) in (Precision.DAY, Precision.RANGE):
            days |= {(kind, dated.period.first), (kind, dated.period.last)}
    return _Told(
        kinds=frozenset(kinds or {kind_of_event(words, 0)}),
        days=frozenset(days),
        names=frozenset(_NAME.findall(words)),
        manners=frozenset(one for one in _MANNERS if re.search(one, words, re.IGNORECASE)),
    )
