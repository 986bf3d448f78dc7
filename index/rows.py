"""Where each row of an index lies: its documents are spread over segments, each with rows of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged

Wanted = NDArray[np.bool_]  # for each row of a segment, whether it is wanted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies: in which segment, its number there, and the rows of its passages there."""

    segment: int
    number: int
    first: int
    passages: int

    @property
    def rows(self) -> range:
        """The rows of the segment."""
        return range(self.first, self.first + self.passages)


def write_places(places: Sequence[Place], path: Path) -> None:
    """Write where every document lies, in the order of the documents."""
    columns = [(place.segment, place.number, place.first, place.passages) for place in places]
    np.save(path, np.array(columns, dtype=np.int64).reshape(-1, 4))


class Rows:
    """The rows of an index are those of its documents, one after the other.

    What a segment holds and no document claims was removed; it has the row -1. In every segment the
    documents stand in the order that they have in the index.
    """

    def __init__(self, path: Path, sizes: Sequence[int]) -> None:
        try:
            places: NDArray[np.int64] = np.load(path)
        except (OSError, ValueError) as exc:
            raise IndexDamaged(f"{path} cannot be read; build the index again.") from exc
        self._segment, self._number, self._first, self._count = places.T
        self._starts = np.concatenate(([0], np.cumsum(self._count)))
        self._of_segment = [self._rows_of_segment(segment, size) for segment, size in enumerate(sizes)]

    def _rows_of_segment(self, segment: int, size: int) -> NDArray[np.int32]:
        documents = np.flatnonzero(self._segment == segment)
        counts, firsts = self._count[documents], self._first[documents]
        before = np.cumsum(counts) - counts
        within = np.arange(int(counts.sum())) - np.repeat(before, counts)
        rows = np.full(size, -1, dtype=np.int32)
        rows[np.repeat(firsts, counts) + within] = np.repeat(self._starts[documents], counts) + within
        return rows

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def documents(self) -> list[Place]:
        """Where every document lies, in order."""
        columns = (self._segment, self._number, self._first, self._count)
        return [Place(*place) for place in zip(*(column.tolist() for column in columns), strict=True)]

    def place(self, row: int) -> tuple[int, int]:
        """The segment of a row and the row there; IndexError where there is no such row."""
        if not 0 <= row < len(self):
            raise IndexError(f"There is no passage in row {row} of the index.")
        document = int(np.searchsorted(self._starts, row, side="right")) - 1
        return int(self._segment[document]), int(self._first[document] + row - self._starts[document])

    def places(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The segments of some rows and the rows there."""
        asked = np.asarray(rows, dtype=np.int64)
        documents = np.searchsorted(self._starts, asked, side="right") - 1
        return self._segment[documents], self._first[documents] + asked - self._starts[documents]

    def of_documents(self, numbers: Sequence[int]) -> tuple[range, ...]:
        """The rows of some documents, by their places in the order of the documents, where they have any."""
        asked = np.asarray(numbers, dtype=np.int64)
        starts, ends = self._starts[asked].tolist(), self._starts[asked + 1].tolist()
        return tuple(range(start, end) for start, end in zip(starts, ends, strict=True) if start < end)

    def of_segment(self, segment: int) -> NDArray[np.int32]:
        """For each row of a segment its row in the index; -1 for what was removed."""
        return self._of_segment[segment]

    def is_live(self, segment: int, number: int) -> bool:
        """Whether a document of a segment belongs to the index."""
        return bool(np.any((self._segment == segment) & (self._number == number)))

    def live(self) -> list[Wanted | None]:
        """For each segment which of its rows belong to the index; None where all do."""
        live = [rows >= 0 for rows in self._of_segment]
        return [None if one.all() else one for one in live]

    def wanted(self, within: Iterable[range]) -> list[Wanted]:
        """For each segment which of its rows lie in some stretches of rows of the index."""
        asked = np.zeros(len(self) + 1, dtype=bool)  # the last one is the row -1
        for stretch in within:
            asked[stretch.start : stretch.stop] = True
        asked[-1] = False
        return [asked[rows] for rows in self._of_segment]


def stretches(rows: NDArray[np.bool_]) -> list[range]:
    """The stretches of rows that are true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], rows, [False])).astype(np.int8))).tolist()
    return [range(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
