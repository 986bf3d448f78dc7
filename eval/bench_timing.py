"""Medians and percentiles of repeated timings."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Milliseconds within which half, 95 and 99 of 100 were done, of `count` timings."""

    p50: float
    p95: float
    p99: float
    count: int


def percentiles(seconds: Sequence[float]) -> Percentiles:
    """Of at least one timing in seconds."""
    p50, p95, p99 = (float(1000 * value) for value in np.percentile(seconds, (50, 95, 99)))
    return Percentiles(p50, p95, p99, len(seconds))


def seconds_of(run: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def medians(runs: Sequence[Callable[[], object]], *, repeats: int) -> list[float]:
    """The median seconds of each call.

    The calls take turns, so that what slows the machine for a while slows them all; each is called once
    beforehand, untimed.
    """
    for run in runs:
        run()
    rounds = [[seconds_of(run) for run in runs] for _ in range(repeats)]
    return [median(column) for column in zip(*rounds, strict=True)]
