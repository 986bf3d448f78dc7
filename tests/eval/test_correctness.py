"""Right answers by their strings, worked out by hand."""

import pytest

from eval.correctness import is_correct
from tests.eval.worked_example import given, place, question

WEAK = place("letter.txt", "Leadership was weak.")


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("They referred 65 cases back.", True),
        ("THEY REFERRED\n65   CASES BACK.", True),
        ("They referred 64 cases back.", False),
        ("Sixty-five cases were found.", False),
    ],
)
def test_one_string_of_every_group_is_needed(answer, right):
    asked = question(accept=[["65 cases", "sixty-five"], ["back", "returned"]])
    assert is_correct(asked, given(answer=answer)) is right


def test_a_citation_marker_is_not_a_number_that_was_asked_for():
    asked = question(accept=[["1"]])
    assert not is_correct(asked, given(answer="Leadership was weak. [1]", cited=[WEAK]))


def test_a_bracket_that_is_no_marker_is_part_of_the_answer():
    asked = question(accept=[["[7]"]])
    assert is_correct(asked, given(answer="See paragraph [7]. [1]", cited=[WEAK]))


def test_silence_is_not_correct_even_with_the_right_words():
    asked = question(accept=[["65"]])
    assert not is_correct(asked, given(answer="The closest passage mentions 65.", answerable=False))
