"""Which sentences of the passages that were found answer the question best."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.document import Document, Passage, Role, Sentence
from corpus.period import Period, find_periods
from index.encode import Vectors
from index.store import SearchIndex
from index.words import analyse
from qa.answer import Hit
from qa.kinds import fits_kind
from qa.lists import LONGEST_LIST, LONGEST_UNASKED, list_under
from qa.question import FURNITURE, Question
from qa.reader import Read
from qa.retrieve import Found

# docs/answers.md has the values that were compared and what each of them changed.
_PASSAGES = 10  # whose sentences are looked at
_MATCH_WEIGHT = 2.0
_SIMILARITY_WEIGHT = 0.5
_COVERAGE_WEIGHT = 0.5
_PASSAGE_WEIGHT = 0.3
_READER_WEIGHT = 0.4
_KIND_WEIGHT = 0.1
_PART_WEIGHT = 0.3  # for the part of a letter that is asked for
_FURNITURE_PENALTY = 0.2  # for any other part of a letter
_OTHER_TIME_PENALTY = 0.15  # where the question names a time and the sentence another
_LEAD_SHARE, _CONTEXT_SHARE, _NEIGHBOUR_SHARE = 0.6, 0.6, 0.5  # of a term that stands there and not here
_NEARBY_MATCH = 0.8  # of a word piece that matches best outside the sentence, in its passage

_POINTS_ON = re.compile(r"\b(?:below|overleaf|as follows|the following)[\s.;]*$", re.IGNORECASE)
_NEVER_QUOTED = frozenset({Role.HEADING, Role.ADVERTISEMENT, Role.CAPTION, Role.COLUMNS, Role.SALUTATION})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, or a list with what introduces it, and the reasons for choosing it."""

    document: Document
    passage: Passage
    row: int  # of the passage
    sentence: Sentence
    score: float
    similarity: float  # cosine of question and sentence
    coverage: float  # share of the question's words found in it or around it
    here: Vectors  # for each piece of the question its best match in the sentence
    nearby: Vectors  # the same in its passage, title and section
    items: tuple[Sentence, ...] = ()  # of the list that the sentence introduces

    @property
    def quoted(self) -> tuple[Sentence, ...]:
        """What is shown when it is chosen, in text order."""
        return tuple(sorted({self.sentence, *self.items}, key=lambda one: one.start))

    @property
    def words(self) -> str:
        """The sentence as it stands in its document, with its list."""
        shown = self.quoted
        return self.document.text[shown[0].start : shown[-1].end]

    @property
    def lead(self) -> str:
        """What has to be read with the sentence; empty where nothing has."""
        return self.document.text[slice(*self.sentence.lead)] if self.sentence.lead else ""


def rank_evidence(question: Question, found: Found, index: SearchIndex) -> tuple[Evidence, ...]:
    """Every sentence of the best passages that may be quoted, best first."""
    return tuple(sorted(_candidates(question, found, index), key=_order))


def _order(evidence: Evidence) -> tuple[float, str, int]:
    return -evidence.score, evidence.document.id, evidence.sentence.start


def _candidates(question: Question, found: Found, index: SearchIndex) -> Iterator[Evidence]:
    shares = term_shares(question, index)
    best = max((hit.score for hit in found.hits), default=1.0)
    for hit, row in zip(found.hits[:_PASSAGES], found.rows[:_PASSAGES], strict=True):
        yield from _of_passage(question, found, index, shares, hit, row, hit.score / best)


