"""Evidence coverage, on examples worked out by hand."""

import pytest

from eval.coverage import coverage, shows, within_budget
from eval.question import Quote
from eval.span import Span
from tests.eval.worked_example import place, question, quote

# A quote of ten characters, at 100.
TEN = Quote("letter.txt", "0123456789", (Span("letter.txt", 100, 110),))


@pytest.mark.parametrize(("end", "seen"), [(105, False), (106, True), (110, True)])
def test_six_of_ten_characters_are_enough_and_five_are_not(end, seen):
    assert shows([Span("letter.txt", 90, end)], (TEN,)) is seen


def test_two_passages_cover_a_quote_together():
    assert shows([Span("letter.txt", 90, 103), Span("letter.txt", 107, 120)], (TEN,))


def test_overlapping_passages_do_not_count_twice():
    assert not shows([Span("letter.txt", 90, 104), Span("letter.txt", 101, 105)], (TEN,))


def test_the_halves_of_two_places_are_not_added_up():
    twice = Quote("letter.txt", "0123456789", (Span("letter.txt", 0, 10), Span("letter.txt", 20, 30)))
    assert not shows([Span("letter.txt", 5, 25)], (twice,))


def test_any_alternative_of_a_group_is_enough():
    weak, strong = quote("letter.txt", "Leadership was weak."), quote("report.txt", "Leadership was strong.")
    assert shows([place("report.txt", "Leadership was strong.")], (weak, strong))


def test_coverage_is_the_share_of_groups():
    asked = question(
        [quote("letter.txt", "Leadership was weak.")], [quote("report.txt", "Leadership was strong.")]
    )
    assert coverage(asked, [place("letter.txt", "Leadership was weak.")]) == 0.5
    assert coverage(asked, []) == 0.0


def test_the_budget_cuts_the_passage_that_crosses_it():
    passages = [Span("a", 0, 60), Span("b", 10, 90), Span("c", 0, 5)]
    assert within_budget(passages, 100) == (Span("a", 0, 60), Span("b", 10, 50))


def test_a_budget_that_is_just_used_up_shows_no_more():
    assert within_budget([Span("a", 0, 60), Span("b", 0, 5)], 60) == (Span("a", 0, 60),)
