"""The fit of the confidence, against figures and rules that it must obey."""

import numpy as np
import pytest

from eval.logistic import Fitted, Observations, Quality, _best_threshold, fit, penalised, quality

ROWS = 80
ANSWERABLE = np.arange(ROWS) % 4 > 0


@pytest.fixture(scope="module")
def observations() -> Observations:
    """A signal that tells most questions, one of a hundred times the size that helps, and one of noise."""
    random = np.random.default_rng(1)
    telling = ANSWERABLE + random.normal(0, 0.6, ROWS)
    large = 100 * (ANSWERABLE + random.normal(0, 1.0, ROWS))
    return Observations(np.column_stack([telling, large, random.normal(0, 1, ROWS)]), ANSWERABLE)


@pytest.fixture(scope="module")
def result(observations) -> tuple[Fitted, Quality]:
    return fit(observations, shufflings=1)


def probabilities(fitted: Fitted, signals: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(signals @ np.array(fitted.weights) + fitted.intercept)))


def test_the_coefficients_are_for_the_signals_as_they_are(observations, result):
    standardised = penalised().fit(observations.signals, observations.answerable)
    expected = standardised.predict_proba(observations.signals)[:, 1]
    # The large signal goes to about 300, so that a weight rounded to 4 digits moves the score by .015.
    assert probabilities(result[0], observations.signals) == pytest.approx(expected, abs=0.01)


def test_the_size_of_a_signal_does_not_matter(observations, result):
    scaled = Observations(observations.signals * [10.0, 1.0, 0.1], observations.answerable)
    again, cross_validated = fit(scaled, shufflings=1)
    assert again.weights[0] == pytest.approx(result[0].weights[0] / 10, abs=1e-4)
    assert again.threshold == result[0].threshold
    assert cross_validated == result[1]


def test_coefficients_have_four_digits_and_the_threshold_two(result):
    fitted, _ = result
    assert all(round(number, 4) == number for number in (fitted.intercept, *fitted.weights))
    assert round(fitted.threshold, 2) == fitted.threshold


def test_a_telling_signal_is_worth_something_when_cross_validated(result):
    _, cross_validated = result
    assert cross_validated.area > 0.85
    assert cross_validated.mean == (cross_validated.answered + cross_validated.silent) / 2
    assert cross_validated.mean > 0.7


def test_noise_is_worth_nothing_when_cross_validated():
    noise = np.random.default_rng(2).normal(0, 1, (ROWS, 8))
    _, cross_validated = fit(Observations(noise, ANSWERABLE), shufflings=1)
    assert cross_validated.area < 0.65
    assert cross_validated.mean < 0.65


def test_the_threshold_is_in_the_middle_of_those_that_are_as_good():
    found = np.array([0.2, 0.3, 0.6, 0.9])
    # Any threshold from .31 to .60 is right for all four.
    assert _best_threshold([found], np.array([False, False, True, True])) == 0.46


def test_a_threshold_that_is_silent_too_often_is_not_chosen():
    found = np.array([0.1, 0.1, 0.1, 0.6, 0.4, 0.9, 0.9, 0.9, 0.9, 0.9])
    answerable = np.array([False, False, False, False, *[True] * 6])
    # Above .60 all four would be silent and five of six answered (.92), which is less than nine in ten;
    # from .11 to .40 three are silent and all are answered (.88).
    assert 0.11 <= _best_threshold([found], answerable) <= 0.40


def test_the_threshold_is_the_best_on_average_over_the_shufflings():
    answerable = np.array([False, True])
    one, other = np.array([0.2, 0.6]), np.array([0.5, 0.7])
    assert 0.51 <= _best_threshold([one, other], answerable) <= 0.60


def test_quality_is_of_what_was_answered():
    found, answerable = np.array([0.9, 0.4, 0.5, 0.1]), np.array([True, True, False, False])
    # Of four pairs one is in the wrong order; of two each, one was answered rightly and one silently.
    assert quality(found, found >= 0.5, answerable) == Quality(area=0.75, answered=0.5, silent=0.5)
