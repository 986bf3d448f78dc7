"""The calibration table, worked out by hand."""

import pytest

from eval.calibration import Confidence, area_under_curve, calibrate

CLAIMS = [
    Confidence(0.95, answerable=True, near_miss=False),
    Confidence(1.0, answerable=True, near_miss=False),
    Confidence(0.91, answerable=False, near_miss=True),
    Confidence(0.2, answerable=False, near_miss=False),
]


def test_bins_hold_what_was_claimed_and_what_is_so():
    bins = calibrate(CLAIMS).bins
    assert [one.questions for one in bins] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 3]
    assert bins[9].confidence == pytest.approx((0.95 + 1.0 + 0.91) / 3)
    assert bins[9].answerable == pytest.approx(2 / 3)
    assert bins[0].confidence is None


def test_the_expected_error_weighs_bins_by_their_questions():
    expected = (3 * abs(2.86 / 3 - 2 / 3) + 1 * 0.2) / 4
    assert calibrate(CLAIMS).expected_error == pytest.approx(expected)


def test_the_area_counts_pairs_in_the_right_order():
    # Pairs: .8>.5, .8>.6, .6>.5, .6 and .6 tie: 3.5 of 4.
    assert area_under_curve([0.8, 0.6], [0.5, 0.6]) == 0.875


def test_near_misses_have_an_area_of_their_own():
    found = calibrate([*CLAIMS, Confidence(0.93, answerable=True, near_miss=False)])
    assert found.auc == 1.0
    assert found.auc_near_misses == 1.0
    assert calibrate(CLAIMS[:2]).auc is None


def test_no_claims_give_no_figures():
    found = calibrate([])
    assert found.expected_error is None
    assert found.auc is None
