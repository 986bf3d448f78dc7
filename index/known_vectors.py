"""Vectors are found again by what was embedded, so that only new texts are encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encode import Encoder, Vectors

Keys = NDArray[np.void]  # one SHA-256 of 32 bytes a row
_BLOCK = 64  # texts encoded between two reports of progress; about two seconds on two cores


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


def fill(
    out: NDArray[np.floating],
    texts: Sequence[str],
    keys: Keys,
    *,
    known: Known | None,
    encoder: Encoder,
    progress: Callable[[int, int], None],
) -> Counts:
    """Write the vector of each text into the same row of `out`; equal texts are encoded once."""
    distinct, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    is_known, places = _find(distinct, known)
    if known is not None:
        _copy(out, first[is_known], places[is_known], known)
    _encode(out, texts, first[~is_known], encoder, progress)
    repeated = np.flatnonzero(first[inverse] != np.arange(len(keys)))
    out[repeated] = out[first[inverse[repeated]]]
    return Counts(encoded=int((~is_known).sum()), reused=int(is_known.sum()))


def _find(keys: Keys, known: Known | None) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which keys are known, and in which row (where they are not: any number)."""
    if known is None or not len(known.keys):
        return np.zeros(len(keys), dtype=bool), np.zeros(len(keys), dtype=np.int64)
    order = np.argsort(known.keys, kind="stable")
    place = np.searchsorted(known.keys[order], keys)
    rows = order[np.minimum(place, len(order) - 1)]
    return known.keys[rows] == keys, rows


def _copy(
    out: NDArray[np.floating], rows: NDArray[np.int64], places: NDArray[np.int64], known: Known
) -> None:
    for start in range(0, len(rows), 50_000):  # 75 MB of vectors at a time
        block = slice(start, start + 50_000)
        out[rows[block]] = known.vectors(places[block])


def _encode(
    out: NDArray[np.floating],
    texts: Sequence[str],
    rows: NDArray[np.int64],
    encoder: Encoder,
    progress: Callable[[int, int], None],
) -> None:
    """Encode the texts of some rows, longest first, so that texts of a batch have about one length."""
    order = sorted(rows.tolist(), key=lambda row: (-len(texts[row]), row))
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        progress(start, len(order))
        vectors = encoder.encode_documents([texts[row] for row in block])
        if vectors.shape != (len(block), encoder.width):
            raise ValueError(
                f"The model returned vectors of shape {vectors.shape}"
                f" and ({len(block)}, {encoder.width}) was expected; use another model."
            )
        out[block] = vectors
    progress(len(order), len(order))
