"""Words are found among drawn characters by their letters, and only where there is no doubt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.page_view_match import find_words, letters_of

WORDS = st.lists(
    st.sampled_from(["plan", "child", "safe", "the", "of", "visit", "grade", "ofice"]), min_size=6
)


def found(stored: str, words: str, drawn: str) -> list[str] | None:
    start = stored.index(words)
    places = find_words(letters_of(stored), start, start + len(words), letters_of(drawn))
    return None if places is None else [drawn[left:right] for left, right in places]


def test_white_space_hyphens_quotation_marks_and_ligatures_make_no_difference():
    stored = "The “office” is well-known, and its safe-guarding too."
    drawn = "The 'of\ufb01ce'\r\nis well\u2011known, and its safe\u0002guard\u00ading  too."
    assert letters_of(stored).letters == letters_of(drawn.replace("'", '"')).letters
    assert found(stored, "is well-known, and", drawn) == ["is well\u2011known, and"]


def test_the_same_words_are_told_apart_by_what_stands_around_them():
    text = "First visit: no change was found. Second visit: no change was found. Third visit."
    start = text.rindex("no change")
    assert find_words(letters_of(text), start, start + 19, letters_of(text)) == ((start, start + 19),)
    assert find_words(letters_of(text), start, start + 19, letters_of(text + text)) is None


def test_words_that_stand_twice_in_the_text_and_once_on_the_picture_are_found_for_one_of_them_only():
    stored = "First visit: no change was found there. Second visit: no change was found there."
    drawn = "F1rst v1s1t: n0 change was f0und there. Second visit: no change was found there."
    letters = letters_of(stored)
    first, second = stored.index("no change"), stored.rindex("no change")
    assert find_words(letters, first, first + 25, letters_of(drawn)) is None
    assert find_words(letters, second, second + 25, letters_of(drawn)) == ((second, second + 25),)


def test_a_short_word_is_not_found_by_itself():
    stored = "The judgement of this visit. Inadequate."
    drawn = "Inadequate services\r\nThe judgement of this visit. lnadequate."
    assert found(stored, "Inadequate", drawn) is None


def test_words_that_only_begin_alike_are_not_found():
    assert found("The plans are late and poor.", "are late and poor", "The plans are late and good.") is None


def test_words_with_another_line_between_them_are_found_in_pieces():
    drawn = "All of the plans are late\r\nInspection report 2016\r\nand poor in most cases."
    assert found("All of the plans are late and poor in most cases.", "late and poor", drawn) == [
        "late",
        "and poor",
    ]


@pytest.mark.parametrize(("before", "after"), [(" ", " "), (" ", "\r\n"), ("\r\n", " ")])
def test_words_with_something_between_them_in_their_line_are_not_found(before, after):
    drawn = f"All of the plans are late{before}(see the table){after}and poor in most cases."
    assert found("All of the plans are late and poor in most cases.", "late and poor", drawn) is None


def test_a_running_head_with_the_next_words_is_not_taken_for_them():
    stored = "In that year the council was found to be inadequate in all areas."
    drawn = "In that year the council was\r\nFound to be read\r\nfound to be inadequate in all areas."
    assert found(stored, "council was found to be inadequate", drawn) == [
        "council was",
        "found to be inadequate",
    ]


@pytest.mark.parametrize("empty", ["", " \n", "- \u00ad", "\ufffd\x00"])
def test_nothing_is_found_of_words_without_letters(empty):
    stored = f"Words {empty} and words."
    assert find_words(letters_of(stored), 6, 6 + len(empty), letters_of(stored)) is None


@settings(max_examples=200, deadline=None)
@given(WORDS, st.data())
def test_what_is_found_has_the_letters_of_the_words_whatever_is_drawn(words, data):
    """Lines that repeat, are left out, moved and interrupted: the letters agree, or nothing is found."""
    stored = " ".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(words)), max_size=4)))
    lines = [" ".join(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    lines.insert(
        data.draw(st.integers(0, len(lines))), data.draw(st.sampled_from(["Page 4", "the plan", ""]))
    )
    drawn = "\r\n".join(data.draw(st.permutations(lines)) if data.draw(st.booleans()) else lines)
    first = data.draw(st.integers(0, len(stored) - 1))
    last = data.draw(st.integers(first + 1, len(stored)))
    places = find_words(letters_of(stored), first, last, letters_of(drawn))
    if places is not None:
        shown = "".join(letters_of(drawn[left:right]).letters for left, right in places)
        assert shown == letters_of(stored[first:last]).letters


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 30), st.integers(1, 30))
def test_of_words_that_are_all_alike_the_very_ones_are_found_where_nothing_is_left_out(first, count):
    text = "no change. " * 60
    start, end = first * 11, (first + count) * 11 - 1
    assert find_words(letters_of(text), start, end, letters_of(text)) == ((start, end),)


@pytest.mark.parametrize(
    "page", ["a " * 25_000, "ab " * 16_000 + "c", "".join(f"{n} " for n in range(9_000))]
)
def test_a_page_made_to_take_long_does_not(page):
    stored, drawn = letters_of(page), letters_of(page[::-1])
    started = time.process_time()
    find_words(stored, 0, len(page), drawn)
    find_words(stored, 100, len(page) - 100, letters_of(page + page))
    assert time.process_time() - started < 3
