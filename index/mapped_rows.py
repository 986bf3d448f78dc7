"""Rows of numbers in a file, memory-mapped, of which a search reads a few here and there."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Linux maps up to 64 kB around what is read. Rows that are read here and there would thus bring whole files
# of gigabytes into the memory of the process, little by little.
_AROUND = 65_536
_MOST_KEPT = 32 * 2**20  # bytes of a file


class MappedRows:
    """`rows[i]` is row i; what was read is given back to the system once it may be 32 MB.

    It stays in the system's cache as long as there is room, so that reading it again costs next to nothing.
    Safe to use from several threads. Raises OSError or ValueError for a file that does not hold whole rows.
    """

    def __init__(self, path: Path, kind: str, width: int, *, offset: int = 0) -> None:
        size = path.stat().st_size - offset
        row = np.dtype(kind).itemsize * width
        if size % row:
            raise ValueError(f"{path} holds {size} bytes, which are not rows of {row}")
        self._kept = 0
        self._mapped: mmap.mmap | None = None
        self._rows: NDArray[Any] = np.zeros((0, width), dtype=kind)  # what is empty cannot be mapped
        if size:
            with path.open("rb") as file:
                self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._rows = np.frombuffer(self._mapped, dtype=kind, offset=offset).reshape(-1, width)

    def __len__(self) -> int:
        return len(self._rows)

    def read(self, rows: slice | NDArray[np.integer[Any]]) -> NDArray[Any]:
        """Some rows, copied; shape (rows, width)."""
        return self._noted(rows, np.array(self._rows[rows]))

    def read_into(self, out: NDArray[Any], rows: slice) -> None:
        """Some rows, turned into the kind of numbers of `out`, which has their shape."""
        out[:] = self._rows[rows]
        self._noted(rows, out)

    def _noted(self, rows: slice | NDArray[np.integer[Any]], read: NDArray[Any]) -> NDArray[Any]:
        self._kept += (
            min(read.nbytes + _AROUND, _MOST_KEPT) if isinstance(rows, slice) else _AROUND * len(read)
        )
        if self._kept > _MOST_KEPT and self._mapped is not None:
            self._kept = 0
            if hasattr(mmap, "MADV_DONTNEED"):
                self._mapped.madvise(mmap.MADV_DONTNEED)
        return read


def stored_rows(path: Path, kind: str) -> MappedRows:
    """The rows of a file of numpy (.npy) that holds a table."""
    table = np.load(path, mmap_mode="r")
    if table.ndim != 2 or table.dtype != np.dtype(kind):
        raise ValueError(
            f"{path} holds {table.dtype} in {table.ndim} dimensions and {kind} in 2 was expected"
        )
    return MappedRows(path, kind, table.shape[1], offset=table.offset)
