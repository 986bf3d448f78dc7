"""A timeline narrowed to a stretch of time, to some documents, to some kinds of event, to a theme."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from dataclasses import replace
from datetime import date

from qa.answer import Citation
from qa.timeline_event import Event, EventKind


def select(
    events: Sequence[Event],
    *,
    first: date = date.min,
    last: date = date.max,
    documents: Collection[str] = (),
    kinds: Collection[EventKind] = (),
    about: Container[tuple[str, int]] | None = None,
) -> tuple[Event, ...]:
    """The events of which at least a day lies between `first` and `last`, in the same order.

    Where documents are named, an event keeps only its citations in them, and one without any is left
    out. Nothing named for documents or kinds means all.
    """
    kept = (
        event
        for event in events
        if event.period.first <= last and first <= event.period.last and (not kinds or event.kind in kinds)
    )
    narrowed = (_within(event, documents) for event in kept)
    return tuple(event for event in narrowed if event.citations and _is_about(event, about))


def _is_about(event: Event, about: Container[tuple[str, int]] | None) -> bool:
    return about is None or any((one.document_id, one.start) in about for one in event.citations)


def _within(event: Event, documents: Collection[str]) -> Event:
    if not documents:
        return event
    cited: list[Citation] = [one for one in event.citations if one.document_id in documents]
    return replace(event, citations=tuple(replace(one, number=n) for n, one in enumerate(cited, start=1)))
