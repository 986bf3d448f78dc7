"""Misspelt words, corrected from the words of the documents."""

from collections.abc import Mapping
from typing import ClassVar

import pytest

from qa.spelling import Correction, correct


class Words:
    """The words of a small council's documents."""

    counts: ClassVar = {
        "inspection": 9,
        "placement": 4,
        "placements": 2,
        "enfield": 3,
        "needs": 5,
        "malcolm": 1,
        "string": 1,
    }

    def written_words(self) -> Mapping[str, int]:
        return self.counts

    def is_name(self, word: str) -> bool:
        return word in ("enfield", "malcolm")


def corrected(text: str, *known: str) -> str:
    return correct(text, Words(), lambda term: term in known)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("an inspecton", "an inspection"),  # left out
        ("an inspectoin", "an inspection"),  # swapped
        ("one placemant", "one placement"),  # changed
        ("Inspectionn of Enfeild", "Inspection of Enfield"),
        ("who is malcom", "who is malcolm"),
    ],
)
def test_a_word_that_stands_nowhere_is_replaced_by_the_near_one(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


def test_what_was_replaced_is_told_in_the_order_of_the_text() -> None:
    _, corrections = correct("inspecton of Enfeild", Words(), lambda _: False)
    assert corrections == (Correction("inspecton", "inspection"), Correction("Enfeild", "Enfield"))


def test_a_known_word_is_left_alone() -> None:
    assert corrected("the strong", "strong") == "the strong"


def test_a_name_is_not_taken_for_an_ordinary_word() -> None:
    assert corrected("the council of Leeds") == "the council of Leeds"
    assert corrected("the mayor of Strang") == "the mayor of Strang"


@pytest.mark.parametrize("text", ["rain", "2450", "whch", "anspection", "plumbing"])
def test_short_words_numbers_other_first_letters_and_far_words_are_left_alone(text: str) -> None:
    assert corrected(text) == text
