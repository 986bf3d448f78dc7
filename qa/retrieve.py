"""Finds the passages for a question: dense and lexical search, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.encode import Encoder, Vectors
from index.ranking import Ranking
from index.store import SearchIndex
from qa.answer import Hit
from qa.question import FURNITURE, Question

_CANDIDATES = 100  # of each side; what is further down never came up to the first ten
_ROLE_SHIFT = 0.3  # on a scale where the best passage has at most 2
_LOOKED_AT = 3  # times as many passages as are wanted have their roles looked at
_SENTENCE_SHARE = 0.3  # of the dense score: the passage's best sentence; docs/answers.md compares


@dataclass(frozen=True, slots=True)
class Found:
    """The fused ranking and the vector that it was made with. Row i of `rows` belongs to hit i."""

    hits: tuple[Hit, ...]
    rows: tuple[int, ...]
    vector: Vectors  # of the question; shape (width,)
    similarity: float  # the highest cosine between the question and a passage


class Retriever:
    """Searches one index with one encoder."""

    def __init__(self, index: SearchIndex, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder

    def search(self, question: Question, k: int) -> Found:
        """The `k` best passages (fewer where the index has fewer), best first; ties in row order.

        Both scores are divided by their highest and added (relative score fusion). A passage
        that only one side found has the other's score computed as zero.
        """
        vector = self._encoder.encode_queries([question.text])[0]
        count = max(k, _CANDIDATES)
        cosine = dict(self._index.dense(vector, count))
        dense = {row: self._with_sentence(row, score, vector) for row, score in cosine.items()}
        lexical = dict(self._index.lexical(question.terms, count))
        fused = self._by_role(question, fuse((dense, lexical))[: _LOOKED_AT * k])[:k]
        hits = tuple(
            Hit(self._index.passage(row), score, _found_by(row, dense, lexical)) for row, score in fused
        )
        return Found(hits, tuple(row for row, _ in fused), vector, max(cosine.values(), default=0.0))

    def _by_role(self, question: Question, ranking: Ranking) -> Ranking:
        """The ranking with the part of a letter that is asked for (its addressee, say) moved up.

        Its other parts, and advertisements, are moved down: they share words with everything.
        """
        moved = []
        for row, score in ranking:
            role = self._index.passage(row).sentences[0].role
            shift = _ROLE_SHIFT if role in question.parts else -_ROLE_SHIFT if role in FURNITURE else 0.0
            moved.append((row, score + shift))
        return sorted(moved, key=_best_first)

    def _with_sentence(self, row: int, score: float, vector: Vectors) -> float:
        similarities = self._index.sentence_vectors(row) @ vector
        best = float(np.max(similarities, initial=-1.0))
        return (1 - _SENTENCE_SHARE) * score + _SENTENCE_SHARE * best


def fuse(scores: Sequence[Mapping[int, float]]) -> Ranking:
    """Rows with the sum of their scores, each side divided by its highest; best first, ties by row."""
    total: dict[int, float] = {}
    for side in scores:
        highest = max(side.values(), default=0.0)
        if highest <= 0:
            continue
        for row, score in side.items():
            total[row] = total.get(row, 0.0) + score / highest
    return sorted(total.items(), key=_best_first)


def _best_first(entry: tuple[int, float]) -> tuple[float, int]:
    return -entry[1], entry[0]


def _found_by(row: int, dense: Mapping[int, float], lexical: Mapping[int, float]) -> tuple[str, ...]:
    sides = (("dense", dense), ("lexical", lexical))
    return tuple(name for name, side in sides if row in side)
