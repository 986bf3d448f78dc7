"""No question and no document of the evaluation is in the reader's training data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from eval.material import BUNDLED_DOCUMENTS, read_material, read_texts
from eval.reader_sources import is_held_out, read_all, squad2
from index.words import analyse

PUBLIC = os.environ.get("INSPECTION_QA_PUBLIC")
needs_public = pytest.mark.skipif(
    PUBLIC is None, reason="INSPECTION_QA_PUBLIC does not name the folder of the public sets"
)
_WINDOW = 12  # words in a row that two texts do not share by chance


@needs_public
def test_no_question_of_the_evaluation_is_trained_on() -> None:
    asked = {tuple(analyse(one.question)) for one in _trained()}
    assert asked.isdisjoint(tuple(analyse(question.text)) for question in read_material(None, ()).questions)


@needs_public
def test_no_document_of_the_evaluation_is_trained_on() -> None:
    ours = {window for text in read_texts(BUNDLED_DOCUMENTS).values() for window in _windows(text)}
    assert not any(window in ours for one in _trained() for window in _windows(one.paragraph))


@needs_public
def test_the_half_that_is_measured_on_is_not_the_half_that_is_trained_on() -> None:
    trained = {one.title for one in squad2(Path(PUBLIC or ""), held_out=False)}
    assert trained.isdisjoint(one.title for one in squad2(Path(PUBLIC or ""), held_out=True))


def test_about_half_of_all_titles_are_held_out() -> None:
    held = sum(is_held_out(f"Article {number}") for number in range(1_000))
    assert 430 < held < 570


def _trained():
    return read_all(Path(PUBLIC or ""), without=frozenset(), seed=1)


def _windows(text: str):
    words = analyse(text)
    return (tuple(words[at : at + _WINDOW]) for at in range(len(words) - _WINDOW + 1))
