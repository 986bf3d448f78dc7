"""Words of the documents that are near in meaning."""

from __future__ import annotations

import numpy as np

from index.encode import Vectors
from qa.near_words import near_words
from qa.question import parse
from tests.fakes import HashedWords


class Words:
    """Knows one near word for every word that it is asked about, and which words those were."""

    def __init__(self, *near: tuple[str, float]) -> None:
        self.near = list(near)
        self.asked = 0

    def nearest_to(self, term: str, k: int) -> list[tuple[str, float]] | None:
        return self.near[:k] if term == "known" else None

    def nearest_words(self, vectors: Vectors, k: int) -> list[list[tuple[str, float]]]:
        self.asked = len(vectors)
        return [self.near[:k] for _ in vectors]


def meaning(word: str) -> Vectors:
    return HashedWords().encode_queries([word])[0]


def test_near_words_weigh_by_their_cosine_and_far_ones_are_left_out() -> None:
    words = Words(("budget", 0.8), ("garden", 0.4))
    assert near_words(parse("cash"), words, meaning) == {"budget": 0.8}


def test_words_near_to_an_earlier_question_weigh_less() -> None:
    found = near_words(parse("And 2016?", ("cash",)), Words(("budget", 0.8)), meaning)
    assert np.isclose(found["budget"], 0.4)


def test_a_word_of_the_question_is_not_near_to_itself() -> None:
    assert near_words(parse("cash budget"), Words(("budget", 0.9)), meaning) == {}


def test_names_numbers_abbreviations_and_months_stand_only_for_themselves() -> None:
    words = Words(("doncast", 0.9))
    assert near_words(parse("Was Rotherham in the SIF of June 2016?"), words, meaning) == {}
    assert words.asked == 0


def test_only_words_that_the_documents_do_not_use_are_encoded() -> None:
    encoded: list[str] = []

    def noted(word: str) -> Vectors:
        encoded.append(word)
        return meaning(word)

    assert near_words(parse("known cash"), Words(("budget", 0.8)), noted) == {"budget": 0.8}
    assert encoded == ["cash"]
