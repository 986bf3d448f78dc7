"""What a file may take, and what is said of one that takes more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from corpus.errors import UnreadableDocument
from corpus.limits import (
    LIMITS,
    Limits,
    check_characters,
    check_file_size,
    check_pages,
    check_structure,
    check_unpacked,
)

FEW = Limits(file_bytes=2**20, pages=3, characters=1_000, sections=2, sentences=5, unpacked_bytes=10 * 2**20)


@pytest.mark.parametrize(
    ("check", "largest", "sentence"),
    [
        (check_file_size, 2**20, "it has 2 MB and at most 1 MB are read; split it into smaller files"),
        (check_pages, 3, "it has 4 pages and at most 3 are read; split it into smaller files"),
        (
            check_characters,
            1_000,
            "it holds 1,001 characters of text and at most 1,000 are read; split it into smaller files",
        ),
        (
            partial(check_structure, 1),
            5,
            "it has 6 sentences, list items and table rows and at most 5 are read; "
            "split it into smaller files",
        ),
        (
            lambda sections, limits: check_structure(sections, 1, limits),
            2,
            "it has 3 sections under headings and at most 2 are read; split it into smaller files",
        ),
        (
            check_unpacked,
            10 * 2**20,
            "unpacked it would have 11 MB and at most 10 MB are unpacked; save it again without what is not "
            "text",
        ),
    ],
)
def test_the_largest_file_is_read_and_one_more_is_refused(
    check: Callable[[int, Limits], None], largest: int, sentence: str
) -> None:
    check(largest, FEW)
    with pytest.raises(UnreadableDocument) as caught:
        check(largest + 1, FEW)
    assert str(caught.value) == sentence


def test_what_is_read_in_the_process_itself_is_far_below_what_is_read_at_all() -> None:
    assert LIMITS.in_process_bytes * 10 < LIMITS.characters
    assert LIMITS.characters < LIMITS.file_bytes
