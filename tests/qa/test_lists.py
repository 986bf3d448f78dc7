"""Lists in documents: which items belong together, and what introduces them."""

from __future__ import annotations

import pytest

from corpus.document import Details, Document, Sentence
from corpus.structure import find_structure
from qa.lists import LONGEST_LIST, introduction_of, list_around, list_under

VISITED = (
    "# Visits\n\nWe have visited:\n\n- the park\n- the lake\n  with its pier\n- the bridge\n\nAll are open.\n"
)
HEADED = "# What must improve\n\n- The park.\n- The lake.\n\n# Findings\n\n- It is wet. It is so.\n- It is.\n"


def document(text: str) -> Document:
    sections, sentences = find_structure(text, None)
    return Document("a", Details("a"), "0" * 64, text, sections=sections, sentences=sentences)


def sentence(of: Document, words: str) -> Sentence:
    """The sentence that begins with these words."""
    return next(one for one in of.sentences if of.text.startswith(words, one.start))


def words(of: Document, sentences: tuple[Sentence, ...]) -> list[str]:
    return [" ".join(of.text[one.start : one.end].split()) for one in sentences]


def test_a_sentence_with_a_colon_introduces_the_items_below_it() -> None:
    visited = document(VISITED)
    items = list_under(visited, sentence(visited, "We have"))
    assert words(visited, items) == ["the park", "the lake with its pier", "the bridge"]
    assert list_under(visited, sentence(visited, "All are")) == ()


def test_an_item_leads_to_its_list_and_to_what_introduces_it() -> None:
    visited = document(VISITED)
    item = sentence(visited, "the lake")
    assert introduction_of(visited, item) == sentence(visited, "We have")
    assert list_around(visited, item) == list_under(visited, sentence(visited, "We have"))
    assert list_around(visited, sentence(visited, "All are")) == ()


def test_a_heading_introduces_a_list_whose_items_are_single_sentences() -> None:
    headed = document(HEADED)
    improve, findings = sentence(headed, "What must"), sentence(headed, "Findings")
    assert words(headed, list_under(headed, improve)) == ["The park.", "The lake."]
    assert introduction_of(headed, sentence(headed, "The lake")) == improve
    assert list_under(headed, findings) == ()  # paragraphs that are marked like items
    assert list_around(headed, sentence(headed, "It is wet")) == ()


@pytest.mark.parametrize(
    "text", ["We have visited:\n\n- the park\n", "We have visited:\n\nThe park is open.\n"]
)
def test_one_item_or_none_is_no_list(text: str) -> None:
    alone = document(text)
    assert list_under(alone, sentence(alone, "We have")) == ()


def test_a_list_that_is_too_long_for_an_answer_is_none() -> None:
    items = "".join(f"- item {number} {'x' * 90}\n" for number in range(LONGEST_LIST // 90))
    long = document(f"We have visited:\n\n{items}")
    assert list_under(long, sentence(long, "We have")) == ()
    assert list_under(long, sentence(long, "We have"), longest=2 * LONGEST_LIST) != ()


def test_the_lines_of_who_gets_copies_belong_together() -> None:
    letter = document(
        "4 May 2018\n\nDear Ms Smith\n\nThe park is open.\n\nYours sincerely\n\nAnn Lee\n\n"
        "Copies to:\nJo Hill, Leader\nSam Poole, Chair\n"
    )
    copied = sentence(letter, "Jo Hill")
    assert words(letter, list_around(letter, copied)) == ["Jo Hill, Leader", "Sam Poole, Chair"]


def test_one_line_of_copies_is_no_list() -> None:
    letter = document(
        "4 May 2018\n\nDear Ms Smith\n\nThe park is open.\n\nYours sincerely\n\nAnn Lee\n\n"
        "Copies to:\nJo Hill, Leader\n"
    )
    assert list_around(letter, sentence(letter, "Jo Hill")) == ()
