"""What a quotation is shown with, so that it can be understood by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document, Sentence
from qa.answer import Citation
from qa.compose import cite
from qa.context import context_of, leans
from tests.qa.other_texts import read_text

TEXT = """# Lake

The lake was opened in 2011. It was closed in 2014. This cost a lot. Boats are kept nearby.

# Visits

It was cold in 2015.

The inspectors recommend:

- new lighting
- a warden

| Weakness | Year |
|---|---|
| Lighting | 2012 |
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return read_text(tmp_path, TEXT, "2020-05-04-report.md")


def citation(document: Document, words: str) -> Citation:
    start = document.text.index(words)
    sentence = next(one for one in document.sentences if one.start <= start < one.end)
    return cite([(document, Sentence(sentence.start, sentence.end))], by_date=False)[0]


def before(document: Document, words: str) -> list[str]:
    return [one.quote for one in context_of(document, citation(document, words))]


def test_a_sentence_that_stands_alone_needs_nothing(document: Document) -> None:
    assert before(document, "The lake was opened") == []
    assert before(document, "Boats are kept") == []


def test_one_that_leans_comes_with_those_it_leans_on(document: Document) -> None:
    assert before(document, "It was closed") == ["The lake was opened in 2011."]
    assert before(document, "This cost") == ["The lake was opened in 2011.", "It was closed in 2014."]


def test_nothing_of_another_section_is_taken(document: Document) -> None:
    assert before(document, "It was cold") == []


def test_an_item_comes_with_what_introduces_it_and_a_row_with_its_columns(document: Document) -> None:
    assert before(document, "new lighting") == ["The inspectors recommend:"]
    assert before(document, "| Lighting") == ["| Weakness | Year |"]


@pytest.mark.parametrize("words", ["It fell.", "However, it rose.", "Three years later it rose."])
def test_pronouns_and_connections_lean(words: str) -> None:
    assert leans(words)


@pytest.mark.parametrize("words", ["Italy was cold.", "Buttons were sold.", "In 2004 it rained."])
def test_words_that_only_begin_alike_do_not(words: str) -> None:
    assert not leans(words)
