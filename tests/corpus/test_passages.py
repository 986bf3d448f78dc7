"""Splitting documents into passages."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from corpus.document import Details, Document, Page, Passage, Role
from corpus.passages import LONGEST, pages_of, split
from corpus.structure import find_structure
from tests.corpus.test_structure import PIECES

SENTENCE = "The council met in the town hall on Monday and agreed the whole plan. "  # 70 characters


def document(text: str, *pages: Page, published: date | None = None) -> Document:
    sections, sentences = find_structure(text, None)
    details = Details("The report", "Ofsted", kind="letter", published=published)
    return Document("r.txt", details, "0", text, pages, sections, sentences)


def quotes(text: str) -> list[str]:
    return [passage.text for passage in split(document(text))]


def test_a_passage_grows_to_about_400_characters() -> None:
    lengths = [len(passage.text) for passage in split(document(SENTENCE * 12))]
    assert len(lengths) == 3
    assert max(lengths) <= 400


def test_a_passage_does_not_reach_across_a_section() -> None:
    assert quotes("# One\n\nFirst.\n\n# Two\n\nSecond.") == ["One\n\nFirst.", "Two\n\nSecond."]


def test_a_heading_stays_with_what_it_heads() -> None:
    assert quotes("# One\n\n" + SENTENCE * 5)[0].startswith("One\n\nThe council")


def test_the_first_item_of_a_list_stays_with_its_lead() -> None:
    text = SENTENCE * 5 + "The plan says:\n\n- visit every child in the borough at once\n- write it down"
    assert "The plan says:\n\n- visit every child in the borough at once" in quotes(text)[0]


def test_a_passage_is_longer_than_600_characters_only_for_one_long_sentence() -> None:
    text = SENTENCE * 4 + "word " * 200 + "end. " + SENTENCE * 4
    for passage in split(document(text)):
        assert len(passage.text) <= LONGEST or len(passage.sentences) == 1


def test_an_addressee_shares_no_passage_with_the_letter() -> None:
    text = "13 June 2016\n\nMr Ian Thomas\nRotherham\n\nDear Mr Thomas\n\nThe visit took place."
    assert "Mr Ian Thomas\nRotherham" in quotes(text)


def test_the_context_says_where_the_passage_comes_from_and_is_not_in_its_text() -> None:
    (passage,) = split(document("# Early help\n\nIt was good.", published=date(2016, 6, 13)))
    assert passage.context == "The report. Ofsted letter 13 June 2016. Early help"


def test_the_id_names_the_document_and_the_place() -> None:
    (passage,) = split(document("It was good."))
    assert passage.id == "r.txt#0-12"


def test_a_passage_knows_the_pages_that_it_touches() -> None:
    pages = (Page(1, "i", 0, 10), Page(2, None, 10, 20), Page(3, None, 20, 30))
    paged = Document("x", Details("t"), "0", "x" * 30, pages)
    assert pages_of(paged, 0, 10) == (1, 1)
    assert pages_of(paged, 9, 11) == (1, 2)
    assert pages_of(paged, 5, 30) == (1, 3)
    assert pages_of(Document("x", Details("t"), "0", "x"), 0, 1) is None


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_every_sentence_is_in_exactly_one_passage_of_its_section(text: str) -> None:
    read = document(text)
    check_passages(read, split(read))


def check_passages(read: Document, passages: tuple[Passage, ...]) -> None:
    assert [s for passage in passages for s in passage.sentences] == list(read.sentences)
    sections = {(section.start, section.end, section.path) for section in read.sections}
    for passage in passages:
        assert read.text[passage.start : passage.end] == passage.text
        assert any(
            start <= passage.start and passage.end <= end and path == passage.section
            for start, end, path in sections
        )
        apart = {Role.ADDRESSEE, Role.SIGNATURE, Role.LETTERHEAD, Role.COPIES, Role.FOOTNOTE}
        roles = {sentence.role for sentence in passage.sentences}
        assert len(roles) == 1 or not roles & apart
