"""What kind of answer is wanted, and what can be one."""

import pytest

from qa.kinds import Kind, asks_over_time, fits_kind, wants_list


@pytest.mark.parametrize(
    ("kind", "words", "fits"),
    [
        (Kind.NUMBER, "Inspectors referred 13 cases back.", True),
        (Kind.NUMBER, "Seven of the files failed.", True),
        (Kind.NUMBER, "Some of the files failed.", False),
        (Kind.DATE, "It was established in July 2015.", True),
        (Kind.DATE, "It may be established soon.", False),
        (Kind.PERSON, "The letter was copied to Martin Kimber.", True),
        (Kind.PERSON, "Matt Reed\nHer Majesty's Inspector", True),
        (Kind.PERSON, "Inspectors were impressed.", False),
        (Kind.OTHER, "Anything.", False),
    ],
)
def test_words_fit_a_kind_when_they_hold_one(kind: Kind, words: str, fits: bool) -> None:
    assert fits_kind(kind, words) is fits


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("List the inspectors.", True),
        ("Which three people stepped down?", True),
        ("What areas were to be improved?", True),
        ("Who were the inspectors?", True),
        ("Who else was copied in?", True),
        ("Who wrote the letter?", False),
        ("When was it written?", False),
    ],
)
def test_a_question_for_several_things_is_recognised(asked: str, wanted: bool) -> None:
    assert wants_list(asked) is wanted


@pytest.mark.parametrize(
    ("asked", "over_time"),
    [
        ("How has this been described over the years?", True),
        ("Had the form changed?", True),
        ("Trace the ratings.", True),
        ("Is that still so?", True),
        ("What was wrong with the form?", False),
    ],
)
def test_a_question_about_several_times_is_recognised(asked: str, over_time: bool) -> None:
    assert asks_over_time(asked) is over_time
