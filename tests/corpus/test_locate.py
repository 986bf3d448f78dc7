"""Saying where a place is."""

from __future__ import annotations

from corpus.document import Details, Document, Page
from corpus.locate import locator
from corpus.structure import find_structure


def place(text: str, words: str) -> str:
    sections, sentences = find_structure(text, None)
    document = Document("a.txt", Details("A"), "0", text, (), sections, sentences)
    return locator(document, text.index(words))


TEXT = "Before.\n\n# Visit\n\nFirst.\n\nSecond:\n\n- item\n\n## Areas\n\nThird."


def test_paragraphs_are_counted_from_the_heading() -> None:
    assert place(TEXT, "First") == "Visit, paragraph 1"
    assert place(TEXT, "Second") == "Visit, paragraph 2"
    assert place(TEXT, "Third") == "Visit › Areas, paragraph 1"


def test_the_heading_itself_is_named_as_such() -> None:
    assert place(TEXT, "Visit") == "Visit, heading"


def test_before_the_first_heading_paragraphs_are_counted_from_the_start() -> None:
    assert place(TEXT, "Before") == "before the first heading, paragraph 1"


def test_a_paged_document_is_located_by_page_with_the_printed_label_first() -> None:
    pages = (Page(1, "iv", 0, 5), Page(2, None, 5, 9))
    document = Document("a.pdf", Details("A"), "0", "x" * 9, pages)
    assert locator(document, 4) == "page iv (1 of 2)"
    assert locator(document, 5) == "page 2 of 2"


def test_in_a_text_without_headings_the_paragraphs_of_the_document_are_counted():
    assert place("Lighting was poor.\n\nThe lake was closed.", "The lake") == "paragraph 2"
