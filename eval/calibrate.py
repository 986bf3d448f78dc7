"""Fits the confidence of answers: `python -m eval.calibrate QUESTIONS.jsonl ...`.

Prints the coefficients for qa/confidence.py, and what ten-fold cross-validation gives for them:
the area under the curve, and the abstention at the threshold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from eval.question import Question
from eval.questions import read_questions
from qa.about import is_about_the_assistant
from qa.assistant import Assistant, open_assistant
from qa.confidence import THRESHOLD, Signals

_FOLDS, _SEED = 10, 0
_MODEL = LogisticRegression(C=10.0)  # weak regularisation: a few signals against two hundred questions


def main(argv: Sequence[str] | None = None) -> int:
    """Fits over the questions of all files and prints the result."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(argv)
    assistant = open_assistant(options.documents, options.data)
    texts = {name: assistant.document(name).text for name, _ in assistant.details()}
    print("\n".join(_report(assistant, read_questions(options.questions, texts))))
    return 0


def _report(assistant: Assistant, questions: Sequence[Question]) -> list[str]:
    asked = [question for question in questions if not is_about_the_assistant(question.text)]
    values = np.array([astuple(assistant.signals(question.text, question.history)) for question in asked])
    answerable = np.array([question.answerable for question in asked])
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    probability = cross_val_predict(_MODEL, values, answerable, cv=folds, method="predict_proba")[:, 1]
    fitted = _MODEL.fit(values, answerable)
    names = [field.name for field in fields(Signals)]
    weights = ", ".join(f"{name} {w:.2f}" for name, w in zip(names, fitted.coef_[0], strict=True))
    answered = float(np.mean(probability[answerable] >= THRESHOLD))
    silent = float(np.mean(probability[~answerable] < THRESHOLD))
    return [
        f"{len(asked)} questions, {int(answerable.sum())} of them answerable",
        f"intercept {fitted.intercept_[0]:.2f}; {weights}",
        f"cross-validated: area under the curve {roc_auc_score(answerable, probability):.3f};"
        f" answered {answered:.3f}, silent {silent:.3f}, mean {(answered + silent) / 2:.3f}",
    ]


if __name__ == "__main__":
    sys.exit(main())
