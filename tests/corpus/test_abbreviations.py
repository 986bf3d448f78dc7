"""Abbreviations are found where a text defines them, and only there."""

from __future__ import annotations

import pytest

from corpus.abbreviations import distinct, find_abbreviations


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("The Independent Reviewing Offices (IRO) met.", ("IRO", "Independent Reviewing Offices")),
        ("An early help assessment (EHA) was late.", ("EHA", "early help assessment")),
        ("It used the Public Law Outline (PLO).", ("PLO", "Public Law Outline")),
        ("The MASH (multi-agency safeguarding hub) is busy.", ("MASH", "multi-agency safeguarding hub")),
        ("the Director of Children's Services (DCS)", ("DCS", "Director of Children's Services")),
        ("A child sexual\nexploitation ('CSE') team", ("CSE", "child sexual exploitation")),
        ("local authority designated officers (LADOs)", ("LADOs", "local authority designated officers")),
        ("Vehicle and Operator Services Agency (VOSA)", ("VOSA", "Vehicle and Operator Services Agency")),
        (
            "Rotherham Metropolitan Borough Council’s (RMBC)",
            ("RMBC", "Rotherham Metropolitan Borough Council"),
        ),
        ("Multi-Agency Public Protection (the MAPP)", ("MAPP", "Multi-Agency Public Protection")),
    ],
)
def test_a_definition_is_found(text: str, defined: tuple[str, str]) -> None:
    assert find_abbreviations(text) == (defined,)


@pytest.mark.parametrize(
    "text",
    [
        "The number of cases was low (NB).",  # no word holds the letters in their order
        "Ofsted (UK) visited.",
        "The first letter has to begin a word: ridge (DG).",
        "Local authorities failed. They (LA) met.",  # not across sentences
        "children in need\n\nplans (CINP)",  # nor across paragraphs
        "The board met (see annex).",
        "The CSE (see below) team.",
        "MASH (it was a multi-agency safeguarding hub) was late.",  # more than the long form
        "A (B)",
        "",
        "(IRO)",
    ],
)
def test_brackets_that_define_nothing_are_left_alone(text: str) -> None:
    assert find_abbreviations(text) == ()


def test_each_pair_comes_once_in_the_order_of_its_first_definition() -> None:
    text = (
        "The public law outline (PLO) and the Director of Children’s Services (DCS). "
        "The Public Law Outline (PLO). Direct Care Services (DCS). Director of Children's Services (DCS)."
    )

    assert find_abbreviations(text) == (
        ("PLO", "public law outline"),
        ("DCS", "Director of Children’s Services"),
        ("DCS", "Direct Care Services"),
    )


def test_pairs_of_several_texts_are_told_apart_by_their_words() -> None:
    defined = [("PLO", "Public Law Outline"), ("PLO", "public law outline"), ("EHA", "early help assessment")]

    assert distinct(defined) == (defined[0], defined[2])


@pytest.mark.parametrize("filling", ["a", "(", " ", "AB ", "AB (", "\n"])
def test_long_texts_that_define_nothing_take_no_time(filling: str) -> None:
    assert find_abbreviations(f"{filling * 50_000} (AB {filling * 50_000} AB ({filling * 50_000}") == ()
