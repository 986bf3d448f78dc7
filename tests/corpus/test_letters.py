"""The head and foot of letters."""

from __future__ import annotations

from corpus.document import Role
from corpus.structure import find_structure

LETTER = """Aviation House
London

30 September 2014

Mr Ian Thomas
Rotherham

Dear Mr Thomas

The visit took place in June and lasted for two days.

Yours sincerely

Tracey Metcalfe

¹ Education Act 2006

cc Martin Kimber, Chief Executive
Steve Ashley, Chair
"""


def quotes(text: str, role: Role, author: str | None = None) -> list[str]:
    return [text[s.start : s.end] for s in find_structure(text, author)[1] if s.role is role]


def test_what_stands_before_the_date_is_letterhead_and_after_it_the_addressee() -> None:
    assert quotes(LETTER, Role.LETTERHEAD) == ["Aviation House\nLondon"]
    assert quotes(LETTER, Role.DATE) == ["30 September 2014"]
    assert quotes(LETTER, Role.ADDRESSEE) == ["Mr Ian Thomas\nRotherham"]


def test_the_greeting_and_the_closing_words_are_told_apart_from_the_letter() -> None:
    assert quotes(LETTER, Role.SALUTATION) == ["Dear Mr Thomas", "Yours sincerely"]
    assert quotes(LETTER, Role.PROSE) == ["The visit took place in June and lasted for two days."]


def test_the_signature_stands_before_the_copies_and_footnotes_stay_footnotes() -> None:
    assert quotes(LETTER, Role.SIGNATURE) == ["Tracey Metcalfe"]
    assert quotes(LETTER, Role.FOOTNOTE) == ["Education Act 2006"]


def test_each_person_who_received_a_copy_is_quoted_alone_without_cc() -> None:
    assert quotes(LETTER, Role.COPIES) == ["Martin Kimber, Chief Executive", "Steve Ashley, Chair"]


def test_a_sender_whose_name_stands_above_the_greeting_is_the_signature_there_too() -> None:
    text = LETTER.replace("Dear Mr", "Tracey Metcalfe\nInspector\n\nDear Mr")
    assert quotes(text, Role.SIGNATURE) == ["Tracey Metcalfe\nInspector", "Tracey Metcalfe"]


def test_an_annex_after_the_signature_is_no_signature() -> None:
    text = LETTER + "\nAnnex A\n\nThe plan was agreed in full.\n\nIt was late."
    assert "The plan was agreed in full." in quotes(text, Role.PROSE)


def test_a_letter_quoted_far_down_in_a_report_makes_no_letterhead_of_what_stands_before_it() -> None:
    text = "The report\n\n" + "A short paragraph.\n\n" * 200 + "Dear Mr Thomas\n\nText.\n\nYours sincerely"
    assert quotes(text, Role.LETTERHEAD) == []


def test_a_text_without_a_greeting_has_only_its_byline() -> None:
    text = "A headline\n\nDerren Hayes\nWednesday\n\nThe council met on Monday."
    assert quotes(text, Role.SIGNATURE, "Derren Hayes") == ["Derren Hayes\nWednesday"]
    assert quotes(text, Role.SIGNATURE) == []
