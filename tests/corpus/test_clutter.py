"""Advertisements and repeated captions."""

from __future__ import annotations

from corpus.document import Role
from corpus.structure import find_structure

ARTICLE = "The council met on Monday and agreed the plan in full.\n\n"


def quotes(text: str, role: Role) -> list[str]:
    return [text[s.start : s.end] for s in find_structure(text, None)[1] if s.role is role]


def test_what_sells_twice_after_the_last_sentence_is_an_advertisement() -> None:
    text = ARTICLE + "Digital edition\n\n• Latest issues\n\nFrom £15 / month\n\nSubscribe"
    expected = ["Digital edition", "Latest issues", "From £15 / month", "Subscribe"]
    assert quotes(text, Role.ADVERTISEMENT) == expected


def test_one_word_that_sells_is_not_enough() -> None:
    assert quotes(ARTICLE + "Read more on the website", Role.ADVERTISEMENT) == []


def test_the_membership_of_a_board_is_no_advertisement() -> None:
    text = ARTICLE + "- Membership of the board\n- Membership of the panel"
    assert quotes(text, Role.ADVERTISEMENT) == []


def test_selling_words_before_the_last_sentence_belong_to_the_article() -> None:
    assert quotes("Subscribe\n\nFrom £15 / month\n\n" + ARTICLE, Role.ADVERTISEMENT) == []


def test_a_caption_that_is_repeated_is_quoted_once() -> None:
    text = "The town hall of Rotherham\nThe town hall of Rotherham\n\n" + ARTICLE
    assert quotes(text, Role.CAPTION) == ["The town hall of Rotherham"]
