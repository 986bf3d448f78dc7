"""Late interaction: for each word piece of a question, how near the nearest one of a text is.

After ColBERT (Khattab and Zaharia, 2020), with the token vectors of the embedding model as they
are; the pieces of the question are weighted by how rare they are (the idf of BM25).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from index.token_vectors import PassageTokens
from numpy.typing import NDArray

from index.encode import Tokens, Vectors
from index.store import SearchIndex


@dataclass(frozen=True, slots=True)
class Matcher:
    """The word pieces of a question; `weights` add up to 1. All arrays here have one entry a piece."""

    vectors: Vectors  # shape (pieces, width), unit length
    weights: Vectors
    own: NDArray[np.bool_]  # of the question itself, not of an earlier one that it leans on

    def near(self, tokens: PassageTokens) -> PassageMatch:
        """The match with one passage."""
        return PassageMatch(self.vectors @ tokens.vectors.T, tokens.starts, tokens.ends)

    def weighted(self, best: Vectors) -> float:
        """The weighted mean over all pieces."""
        return float(self.weights @ best)


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """Cosines of all pieces of the question with all tokens of a passage, and where those stand."""

    cosines: Vectors  # shape (pieces, tokens)
    starts: NDArray[np.int32]  # in the document; -1 for the context put before the passage
    ends: NDArray[np.int32]

    def anywhere(self) -> Vectors:
        """For each piece its best in the passage or its context."""
        return self._best(np.ones(len(self.starts), dtype=bool))

    def context(self) -> Vectors:
        """For each piece its best in the title, date and section."""
        return self._best(self.starts < 0)

    def within(self, start: int, end: int) -> Vectors:
        """For each piece its best in a span of the document."""
        return self._best((self.starts >= start) & (self.ends <= end))

    def _best(self, chosen: NDArray[np.bool_]) -> Vectors:
        if not chosen.any():
            return np.zeros(len(self.cosines), dtype=np.float32)
        best: Vectors = self.cosines[:, chosen].max(axis=1)
        return best


def build_matcher(tokens: Tokens, index: SearchIndex, own_from: int) -> Matcher:
    """A matcher for the tokens of a question's text; the question itself starts at character `own_from`."""
    idf = index.token_idf(tokens.ids)
    weights = idf / (idf.sum() or 1.0)
    return Matcher(tokens.vectors, weights.astype(np.float32), tokens.starts >= own_from)
