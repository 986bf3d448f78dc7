"""How likely it is that the documents answer the question, and when to stay silent."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

from index.store import SearchIndex
from qa.question import Question
from qa.retrieve import Found


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence is made from; each is between 0 and 1."""

    similarity: float  # the highest cosine between the question and a passage
    unknown: float  # share of the question's own words that stand in no document


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over the signals; `weights` are in the order of their fields."""

    intercept: float
    weights: tuple[float, float]


# Made by `python -m eval.calibrate` over both question sets; docs/answers.md has what it is worth.
FITTED = Model(-0.09, (2.30, -1.16))
THRESHOLD = 0.58  # below it the documents are silent


def confidence(signals: Signals, model: Model = FITTED) -> float:
    """The probability that the documents answer, between 0 and 1."""
    score = model.intercept
    for weight, signal in zip(model.weights, astuple(signals), strict=True):
        score += weight * signal
    return 1 / (1 + math.exp(-score))


def signals(question: Question, found: Found, index: SearchIndex) -> Signals:
    """The signals for one question and what was found for it."""
    unknown = [term for term in sorted(question.own_terms) if index.document_frequency(term) == 0]
    share = len(unknown) / len(question.own_terms) if question.own_terms else 0.0
    return Signals(similarity=max(0.0, found.similarity), unknown=share)
