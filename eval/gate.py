"""The gate: a measure may not fall below the committed baseline by more than its tolerance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import BadBaseline, DifferentQuestions
from eval.jsonl import BadLine, Object, checked, field, read_object
from eval.measure import BY_NAME
from eval.summary import Estimates

# What the gate watches and how far each may fall: three or four of the 242 bundled questions that
# have an answer, one of the 39 follow-ups, and nothing at all for citations that are not word for word.
TOLERANCES = {
    "coverage@5": 0.015,
    "coverage@2000c": 0.015,
    "MRR@10": 0.015,
    "followup_coverage@5": 0.03,
    "nDCG@10": 0.015,
    "correct": 0.015,
    "citation_recall": 0.015,
    "citation_precision": 0.015,
    "abstention": 0.015,
    "verbatim": 0.0,
    "answer_characters": 40.0,
}
_ROUNDING = 1e-9  # a value written and read back is still the same value


@dataclass(frozen=True, slots=True)
class Limit:
    """What a measure was when the baseline was made, and how much worse it may be."""

    value: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """The committed limits, and the questions and documents that they were measured on (their hashes)."""

    questions: str
    documents: str
    limits: Mapping[str, Limit]


@dataclass(frozen=True, slots=True)
class Checked:
    """One measure at the gate; `now` is None where the run has no value any more."""

    measure: str
    limit: Limit
    now: float | None
    passed: bool


def check_run(baseline: Baseline, overall: Estimates, settings: Mapping[str, Any]) -> tuple[Checked, ...]:
    """Every measure of the baseline; raises DifferentQuestions where the two cannot be compared."""
    for what, before, now in (
        ("questions", baseline.questions, settings.get("questions_sha256")),
        ("documents", baseline.documents, settings.get("documents_sha256")),
    ):
        if before != now:
            raise DifferentQuestions(
                f"the baseline was measured on other {what} than this run; look at the run, and if it is as "
                "it should be, record a new baseline with `eval gate --record`"
            )
    return tuple(_check(name, limit, overall) for name, limit in baseline.limits.items())


def make_baseline(overall: Estimates, settings: Mapping[str, Any]) -> Baseline:
    """A baseline at the values of a run."""
    limits = {
        name: Limit(round(overall[name].mean, 6), tolerance)
        for name, tolerance in TOLERANCES.items()
        if name in overall
    }
    return Baseline(settings["questions_sha256"], settings["documents_sha256"], limits)


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline as JSON that a person can read and edit."""
    measures = {
        n: {"value": limit.value, "tolerance": limit.tolerance} for n, limit in baseline.limits.items()
    }
    content = {
        "questions_sha256": baseline.questions,
        "documents_sha256": baseline.documents,
        "measures": measures,
    }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")


def read_baseline(path: Path) -> Baseline:
    """Read a baseline back; raises BadBaseline with what is wrong."""
    try:
        content = read_object(path.read_text(encoding="utf-8"))
        limits = {name: _limit(name, content) for name in field(content, "measures", dict)}
        return Baseline(
            field(content, "questions_sha256", str), field(content, "documents_sha256", str), limits
        )
    except FileNotFoundError as exc:
        raise BadBaseline(f"there is no baseline at {path}; make one with `eval gate --record`") from exc
    except (OSError, UnicodeError) as exc:
        raise BadBaseline(f"the baseline {path} cannot be read ({exc})") from exc
    except BadLine as exc:
        raise BadBaseline(f"the baseline {path} {exc}") from exc


def _limit(name: str, content: Object) -> Limit:
    if name not in BY_NAME:
        raise BadLine(
            f"names the measure '{name}', which does not exist; the measures are {', '.join(BY_NAME)}"
        )
    entry = checked(content["measures"][name], dict, f"'{name}'")
    return Limit(field(entry, "value", float), field(entry, "tolerance", float))


def _check(name: str, limit: Limit, overall: Estimates) -> Checked:
    if name not in overall:
        return Checked(name, limit, None, passed=False)
    now = overall[name].mean
    fallen = now - limit.value if BY_NAME[name].lower_is_better else limit.value - now
    return Checked(name, limit, now, passed=fallen <= limit.tolerance + _ROUNDING)
