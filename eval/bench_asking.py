"""From a question to its answer, warm, with the reader and without it; and what the index takes on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench_timing import Percentiles, percentiles, seconds_of
from qa.assistant import NO_READER, open_assistant


@dataclass(frozen=True, slots=True)
class Asking:
    """How long one question takes in a program that has answered all of them once."""

    with_reader: Percentiles
    without_reader: Percentiles


def measure_asking(questions: Sequence[str], documents: Path, data: Path) -> Asking:
    """Every question once untimed and once timed; the two settings take turns."""
    settings = [open_assistant(documents, data, reader=reader) for reader in (None, NO_READER)]
    for question in questions:
        for assistant in settings:
            assistant.ask(question)
    took: list[list[float]] = [[], []]
    for question in questions:
        for column, assistant in zip(took, settings, strict=True):
            column.append(seconds_of(lambda asked=assistant, q=question: asked.ask(q)))  # type: ignore[misc]
    return Asking(*map(percentiles, took))


def disk_mb(data: Path) -> float:
    """What lies below a folder, in MB."""
    return sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) / 2**20
