"""The vectors of every sentence, in half precision, memory-mapped, found by the row of their passage.

Half precision moves a cosine by less than 0.001 and halves the largest file of the index. A search
never reads them all: they only compare the sentences of the few passages that were found.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from index.encode import Vectors
from index.errors import IndexDamaged
from index.mapped_rows import stored_rows

_BLOCK = 2**20  # bytes


def create_sentence_vectors(
    path: Path, *, sentences: int, width: int
) -> np.memmap[Any, np.dtype[np.float16]]:
    """A file of zeros to be filled in place; OSError where the disk has no room for it.

    Its room is taken beforehand: where the disk were found full only when a page of the mapped file is
    written, the system would end the process.
    """
    vectors = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=(sentences, width))
    with path.open("r+b") as file:
        _take_room(file, path.stat().st_size)
    return vectors


def _take_room(file: BinaryIO, size: int) -> None:
    """Let the disk keep `size` bytes for the file, which is all zeros after its first ones."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
        return
    file.seek(0, os.SEEK_SET)
    while block := file.read(_BLOCK):
        file.seek(-len(block), os.SEEK_CUR)
        file.write(block)
        file.seek(0, os.SEEK_CUR)  # between writing and reading


def write_offsets(counts: Sequence[int], path: Path) -> None:
    """Write which sentences are whose, from the number of sentences of each passage."""
    np.save(path, np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.int64))


class SentenceVectors:
    """Rows `offsets[i]` to `offsets[i + 1]` are the sentences of passage i."""

    def __init__(self, path: Path, offsets: Path) -> None:
        try:
            self._vectors = stored_rows(path, "<f2")
            self._offsets: NDArray[np.int64] = np.load(offsets, mmap_mode="r")
        except (OSError, ValueError) as exc:
            raise IndexDamaged(f"{path} cannot be read as vectors; build the index again.") from exc

    def of(self, row: int) -> Vectors:
        """The unit vectors of the sentences of one passage."""
        if not 0 <= row < len(self._offsets) - 1:
            raise IndexError(f"There is no passage in row {row} of the index.")
        return self.rows(slice(int(self._offsets[row]), int(self._offsets[row + 1])))

    def nearest(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """For each of some passages the highest cosine of a vector with its sentences; -1 without any."""
        first, last = self._offsets[rows], self._offsets[rows + 1]
        sizes = last - first
        places = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        cosines = (self.rows(places) * vector).sum(axis=1)  # row by row: the same wherever a row stands
        best = np.full(len(rows), -1.0)
        some = sizes > 0
        if some.any():
            best[some] = np.maximum.reduceat(cosines, (np.cumsum(sizes) - sizes)[some])
        return best

    def count(self, passages: Sequence[range]) -> int:
        """How many sentences some stretches of passages have."""
        return sum(int(self._offsets[rows.stop] - self._offsets[rows.start]) for rows in passages)

    def rows(self, rows: slice | NDArray[np.int64]) -> Vectors:
        """The vectors of some sentences, in single precision."""
        return self._vectors.read(rows).astype(np.float32)
