from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import Details, Document, Role, Sentence
from ui.excerpts import checked_sources, closest_passages, excerpt_around, paragraph_around, stands

TEXT = """\
## Findings

The first paragraph. It has two sentences.

Inspectors saw weaknesses in:

- the leadership of services
- the quality of practice
  on two lines
- the board.

2.1 A numbered paragraph. It says more.
2.2 Another one.

| Year | Grade |
|------|-------|
| 2014 | Inadequate |
| 2018 | Good |

A sentence that a page

break cuts in two. The end.
"""


def document(text: str = TEXT, sentences: tuple[Sentence, ...] = ()) -> Document:
    return Document("a.txt", Details("A"), "", text, sentences=sentences)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "paragraph"),
    [
        ("It has two sentences.", "The first paragraph. It has two sentences."),
        ("The first paragraph.", "The first paragraph. It has two sentences."),
        ("quality of practice", "the quality of practice\n  on two lines"),
        ("- the board.", "- the board."),
        ("It says more.", "2.1 A numbered paragraph. It says more."),
        ("2014 | Inadequate", "| 2014 | Inadequate |"),
        ("The end.", "A sentence that a page\n\nbreak cuts in two. The end."),
        ("A sentence", "A sentence that a page\n\nbreak cuts in two. The end."),
        ("page\n\nbreak cuts", "A sentence that a page\n\nbreak cuts in two. The end."),
        ("## Findings", "## Findings"),
    ],
)
def test_the_paragraph_is_the_smallest_block_that_holds_the_words(words, paragraph):
    first, last = paragraph_around(TEXT, *span(words))
    assert TEXT[first:last] == paragraph


def test_an_excerpt_stands_in_the_document_unchanged():
    start, end = span("It has two sentences.")
    excerpt = excerpt_around(document(), start, end)
    assert excerpt.marked == "It has two sentences."
    assert excerpt.before + excerpt.marked + excerpt.after in TEXT
    assert (excerpt.cut_before, excerpt.cut_after) == (False, False)


def test_what_stands_before_and_after_an_excerpt_is_kept_for_who_wants_more():
    excerpt = excerpt_around(document(), *span("A numbered paragraph."))
    assert excerpt.earlier.startswith("## Findings")
    assert excerpt.later.endswith("The end.\n")
    whole = excerpt.earlier + excerpt.before + excerpt.marked + excerpt.after + excerpt.later
    assert whole == TEXT


def test_more_of_a_long_text_has_an_end_and_begins_with_a_sentence():
    text = " ".join(f"This is sentence number {number} of a long paragraph." for number in range(400))
    excerpt = excerpt_around(document(text), *span("This is sentence number 200 of", text))
    assert 0 < len(excerpt.earlier) <= 900
    assert 0 < len(excerpt.later) <= 900
    assert excerpt.earlier.startswith("This is sentence")


def test_a_long_paragraph_is_cut_between_sentences_and_says_so():
    sentences = [f"This is sentence number {number} of a long paragraph." for number in range(40)]
    text = " ".join(sentences)
    excerpt = excerpt_around(document(text), *span(sentences[20], text), context=120)
    assert excerpt.cut_before
    assert excerpt.cut_after
    assert excerpt.before == f"{sentences[18]} {sentences[19]} "
    assert excerpt.after == f" {sentences[21]} {sentences[22]}"


def test_a_paragraph_without_sentences_is_cut_between_words():
    text = " ".join(["word"] * 300)
    excerpt = excerpt_around(document(text), 700, 704, context=50)
    assert set((excerpt.before + excerpt.after).split()) == {"word"}
    assert len(excerpt.before) <= 50
    assert len(excerpt.after) <= 50


def test_text_without_a_space_is_cut_all_the_same():
    excerpt = excerpt_around(document("x" * 2000), 1000, 1001, context=50)
    assert (len(excerpt.before), len(excerpt.after)) == (50, 50)


def test_a_list_item_is_shown_with_the_sentence_that_introduces_it():
    lead = span("Inspectors saw weaknesses in:")
    item = span("the quality of practice")
    sentences = (Sentence(*lead), Sentence(*item, role=Role.ITEM, lead=lead))
    excerpt = excerpt_around(document(sentences=sentences), *item)
    assert excerpt.lead == "Inspectors saw weaknesses in:"


def test_a_lead_that_the_excerpt_shows_already_is_not_repeated():
    lead, rest = span("The first paragraph."), span("It has two sentences.")
    sentences = (Sentence(*lead), Sentence(*rest, lead=lead))
    assert excerpt_around(document(sentences=sentences), *rest).lead is None


def test_a_citation_stands_only_where_its_words_are(assistant, letter, wrong_citation):
    right = assistant.ask("How do workers feel?").citations[0]
    assert stands(right, letter)
    assert not stands(wrong_citation, letter)
    assert not stands(replace(right, quote="", end=right.start), letter)


def test_citations_that_do_not_stand_are_no_sources(assistant, wrong_citation):
    answer = assistant.ask("How do workers feel?")
    mixed = replace(answer, citations=(*answer.citations, replace(wrong_citation, number=2)))
    assert [source.citation.number for source in checked_sources(mixed, assistant)] == [1]


def test_a_page_of_excerpts_shows_the_quotation_of_every_source(assistant):
    answer = assistant.ask("How good are children's plans?")
    for source in checked_sources(answer, assistant):
        assert source.excerpt.marked == source.citation.quote
        assert (
            source.excerpt.before + source.excerpt.marked
            in assistant.document(source.citation.document_id).text
        )


def test_the_closest_passages_are_few_and_only_those_that_stand(assistant):
    answer = assistant.ask("What is the capital of France?")
    good = answer.hits[0]
    wrong = replace(good, passage=replace(good.passage, start=0, end=5))
    found = closest_passages(replace(answer, hits=(wrong, good, good, good, good)), assistant)
    assert len(found) == 3
    assert found[0].excerpt.before == good.passage.text


def test_a_passage_says_where_it_stands(assistant):
    answer = assistant.ask("What is the capital of France?")
    hit = answer.hits[0]
    paged = replace(hit, passage=replace(hit.passage, section=("A", "B"), pages=(3, 4)))
    single = replace(hit, passage=replace(hit.passage, section=(), pages=(3, 3)))
    found = closest_passages(replace(answer, hits=(paged, single)), assistant)
    assert [passage.place for passage in found] == ["A › B, pages 3 to 4", "page 3"]
