"""Exact search by inner product of unit vectors (cosine); the only module that imports faiss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encode import Vectors
from index.errors import IndexDamaged
from index.ranking import Ranking, best

_BLOCK = 50_000  # rows handed to faiss at once


def write_dense(vectors: Vectors, path: Path) -> None:
    """Write unit vectors, one per row, so that `DenseIndex` can search them."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), _BLOCK):
        flat.add(np.ascontiguousarray(vectors[start : start + _BLOCK], dtype=np.float32))
    faiss.write_index(flat, str(path))


def _only(rows: NDArray[np.int64]) -> Any:
    """What makes faiss search these rows and no others."""
    return faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))  # type: ignore[call-arg]


class DenseIndex:
    """The vectors of all passages; row i is passage i. Memory-mapped: opening reads almost nothing."""

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

    def search(self, vector: Vectors, k: int, within: Sequence[range] | None = None) -> Ranking:
        """The k rows nearest to one vector of shape (width,), with their cosines.

        `within` are the stretches of rows that are searched; None searches all of them.
        """
        if vector.shape != (self.width,):
            raise ValueError(f"The vector has the shape {vector.shape}; the index needs ({self.width},).")
        query = np.ascontiguousarray(vector[np.newaxis], dtype=np.float32)

        available, only = len(self), None
        if within is not None:
            searched = np.array([row for rows in within for row in rows], dtype=np.int64)
            available, only = len(searched), _only(searched)

        def find(asked: int) -> Ranking:
            scores, rows = self._flat.search(query, asked, params=only)
            return list(zip(rows[0].tolist(), scores[0].tolist(), strict=True))

        return best(find, k=k, available=available)

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The stored vectors of some rows, in the order asked; shape (len(rows), width)."""
        return self._flat.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
