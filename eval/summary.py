"""Means with their intervals, overall, by question set and by type of question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.calibration import Calibration, Confidence, calibrate
from eval.measure import MEASURES, Measure, Scored
from eval.question import HELD_OUT
from eval.significance import Stratum, interval, mean_of_means


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, its 95 % interval and the number of questions behind it."""

    mean: float
    low: float
    high: float
    questions: int


Estimates = dict[str, Estimate]  # by measure; a measure that no question speaks to is left out


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from question to answer."""

    median: float
    p95: float
    longest: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run comes to; everything here is derived from the values of its questions."""

    questions: int
    overall: Estimates
    sets: dict[str, Estimates]
    types: dict[str, Estimates]
    calibration: Calibration
    latency: Latency | None


def held_out(scored: Sequence[Scored]) -> tuple[Scored, ...]:
    """The questions of the held-out set, in their order."""
    return tuple(one for one in scored if one.set_name == HELD_OUT)


def summarise(scored: Sequence[Scored], confidences: dict[str, float]) -> Summary:
    """The summary of a run; `confidences` are those given, by the question's id."""
    return Summary(
        questions=len(scored),
        overall=estimates(scored),
        sets=estimates_by_set(scored),
        types=_by(scored, lambda one: one.kind),
        calibration=calibrate(_claims(scored, confidences)),
        latency=_latency(scored),
    )


def estimates(scored: Sequence[Scored]) -> Estimates:
    """Every measure that these questions speak to, in the order of `MEASURES`."""
    found = {measure.name: _estimate(strata(scored, measure)) for measure in MEASURES}
    return {name: estimate for name, estimate in found.items() if estimate is not None}


def estimates_by_set(scored: Sequence[Scored]) -> dict[str, Estimates]:
    """The same for each question set, by its name."""
    return _by(scored, lambda one: one.set_name)


def strata(scored: Sequence[Scored], measure: Measure) -> list[Stratum]:
    """The values of each part of a measure, over the questions that it says something about."""
    columns = [[one.values.get(part) for one in scored] for part in measure.parts]
    return [
        np.array([value for value in column if value is not None], dtype=np.float64) for column in columns
    ]


def _estimate(parts: Sequence[Stratum]) -> Estimate | None:
    if any(len(part) == 0 for part in parts):
        return None
    low, high = interval(parts)
    return Estimate(mean_of_means(parts), low, high, sum(len(part) for part in parts))


def _by(scored: Sequence[Scored], key: Callable[[Scored], str]) -> dict[str, Estimates]:
    names = sorted({key(one) for one in scored})
    return {name: estimates([one for one in scored if key(one) == name]) for name in names}


def _claims(scored: Sequence[Scored], confidences: dict[str, float]) -> list[Confidence]:
    return [
        Confidence(confidences[one.id], one.answerable, one.kind == "near_miss")
        for one in scored
        if one.id in confidences
    ]


def _latency(scored: Sequence[Scored]) -> Latency | None:
    times = [time for one in scored if (time := one.values.get("elapsed_ms")) is not None]
    if not times:
        return None
    median, p95 = np.percentile(times, [50, 95])
    return Latency(float(median), float(p95), max(times))
