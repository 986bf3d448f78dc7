"""Intervals and the test, against figures that can be worked out exactly."""

from itertools import product

import numpy as np
import pytest

from eval.significance import interval, mean_of_means, p_value


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_strata_weigh_the_same_whatever_their_size():
    assert mean_of_means([column(1, 1, 1, 1), column(0)]) == 0.5


def test_values_that_are_all_the_same_have_no_interval():
    assert interval([column(0.4, 0.4, 0.4)]) == (pytest.approx(0.4), pytest.approx(0.4))


def test_the_interval_of_a_share_is_near_the_binomial_one():
    # 50 of 100: the standard error is 0.05, so 95 % lie within about 0.098.
    low, high = interval([column(*[1] * 50, *[0] * 50)])
    assert low == pytest.approx(0.402, abs=0.015)
    assert high == pytest.approx(0.598, abs=0.015)


def test_a_seed_gives_the_same_interval_again():
    values = column(*(number**2 / 7 for number in range(30)))
    assert interval([values]) == interval([values])
    assert interval([values], seed=1) != interval([values], seed=2)


def test_no_difference_at_all_has_p_one():
    assert p_value([column(0, 0, 0)]) == 1.0


def test_p_agrees_with_going_through_every_sign():
    differences = column(0.5, 0.2, -0.1, 0.4, 0.3, 0.6, -0.2, 0.1)
    observed = abs(differences.mean())
    signs = np.array(list(product((-1, 1), repeat=len(differences))))
    exact = np.mean(np.abs((signs * differences).mean(axis=1)) >= observed - 1e-12)
    assert p_value([differences]) == pytest.approx(exact, abs=0.01)


def test_p_of_two_strata_agrees_with_going_through_every_sign():
    first, second = column(1, 0, 1, 1), column(1, -1, 1)
    signs = np.array(list(product((-1, 1), repeat=7)))
    means = ((signs[:, :4] * first).mean(axis=1) + (signs[:, 4:] * second).mean(axis=1)) / 2
    exact = np.mean(np.abs(means) >= abs(mean_of_means([first, second])) - 1e-12)
    assert p_value([first, second]) == pytest.approx(exact, abs=0.015)


def test_p_is_never_zero():
    assert p_value([np.ones(60)]) == pytest.approx(1 / 10_001)
