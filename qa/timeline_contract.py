"""The timeline as the JSON object that other programs rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa.answer import Citation
from qa.timeline_dates import Precision
from qa.timeline_event import Event


def timeline_to_json(events: Sequence[Event]) -> dict[str, Any]:
    """The object for a timeline; its events stand in the order given."""
    return {"events": [_event(event) for event in events]}


def _event(event: Event) -> dict[str, Any]:
    first = event.citations[0]
    is_range = event.precision is Precision.RANGE
    return {
        "date": event.period.first.isoformat(),
        "precision": event.precision.value,
        "date_end": event.period.last.isoformat() if is_range else None,
        "text": first.quote,
        "document": first.document_id,
        "start": first.start,
        "end": first.end,
        "grades": [{"area": one.area, "grade": one.grade} for one in event.judgements],
        "kind": event.kind.value,
        **({"who": list(event.who)} if event.who else {}),
        **_where_there_are("also_in", event.citations[1:]),
        **_where_there_are("disputed_by", event.disputed_by),
    }


def _where_there_are(key: str, citations: Sequence[Citation]) -> dict[str, Any]:
    """Keys beyond the agreed ones are left out where there is nothing to say."""
    return {key: [_citation(one) for one in citations]} if citations else {}


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "text": citation.quote,
        "document": citation.document_id,
        "start": citation.start,
        "end": citation.end,
    }
