"""The analyser makes the same terms of what people write and of what documents say."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.words import analyse, fold, spans, written


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("Inspectors referred 13 cases", ["inspector", "refer", "13", "case"]),
        ("the Council's", ["the", "council"]),
        ("children’s services", ["children", "servic"]),
        ("the inspectors' visit", ["the", "inspector", "visit"]),
        ("multi-agency", ["multi", "agenc"]),
        ("16–17 year olds", ["16", "17", "year", "old"]),
        ("1,400 children", ["1400", "children"]),
        ("1,234,567.50", ["1234567.50"]),
        ("in 2013,14 and 15", ["in", "2013", "14", "and", "15"]),
        ("3.5 per cent", ["3.5", "per", "cent"]),
        ("30.09.2014", ["30", "09", "2014"]),
        ("19th October", ["19", "octob"]),
        ("the 21ST", ["the", "21"]),
        ("2014/15", ["2014", "15"]),
        ("guidance² and CSE¹", ["guidanc", "and", "cse"]),
        ("(guidance)³⁴.", ["guidanc"]),
        ("ﬁles", ["file"]),
        ("guid\u00adance of in\u00adspec\u00adtors", ["guidanc", "of", "inspector"]),
        ("cafe\u0301", ["café"]),
        ("O’Brien", ["o'brien"]),
        ("**bold** _and_ [link](mailto:a@b.uk)", ["bold", "and", "link", "mailto", "a", "b", "uk"]),
        ("", []),
        (" – … ", []),
    ],
)
def test_a_text_becomes_these_terms(written: str, terms: list[str]) -> None:
    assert analyse(written) == terms


def test_a_question_and_a_document_agree_on_capitals_plurals_and_apostrophes() -> None:
    assert analyse("Children’s Services REFERRALS") == analyse("children's service referral")


def test_common_words_are_kept_because_the_question_weighs_them() -> None:
    assert analyse("What is the") == ["what", "is", "the"]


def test_spans_say_where_each_term_stands() -> None:
    text = "Of 1,400 children’s cases²"

    assert [(term, text[start:end]) for term, start, end in spans(text)] == [
        ("of", "Of"),
        ("1400", "1,400"),
        ("children", "children’s"),
        ("case", "cases"),
    ]


def test_words_come_as_they_are_written() -> None:
    text = "Of 1,400 children’s well-kept cases"

    assert written(text) == ["Of", "1,400", "children’s", "well", "kept", "cases"]


@pytest.mark.parametrize(
    ("word", "folded"),
    [("CHILDREN’S", "children's"), ("safe\u00adguarding", "safeguarding"), ("oﬃce", "office")],
)
def test_a_folded_word_has_lower_case_and_plain_signs(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_no_term_holds_white_space_whatever_the_sign() -> None:
    signs = "".join(chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)

    assert [term for term in analyse(signs) if term.split() != [term]] == []


def test_threads_do_not_disturb_each_other() -> None:
    texts = [f"inspection number {n} of services referred" for n in range(200)]
    expected = [analyse(text) for text in texts]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(analyse, texts)) == expected


def test_analyse_and_spans_agree_whatever_the_signs() -> None:
    chance = random.Random(5)
    signs = "aZé19,. '’-\u00ad²\u0301ﬁ_½/\u00a0\n\u2009st"

    for _ in range(2000):
        text = "".join(chance.choices(signs, k=30))
        assert analyse(text) == [term for term, _, _ in spans(text)]
