"""A ranking is cut at the same place every time, whatever order the search leaves ties in."""

from __future__ import annotations

import pytest

from index.ranking import Ranking, best

FIVE_EQUAL = [(4, 0.5), (2, 0.5), (9, 0.5), (0, 0.5), (7, 0.5)]


class Search:
    """Returns the first n of a fixed list and remembers what was asked."""

    def __init__(self, hits: Ranking) -> None:
        self.hits = hits
        self.asked: list[int] = []

    def __call__(self, n: int) -> Ranking:
        self.asked.append(n)
        return self.hits[:n]


def test_equal_scores_are_in_row_order() -> None:
    assert best(Search(FIVE_EQUAL), k=5, available=5) == [(r, 0.5) for r in (0, 2, 4, 7, 9)]


def test_a_tie_at_the_cut_goes_to_the_lowest_rows() -> None:
    assert best(Search([(3, 0.9), *FIVE_EQUAL]), k=3, available=6) == [
        (3, 0.9),
        (0, 0.5),
        (2, 0.5),
    ]


def test_scores_that_differ_in_their_last_bits_are_equal() -> None:
    assert best(Search([(5, 0.50000001), (1, 0.5)]), k=2, available=2) == [(1, 0.5), (5, 0.5)]


def test_one_more_than_needed_is_asked_for_where_there_is_no_tie() -> None:
    search = Search([(row, 1.0 - row / 10) for row in range(10)])

    best(search, k=3, available=10)

    assert search.asked == [4]


def test_k_beyond_what_there_is_gives_all() -> None:
    assert len(best(Search(FIVE_EQUAL), k=100, available=5)) == 5


def test_fewer_hits_than_asked_are_all_there_are() -> None:
    search = Search(FIVE_EQUAL)

    assert len(best(search, k=50, available=1000)) == 5
    assert search.asked == [51]


def test_none_asked_for_is_none() -> None:
    assert best(Search(FIVE_EQUAL), k=0, available=5) == []


def test_less_than_none_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 passages were asked for"):
        best(Search(FIVE_EQUAL), k=-1, available=5)


def test_small_scores_keep_their_order() -> None:
    assert best(Search([(5, 0.0000123), (1, 0.0000122)]), k=2, available=2) == [
        (5, 0.0000123),
        (1, 0.0000122),
    ]
