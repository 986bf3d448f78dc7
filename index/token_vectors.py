"""The tokens of every passage, each with a vector of one byte a component, memory-mapped.

For late interaction (ColBERT: Khattab and Zaharia 2020): how near the nearest token of a passage comes
to a token of the question. A vector is stored as whole numbers from -127 to 127, its largest component
being one of the two; its length needs no storing, since it is 1. Among tokens of the bundled documents
this moves a cosine by 0.0006 (root mean square), 0.007 at most; one scale for all vectors would treble
the first, because a few tokens have a component of 0.84 and most have none above 0.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from index.encode import Integers, Tokens, Vectors
from index.errors import IndexDamaged
from index.manifest import TOKEN_FREQUENCY, TOKEN_PLACES, TOKEN_SPANS, TOKENS
from index.mapped_rows import MappedRows

MOST_TOKEN_PASSAGES = 100_000  # 4 GB of tokens; larger indexes are made without them

_LARGEST = 127  # of a signed byte, the same on both sides of 0


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """The tokens of a passage; offsets are into the document's text, -1 for tokens of its context."""

    starts: Integers
    ends: Integers
    vectors: Vectors  # shape (tokens, width), each of length 1


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """The tokens of one text as they are stored; offsets are into the text that was encoded."""

    codes: NDArray[np.int8]  # shape (tokens, width)
    spans: Integers  # shape (tokens, 3): id, start, end


def to_stored(tokens: Tokens) -> StoredTokens:
    """Tokens with their vectors rounded to whole numbers."""
    largest = np.abs(tokens.vectors).max(axis=1, keepdims=True, initial=1e-12)
    codes = np.rint(tokens.vectors * (_LARGEST / largest)).astype(np.int8)
    return StoredTokens(codes, np.column_stack((tokens.ids, tokens.starts, tokens.ends)))


def to_tokens(stored: StoredTokens) -> Tokens:
    """Tokens with vectors of length 1 again."""
    codes = stored.codes.astype(np.float32)
    ids, starts, ends = stored.spans.T
    return Tokens(ids, starts, ends, codes / lengths(codes)[:, np.newaxis])


def lengths(codes: Vectors) -> Vectors:
    """How long the vectors are that were rounded; shape (tokens,), never 0."""
    found: Vectors = np.maximum(np.sqrt(np.einsum("ij,ij->i", codes, codes)), np.float32(1e-12))
    return found


def cosines(
    vectors: Vectors, held: Sequence[tuple[TokenVectors, int]], lengths_of: Sequence[Vectors]
) -> list[Vectors]:
    """For each of some passages the cosines of `vectors` with its tokens; shape (vectors, tokens).

    `lengths_of` has what `lengths` gives for each. All in one matrix product: fifty small ones took ten
    times as long.
    """
    if not held:
        return []
    ends = np.cumsum([tokens.count(row) for tokens, row in held])
    codes = np.empty((int(ends[-1]), vectors.shape[1]), dtype=np.float32)
    for (tokens, row), part in zip(held, np.split(codes, ends[:-1]), strict=True):
        tokens.read_codes(row, part)
    return np.split((vectors @ codes.T) / np.concatenate(lengths_of), ends[:-1], axis=1)


class TokenWriter:
    """Writes the tokens of passages one after the other, as they come, and notes whose they are."""

    def __init__(self, generation: Path, *, passages: int) -> None:
        self._generation = generation
        self._places = np.zeros((passages, 2), dtype=np.int64)
        self._written = 0
        self._codes = (generation / TOKENS).open("wb")
        self._spans = (generation / TOKEN_SPANS).open("wb")

    def __enter__(self) -> TokenWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._codes.close()
        self._spans.close()
        if raised is None:
            self._write_lists()

    def add(self, row: int, tokens: StoredTokens) -> None:
        """Write the tokens of one passage."""
        self._codes.write(np.ascontiguousarray(tokens.codes).tobytes())
        self._spans.write(np.ascontiguousarray(tokens.spans, dtype="<i4").tobytes())
        self._places[row] = self._written, len(tokens.spans)
        self._written += len(tokens.spans)

    def repeat(self, row: int, source: int) -> None:
        """Note that a passage has the tokens of another, which are written already."""
        self._places[row] = self._places[source]

    def _write_lists(self) -> None:
        spans = MappedRows(self._generation / TOKEN_SPANS, "<i4", 3)
        np.save(self._generation / TOKEN_PLACES, self._places)
        np.save(self._generation / TOKEN_FREQUENCY, _passage_frequency(spans, self._places))


