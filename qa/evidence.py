"""Which sentences of the passages that were found answer the question best."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Document, Passage, Role, Sentence
from corpus.period import Period, find_periods
from index.store import SearchIndex
from index.words import analyse
from qa.question import FURNITURE, Kind, Question
from qa.retrieve import Found

# docs/answers.md has the values that were compared and what each of them changed.
_PASSAGES = 10  # whose sentences are looked at
_COVERAGE_WEIGHT = 1.0
_PASSAGE_WEIGHT = 0.3
_KIND_WEIGHT = 0.1
_PART_WEIGHT = 0.3  # for the part of a letter that is asked for
_FURNITURE_PENALTY = 0.2  # for any other part of a letter
_OTHER_TIME_PENALTY = 0.15  # where the question names a time and the sentence is about another
_LEAD_SHARE, _CONTEXT_SHARE, _NEIGHBOUR_SHARE = 0.6, 0.6, 0.5  # of a term that stands there and not here
_NEAR_BEST = 0.8  # of the best sentence's score: what is further off is not shown
MOST_SENTENCES = 3
LONGEST_ANSWER = 600  # characters

_NEVER_QUOTED = frozenset({Role.HEADING, Role.ADVERTISEMENT, Role.CAPTION, Role.COLUMNS, Role.SALUTATION})

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundreds?|thousands?|half|once|twice)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|yesterday|last (?:week|month|year))\b"
)
_NAME = re.compile(r"(?<=[a-z,:;(] )[A-Z][a-z]+(?: [A-Z][a-z]+)+|^(?:\w+ )?[A-Z][a-z]+ [A-Z][a-z]+")
_FITTING = {Kind.NUMBER: _NUMBER, Kind.DATE: _DATE, Kind.PERSON: _NAME}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with the reasons for choosing it; every share is between 0 and 1."""

    document: Document
    passage: Passage
    sentence: Sentence
    score: float
    similarity: float  # cosine of question and sentence
    coverage: float  # share of the question's words found in it or around it
    fits_kind: bool  # has a number, date or name where one is asked for


def choose_evidence(question: Question, found: Found, index: SearchIndex) -> tuple[Evidence, ...]:
    """The best sentences, best first: at most three, at most 600 characters together unless one is longer."""
    ranked = sorted(_candidates(question, found, index), key=_order)
    chosen: list[Evidence] = []
    length = 0
    for evidence in ranked:
        size = evidence.sentence.end - evidence.sentence.start
        if chosen and (len(chosen) == MOST_SENTENCES or length + size > LONGEST_ANSWER):
            continue
        if chosen and evidence.score < _NEAR_BEST * chosen[0].score:
            break
        if not _repeats(evidence, chosen):
            chosen.append(evidence)
            length += size
    return tuple(chosen)


def _order(evidence: Evidence) -> tuple[float, str, int]:
    return -evidence.score, evidence.document.id, evidence.sentence.start


def _candidates(question: Question, found: Found, index: SearchIndex) -> Iterator[Evidence]:
    weights = _weights(question, index)
    best = found.hits[0].score if found.hits else 1.0
    for hit, row in zip(found.hits[:_PASSAGES], found.rows[:_PASSAGES], strict=True):
        document = index.document(hit.passage.document_id)
        similarities = index.sentence_vectors(row) @ found.vector
        around = (frozenset(analyse(hit.passage.context)), frozenset(analyse(hit.passage.text)))
        for sentence, similarity in zip(hit.passage.sentences, similarities, strict=True):
            if sentence.role in _NEVER_QUOTED or _is_only_a_lead(document, sentence):
                continue
            coverage = _coverage(weights, document, sentence, around)
            yield _evidence(
                question, document, hit.passage, sentence, float(similarity), coverage, hit.score / best
            )


def _evidence(
    question: Question,
    document: Document,
    passage: Passage,
    sentence: Sentence,
    similarity: float,
    coverage: float,
    passage_score: float,
) -> Evidence:
    pattern = _FITTING.get(question.kind)
    fits = pattern is not None and pattern.search(document.text, sentence.start, sentence.end) is not None
    score = similarity + _COVERAGE_WEIGHT * coverage + _PASSAGE_WEIGHT * passage_score + _KIND_WEIGHT * fits
    if sentence.role in question.parts:
        score += _PART_WEIGHT
    elif sentence.role in FURNITURE:
        score -= _FURNITURE_PENALTY
    if not _is_in_time(question, document, passage, sentence):
        score -= _OTHER_TIME_PENALTY
    return Evidence(document, passage, sentence, score, similarity, coverage, fits)


def _is_in_time(question: Question, document: Document, passage: Passage, sentence: Sentence) -> bool:
    """Whether the sentence may be about a time that the question names; true where it names none."""
    if not question.periods:
        return True
    named = [mention.period for mention in find_periods(document.text[sentence.start : sentence.end])]
    details = document.details
    published = Period(details.published, details.published) if details.published else None
    times = [*named, *filter(None, (passage.when, details.period, published))]
    return any(time.overlaps(asked) for time in times for asked in question.periods)


def _is_only_a_lead(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence only introduces what follows ("Our investigations revealed:")."""
    return document.text[sentence.end - 1] == ":"


def _weights(question: Question, index: SearchIndex) -> dict[str, float]:
    """Each term's share of the question: rarer terms weigh more (the idf of BM25, Robertson 2009)."""
    count = len(index)
    idf = {
        term: weight * math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
        for term, weight in question.terms.items()
        for frequency in (index.document_frequency(term),)
    }
    total = sum(idf.values()) or 1.0
    return {term: value / total for term, value in idf.items()}


def _coverage(
    weights: dict[str, float],
    document: Document,
    sentence: Sentence,
    around: tuple[frozenset[str], frozenset[str]],
) -> float:
    """The share of the question found in the sentence; what stands only around it counts in part."""
    here = frozenset(analyse(document.text[sentence.start : sentence.end]))
    lead = frozenset(analyse(document.text[slice(*sentence.lead)])) if sentence.lead else frozenset()
    places = ((here, 1.0), (lead, _LEAD_SHARE), (around[0], _CONTEXT_SHARE), (around[1], _NEIGHBOUR_SHARE))
    return sum(
        weight * next((share for terms, share in places if term in terms), 0.0)
        for term, weight in weights.items()
    )


def _repeats(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether the same words were chosen already, from another place."""
    words = _words(evidence)
    return any(words == _words(earlier) for earlier in chosen)


def _words(evidence: Evidence) -> list[str]:
    return analyse(evidence.document.text[evidence.sentence.start : evidence.sentence.end])
