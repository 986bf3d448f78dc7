"""A question that asks several things, taken apart."""

import pytest

from qa.parts import split_question


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (
            "When was the park opened, and who paid for it?",
            ("When was the park opened?", "who paid for it?"),
        ),
        (
            "Did the lamps work in 2014, and what about in 2015?",
            ("Did the lamps work in 2014?", "what about in 2015?"),
        ),
        ("Who wrote the letter? When did it arrive?", ("Who wrote the letter?", "When did it arrive?")),
    ],
)
def test_what_asks_twice_is_two_questions(asked: str, parts: tuple[str, ...]) -> None:
    assert split_question(asked) == parts


@pytest.mark.parametrize(
    "asked",
    [
        "Who wrote the letter and signed it?",
        "What good and what bad did the letter say about the park?",
        "In what order, and when, were the parks visited?",
        "The lamps and how they were mended",
        "And what did it cost?",
        "",
    ],
)
def test_what_asks_once_stays_whole(asked: str) -> None:
    assert split_question(asked) == (asked,)


def test_more_than_three_parts_are_left_together() -> None:
    asked = "Who came to the park? When did they come? What was said? Why was nothing done?"
    assert split_question(asked) == (asked,)
