"""How likely it is that the documents answer the question, and when to stay silent.

A logistic model over signals that a person can understand. Its coefficients stand in
confidence.toml, made by `inspection-qa eval calibrate`; docs/answers.md says what it is worth.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files

_NAME = "confidence.toml"


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence is made from; each is between 0 and 1. "Best" is the best sentence."""

    similarity: float  # the highest cosine between the question and a passage
    unmatched: float  # the largest share of the question that one of its word pieces leaves unmatched
    unknown: float  # share of the question's words that stand in no document
    missing_name: float  # how rare the rarest name of the question is that stands not near the best sentence
    names_here: float  # share of the question's names, by how rare they are, in the sentence and its lead
    fits_kind: float  # 1 if the best sentence has the number, date, name or reason that is asked for
    is_part: float  # 1 if the best sentence is the part of a letter that is asked for, a signature say
    asks_number: float  # 1 if a number is asked for: documents often speak of a thing without counting it
    asks_over_time: float  # 1 if a development is asked for: any statement about it answers in part
    read: float  # how likely the first passage answers, as the reader sees it; 0.5 where it did not read


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over the signals; `weights` are in the order of their fields."""

    intercept: float
    weights: tuple[float, ...]
    threshold: float = 0.5  # below it the documents are silent


@cache
def fitted_model() -> Model:
    """The model that ships with the software."""
    content = tomllib.loads(files("qa").joinpath(_NAME).read_text(encoding="utf-8"))
    weights = tuple(float(content["weights"][field.name]) for field in fields(Signals))
    return Model(float(content["intercept"]), weights, float(content["threshold"]))


def confidence(signals: Signals, model: Model) -> float:
    """The probability that the documents answer, between 0 and 1."""
    score = model.intercept
    for weight, signal in zip(model.weights, astuple(signals), strict=True):
        score += weight * signal
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
