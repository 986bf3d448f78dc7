"""Citation recall, precision and the verbatim rate, worked out by hand."""

import pytest

from eval.answers import Cited
from eval.citation import citation_precision, citation_recall, verbatim
from eval.span import Span
from tests.eval.worked_example import TEXTS, place, question, quote

ASKED = question(
    [quote("letter.txt", "They referred 65 cases back to the authority.")],
    [quote("report.txt", "Leadership was strong.")],
)


def cited(document: str, words: str) -> Cited:
    return Cited(place(document, words), words)


def test_recall_is_the_share_of_groups_that_are_cited():
    assert citation_recall(ASKED, [cited("report.txt", "Leadership was strong.")]) == 0.5


def test_precision_is_the_share_of_citations_that_are_evidence():
    citations = [
        cited("report.txt", "Leadership was strong."),
        cited("letter.txt", "The board was not compliant."),
        cited("report.txt", "Caseloads were manageable."),
    ]
    assert citation_precision(ASKED, citations) == pytest.approx(1 / 3)


def test_a_part_of_a_long_quote_is_evidence_though_it_does_not_show_the_group():
    part = cited("letter.txt", "65 cases")
    assert citation_precision(ASKED, [part]) == 1.0
    assert citation_recall(ASKED, [part]) == 0.0


def test_nothing_cited_is_neither_recalled_nor_precise():
    assert citation_recall(ASKED, []) == 0.0
    assert citation_precision(ASKED, []) == 0.0


def test_a_citation_one_character_off_is_not_verbatim():
    right = cited("report.txt", "Leadership was strong.")
    shifted = Cited(Span("report.txt", right.span.start + 1, right.span.end + 1), right.quote)
    assert verbatim([right, shifted], TEXTS) == 0.5


def test_a_citation_of_an_unknown_document_is_not_verbatim():
    assert verbatim([Cited(Span("memo.txt", 0, 4), "Memo")], TEXTS) == 0.0


def test_the_verbatim_rate_says_nothing_without_citations():
    assert verbatim([], TEXTS) is None
