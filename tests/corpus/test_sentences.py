"""Cutting blocks into sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences
from corpus.structure import find_structure


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


def quotes(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find_structure(text, None)[1]]


def test_a_stop_ends_a_sentence_and_a_title_does_not() -> None:
    assert cut("Mr. Thomas came. He stayed.") == ["Mr. Thomas came.", "He stayed."]


def test_a_line_end_ends_no_sentence() -> None:
    assert cut("The council\nmet. It agreed.") == ["The council\nmet.", "It agreed."]


def test_a_quotation_is_kept_whole() -> None:
    text = 'She said: "It failed. We knew." Nobody acted.'
    assert cut(text)[0] == 'She said: "It failed. We knew."'


def test_a_quotation_of_more_than_300_characters_is_cut_at_its_sentences_and_no_mark_is_lost() -> None:
    text = "She said: “" + "We will act and we will act in time. " * 9 + "We know.”"
    assert len(cut(text)) > 2
    assert " ".join(cut(text)).split() == text.split()


def test_the_speaker_after_a_quotation_belongs_to_it() -> None:
    text = '"We have lost our way." A current officer'
    assert cut(text) == [text]


def test_a_sentence_after_a_quotation_is_no_speaker() -> None:
    assert cut('"We have lost our way." He left.')[-1].endswith("He left.")


def test_a_sentence_that_a_page_break_cuts_is_one() -> None:
    text = "The systems enabled a quick\n\nchange in working. Staff agreed."
    assert quotes(text) == ["The systems enabled a quick\n\nchange in working.", "Staff agreed."]


def test_a_word_that_cannot_end_a_sentence_goes_on_with_a_capital() -> None:
    assert len(quotes("The letter was sent to the\n\nChief Inspector of schools.")) == 1


def test_a_line_that_ends_in_a_stop_is_not_joined() -> None:
    assert len(quotes("The work was done.\n\nand then more came.")) == 2


def test_an_item_of_a_list_goes_on_after_a_page_break() -> None:
    text = "- Social workers work alongside a specialist\n\nexploitation team. It is new."
    assert quotes(text)[0] == "Social workers work alongside a specialist\n\nexploitation team."


def test_footnotes_at_the_foot_of_the_page_do_not_stop_a_sentence() -> None:
    text = "The council was\n\n¹ Education Act 2006\n\nnot able to act."
    assert quotes(text) == [text]


def test_two_items_are_never_joined() -> None:
    assert len(quotes("- governance of the\n- use of resources")) == 2


@given(st.text(alphabet="aB. ,:;?!\n\"'“”‘’()[]1é😀", max_size=120), st.sampled_from([1, 30]))
def test_sentences_stand_in_order_and_hold_every_character_but_space(text: str, times: int) -> None:
    text = text * times
    at = 0
    for start, end in split_sentences(text, 0, len(text)):
        assert not text[at:start].strip()
        assert start < end
        at = end
    assert not text[at:].strip()


def test_a_stretch_without_a_stop_is_cut_at_a_space() -> None:
    text = "word " * 10_000
    assert {len(sentence) for sentence in cut(text)} == {19_999, 9_999}