def _of_passage(
    question: Question,
    found: Found,
    index: SearchIndex,
    shares: Mapping[str, float],
    hit: Hit,
    row: int,
    passage_score: float,
) -> Iterator[Evidence]:
    document = index.document(hit.passage.document_id)
    similarities = index.sentence_vectors(row) @ found.vector
    around = (_terms(hit.passage.context), _terms(hit.passage.text))
    match = found.near.get(row) or found.matcher.near(index, [row]).get(row)
    nothing = np.zeros(len(found.matcher.weights), dtype=np.float32)
    longest = LONGEST_LIST if question.wants_list else LONGEST_UNASKED
    nearby = nothing if match is None else match.anywhere()
    for sentence, similarity in zip(hit.passage.sentences, similarities, strict=True):
        items = list_under(document, sentence, longest=longest)
        if not items and (sentence.role in _NEVER_QUOTED or _says_nothing_alone(document, sentence)):
            continue
        here = nothing if match is None else match.within(sentence.start, sentence.end)
        coverage = _coverage(shares, document, sentence, around)
        score = (
            _MATCH_WEIGHT * found.matcher.weighted(np.maximum(here, _NEARBY_MATCH * nearby))
            + _SIMILARITY_WEIGHT * float(similarity)
            + _COVERAGE_WEIGHT * coverage
            + _PASSAGE_WEIGHT * passage_score
            + _READER_WEIGHT * _read_here(found.reads.get(row), sentence, items)
            + _fit(question, document, sentence, items)
        )
        yield Evidence(
            document, hit.passage, row, sentence, score, float(similarity), coverage, here, nearby, items
        )


def _read_here(read: Read | None, sentence: Sentence, items: tuple[Sentence, ...]) -> float:
    """How likely the reader finds the answer in the sentence or its list; 0 where it read neither."""
    if read is None:
        return 0.0
    return read.answers * read.within(sentence.start, items[-1].end if items else sentence.end)


def _fit(question: Question, document: Document, sentence: Sentence, items: tuple[Sentence, ...]) -> float:
    """What the kind of words, the part of a letter and the time add or take away."""
    words = document.text[sentence.start : items[-1].end if items else sentence.end]
    score = _KIND_WEIGHT * fits_kind(question.kind, words)
    if sentence.role in question.parts:
        score += _PART_WEIGHT
    elif sentence.role in FURNITURE:
        score -= _FURNITURE_PENALTY
    if question.periods:
        named = _periods(words)
        asked = (*question.periods, *question.open_periods)
        if named and not any(time.overlaps(one) for time in named for one in asked):
            score -= _OTHER_TIME_PENALTY
    return score


@lru_cache(maxsize=8_192)
def _periods(words: str) -> tuple[Period, ...]:
    return tuple(mention.period for mention in find_periods(words))


def _says_nothing_alone(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence only points to what follows ("They are set out below."), or asks."""
    words = document.text[sentence.start : sentence.end]
    return words[-1] in ":?" or _POINTS_ON.search(words) is not None


def term_shares(question: Question, index: SearchIndex) -> dict[str, float]:
    """Each term's share of the question: rarer terms weigh more.

    The question's terms add up to 1; alternatives come on top of that.
    """
    said = {term: weight * idf(term, index) for term, weight in question.terms.items()}
    total = sum(said.values()) or 1.0
    other = {term: weight * idf(term, index) for term, weight in question.alternatives.items()}
    return {term: value / total for term, value in (other | said).items()}


def idf(term: str, index: SearchIndex, *, titles: bool = False) -> float:
    """How rare an analysed term is among the passages (the idf of BM25, Robertson 2009).

    Their contexts count with `titles` only: in a passage of the year that is asked for, the year should
    not weigh less than the other words because its title has it, but a name of titles is not rare.
    """
    count = len(index)
    frequency = index.highest_frequency(term) if titles else index.document_frequency(term)
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def highest_idf(index: SearchIndex) -> float:
    """The idf of a term that stands in no passage."""
    return math.log(2 * len(index) + 2)


@lru_cache(maxsize=8_192)  # the same sentences are candidates again and again
def _terms(text: str) -> frozenset[str]:
    return frozenset(analyse(text))


def _coverage(
    shares: Mapping[str, float],
    document: Document,
    sentence: Sentence,
    around: tuple[frozenset[str], frozenset[str]],
) -> float:
    """The share of the question found in the sentence; what stands only around it counts in part."""
    here = _terms(document.text[sentence.start : sentence.end])
    lead = _terms(document.text[slice(*sentence.lead)]) if sentence.lead else frozenset()
    places = ((here, 1.0), (lead, _LEAD_SHARE), (around[0], _CONTEXT_SHARE), (around[1], _NEIGHBOUR_SHARE))
    return sum(
        weight * next((share for terms, share in places if term in terms), 0.0)
        for term, weight in shares.items()
    )
