"""Chunks of other systems, found again in the text they were cut from."""

from eval.chunks import Chunk, locate, paragraphs

TEXT = "First point.\n\nSecond  point,\nwith more.\n\nFirst point.\n\nLast."
TEXTS = {"a": TEXT}


def found(*chunks: str) -> list[str | None]:
    spans = locate([Chunk("a", chunk) for chunk in chunks], TEXTS)
    return [None if span is None else TEXT[span.start : span.end] for span in spans]


def test_a_chunk_with_folded_white_space_is_found_as_it_stands():
    assert found("Second point, with more.") == ["Second  point,\nwith more."]


def test_overlapping_chunks_are_each_found():
    assert found("First point. Second", "Second point,") == ["First point.\n\nSecond", "Second  point,"]


def test_repeated_words_are_told_apart_by_their_order():
    first, _, second = locate(
        [Chunk("a", text) for text in ("First point.", "Second point,", "First point.")], TEXTS
    )
    assert (first.start, second.start) == (0, TEXT.rindex("First"))


def test_a_chunk_whose_words_were_changed_is_not_found_and_the_next_one_is():
    assert found("A header that was added", "Last.") == [None, "Last."]


def test_a_chunk_without_words_is_not_found():
    assert found(" \n ") == [None]


def test_each_document_has_an_order_of_its_own():
    texts = {"a": "One. Two.", "b": "One. Two."}
    spans = locate([Chunk("a", "Two."), Chunk("b", "One.")], texts)
    assert [(span.document, span.start) for span in spans] == [("a", 5), ("b", 0)]


def test_paragraphs_are_what_stands_between_blank_lines():
    parts = [chunk.text for chunk in paragraphs({"a": "One\nline.\n \n\nTwo.\n"})]
    assert parts == ["One\nline.", "Two."]


def test_every_paragraph_is_found_again():
    chunks = paragraphs(TEXTS)
    assert all(span is not None for span in locate(chunks, TEXTS))
