"""Statements of different documents that do not agree are set side by side."""

from __future__ import annotations

from datetime import date

import numpy as np

from corpus.document import Details, Document, Passage, Sentence
from qa.disagreement import disagreeing, numbers_of
from qa.evidence import Evidence

NOTHING = np.zeros(1, np.float32)


def told(name: str, words: str, score: float = 1.0, published: date = date(2018, 6, 1)) -> Evidence:
    document = Document(name, Details(name, published=published), "0" * 64, words)
    passage = Passage("p", name, 0, len(words), words, "", (), None, None, ())
    return Evidence(document, passage, 0, Sentence(0, len(words)), score, 0.0, 0.0, NOTHING, NOTHING)


LETTER = told("letter", "The inspection of the parks ended on 9 May 2018.")
ARTICLE = told("article", "Between 1 and 8 May 2018 inspectors made their inspection of the parks.", 0.8)


def test_days_that_are_close_and_not_the_same_disagree() -> None:
    assert disagreeing([LETTER], [LETTER, ARTICLE]) == (LETTER, ARTICLE)


def test_the_same_day_agrees() -> None:
    same = told("article", "The parks had their inspection between 1 and 9 May 2018.", 0.8)
    assert disagreeing([LETTER], [LETTER, same]) == ()


def test_days_far_apart_are_two_things() -> None:
    other = told("article", "The inspection of the lake ended on 3 March 2016.", 0.8)
    assert disagreeing([LETTER], [LETTER, other]) == ()


def test_one_document_does_not_disagree_with_itself() -> None:
    again = told("letter", "The inspection ended on 8 May 2018.", 0.8)
    assert disagreeing([LETTER], [LETTER, again]) == ()


def test_two_names_for_one_departure_disagree() -> None:
    left = told("letter", "Ann Smith left the council by mutual agreement on 4 May 2018.")
    resigned = told("article", "The findings led to the resignation of Ann Smith.", 0.8)
    assert disagreeing([left], [left, resigned]) == (left, resigned)
    someone_else = told("article", "The findings led to the resignation of John Brown.", 0.8)
    assert disagreeing([left], [left, someone_else]) == ()


def test_what_is_far_behind_the_best_is_not_looked_at() -> None:
    far = told("article", "Between 1 and 8 May 2018 inspectors made their inspection.", 0.3)
    assert disagreeing([LETTER], [LETTER, far]) == ()


def test_nothing_shown_disagrees_with_nothing() -> None:
    assert disagreeing([], [LETTER, ARTICLE]) == ()
    assert numbers_of([LETTER], []) == ()
