"""Fits the confidence of answers to questions, and writes it for qa/confidence.py to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Protocol

import numpy as np

from eval.errors import UnfitQuestions
from eval.logistic import FOLDS, Fitted, Observations, Quality, quality
from eval.question import HELD_OUT, Question
from eval.run import Progress
from eval.table import Table, figure
from qa.about import is_about_the_assistant
from qa.confidence import Model, Signals, confidence

_LEAST = 2 * FOLDS  # questions of each kind: two in every fold
SIGNALS = tuple(field.name for field in fields(Signals))


class Signalling(Protocol):
    """What is fitted: an assistant that tells what its confidence is made from."""

    def signals(self, question: str, history: Sequence[str] = ()) -> Signals | None:
        """The signals of the answer to one question; None where nothing is found for it."""
        ...


def check_questions_to_fit(questions: Sequence[Question]) -> None:
    """Raises UnfitQuestions where nothing may or can be fitted on these."""
    if any(question.set_name == HELD_OUT for question in questions):
        raise UnfitQuestions(
            f"the questions of the set '{HELD_OUT}' are reported on and never fitted to; "
            "name other --questions"
        )
    answerable = sum(question.answerable for question in questions)
    if min(answerable, len(questions) - answerable) < _LEAST:
        raise UnfitQuestions(
            f"of {len(questions)} questions {answerable} are answerable; to fit the confidence, "
            f"name question files with at least {_LEAST} that are and {_LEAST} that are not"
        )


def observe(assistant: Signalling, questions: Sequence[Question], *, progress: Progress) -> Observations:
    """The signals of every question that has any: not of those about the assistant itself."""
    signals: list[tuple[float, ...]] = []
    answerable: list[bool] = []
    for done, question in enumerate(questions, start=1):
        if (found := _signals(assistant, question)) is not None:
            signals.append(astuple(found))
            answerable.append(question.answerable)
        progress(done, len(questions))
    return Observations(np.array(signals, dtype=np.float64), np.array(answerable))


def _signals(assistant: Signalling, question: Question) -> Signals | None:
    if is_about_the_assistant(question.text):
        return None
    return assistant.signals(question.text, question.history)


def assess(fitted: Fitted, observations: Observations) -> Quality:
    """How good a fitted model is on other questions, as qa/confidence.py works it out."""
    model = Model(fitted.intercept, fitted.weights, fitted.threshold)
    found = np.array([confidence(Signals(*row), model) for row in observations.signals.tolist()])
    return quality(found, found >= fitted.threshold, observations.answerable)


def write_fitted(path: Path, fitted: Fitted, question_files: Sequence[str]) -> None:
    """Write what was fitted as TOML, the signals in the order of their fields."""
    weights = zip(SIGNALS, fitted.weights, strict=True)
    lines = (
        f"# Made by `inspection-qa eval calibrate` over {' and '.join(question_files)}.",
        f"intercept = {fitted.intercept}",
        f"threshold = {fitted.threshold}",
        "",
        "[weights]",
        *(f"{name} = {weight}" for name, weight in weights),
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def weights_table(fitted: Fitted) -> Table:
    """What was fitted."""
    weights = [(name, f"{weight:.4f}") for name, weight in zip(SIGNALS, fitted.weights, strict=True)]
    ends = (("intercept", f"{fitted.intercept:.4f}"), ("threshold", f"{fitted.threshold:.2f}"))
    return Table("Fitted", ("Signal", "Weight"), (*weights, *ends))


def quality_table(rows: Sequence[tuple[str, int, Quality]]) -> Table:
    """What the model is worth; each row has a name and a number of questions."""
    return Table(
        "What it is worth",
        ("How it was measured", "Questions", "Area under the curve", "Answered", "Silent", "Mean"),
        tuple(
            (name, str(count), *(figure("", value) for value in (q.area, q.answered, q.silent, q.mean)))
            for name, count, q in rows
        ),
    )
