"""What the reader is given, as numbers of word pieces."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from qa.reader_input import LONGEST_HEADING, LONGEST_INPUT, LONGEST_QUESTION, prepare

CLS, SEP, WORD = 0, 1, 2


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Every word is the same piece, so that only places and lengths matter."""
    made = Tokenizer(WordLevel({"[CLS]": CLS, "[SEP]": SEP, "w": WORD}, unk_token="w"))
    made.pre_tokenizer = Whitespace()
    return made


def test_the_question_the_heading_and_the_text_stand_between_separators(tokenizer: Tokenizer) -> None:
    (reading,) = prepare(tokenizer, "w w", [("w", "w w w")])
    assert reading.ids == (CLS, WORD, WORD, SEP, WORD, SEP, WORD, WORD, WORD, SEP)
    assert reading.kinds == (0, 0, 0, 0, 1, 1, 1, 1, 1, 1)


def test_offsets_say_where_each_piece_of_the_text_stands(tokenizer: Tokenizer) -> None:
    (reading,) = prepare(tokenizer, "w", [("", "ab  cde")])
    assert reading.text_from == 4
    assert reading.offsets == ((0, 2), (4, 7))


def test_what_is_too_long_is_cut_at_its_end(tokenizer: Tokenizer) -> None:
    long = "w " * 1_000
    (reading,) = prepare(tokenizer, long, [(long, long)])
    assert len(reading.ids) == LONGEST_INPUT
    assert reading.text_from == LONGEST_QUESTION + LONGEST_HEADING + 3
    assert reading.ids[-1] == SEP


def test_each_passage_gets_its_own_input_in_order(tokenizer: Tokenizer) -> None:
    readings = prepare(tokenizer, "w", [("", "w"), ("", "w w")])
    assert [len(reading.offsets) for reading in readings] == [1, 2]
