"""A probability from signals, and where it comes from."""

from dataclasses import fields

import pytest

from qa.confidence import Model, Signals, confidence, fitted_model

NEUTRAL = Signals(0.5, 0.1, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.5)


def test_the_logistic_model_is_worked_out_by_hand() -> None:
    model = Model(1.0, (2.0, *(0.0,) * 9))
    assert confidence(NEUTRAL, model) == pytest.approx(0.880797)  # 1 / (1 + exp(-2))


def test_extreme_scores_stay_probabilities() -> None:
    assert (
        0 < confidence(NEUTRAL, Model(-1e6, (0.0,) * 10)) < confidence(NEUTRAL, Model(1e6, (0.0,) * 10)) <= 1
    )


def test_the_model_that_ships_knows_every_signal_and_judges_in_the_right_direction() -> None:
    model = fitted_model()
    weights = dict(zip((field.name for field in fields(Signals)), model.weights, strict=True))
    assert weights["similarity"] > 0 > weights["unmatched"]
    assert weights["names_here"] > 0 > weights["missing_name"]
    assert weights["fits_kind"] > 0 > weights["unknown"]
    assert weights["read"] > 0
    assert 0 < model.threshold < 1
