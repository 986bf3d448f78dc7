"""How long blocks and sessions have taken, with moves and pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ui.session_clock import NO_BLOCK, Clock

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def test_time_counts_for_the_block_on_the_screen_and_for_the_session():
    clock = Clock().resumed(BEGIN).moved(0, after(10)).moved(1, after(70))
    assert clock.in_block(after(100)) == 30
    assert clock.in_session(after(100)) == 100
    assert dict(clock.spent)[NO_BLOCK] == 10


def test_a_block_that_is_shown_again_goes_on_with_its_own_time():
    clock = Clock().resumed(BEGIN).moved(0, after(0)).moved(1, after(60)).moved(0, after(90))
    assert clock.in_block(after(100)) == 70


def test_nothing_counts_while_the_time_is_stopped_even_if_the_block_changes():
    clock = Clock().resumed(BEGIN).moved(0, after(0)).paused(after(20))
    assert clock.is_paused
    assert clock.in_session(after(500)) == 20
    clock = clock.moved(1, after(600)).resumed(after(700))
    assert (clock.in_block(after(705)), clock.in_session(after(705))) == (5, 25)


def test_what_runs_already_is_not_started_again():
    clock = Clock().resumed(BEGIN)
    assert clock.resumed(after(50)) == clock


def test_a_clock_that_is_set_back_never_takes_time_away():
    assert Clock().resumed(BEGIN).in_session(after(-60)) == 0
