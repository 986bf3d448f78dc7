"""Who is named in a statement."""

from __future__ import annotations

import pytest

from qa.timeline_who import distinct, named_in


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Mr Paul Green was appointed in May 2019.", ("Mr Paul Green",)),
        ("Professor Mary Hall's inquiry was published.", ("Professor Mary Hall",)),
        ("Jane Brook, Director of Parks, left in 2018.", ("Jane Brook", "Director of Parks")),
        (
            "The Secretary of State for Housing and Local Government wrote to Northby Borough Council.",
            ("Secretary of State for Housing and Local Government", "Northby Borough Council"),
        ),
        ("In 2010 the Safeguarding Board met.", ("Safeguarding Board",)),
        ("The current Leader resigned.", ("Leader",)),
        ("Visits were shorter than planned.", ()),
        ("In March 2015 the lake was closed.", ()),
        ("Services were poor.", ()),
    ],
)
def test_people_offices_and_organisations_are_named_as_written(words: str, named: tuple[str, ...]) -> None:
    assert named_in(words) == named


def test_a_known_organisation_is_found_in_capitals_too_and_not_in_small_letters() -> None:
    assert named_in("OFSTED wrote in 2009.", ("Ofsted",)) == ("OFSTED",)
    assert named_in("They keep which? magazine.", ("Which",)) == ()


def test_a_name_within_a_longer_one_is_left_out() -> None:
    assert distinct(("Council", "Northby Council", "northby council")) == ("Northby Council",)
