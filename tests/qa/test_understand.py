"""From the words that a person typed to the questions that are searched."""

import pytest

from index.store import SearchIndex
from qa.question import NO_GLOSSARY
from qa.understand import Understanding
from qa.weights import SHIPPED


@pytest.fixture
def understanding(index: SearchIndex) -> Understanding:
    return Understanding(index, NO_GLOSSARY, SHIPPED)


def test_a_later_part_leans_on_the_first_and_on_its_time(understanding: Understanding) -> None:
    understood = understanding.read("Who signed the letter of 2018, and who was it sent to?", ())
    first, second = understood.parts
    assert understood.whole.asked == "Who signed the letter of 2018, and who was it sent to?"
    assert second.text.startswith(first.asked)
    assert second.periods == first.periods


def test_a_later_part_that_names_a_time_keeps_it(understanding: Understanding) -> None:
    first, second = understanding.read("Who signed it in 2018, and who signed it in 2021?", ()).parts
    assert [first.periods[0].first.year, second.periods[0].first.year] == [2018, 2021]


def test_corrections_are_told_and_can_be_refused(understanding: Understanding) -> None:
    corrected = understanding.read("Was the lightning poor?", ())
    assert [(one.written, one.read) for one in corrected.corrections] == [("lightning", "lighting")]
    as_written = understanding.read("Was the lightning poor?", (), as_written=True)
    assert as_written.corrections == ()
    assert as_written.whole.text == "Was the lightning poor?"
