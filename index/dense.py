"""Exact search by inner product of unit vectors (cosine); the only module that imports faiss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encode import Vectors
from index.errors import IndexDamaged
from index.ranking import Ranking, Rows, Scores, best_by

_BLOCK = 50_000  # rows handed to faiss at once
_ROUNDING = 1e-5  # that single precision moves a cosine; more than enough


def write_dense(vectors: Vectors, path: Path) -> None:
    """Write unit vectors, one per row, so that `DenseIndex` can search them."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), _BLOCK):
        flat.add(np.ascontiguousarray(vectors[start : start + _BLOCK], dtype=np.float32))
    faiss.write_index(flat, str(path))


class DenseIndex:
    """The vectors of all passages of a segment; row i is passage i. Memory-mapped: opening reads nothing."""

    def __init__(self, path: Path) -> None:
        try:
            self._flat = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as exc:
            raise IndexDamaged(f"{path} holds no index of vectors; build the index again.") from exc

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
        query = np.ascontiguousarray(vector[np.newaxis], dtype=np.float32)
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
        return self._flat.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
