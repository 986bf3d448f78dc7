"""Vectors are found again by what was embedded, so that only new texts are encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encode import Vectors

Keys = NDArray[np.void]  # one SHA-256 of 32 bytes a row
# What is encoded between two reports of progress: about this many characters, two seconds on two cores.
_BLOCK_CHARACTERS = 40_000
_SMALLEST_BLOCK, _LARGEST_BLOCK = 32, 512  # texts


@dataclass(frozen=True, slots=True)
class Known:
    """Vectors made earlier by the same model: `vectors(rows)` gives those whose keys stand in `rows`."""

    keys: Keys
    vectors: Callable[[NDArray[np.int64]], Vectors]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many different texts were encoded, and how many had been encoded before."""

    encoded: int = 0
    reused: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.encoded + other.encoded, self.reused + other.reused)


def keys_of(texts: Sequence[str]) -> Keys:
    """The SHA-256 of each text."""
    digests = b"".join(hashlib.sha256(text.encode()).digest() for text in texts)
    return np.frombuffer(digests, dtype="V32")


@dataclass(frozen=True, slots=True)
class Reuse:
    """Where the vector of each row comes from: a known one, the model, or an earlier row of the same text."""

    known: NDArray[np.int64]
    places: NDArray[np.int64]  # row known[i] takes the known vector places[i]
    new: NDArray[np.int64]
    repeated: NDArray[np.int64]
    sources: NDArray[np.int64]  # row repeated[i] has the text of row sources[i]

    @property
    def counts(self) -> Counts:
        """How many different texts are encoded, and how many are not."""
        return Counts(encoded=len(self.new), reused=len(self.known))


def find_reuse(keys: Keys, known: Known | None) -> Reuse:
    """Where the vectors of the texts with these keys come from; equal texts are encoded once."""
    distinct, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    is_known, places = _find(distinct, known)
    repeated = np.flatnonzero(first[inverse] != np.arange(len(keys)))
    return Reuse(first[is_known], places[is_known], first[~is_known], repeated, first[inverse[repeated]])


def fill(
    out: NDArray[np.floating],
    texts: Sequence[str],
    keys: Keys,
    *,
    known: Known | None,
    encode: Callable[[Sequence[int]], Vectors],
    progress: Callable[[int, int], None],
) -> Reuse:
    """Write the vector of each text into the same row of `out`; `encode` gives those of some rows' texts."""
    reuse = find_reuse(keys, known)
    if known is not None:
        _copy(out, reuse, known)
    _encode(out, texts, reuse.new, encode, progress)
    out[reuse.repeated] = out[reuse.sources]
    return reuse


def _find(keys: Keys, known: Known | None) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which keys are known, and in which row (where they are not: any number)."""
    if known is None or not len(known.keys):
        return np.zeros(len(keys), dtype=bool), np.zeros(len(keys), dtype=np.int64)
    order = np.argsort(known.keys, kind="stable")
    place = np.searchsorted(known.keys[order], keys)
    rows = order[np.minimum(place, len(order) - 1)]
    return known.keys[rows] == keys, rows


def _copy(out: NDArray[np.floating], reuse: Reuse, known: Known) -> None:
    for start in range(0, len(reuse.known), 50_000):  # 75 MB of vectors at a time
        block = slice(start, start + 50_000)
        out[reuse.known[block]] = known.vectors(reuse.places[block])


def _encode(
    out: NDArray[np.floating],
    texts: Sequence[str],
    rows: NDArray[np.int64],
    encode: Callable[[Sequence[int]], Vectors],
    progress: Callable[[int, int], None],
) -> None:
    """Encode the texts of some rows, longest first, so that texts of a batch have about one length."""
    order = sorted(rows.tolist(), key=lambda row: (-len(texts[row]), row))
    done = 0
    while done < len(order):
        progress(done, len(order))
        block = order[done : done + _block_size(texts[order[done]])]
        vectors = encode(block)
        if vectors.shape != (len(block), out.shape[1]):
            raise ValueError(
                f"The model returned vectors of shape {vectors.shape}"
                f" and ({len(block)}, {out.shape[1]}) was expected; use another model."
            )
        out[block] = vectors
        done += len(block)
    progress(done, len(order))


def _block_size(longest: str) -> int:
    fitting = _BLOCK_CHARACTERS // max(1, len(longest))
    return max(_SMALLEST_BLOCK, min(_LARGEST_BLOCK, fitting))
