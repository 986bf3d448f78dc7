"""Finds the passages for a question: dense and lexical search, fused, then ordered by what else is known."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.period import Period
from index.encode import Encoder, Vectors
from index.ranking import Ranking
from index.store import SearchIndex
from qa.answer import Hit
from qa.kinds import fits_kind
from qa.match import Matcher, PassageMatch, build_matcher
from qa.near_words import near_words
from qa.question import FURNITURE, Question, content_terms
from qa.reader import Read, Reader
from qa.times import Times, best_fit, passage_times
from qa.weights import Weights

_CANDIDATES = 100  # of each side
_MATCHED = 50  # of the candidates: their tokens are compared with the question's; the rest stay behind
_READ = 6  # of the candidates: read together with the question, which takes most of the time
_MOST_PHRASES = 3  # pairs of neighbouring words that are counted

_Scores = dict[int, float]  # by row


@dataclass(frozen=True, slots=True)
class Found:
    """The ranking and what it was made with. Row i of `rows` belongs to hit i."""

    hits: tuple[Hit, ...]
    rows: tuple[int, ...]
    vector: Vectors  # of the question; shape (width,)
    matcher: Matcher
    similarity: float  # the highest cosine between the question and a passage
    near: Mapping[int, PassageMatch]  # the match of candidates, by row
    matches: tuple[float, ...]  # how well they match piece by piece, best first
    reads: Mapping[int, Read]  # what the reader says of the first candidates, by row


class Retriever:
    """Searches one index with one encoder. Safe to use from several threads."""

    def __init__(
        self, index: SearchIndex, encoder: Encoder, weights: Weights, reader: Reader | None = None
    ) -> None:
        self._index = index
        self._reader = reader if weights.reader else None
        self._encoder = encoder
        self._weights = weights
        self._details = dict(index.details())
        self._times = lru_cache(maxsize=4096)(self._times_of)
        self._meaning = lru_cache(maxsize=4096)(self._meaning_of)

    def search(self, question: Question, k: int, within: Sequence[range] | None = None) -> Found:
        """The `k` best passages (fewer where the index has fewer), best first; ties in row order.

        `within` narrows the search to some stretches of rows; None searches all of them.
        """
        vector, tokens = self._encoder.encode_question(question.text)
        matcher = build_matcher(tokens, self._index, question.own_from)
        nearest = self._index.dense(vector, max(k, _CANDIDATES), within)
        lexical = dict(self._index.lexical(self._terms(question), max(k, _CANDIDATES), within))
        dense = self._dense_scores(vector, sorted({*lexical, *(row for row, _ in nearest)}))
        fused = fuse(((self._weights.dense, dense), (self._weights.lexical, lexical)))
        scores = self._weighed(question, dict(fused))
        first = [row for row, _ in sorted(scores.items(), key=_best_first)[:_MATCHED]]
        near = matcher.near(self._index, first)
        matches = {row: matcher.weighted(match.anywhere()) for row, match in near.items()}
        scores = with_matches(scores, matches, self._weights.matches)
        reads = self._read(question, [row for row, _ in self._by_time(question, scores)[:_READ]])
        opinions = {row: read.answers for row, read in reads.items()}
        ranking = self._by_time(question, with_matches(scores, opinions, self._weights.reader))[:k]
        by_meaning = frozenset(dict(nearest))
        return Found(
            hits=tuple(
                Hit(self._index.passage(row), score, _found_by(row, by_meaning, lexical))
                for row, score in ranking
            ),
            rows=tuple(row for row, _ in ranking),
            vector=vector,
            matcher=matcher,
            near=near,
            similarity=max((score for _, score in nearest), default=0.0),
            matches=tuple(sorted(matches.values(), reverse=True)),
            reads=reads,
        )

    def _read(self, question: Question, rows: Sequence[int]) -> dict[int, Read]:
        if self._reader is None:
            return {}
        passages = [self._index.passage(row) for row in rows]
        return dict(zip(rows, self._reader.read(question.text, passages), strict=True))

    def _terms(self, question: Question) -> dict[str, float]:
        """The words to search with; what was said weighs more than what is only near to it."""
        terms: dict[str, float] = {}
        if self._weights.near_words:
            near = near_words(question, self._index, self._meaning)
            terms = {term: self._weights.near_words * weight for term, weight in near.items()}
        for term, weight in question.alternatives.items():
            terms[term] = max(weight, terms.get(term, 0.0))
        return terms | dict(question.terms)

    def _dense_scores(self, vector: Vectors, rows: Sequence[int]) -> _Scores:
        """The cosine of every candidate, also of those found by words alone, with its best sentence."""
        share = self._weights.sentences
        passages = self._index.similarities(vector, rows).tolist()
        sentences = self._index.nearest_sentences(vector, rows).tolist()
        return {
            row: (1 - share) * cosine + share * best
            for row, cosine, best in zip(rows, passages, sentences, strict=True)
        }

    def _weighed(self, question: Question, scores: _Scores) -> _Scores:
        """The scores with what the passages' parts, kinds of words and phrases add."""
        phrases = _phrases(question.asked)
        weighed = {}
        passages = self._index.passages(list(scores))
        for (row, score), passage in zip(scores.items(), passages, strict=True):
            role = passage.sentences[0].role
            wanted = role in question.parts
            score += self._weights.parts * (wanted - (role in FURNITURE and not wanted))
            score += self._weights.kinds * fits_kind(question.kind, passage.text)
            if phrases:
                shared = phrases & _phrases(passage.text)
                score += self._weights.phrases * min(1.0, len(shared) / _MOST_PHRASES)
            weighed[row] = score
        return weighed

    def _by_time(self, question: Question, scores: _Scores) -> Ranking:
        """The ranking with passages of the times that the question names moved up.

        A question that names several times ("in 2014 and in 2020") gets the best of each in turn.
        """
        weight = self._weights.times
        if weight and question.wants_latest:
            scores = {row: score + weight * self._recency(row) for row, score in scores.items()}
        if not (weight and (question.periods or question.open_periods)):
            return sorted(scores.items(), key=_best_first)
        named: tuple[tuple[Period, ...], ...] = tuple((period,) for period in question.periods) or ((),)
        return in_turn([self._timed(scores, periods, question.open_periods) for periods in named])

    def _timed(self, scores: _Scores, named: Sequence[Period], open_ended: Sequence[Period]) -> Ranking:
        weight = self._weights.times
        fits = {row: best_fit(self._times(row), named, open_ended) for row in scores}
        return sorted(((row, score + weight * fits[row]) for row, score in scores.items()), key=_best_first)

    def _recency(self, row: int) -> float:
        """1 for a passage of the latest document, 0 for one of the earliest or of one without a date."""
        published = self._details[self._index.passage(row).document_id].published
        if published is None or len(self._days) < 2:
            return 0.0
        return self._days[published] / (len(self._days) - 1)

    @cached_property
    def _days(self) -> dict[date, int]:
        """The place of every day on which a document was published, earliest first."""
        days = sorted({details.published for details in self._details.values() if details.published})
        return {day: place for place, day in enumerate(days)}

    def _meaning_of(self, word: str) -> Vectors:
        """The vector of one word: people ask with the same words again and again."""
        vector: Vectors = self._encoder.encode_queries([word])[0]
        return vector

    def _times_of(self, row: int) -> Times:
        passage = self._index.passage(row)
        return passage_times(passage, self._details[passage.document_id])


