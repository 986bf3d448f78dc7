"""Finds the passages for a question: dense and lexical search, fused, then ordered by what else is known."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.period import Period
from index.encode import Encoder, Vectors
from index.ranking import Ranking
from index.store import SearchIndex
from qa.answer import Hit
from qa.kinds import fits_kind
from qa.question import FURNITURE, Question, content_terms
from qa.times import Times, fit, passage_times

_CANDIDATES = 100  # of each side; what is further down never came up to the first ten

# What each thing is worth, on a scale where the best of each side has 1; docs/answers.md has the
# values that were compared and what each of them changed.
_SENTENCE_SHARE = 0.5  # of the dense score: the passage's best sentence
_ROLE_WEIGHT = 0.3
_TIME_WEIGHT = 0.3
_KIND_WEIGHT = 0.2
_PHRASE_WEIGHT = 0.3
_MOST_PHRASES = 3  # pairs of neighbouring words that are counted


@dataclass(frozen=True, slots=True)
class Found:
    """The ranking and the vector that it was made with. Row i of `rows` belongs to hit i."""

    hits: tuple[Hit, ...]
    rows: tuple[int, ...]
    vector: Vectors  # of the question; shape (width,)
    similarity: float  # the highest cosine between the question and a passage


class Retriever:
    """Searches one index with one encoder. Safe to use from several threads."""

    def __init__(self, index: SearchIndex, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._details = dict(index.details())
        self._times = lru_cache(maxsize=4096)(self._times_of)

    def search(self, question: Question, k: int) -> Found:
        """The `k` best passages (fewer where the index has fewer), best first; ties in row order.

        The scores of both sides are divided by their highest and added (relative score fusion).
        """
        vector = self._encoder.encode_queries([question.text])[0]
        count = max(k, _CANDIDATES)
        nearest = self._index.dense(vector, count)
        lexical = dict(self._index.lexical({**question.alternatives, **question.terms}, count))
        dense = self._dense_scores(vector, sorted({*lexical, *(row for row, _ in nearest)}))
        scores = self._weighed(question, dict(fuse((dense, lexical))))
        ranking = self._by_time(question, scores)[:k]
        hits = tuple(
            Hit(self._index.passage(row), score, _found_by(row, frozenset(dict(nearest)), lexical))
            for row, score in ranking
        )
        return Found(hits, tuple(row for row, _ in ranking), vector, max((score for _, score in nearest), default=0.0))

    def _dense_scores(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """The cosine of every candidate, also of those that only their words found, with its best sentence."""
        scores = {}
        for row, cosine in zip(rows, self._index.similarities(vector, rows), strict=True):
            sentences = self._index.sentence_vectors(row) @ vector
            best = float(np.max(sentences, initial=-1.0))
            scores[row] = (1 - _SENTENCE_SHARE) * float(cosine) + _SENTENCE_SHARE * best
        return scores

    def _weighed(self, question: Question, scores: Mapping[int, float]) -> dict[int, float]:
        """The scores with what the passages' parts, kinds of words and phrases add."""
        phrases = _neighbours(content_terms(question.asked))
        weighed = {}
        for row, score in scores.items():
            passage = self._index.passage(row)
            role = passage.sentences[0].role
            wanted = role in question.parts
            score += _ROLE_WEIGHT * (wanted - (role in FURNITURE and not wanted))
            score += _KIND_WEIGHT * fits_kind(question.kind, passage.text)
            if phrases:
                shared = phrases & _neighbours(content_terms(passage.text))
                score += _PHRASE_WEIGHT * min(1.0, len(shared) / _MOST_PHRASES)
            weighed[row] = score
        return weighed

    def _by_time(self, question: Question, scores: Mapping[int, float]) -> Ranking:
        """The ranking with passages of the times that the question names moved up.

        A question that names several times ("in 2014 and in 2020") gets the best of each in turn.
        """
        if not question.periods:
            return sorted(scores.items(), key=_best_first)
        if len(question.periods) == 1:
            return sorted(self._timed(scores, question.periods[0]).items(), key=_best_first)
        rankings = [
            sorted(self._timed(scores, period).items(), key=_best_first) for period in question.periods
        ]
        return in_turn(rankings)

    def _timed(self, scores: Mapping[int, float], period: Period) -> dict[int, float]:
        return {row: score + _TIME_WEIGHT * fit(self._times(row), period) for row, score in scores.items()}

    def _times_of(self, row: int) -> Times:
        passage = self._index.passage(row)
        return passage_times(passage, self._details[passage.document_id])


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


def in_turn(rankings: Sequence[Ranking]) -> Ranking:
    """The first of each ranking, then the second of each, ...; a row comes once, with its best score."""
    taken: dict[int, float] = {}
    for places in zip(*rankings, strict=True):
        for row, score in places:
            taken[row] = max(score, taken.get(row, score))
    return list(taken.items())


def _best_first(entry: tuple[int, float]) -> tuple[float, int]:
    return -entry[1], entry[0]


def _neighbours(terms: Sequence[str]) -> frozenset[tuple[str, str]]:
    return frozenset(zip(terms, terms[1:], strict=False))


def _found_by(row: int, dense: Container[int], lexical: Container[int]) -> tuple[str, ...]:
    sides = (("dense", dense), ("lexical", lexical))
    return tuple(name for name, side in sides if row in side)
