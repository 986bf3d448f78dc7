"""What a question is understood to ask."""

from datetime import date

import pytest

from corpus.document import Role
from corpus.period import Period
from qa.errors import EmptyQuestion, QuestionTooLong
from qa.question import LONGEST, Kind, content_terms, parse


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("How many cases were open?", Kind.NUMBER),
        ("number of agency social workers", Kind.NUMBER),
        ("When was the team set up?", Kind.DATE),
        ("On what date did the visit end?", Kind.DATE),
        ("Since when has the number been rising?", Kind.DATE),
        ("Who wrote the letter?", Kind.PERSON),
        ("names of the inspectors", Kind.NAME),
        ("Why were cases referred back?", Kind.REASON),
        ("Which teams improved when they moved?", Kind.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_from_the_words_of_the_question(asked: str, kind: Kind) -> None:
    assert parse(asked).kind is kind


def test_only_words_that_carry_meaning_are_searched() -> None:
    assert content_terms("What did they say about the lighting of the parks?") == ["light", "park"]


def test_a_repeated_word_counts_once() -> None:
    assert content_terms("parks, parks and more parks") == ["park"]


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "???", "“ ”"])
def test_a_question_without_letters_or_digits_is_empty(nothing: str) -> None:
    with pytest.raises(EmptyQuestion, match="type a question"):
        parse(nothing)


def test_the_longest_question_is_read_and_one_character_more_is_refused_with_both_numbers() -> None:
    parse("a" * LONGEST)
    with pytest.raises(QuestionTooLong, match="2,001 characters and at most 2,000"):
        parse("a" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ("Who was the letter addressed to?", Role.ADDRESSEE),
        ("What is the telephone number?", Role.LETTERHEAD),
        ("Who signed it?", Role.SIGNATURE),
        ("who was cc'd", Role.COPIES),
        ("When was the letter sent?", Role.DATE),
        ("Which building did the letter of June 2016 go to?", Role.ADDRESSEE),
        ("Who wrote to Ian Thomas?", Role.SIGNATURE),
    ],
)
def test_a_part_of_a_letter_is_recognised_when_it_is_asked_for(asked: str, role: Role) -> None:
    assert role in parse(asked).parts


def test_who_wrote_to_somebody_does_not_ask_for_the_addressee() -> None:
    assert Role.ADDRESSEE not in parse("Who wrote to Ian Thomas?").parts
    assert Role.ADDRESSEE in parse("Ofsted wrote to whom?").parts


def test_who_got_copies_asks_for_all_of_them() -> None:
    assert parse("Which minister was sent a copy of the letter?").wants_list


def test_no_part_of_a_letter_is_asked_for_by_a_question_about_its_subject() -> None:
    assert parse("How many social workers left?").parts == frozenset()


def test_the_years_that_a_question_names_are_known() -> None:
    assert parse("What changed in March 2016?").periods == (Period(date(2016, 3, 1), date(2016, 3, 31)),)


def test_carried_questions_are_searched_too_and_weigh_less() -> None:
    question = parse("And the lake?", ("How was the lighting?",))
    assert question.text == "How was the lighting? And the lake?"
    assert question.terms["lake"] == 1.0
    assert question.terms["light"] == 0.5
    assert question.own_terms == {"lake"}


def test_a_new_year_replaces_the_year_of_the_earlier_question() -> None:
    question = parse("And in 2021?", ("How was the lighting in 2018?",))
    assert "2018" not in question.text
    assert set(question.terms) == {"light", "2021"}