def fuse(sides: Sequence[tuple[float, Mapping[int, float]]]) -> Ranking:
    """Rows with the weighted sum of their scores, each side divided by its highest (relative score fusion).

    Best first, ties by row.
    """
    total: _Scores = {}
    for weight, side in sides:
        highest = max(side.values(), default=0.0)
        if highest <= 0:
            continue
        for row, score in side.items():
            total[row] = total.get(row, 0.0) + weight * score / highest
    return sorted(total.items(), key=_best_first)


def with_matches(scores: Mapping[int, float], matches: Mapping[int, float], weight: float) -> _Scores:
    """The scores with the matches added, spread so that the best has the weight and the worst nothing."""
    low, high = min(matches.values(), default=0.0), max(matches.values(), default=0.0)
    spread = high - low or 1.0
    return {
        row: score + (weight * (matches[row] - low) / spread if row in matches else 0.0)
        for row, score in scores.items()
    }


def in_turn(rankings: Sequence[Ranking]) -> Ranking:
    """The first of each ranking, then the second of each, ...; a row comes once, with its best score."""
    taken: _Scores = {}
    for places in zip(*rankings, strict=True):
        for row, score in places:
            taken[row] = max(score, taken.get(row, score))
    return list(taken.items())


def _best_first(entry: tuple[int, float]) -> tuple[float, int]:
    return -entry[1], entry[0]


@lru_cache(maxsize=8_192)  # the same passages are candidates again and again
def _phrases(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words that carry meaning and follow one another."""
    return frozenset(pairwise(content_terms(text)))


def _found_by(row: int, dense: Container[int], lexical: Container[int]) -> tuple[str, ...]:
    sides = (("dense", dense), ("lexical", lexical))
    return tuple(name for name, side in sides if row in side)
