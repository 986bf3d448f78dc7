"""A logistic model with a threshold, fitted to tell answerable questions from others, and cross-validated.

The signals are standardised, so that the penalty treats them alike; how strong it is is chosen by
cross-validation within what a model is fitted on; what is kept are coefficients for the signals as
they are. The threshold is the one with the best mean of right answering and right silence, among
those that answer at least 85 of 100 answerable questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.calibration import area_under_curve
from eval.errors import MissingExtra

try:
    from sklearn.linear_model import LogisticRegressionCV
    from sklearn.model_selection import StratifiedKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
except ModuleNotFoundError as exc:
    raise MissingExtra("scikit-learn", "eval") from exc

FOLDS = 10
SHUFFLINGS = 5  # one division into folds may be lucky
# A threshold that keeps silent more often is not considered: whoever asks and gets no answer although
# there is one loses more than whoever has to look at a quotation and sees that it does not answer.
LEAST_ANSWERED = 0.85
_INNER_FOLDS = 5
_PENALTIES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)  # C of scikit-learn: less is a stronger penalty
_THRESHOLDS = np.round(np.arange(0.01, 1.0, 0.01), 2)
_DIGITS = 4
_ROUNDING = 1e-12  # two means of the same numbers may differ by less

Flags = NDArray[np.bool_]
Probabilities = NDArray[np.float64]
Folds = list[tuple[NDArray[np.int64], NDArray[np.int64]]]  # rows to fit on, rows to try on


@dataclass(frozen=True, slots=True)
class Observations:
    """Row i of both belongs to one question: its signals, and whether the documents answer it."""

    signals: NDArray[np.float64]  # shape (questions, signals)
    answerable: Flags


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted; `weights` are in the order of the signals."""

    intercept: float
    weights: tuple[float, ...]
    threshold: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How well answerable questions are told from others."""

    area: float  # under the curve
    answered: float  # share of the answerable ones at or above the threshold
    silent: float  # share of the others below it

    @property
    def mean(self) -> float:
        """The mean of right answering and right silence."""
        return (self.answered + self.silent) / 2


def fit(observations: Observations, *, shufflings: int = SHUFFLINGS) -> tuple[Fitted, Quality]:
    """The model over all questions, and what ten-fold cross-validation says of it.

    The threshold kept is the best one for the probabilities that each question has without its own
    fold, averaged over the shufflings. For the quality, each fold has the threshold that is best for
    the others, so that no question has a say in how it is judged itself.
    """
    divisions = [_divide(observations, seed) for seed in range(shufflings)]
    found = [_out_of_fold(observations, folds) for folds in divisions]
    qualities = [
        quality(one, _answered(one, folds, observations.answerable), observations.answerable)
        for one, folds in zip(found, divisions, strict=True)
    ]
    return _model(observations, _best_threshold(found, observations.answerable)), _average(qualities)


def quality(found: Probabilities, answered: Flags, answerable: Flags) -> Quality:
    """The quality of some probabilities and of what was answered; of both kinds there must be some."""
    area = area_under_curve(found[answerable].tolist(), found[~answerable].tolist())
    assert area is not None
    return Quality(area, float(answered[answerable].mean()), float((~answered[~answerable]).mean()))


def _divide(observations: Observations, seed: int) -> Folds:
    divider = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return list(divider.split(observations.signals, observations.answerable))


def _out_of_fold(observations: Observations, folds: Folds) -> Probabilities:
    """The probability of each question under the model that was fitted without its fold."""
    found = np.empty(len(observations.answerable))
    for others, fold in folds:
        fitted = penalised().fit(observations.signals[others], observations.answerable[others])
        found[fold] = fitted.predict_proba(observations.signals[fold])[:, 1]
    return found


def penalised() -> Any:
    """A logistic model over standardised signals, to be fitted, with the penalty that predicts best."""
    regression = LogisticRegressionCV(
        Cs=list(_PENALTIES),
        cv=StratifiedKFold(_INNER_FOLDS, shuffle=True, random_state=0),
        scoring="neg_log_loss",
        solver="newton-cholesky",  # for a few signals and many questions the fastest
        l1_ratios=(0.0,),
        use_legacy_attributes=False,
    )
    return make_pipeline(StandardScaler(), regression)


def _model(observations: Observations, threshold: float) -> Fitted:
    """The model over all questions, with coefficients for the signals as they are."""
    scaler, regression = penalised().fit(observations.signals, observations.answerable)
    weights = np.ravel(regression.coef_) / scaler.scale_
    intercept = np.ravel(regression.intercept_)[0] - weights @ scaler.mean_
    rounded = tuple(round(float(weight), _DIGITS) + 0.0 for weight in weights)  # + 0.0: never "-0.0"
    return Fitted(round(float(intercept), _DIGITS), rounded, threshold)


def _best_threshold(shufflings: Sequence[Probabilities], answerable: Flags) -> float:
    """The middle one of the thresholds that are best on average over the shufflings."""
    means = np.mean([_means(found, answerable) for found in shufflings], axis=0)
    best = _THRESHOLDS[means >= means.max() - _ROUNDING]
    return float(best[len(best) // 2])


def _means(found: Probabilities, answerable: Flags) -> NDArray[np.float64]:
    """For each threshold the mean of right answering and right silence; 0 where it answers too little."""
    above = found[:, None] >= _THRESHOLDS
    answered, silent = above[answerable].mean(axis=0), (~above[~answerable]).mean(axis=0)
    return np.asarray(np.where(answered >= LEAST_ANSWERED, (answered + silent) / 2, 0.0))


def _answered(found: Probabilities, folds: Folds, answerable: Flags) -> Flags:
    """Which questions are answered when each fold has the threshold that is best for the others."""
    answered = np.empty(len(found), dtype=np.bool_)
    for others, fold in folds:
        answered[fold] = found[fold] >= _best_threshold([found[others]], answerable[others])
    return answered


def _average(found: Sequence[Quality]) -> Quality:
    return Quality(
        area=float(np.mean([one.area for one in found])),
        answered=float(np.mean([one.answered for one in found])),
        silent=float(np.mean([one.silent for one in found])),
    )
