"""Larger indexes are of recombined real sentences, and are measured in a process of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.bench_errors import ProgramFailed
from eval.bench_sizes import measure, measure_sizes
from eval.scale_corpus import Base, LargeCorpus, Texts, read_base_sentences, read_questions


def test_documents_are_of_real_sentences_with_other_words_and_always_the_same() -> None:
    sentences = read_base_sentences(Texts(None), most=50)
    corpus = LargeCorpus(Base(sentences, np.zeros((50, 2), np.float32)), 3)

    assert corpus[1].text == corpus[1].text
    assert len({document.text for document in corpus}) == 3
    starts = {" ".join(sentence.split()[:4]) for sentence in sentences}
    assert all(" ".join(line.split()[:4]) in starts for line in corpus[1].text.split("\n"))


def test_questions_are_spread_over_those_of_the_evaluation() -> None:
    assert len(set(read_questions(Texts(None), most=40))) == 40


def test_an_index_is_built_asked_and_added_to_and_is_afterwards_as_before(tmp_path: Path) -> None:
    first = measure(120, None, tmp_path, questions=3)
    again = measure(120, None, tmp_path, questions=3)

    assert 100 <= first.passages <= 140
    assert (first.recall_at_10, first.recall_at_100) == (1.0, 1.0)
    assert first.asked["question, with the reader"].count == 3
    assert first.add_seconds > 0
    assert (again.passages, again.sentences) == (first.passages, first.sentences)
    assert again.build_seconds == first.build_seconds  # it was kept


def test_a_size_that_cannot_be_measured_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match="an index of 120 passages stopped: FileNotFoundError"):
        measure_sizes([120], tmp_path / "nowhere", tmp_path, questions=3, say=lambda _: None)
