"""How far the work of indexing has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of a stage: "reading", "splitting", "encoding passages", "encoding
    sentences", "encoding words" or "writing"; every stage ends with done == total."""

    stage: str
    done: int
    total: int


Report = Callable[[Progress], None]
