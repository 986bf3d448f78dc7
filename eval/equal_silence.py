"""Two runs made equally silent, so that what they answer can be compared.

Whoever answers more is right more often, and answers more of what has no answer: a run with another
confidence has another place on that line. So the less silent of two runs takes its least sure answers back
until it is as silent as the other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from eval.errors import BadRun
from eval.measure import Scored, Values
from eval.run import Kept

# What an answer that was taken back is worth; what is not named here stays as it was.
_OF_ANSWERABLE: Values = {
    "correct": 0.0,
    "citation_recall": 0.0,
    "citation_precision": 0.0,
    "answered": 0.0,
    "answer_characters": None,
}
_OF_OTHERS: Values = {"silence": 1.0, "answer_characters": None}


def equally_silent(a: Kept, b: Kept) -> tuple[Kept, Kept]:
    """Both runs, the less silent one with a higher threshold; as they are where neither is less silent.

    Raises BadRun where the less silent one does not say how sure its answers are.
    """
    silent_a, silent_b = _silence(a.scored), _silence(b.scored)
    if silent_a < silent_b:
        return _silenced(a, silent_b), b
    return a, _silenced(b, silent_a) if silent_b < silent_a else b


def _silenced(run: Kept, least: float) -> Kept:
    """The run at the lowest threshold that leaves at least this share of what has no answer unanswered."""
    sure = _confidences(run)
    for threshold in sorted({*sure.values(), math.inf}):
        scored = tuple(_taken_back(one, sure, threshold) for one in run.scored)
        if _silence(scored) >= least:
            break
    return replace(run, label=f"{run.label}, from {threshold:.3f}", scored=scored)


def _confidences(run: Kept) -> dict[str, float]:
    """How sure each answer is; what was not answered needs no confidence."""
    unsaid = sorted(
        name
        for name, line in run.answers.items()
        if line.get("answerable") and line.get("confidence") is None
    )
    if unsaid:
        raise BadRun(
            f"{len(unsaid)} answers of the run '{run.label}' have no confidence, first '{unsaid[0]}'; "
            "without it none can be taken back, so compare the runs without --equally-silent"
        )
    return {name: float(line.get("confidence") or 0.0) for name, line in run.answers.items()}


def _taken_back(one: Scored, sure: Mapping[str, float], threshold: float) -> Scored:
    if sure.get(one.id, 0.0) >= threshold:
        return one
    worth = _OF_ANSWERABLE if one.answerable else _OF_OTHERS
    changed = {name: value for name, value in worth.items() if one.values.get(name) is not None}
    return replace(one, values=one.values | changed)


def _silence(scored: tuple[Scored, ...]) -> float:
    values = [value for one in scored if (value := one.values["silence"]) is not None]
    return sum(values) / len(values) if values else 0.0
