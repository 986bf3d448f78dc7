"""The dense index finds exactly what comparing with every vector finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseCodes, DenseIndex, write_codes, write_dense
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


def codes_of(vectors: Vectors, folder: Path) -> DenseCodes:
    folder.mkdir(exist_ok=True)
    write_codes(vectors, folder / "fast", folder / "chosen")
    return DenseCodes(folder / "fast", folder / "chosen")


def clustered(rows: int, *, seed: int = 0) -> Vectors:
    """Vectors around 40 centres, as those of texts are that speak of the same matters."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((40, 384)).astype(np.float32)
    vectors = centres[chance.integers(0, 40, rows)] + chance.standard_normal((rows, 384)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_bits_find_nearly_all_of_the_nearest(tmp_path: Path) -> None:
    vectors = clustered(20_000)
    codes = codes_of(vectors, tmp_path / "codes")
    wanted = np.arange(20_000) % 3 == 0

    for query in clustered(10, seed=1):
        cosines = vectors @ query
        found, _ = codes.nearest(query, 1000, None)
        assert np.isin(np.argsort(-cosines)[:10], found).mean() >= 0.9
        among, _ = codes.nearest_among(query, 1000, wanted)
        assert wanted[among].all()
        assert np.isin(np.argsort(np.where(wanted, -cosines, 1))[:10], among).mean() >= 0.9


def test_what_bits_say_of_a_vector_does_not_depend_on_its_neighbours(tmp_path: Path) -> None:
    """Or an index that grew would give another answer than one built at once."""
    vectors = clustered(3000)
    whole = codes_of(vectors, tmp_path / "whole")
    parts = [codes_of(vectors[:1234], tmp_path / "first"), codes_of(vectors[1234:], tmp_path / "second")]

    for query in clustered(5, seed=2):
        for search in ("nearest", "nearest_among"):
            found = [
                getattr(one, search)(query, 50, np.ones(size, dtype=bool))
                for one, size in zip((whole, *parts), (3000, 1234, 1766), strict=True)
            ]
            rows = np.concatenate([found[1][0], found[2][0] + 1234])
            scores = np.concatenate([found[1][1], found[2][1]])
            best = np.lexsort((rows, -scores))[:50]
            assert rows[best].tolist() == found[0][0].tolist()
            assert scores[best].tolist() == found[0][1].tolist()


def test_what_is_not_live_is_left_out_and_changes_nothing_else(tmp_path: Path) -> None:
    vectors = clustered(3000)
    live = np.random.default_rng(3).random(3000) < 0.6
    codes, without = codes_of(vectors, tmp_path / "all"), codes_of(vectors[live], tmp_path / "live")

    for query in clustered(5, seed=4):
        rows, scores = codes.nearest(query, 100, live)
        expected, same = without.nearest(query, 100, None)
        assert rows.tolist() == np.flatnonzero(live)[expected].tolist()
        assert scores.tolist() == same.tolist()


def test_no_bits_find_nothing(tmp_path: Path) -> None:
    codes = codes_of(np.zeros((0, 384), dtype=np.float32), tmp_path / "none")

    assert codes.nearest(clustered(1)[0], 5, None)[0].tolist() == []
    assert codes.nearest_among(clustered(1)[0], 5, np.zeros(0, dtype=bool))[0].tolist() == []
