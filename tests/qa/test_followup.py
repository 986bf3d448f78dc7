"""When earlier questions are carried over, and which."""

import pytest

from qa.followup import carried_questions, leans_on_history

HISTORY = ("What was wrong with lighting?", "Had it improved by 2019?", "Who was in charge?")


@pytest.mark.parametrize(
    "asked",
    ["And in 2016?", "Who wrote it?", "What about the lake?", "By whom?", "And the earlier one?", "Why?"],
)
def test_openings_pointing_words_and_short_questions_lean_on_what_came_before(asked: str) -> None:
    assert leans_on_history(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "Which parks did inspectors visit between May and June 2018?",
        "How many wardens does Northby Council employ?",
        "What's the capital of Australia?",
    ],
)
def test_a_full_question_stands_alone(asked: str) -> None:
    assert not leans_on_history(asked)
    assert carried_questions(asked, HISTORY) == ()


def test_the_last_two_questions_are_carried_oldest_first() -> None:
    assert carried_questions("And why?", HISTORY) == HISTORY[-2:]


def test_without_history_nothing_is_carried() -> None:
    assert carried_questions("And why?", ()) == ()
