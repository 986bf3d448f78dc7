"""Two rankings fused into one."""

from index.store import SearchIndex
from qa.question import parse
from qa.retrieve import Retriever, fuse, in_turn, with_matches
from qa.weights import PARTS, SHIPPED
from tests.fakes import HashedWords


def test_each_side_is_divided_by_its_highest_score_and_the_shares_are_added() -> None:
    assert fuse(((1.0, {1: 0.8, 2: 0.4}), (1.0, {2: 30.0, 3: 15.0}))) == [(2, 1.5), (1, 1.0), (3, 0.5)]


def test_equal_scores_are_in_row_order() -> None:
    assert fuse(((1.0, {9: 0.5, 4: 0.5, 7: 0.5}),)) == [(4, 1.0), (7, 1.0), (9, 1.0)]


def test_a_side_weighs_what_its_weight_says() -> None:
    assert fuse(((0.5, {1: 0.8}), (2.0, {2: 30.0}))) == [(2, 2.0), (1, 0.5)]


def test_matches_are_spread_between_nothing_and_their_weight() -> None:
    added = with_matches({1: 1.0, 2: 1.0, 3: 1.0}, {1: 0.25, 2: 0.5, 3: 0.75}, 2.0)
    assert added == {1: 1.0, 2: 2.0, 3: 3.0}


def test_without_matches_the_scores_stay() -> None:
    assert with_matches({1: 1.0}, {}, 2.0) == {1: 1.0}


def test_several_times_take_turns_and_a_row_comes_once() -> None:
    first, second = [(1, 0.9), (2, 0.8), (3, 0.1)], [(3, 0.7), (1, 0.6), (2, 0.5)]
    assert in_turn([first, second]) == [(1, 0.9), (3, 0.7), (2, 0.8)]


def test_every_part_can_be_switched_off(index: SearchIndex) -> None:
    for part in PARTS:
        found = Retriever(index, HashedWords(), SHIPPED.without(part)).search(parse("lighting in 2018"), 5)
        assert len(found.hits) == 5


def test_a_side_that_found_nothing_changes_nothing() -> None:
    assert fuse(((1.0, {1: 0.5}), (1.0, {}))) == [(1, 1.0)]


def test_hits_say_which_side_found_them_and_their_rows_are_those_of_the_index(index: SearchIndex) -> None:
    found = Retriever(index, HashedWords(), SHIPPED).search(parse("Was lighting in the parks poor?"), 5)
    assert len(found.hits) == len(found.rows) == 5
    assert "poor" in found.hits[0].passage.text
    assert found.hits[0].found_by == ("dense", "lexical")
    assert all(index.passage(row) == hit.passage for row, hit in zip(found.rows, found.hits, strict=True))


def test_more_passages_than_there_are_gives_all_of_them_once(index: SearchIndex) -> None:
    found = Retriever(index, HashedWords(), SHIPPED).search(parse("lighting"), 10_000)
    assert sorted(found.rows) == list(range(len(index)))


def test_a_part_of_a_letter_comes_first_only_when_it_is_asked_for(index: SearchIndex) -> None:
    retriever = Retriever(index, HashedWords(), SHIPPED)
    asked_for = retriever.search(parse("Who signed the letter?"), 2).hits
    assert {"John Brown", "Mary White"} == {hit.passage.text.splitlines()[0] for hit in asked_for}
    not_asked_for = retriever.search(parse("lighting in the parks"), 3).hits
    assert not any("High Street" in hit.passage.text for hit in not_asked_for)
