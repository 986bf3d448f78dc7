"""Medians and percentiles, and calls that take turns."""

from __future__ import annotations

import time

import pytest

from eval.bench_timing import medians, percentiles, seconds_of


def test_percentiles_are_in_milliseconds() -> None:
    found = percentiles([number / 1000 for number in range(1, 102)])

    assert (found.p50, found.p95, found.p99, found.count) == pytest.approx((51, 96, 100, 101))


def test_calls_take_turns_after_one_untimed_round() -> None:
    calls: list[str] = []

    medians([lambda: calls.append("ours"), lambda: calls.append("theirs")], repeats=2)

    assert calls == ["ours", "theirs"] * 3


def test_a_median_is_not_moved_by_one_slow_call() -> None:
    waits = iter([0.0, 0.0, 0.2, 0.0])  # the first is untimed

    (found,) = medians([lambda: time.sleep(next(waits))], repeats=3)

    assert found < 0.1


def test_a_call_is_timed_in_seconds() -> None:
    assert seconds_of(lambda: time.sleep(0.02)) >= 0.02
