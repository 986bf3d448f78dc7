"""Late interaction: for each word piece of a question, how near the nearest one of a text is.

After ColBERT (Khattab and Zaharia, 2020), with the token vectors of the embedding model as they
are; the pieces of the question are weighted by how rare they are (the idf of BM25).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encode import Tokens, Vectors
from index.store import SearchIndex


@dataclass(frozen=True, slots=True)
class Matcher:
    """The word pieces of a question; `weights` add up to 1. All arrays here have one entry a piece."""

    vectors: Vectors  # shape (pieces, width), unit length
    weights: Vectors
    own: NDArray[np.bool_]  # of the question itself, not of an earlier one that it leans on

    def near(self, index: SearchIndex, rows: Sequence[int]) -> dict[int, PassageMatch]:
        """The match with each of the passages; none where the index holds no tokens."""
        if not index.has_tokens:
            return {}
        cosines = index.token_cosines(self.vectors, rows)
        return {
            row: PassageMatch(near, *index.token_places(row)) for row, near in zip(rows, cosines, strict=True)
        }

    def weighted(self, best: Vectors) -> float:
        """The weighted mean over all pieces."""
        return float(self.weights @ best)


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """Cosines of all pieces of the question with all tokens of a passage, and where those stand."""

    cosines: Vectors  # shape (pieces, tokens)
    starts: NDArray[np.int32]  # in the document, ascending; -1 for the context put before the passage
    ends: NDArray[np.int32]

    def anywhere(self) -> Vectors:
        """For each piece its best in the passage or its context."""
        return self._best(0, len(self.starts))

    def within(self, start: int, end: int) -> Vectors:
        """For each piece its best in a span of the document."""
        first, after = np.searchsorted(self.starts, start), np.searchsorted(self.ends, end, side="right")
        return self._best(int(first), int(after))

    def _best(self, first: int, after: int) -> Vectors:
        if first >= after:
            return np.zeros(len(self.cosines), dtype=np.float32)
        best: Vectors = self.cosines[:, first:after].max(axis=1)
        return best


def build_matcher(tokens: Tokens, index: SearchIndex, own_from: int) -> Matcher:
    """A matcher for the tokens of a question's text; the question itself starts at character `own_from`."""
    idf = index.token_idf(tokens.ids)
    weights = idf / (idf.sum() or 1.0)
    return Matcher(tokens.vectors, weights.astype(np.float32), tokens.starts >= own_from)
