"""The signals for one question and its evidence, from which the confidence is made.

Many more were tried and left out; docs/answers.md names them.
"""

from __future__ import annotations

import re

import numpy as np

from index.store import SearchIndex
from index.words import analyse
from qa.confidence import Signals
from qa.evidence import Evidence, highest_idf, idf
from qa.kinds import Kind, fits_kind
from qa.question import FUNCTION_TERMS, Question
from qa.retrieve import Found

_UNREAD = 0.5  # of a passage that no reader read
_NEARBY = 0.8  # of a match outside the sentence
_NAME = re.compile(r"(?<=[a-z0-9,;:] )[A-Z][\w'’]+")  # a capital inside a sentence
_WHOLE_NAME = re.compile(rf"{_NAME.pattern}(?: [A-Z][\w'’]+)*")


def signals(question: Question, found: Found, best: Evidence, index: SearchIndex) -> Signals:
    """The signals for a question whose best evidence is `best`."""
    return Signals(
        similarity=max(0.0, found.similarity),
        unmatched=_unmatched(found, best),
        unknown=_unknown_share(question, index),
        missing_name=_missing_name(question, best, index),
        names_here=_names_here(question, best, index),
        fits_kind=float(question.kind is Kind.OTHER or fits_kind(question.kind, best.words)),
        is_part=float(best.sentence.role in question.parts),
        asks_number=float(question.kind is Kind.NUMBER),
        asks_over_time=float(question.over_time),
        read=_read(found),
    )


def _read(found: Found) -> float:
    first = found.reads.get(found.rows[0])
    return _UNREAD if first is None else first.answers


def _unmatched(found: Found, best: Evidence) -> float:
    own = found.matcher.own
    shares = found.matcher.weights[own]
    matched = np.maximum(best.here, _NEARBY * best.nearby)[own]
    return float((shares * (1 - matched)).max(initial=0.0) / (shares.sum() or 1.0))


def _unknown_share(question: Question, index: SearchIndex) -> float:
    """The share of the question's own words that no document has, nor a phrase that stands for them."""
    explained = {term for alternative in question.also for term in alternative.said.terms}
    unknown = question.own_terms - explained
    count = sum(index.document_frequency(term) == 0 for term in unknown)
    return count / len(question.own_terms) if question.own_terms else 0.0


def _missing_name(question: Question, best: Evidence, index: SearchIndex) -> float:
    """0 where no name is missing, 1 for one that stands in no document.

    Of a name of several words the last one counts: documents call people by their surname. Abbreviations
    and what the glossary explains are left out: documents write them in other words.
    """
    explained = {term for alternative in question.also for term in alternative.said.terms}
    near = frozenset(analyse(f"{best.passage.context} {best.passage.text}"))
    last_words = (name.split()[-1] for name in _WHOLE_NAME.findall(question.asked))
    written = (word for word in last_words if not word.isupper())
    missing = {term for word in written for term in analyse(word)} - near - explained - FUNCTION_TERMS
    return max((idf(name, index, titles=True) for name in missing), default=0.0) / highest_idf(index)


def _names_here(question: Question, best: Evidence, index: SearchIndex) -> float:
    """1 where the question names nothing."""
    names = {term for name in _NAME.findall(question.asked) for term in analyse(name)} - FUNCTION_TERMS
    weights = {name: idf(name, index, titles=True) for name in sorted(names)}
    here = frozenset(analyse(f"{best.lead} {best.words}"))
    said = sum(weight for name, weight in weights.items() if name in here)
    return said / sum(weights.values()) if weights else 1.0
