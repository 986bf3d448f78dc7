"""The dense index finds exactly what comparing with every vector finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex, write_dense
from index.encode import Vectors
from index.errors import IndexDamaged


def unit_vectors(rows: int, *, seed: int = 0, width: int = 16) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((rows, width)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def index_of(vectors: Vectors, folder: Path) -> DenseIndex:
    write_dense(vectors, folder / "vectors")
    return DenseIndex(folder / "vectors")


@pytest.mark.parametrize("k", [1, 7, 300])
def test_it_agrees_with_sorting_all_cosines(k: int, tmp_path: Path) -> None:
    vectors = unit_vectors(300)
    index = index_of(vectors, tmp_path)

    for query in unit_vectors(20, seed=1):
        cosines = np.round((vectors.astype(np.float64) @ query), 5)
        expected = np.lexsort((np.arange(300), -cosines))[:k]
        found = index.search(query, k)
        assert [round(score, 4) for _, score in found] == pytest.approx(cosines[expected], abs=1e-4)
        assert sorted(row for row, _ in found) == sorted(expected.tolist())


def test_repeated_vectors_are_in_row_order_also_at_the_cut(tmp_path: Path) -> None:
    one, other = unit_vectors(2)
    index = index_of(np.stack([other, one, one, other, one, one]), tmp_path)

    assert [row for row, _ in index.search(one, 3)] == [1, 2, 4]


def test_k_larger_than_the_index_gives_every_row_once(tmp_path: Path) -> None:
    found = index_of(unit_vectors(5), tmp_path).search(unit_vectors(1)[0], 1000)

    assert sorted(row for row, _ in found) == [0, 1, 2, 3, 4]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = index_of(unit_vectors(0), tmp_path)

    assert len(index) == 0
    assert index.search(unit_vectors(1)[0], 10) == []


def test_a_vector_of_another_width_is_refused(tmp_path: Path) -> None:
    index = index_of(unit_vectors(5), tmp_path)

    with pytest.raises(ValueError, match=r"shape \(8,\); the index needs \(16,\)"):
        index.search(unit_vectors(1, width=8)[0], 3)


def test_vectors_come_back_as_they_were_written(tmp_path: Path) -> None:
    vectors = unit_vectors(10)

    assert np.array_equal(index_of(vectors, tmp_path).vectors(np.array([7, 0, 7])), vectors[[7, 0, 7]])


def test_a_cut_off_file_is_damaged(tmp_path: Path) -> None:
    index_of(unit_vectors(100), tmp_path)
    whole = (tmp_path / "vectors").read_bytes()
    (tmp_path / "cut").write_bytes(whole[:500])

    with pytest.raises(IndexDamaged, match="cut holds no index of vectors"):
        DenseIndex(tmp_path / "cut")
