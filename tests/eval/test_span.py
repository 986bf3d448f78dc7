"""Spans, against a count of characters one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.span import Span, covered

_PLACES = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


def test_overlapping_spans_are_counted_once():
    assert covered(Span("a", 0, 10), [Span("a", 0, 6), Span("a", 4, 8)]) == 8


def test_another_document_covers_nothing():
    assert covered(Span("a", 0, 10), [Span("b", 0, 10)]) == 0


def test_a_span_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="from 5 to 4"):
        Span("a", 5, 4)


@given(_PLACES, st.lists(_PLACES, max_size=6))
def test_it_agrees_with_counting_characters(place, others):
    one_by_one = set(range(*place)) & {character for other in others for character in range(*other)}
    assert covered(Span("a", *place), [Span("a", *other) for other in others]) == len(one_by_one)