def _passage_frequency(spans: MappedRows, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """In how many passages each id stands."""
    held = [np.unique(spans.read(slice(first, first + count))[:, 0]) for first, count in places.tolist()]
    return np.bincount(np.concatenate(held)).astype(np.int64) if held else np.zeros(0, dtype=np.int64)


def rarity(ids: Integers, frequency: NDArray[np.int64], passages: int) -> Vectors:
    """How rare each token is: ln(1 + (N - n + 0.5) / (n + 0.5)), n of the N passages holding it."""
    known = ids < len(frequency)
    holding = np.zeros(len(ids))
    holding[known] = frequency[ids[known]]
    return np.log1p((passages - holding + 0.5) / (holding + 0.5)).astype(np.float32)


def added(one: NDArray[np.int64], other: NDArray[np.int64], *, sign: int = 1) -> NDArray[np.int64]:
    """The sum (sign 1) or difference (-1) of two lists of frequencies of any length."""
    total = np.zeros(max(len(one), len(other)), dtype=np.int64)
    total[: len(one)] = one
    total[: len(other)] += sign * other
    return total


class TokenVectors:
    """Passage i has the tokens from `places[i, 0]`, `places[i, 1]` of them."""

    def __init__(self, generation: Path, *, width: int) -> None:
        try:
            self._codes = MappedRows(generation / TOKENS, "i1", width)
            self._spans = MappedRows(generation / TOKEN_SPANS, "<i4", 3)
            self._places: NDArray[np.int64] = np.load(generation / TOKEN_PLACES, mmap_mode="r")
            self.frequency: NDArray[np.int64] = np.load(generation / TOKEN_FREQUENCY)
        except (OSError, ValueError) as exc:
            raise IndexDamaged(
                f"{generation} holds tokens that cannot be read ({exc}); build the index again."
            ) from exc

    def stored(self, row: int) -> StoredTokens:
        """The tokens of one passage as they are stored."""
        rows = self._rows_of(row)
        return StoredTokens(self._codes.read(rows), self._spans.read(rows))

    def spans(self, row: int) -> Integers:
        """The id, start and end of each token of one passage; shape (tokens, 3)."""
        return self._spans.read(self._rows_of(row))

    def count(self, row: int) -> int:
        """The number of tokens of one passage."""
        return int(self._places[row, 1])

    def read_codes(self, row: int, out: Vectors) -> None:
        """The rounded vectors of one passage's tokens, not of length 1, into an array of their shape."""
        self._codes.read_into(out, self._rows_of(row))

    def _rows_of(self, row: int) -> slice:
        if not 0 <= row < len(self._places):
            raise IndexError(f"There is no passage in row {row} of the index.")
        first, count = self._places[row].tolist()
        return slice(first, first + count)

    def of(self, row: int) -> Tokens:
        """The tokens of one passage; offsets are into the text that was encoded."""
        return to_tokens(self.stored(row))

    def idf(self, ids: Integers) -> Vectors:
        """How rare each token is among the passages of this segment; see `rarity`."""
        return rarity(ids, self.frequency, len(self._places))

    def frequency_of(self, rows: Sequence[range]) -> NDArray[np.int64]:
        """In how many passages of some stretches of rows each id stands."""
        places = [self._places[stretch.start : stretch.stop] for stretch in rows]
        if not places:
            return np.zeros(0, dtype=np.int64)
        return _passage_frequency(self._spans, np.concatenate(places))
