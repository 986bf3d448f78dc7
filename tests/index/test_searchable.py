"""What is embedded is what a reader needs to understand the words."""

from __future__ import annotations

import numpy as np

from corpus.document import Details, Document, Passage, Role, Section, Sentence
from index.searchable import passage_text, place_in_document, sentence_text

TEXT = "Practice is:\n- not yet embedded\nIt is early days."
LEAD, ITEM, PROSE = (0, 12), Sentence(15, 31, Role.ITEM, (0, 12)), Sentence(32, 49)
PATH = ("Key findings", "Areas for development")


def document_and_passage(path: tuple[str, ...]) -> tuple[Document, Passage]:
    section = Section(path, 0, len(TEXT))
    sentences = (ITEM, PROSE)
    document = Document("a.txt", Details("A"), "0" * 64, TEXT, (), (section,), sentences)
    return document, Passage("a.txt#0", "a.txt", 0, len(TEXT), TEXT, "A", path, None, None, sentences)


def test_a_passage_is_embedded_below_its_context() -> None:
    _, passage = document_and_passage(PATH)

    assert passage_text(passage) == f"A\n{TEXT}"


def test_offsets_into_what_was_embedded_become_offsets_into_the_document() -> None:
    passage = Passage("a.txt#13-49", "a.txt", 13, 49, TEXT[13:49], "A letter", (), None, None, ())
    embedded = passage_text(passage)
    starts = np.array([0, 2, embedded.index("not"), embedded.index("early")], dtype=np.int32)

    places = place_in_document(passage, starts)

    assert places.tolist() == [-1, -1, TEXT.index("not"), TEXT.index("early")]
    assert places.dtype == np.int32


def test_an_item_is_embedded_below_its_section_and_the_sentence_that_introduces_it() -> None:
    expected = "Key findings > Areas for development\nPractice is:\nnot yet embedded"

    assert sentence_text(*document_and_passage(PATH), ITEM) == expected


def test_a_sentence_of_no_section_and_without_a_lead_is_embedded_alone() -> None:
    assert sentence_text(*document_and_passage(()), PROSE) == "It is early days."
