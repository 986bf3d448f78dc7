"""Where the words of a quote stand in a copy that is set otherwise."""

from __future__ import annotations

from eval.evidence_match import Squashed, match_quote


def found(quote: str, text: str) -> list[str]:
    return [text[start:end] for start, end in match_quote(quote, Squashed.of(text))]


def test_line_ends_hyphens_bullets_and_kinds_of_quotation_marks_make_no_difference() -> None:
    text = "It said:\n\n• the ‘multi-\nagency’ hub   was new."
    assert found("the 'multiagency' hub was new", text) == ["the ‘multi-\nagency’ hub   was new"]


def test_every_place_is_found() -> None:
    assert found("The plan", "The plan. the\nplan.") == ["The plan", "the\nplan"]


def test_a_few_letters_that_were_recognised_wrongly_are_let_pass() -> None:
    (words,) = found("The inspectors met the staff", "First. The lnspectors rnet the staff. Last.")
    assert "lnspectors rnet the staf" in words


def test_other_words_are_not_taken_for_it() -> None:
    assert found("The inspectors met the staff", "Nobody came to see the council that year.") == []


def test_what_has_no_letters_stands_nowhere() -> None:
    assert found("...", "The plan.") == []
