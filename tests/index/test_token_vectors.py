"""Token vectors come back as they were, but for their last digits, whosever they are."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from index.encode import Tokens, no_tokens
from index.errors import IndexDamaged
from index.token_vectors import TokenVectors, TokenWriter, to_stored, to_tokens

WIDTH = 48


def tokens_of(*ids: int, seed: int = 0) -> Tokens:
    """Tokens of four characters each, one space apart, in random directions, one component outstanding."""
    vectors = np.random.default_rng(seed).standard_normal((len(ids), WIDTH)).astype(np.float32)
    vectors[:, 7] += 5
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    starts = np.arange(len(ids), dtype=np.int32) * 5
    return Tokens(np.array(ids, dtype=np.int32), starts, starts + 4, vectors)


def write(folder: Path, *passages: Tokens) -> TokenVectors:
    with TokenWriter(folder, passages=len(passages)) as writer:
        for row, tokens in enumerate(passages):
            writer.add(row, to_stored(tokens))
    return TokenVectors(folder, width=WIDTH)


def assert_same(found: Tokens, expected: Tokens) -> None:
    for name in ("ids", "starts", "ends"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
    assert found.vectors == pytest.approx(expected.vectors, abs=0.004)  # half of 1/127


def test_every_passage_has_its_own_tokens(tmp_path: Path) -> None:
    passages = [tokens_of(*range(count), seed=count) for count in (3, 0, 1, 12)]

    stored = write(tmp_path, *passages)

    for row, tokens in enumerate(passages):
        assert_same(stored.of(row), tokens)


def test_rounding_hardly_moves_a_cosine() -> None:
    tokens = tokens_of(*range(400))
    exact = tokens.vectors @ tokens.vectors.T

    rounded = to_tokens(to_stored(tokens)).vectors

    assert np.abs(rounded @ rounded.T - exact).max() < 0.01
    assert np.linalg.norm(rounded, axis=1) == pytest.approx(np.ones(400), abs=1e-6)


def test_rounding_what_was_rounded_changes_nothing() -> None:
    once = to_stored(tokens_of(*range(400)))

    assert np.array_equal(to_stored(to_tokens(once)).codes, once.codes)


def test_passages_may_be_written_in_any_order_and_repeat_each_other(tmp_path: Path) -> None:
    first, second = tokens_of(1, 2), tokens_of(3, seed=1)
    with TokenWriter(tmp_path, passages=3) as writer:
        writer.add(2, to_stored(second))
        writer.add(0, to_stored(first))
        writer.repeat(1, 0)

    stored = TokenVectors(tmp_path, width=WIDTH)

    for row, tokens in enumerate((first, first, second)):
        assert_same(stored.of(row), tokens)


def test_a_token_is_the_rarer_the_fewer_passages_hold_it(tmp_path: Path) -> None:
    stored = write(tmp_path, tokens_of(5, 5, 9), tokens_of(5, 2), tokens_of(5))

    idf = stored.idf(np.array([5, 9, 3, 1_000_000]))

    in_all, in_one, in_none = (math.log(1 + (3 - n + 0.5) / (n + 0.5)) for n in (3, 1, 0))
    assert idf == pytest.approx([in_all, in_one, in_none, in_none], abs=1e-6)


def test_a_row_that_is_not_there_is_named(tmp_path: Path) -> None:
    stored = write(tmp_path, tokens_of(1))

    for row in (-1, 1):
        with pytest.raises(IndexError, match=f"no passage in row {row}"):
            stored.of(row)


def test_no_tokens_at_all_can_be_opened(tmp_path: Path) -> None:
    stored = write(tmp_path, no_tokens(WIDTH))

    assert len(stored.of(0)) == 0
    assert stored.idf(np.array([4])) == pytest.approx([math.log(4)])


def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    write(tmp_path, tokens_of(1, 2))
    path = tmp_path / "tokens.i8"
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(IndexDamaged, match="holds tokens that cannot be read"):
        TokenVectors(tmp_path, width=WIDTH)
