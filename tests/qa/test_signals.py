"""What the confidence is made from."""

from __future__ import annotations

import pytest

from index.store import SearchIndex
from qa.assistant import Assistant
from qa.confidence import Signals


def signals(town: Assistant, asked: str) -> Signals:
    found = town.signals(asked)
    assert found is not None
    return found


def test_a_name_that_stands_in_no_document_is_missing_altogether(town: Assistant) -> None:
    assert signals(town, "Was the lighting poor in Southby?").missing_name == pytest.approx(1.0)


def test_a_name_that_stands_near_the_answer_is_not_missing(town: Assistant) -> None:
    assert signals(town, "Were there parks in Northby in 2018?").missing_name == 0.0


def test_of_a_persons_name_the_surname_has_to_stand_near(town: Assistant) -> None:
    assert signals(town, "Which letter did Jane White sign?").missing_name == 0.0
    assert signals(town, "Which letter did Mary Black sign?").missing_name == pytest.approx(1.0)


def test_an_abbreviation_is_no_missing_name(town: Assistant) -> None:
    assert signals(town, "Was the lighting poor in the QXZ?").missing_name == 0.0


def test_names_count_in_the_sentence_that_answers(town: Assistant) -> None:
    assert signals(town, "Which letter did Mary White sign?").names_here == 1.0
    assert signals(town, "Was the lighting poor in Southby?").names_here == 0.0


def test_a_question_without_names_misses_none(town: Assistant, index: SearchIndex) -> None:
    found = signals(town, "was the lighting poor?")
    assert (found.missing_name, found.names_here) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [("How many parks had no lighting at all?", 1.0), ("Why was the lighting poor?", 0.0)],
)
def test_the_best_sentence_fits_the_kind_of_answer_that_is_asked_for(
    town: Assistant, asked: str, fits: float
) -> None:
    assert signals(town, asked).fits_kind == fits


def test_a_development_is_told_from_a_single_fact(town: Assistant) -> None:
    assert signals(town, "How has the lighting changed over the years?").asks_over_time == 1.0
    assert signals(town, "Was the lighting poor?").asks_over_time == 0.0


def test_the_part_of_a_letter_that_is_asked_for_is_known_as_such(town: Assistant) -> None:
    assert signals(town, "Who signed the letter of 2021?").is_part == 1.0
    assert signals(town, "Was the lighting poor?").is_part == 0.0
