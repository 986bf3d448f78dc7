"""Stretches of documents, and how much of one is covered by others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `[start, end)` of a document; `0 <= start <= end`."""

    document: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot go from {self.start} to {self.end}")

    @property
    def length(self) -> int:
        """The number of characters."""
        return self.end - self.start


def covered(span: Span, others: Iterable[Span]) -> int:
    """The number of characters of `span` that lie in at least one of `others`."""
    overlaps = sorted(
        (max(span.start, other.start), min(span.end, other.end))
        for other in others
        if other.document == span.document
    )
    total, reached = 0, span.start
    for start, end in overlaps:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
