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
    """What the confidence is made from. Shares are between 0 and 1; "best" is the best sentence.

    A piece is a word piece of the question; pieces weigh by how rare they are.
    """

    similarity: float  # the highest cosine between the question and a passage
    sentence_similarity: float  # cosine between the question and the best sentence
    match_here: float  # how well the pieces match in the best sentence
    match_nearby: float  # ... in its passage, title and section
    match_anywhere: float  # ... in any of the best sentences' passages
    weakest: float  # the match of the weightier half's weakest piece
    unmatched: float  # the largest share of the question that one piece leaves unmatched
    weak_share: float  # share of the question that matches badly
    strong_share: float  # share of the question that matches closely
    unknown: float  # share of the question's words that stand in no document
    names_found: float  # share of the question's names that stand near the best sentence
    unknown_name: float  # 1 if a name of the question stands in no document
    fits_kind: float  # 1 if the best sentence has the number, date or name that is asked for
    counted: float  # 1 unless a number is asked for and none stands before a word of the question
    in_time: float  # how well the best passage fits the time that is asked for
    stands_out: float  # how far the best passage is above the others, in standard deviations
    margin: float  # by how much the best passage is above the next, likewise
    words: float  # words of the question that carry meaning
    asks_number: float  # 1 or 0
    asks_person: float
    asks_reason: float
    follows_up: float


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
