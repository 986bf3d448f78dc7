"""Facts about the five documents that ship, which a person can look up in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document, Role, Sentence
from corpus.passages import split
from corpus.read import read_documents
from tests.corpus.test_passages import check_passages
from tests.corpus.test_structure import check_sections, check_sentences

FOLDER = Path(__file__).parents[2] / "corpus" / "documents"
READING = read_documents(FOLDER)
ADVICE, ARTICLE, REPORT, IMPROVEMENT, VISIT = READING.documents


def quotes(document: Document, role: Role) -> list[str]:
    return [fold(document, s) for s in document.sentences if s.role is role]


def fold(document: Document, sentence: Sentence) -> str:
    return " ".join(document.text[sentence.start : sentence.end].split())


def lead_of(document: Document, words: str) -> str | None:
    sentence = next(s for s in document.sentences if fold(document, s) == words)
    return " ".join(document.text[slice(*sentence.lead)].split()) if sentence.lead else None


def test_all_five_are_read_and_nothing_is_skipped() -> None:
    assert len(READING.documents) == 5
    assert READING.skipped == ()


@pytest.mark.parametrize("document", READING.documents, ids=lambda document: document.id)
def test_sections_sentences_and_passages_keep_their_promises(document: Document) -> None:
    check_sections(document.text, document.sections)
    check_sentences(document.text, document.sentences)
    check_passages(document, split(document))


@pytest.mark.parametrize("document", READING.documents, ids=lambda document: document.id)
def test_what_is_in_no_sentence_is_a_marker_a_table_rule_or_a_repeated_caption(document: Document) -> None:
    left_out, at = [], 0
    for sentence in document.sentences:
        left_out.append(" ".join(document.text[at : sentence.start].split()))
        at = sentence.end
    assert not document.text[at:].strip()
    words = [piece for piece in left_out if any(character.isalpha() for character in piece)]
    markers = {"- a)", "- b)", "- c)", "- (a)", "- (b)", "- (c)", "- cc**"}
    caption = "Safeguarding practice in Rotherham was found to be inadequate by Ofsted"
    assert {piece for piece in words if piece not in markers} <= {caption}


def test_reading_again_gives_the_same() -> None:
    assert read_documents(FOLDER) == READING


def test_the_sections_of_the_2016_letter_are_its_visits_with_their_months() -> None:
    sections = [(s.path, f"{s.when.first:%Y-%m}" if s.when else None) for s in IMPROVEMENT.sections]
    areas = "Areas for development"
    october = "Duty and Assessment Improvement visit October 2015"
    assert sections == [
        ((), None),
        (("MASH August 2015",), "2015-08"),
        (("MASH August 2015", areas), "2015-08"),
        ((october,), "2015-10"),
        (("Duty and Assessment March 2016",), "2016-03"),
        (("Duty and Assessment March 2016", areas), "2016-03"),
        (("Leadership and Management March 2016",), "2016-03"),
        (("Leadership and Management March 2016", areas), "2016-03"),
        (("Early help April 2016",), "2016-04"),
        (("Early help April 2016", areas), "2016-04"),
        (("Child sexual exploitation April 2016",), "2016-04"),
        (("Future arrangements",), None),
    ]


def test_the_2014_letter_knows_its_letterhead_date_and_copies() -> None:
    assert any("T 0300 123 1231" in quote for quote in quotes(ADVICE, Role.LETTERHEAD))
    assert quotes(ADVICE, Role.DATE) == ["30 September 2014 By email"]
    copies = quotes(ADVICE, Role.COPIES)
    assert len(copies) == 8
    assert copies[0].startswith("Edward Timpson MP")
    assert "Sir Michael Wilshaw" in quotes(ADVICE, Role.SIGNATURE)


def test_the_four_footnotes_of_the_2014_letter_are_footnotes() -> None:
    footnotes = quotes(ADVICE, Role.FOOTNOTE)
    assert len(footnotes) == 4
    assert footnotes[1] == "Working Together to Safeguard Children 2013"


def test_the_later_letters_know_whom_they_were_sent_to_and_who_signed() -> None:
    assert quotes(IMPROVEMENT, Role.ADDRESSEE)[0].startswith("Mr Ian Thomas Strategic Director")
    assert quotes(IMPROVEMENT, Role.SIGNATURE) == ["Tracey Metcalfe", "Her Majesty's Inspector"]
    assert quotes(VISIT, Role.ADDRESSEE)[0].startswith("Suzanne Joyner Strategic Director")
    assert quotes(VISIT, Role.SIGNATURE) == ["Matt Reed Her Majesty's Inspector"]


def test_sentences_that_page_breaks_cut_are_whole() -> None:
    prose = quotes(VISIT, Role.PROSE) + quotes(VISIT, Role.ITEM) + quotes(REPORT, Role.PROSE)
    assert (
        "Technology and systems already in place enabled a quick change in working arrangements to "
        "ensure that staff were supported to continue their work with children and families."
    ) in prose
    assert "They are attended by parents, carers and professionals for the child." in prose
    assert "There is no link between service planning and human resource planning." in prose


def test_each_row_of_the_table_carries_its_column_headings() -> None:
    rows = quotes(REPORT, Role.ROW)
    assert len(rows) == 11
    assert rows[7] == "| Access Team | 2009 (x2), 2011, 2012, 2014 |"
    assert {lead_of(REPORT, row) for row in rows} == {"| Area of criticism | Date(s) of inspection report |"}


def test_every_partner_of_the_inspection_is_led_by_the_line_above_the_list() -> None:
    for partner in ("Apna Haq", "GROW", "Voluntary Action Rotherham"):
        assert lead_of(REPORT, partner) == "Representatives from the following partners:"


def test_quotations_in_the_report_carry_their_speaker() -> None:
    prose = quotes(REPORT, Role.PROSE)
    assert '"It is effectively a club which can\'t be challenged." A key partner' in prose
    assert '"We have lost our way." A current officer' in prose


def test_the_advertisement_of_the_article_is_told_from_the_article() -> None:
    sold = quotes(ARTICLE, Role.ADVERTISEMENT)
    assert sold[0] == "CYP Now Digital membership"
    assert sold[-1] == "Subscribe"
    assert quotes(ARTICLE, Role.PROSE)[-1].startswith("A report published yesterday")


def test_the_caption_of_the_article_is_quoted_once() -> None:
    assert quotes(ARTICLE, Role.CAPTION) == [
        "Safeguarding practice in Rotherham was found to be inadequate by Ofsted"
    ]


def test_the_report_knows_its_appendices() -> None:
    assert ("Appendix A", "Foreword") in {section.path for section in REPORT.sections}
    assert ("Appendix B", "SECTION TWO: ROTHERHAM TODAY", "Finance") in {s.path for s in REPORT.sections}
