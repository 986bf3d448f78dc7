"""Search by inner product of unit vectors (cosine), exact or nearly so; the only module that imports faiss.

Up to MOST_EXACT passages every vector is compared. Above that, each vector is also kept as one bit a
component (RaBitQ: Gao and Long 2024): all of them are compared by these, and the REFINED nearest by
their own vectors. What stands in the bits of a vector depends on nothing but the vector (the centre is
the origin), so that the result is the same whatever segments the passages lie in and however the index
grew. docs/scale.md has the recall, and what other kinds of index gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encode import Vectors
from index.errors import IndexDamaged, IndexNotWritten
from index.mapped_rows import MappedRows
from index.ranking import Ranking, Rows, Scores, best_by

MOST_EXACT = 50_000  # passages of an index; docs/scale.md
REFINED = 1_000  # nearest by their bits, whose own vectors are compared; for more than 100 hits: ten times k

# One question is one thread's work: segments and questions are what is done side by side. Left to itself,
# OpenMP lets a second thread wait for the first, which on a busy machine made 1 ms into 70.
faiss.omp_set_num_threads(1)

_BLOCK = 50_000  # rows handed to faiss at once
_QUESTION_BITS = 4  # a component of the question is rounded to so many when bits are compared row by row
_BYTES = 4  # of a component
_ROUNDING = 1e-5  # that single precision moves a cosine; more than enough


def write_dense(vectors: Vectors, path: Path) -> None:
    """Write unit vectors, one per row, so that `DenseIndex` can search them."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), _BLOCK):
        flat.add(np.ascontiguousarray(vectors[start : start + _BLOCK], dtype=np.float32))
    _write(flat, path)


def write_codes(vectors: Vectors, fast: Path, chosen: Path) -> None:
    """Write one bit a component of unit vectors, in two orders: for searching all rows, and some of them."""
    for make, path in ((faiss.IndexRaBitQFastScan, fast), (faiss.IndexRaBitQ, chosen)):
        codes = make(vectors.shape[1], faiss.METRIC_INNER_PRODUCT)
        codes.train(np.zeros((1, vectors.shape[1]), dtype=np.float32))  # the centre is the origin
        for start in range(0, len(vectors), _BLOCK):
            codes.add(np.ascontiguousarray(vectors[start : start + _BLOCK], dtype=np.float32))
        _write(codes, path)


def _write(index: Any, path: Path) -> None:
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as exc:
        raise IndexNotWritten(f"{path.name} cannot be written") from exc


class DenseCodes:
    """One bit a component of all vectors of a segment: finds those that are probably nearest."""

    def __init__(self, fast: Path, chosen: Path) -> None:
        self._fast, self._chosen = _opened(fast), _opened(chosen)

    def nearest(self, vector: Vectors, k: int, live: NDArray[np.bool_] | None) -> tuple[Rows, Scores]:
        """The k rows that are probably nearest, of those that are `live`, and their estimated cosines.

        What is not live is dropped afterwards, since the order of all rows must not depend on it.
        """
        available = int(self._fast.ntotal)
        most = available if live is None else int(np.count_nonzero(live))
        asked = min(k + available - most, available)
        while True:
            rows, scores = _found(self._fast.search(_query(vector), max(asked, 1)))
            if live is not None:
                kept = live[rows]
                rows, scores = rows[kept], scores[kept]
            if len(rows) >= min(k, most) or asked == available:
                return rows[:k], scores[:k]
            asked = min(2 * asked, available)

    def nearest_among(self, vector: Vectors, k: int, wanted: NDArray[np.bool_]) -> tuple[Rows, Scores]:
        """The k rows of those `wanted` that are probably nearest, and their estimated cosines."""
        parameters = faiss.RaBitQSearchParameters()
        parameters.qb = _QUESTION_BITS
        selector = faiss.IDSelectorBitmap(np.packbits(wanted, bitorder="little"))  # type: ignore[arg-type, call-arg]
        parameters.sel = selector
        return _found(self._chosen.search(_query(vector), max(k, 1), params=parameters))


def _query(vector: Vectors) -> Vectors:
    return np.ascontiguousarray(vector[np.newaxis], dtype=np.float32)


def _found(result: Any) -> tuple[Rows, Scores]:
    """The rows and scores for the one question of a search, without the row -1 for what is missing."""
    scores, rows = result
    there = rows[0] >= 0
    return rows[0][there], scores[0][there].astype(np.float64)


def _opened(path: Path) -> Any:
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as exc:
        raise IndexDamaged(f"{path} holds no index of vectors; build the index again.") from exc


class DenseIndex:
    """The vectors of all passages of a segment; row i is passage i. Memory-mapped: opening reads nothing."""

    def __init__(self, path: Path) -> None:
        self._flat = _opened(path)
        offset = path.stat().st_size - len(self) * self.width * _BYTES  # the vectors come last
        self._vectors = MappedRows(path, "<f4", self.width, offset=offset)

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    @property
    def width(self) -> int:
        """The number of dimensions of every vector."""
        return int(self._flat.d)

    def search(self, vector: Vectors, k: int, wanted: NDArray[np.bool_] | None = None) -> Ranking:
        """The k rows nearest to one vector of shape (width,), with their cosines.

        `wanted` says for each row whether it is searched; None searches all of them.
        """
        if vector.shape != (self.width,):
            raise ValueError(f"The vector has the shape {vector.shape}; the index needs ({self.width},).")
        query = _query(vector)
        available, only = len(self), None
        if wanted is not None:
            available = int(np.count_nonzero(wanted))
            bits = np.packbits(wanted, bitorder="little")
            chosen = faiss.IDSelectorBitmap(bits)  # type: ignore[arg-type, call-arg]
            only = faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]

        def near(asked: int) -> list[tuple[int, float]]:
            scores, rows = self._flat.search(query, asked, params=only)
            return list(zip(rows[0].tolist(), scores[0].tolist(), strict=True))

        return best_by(
            near,
            lambda rows: self.cosines(vector, rows),
            k=k,
            available=available,
            highest=lambda score: score + _ROUNDING,
        )

    def cosines(self, vector: Vectors, rows: Rows) -> Scores:
        """The cosine between a vector of shape (width,) and each of some rows.

        Added up in double precision, row by row, so that it is the same wherever the row lies.
        """
        products = self.vectors(rows).astype(np.float64) * vector
        return np.asarray(products.sum(axis=1))

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The stored vectors of some rows, in the order asked; shape (len(rows), width)."""
        return self._vectors.read(np.asarray(rows, dtype=np.int64))
