"""The signals for one question and its evidence, from which the confidence is made."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.store import SearchIndex
from index.words import analyse
from qa.confidence import Signals
from qa.evidence import Evidence
from qa.kinds import Kind, fits_kind
from qa.question import FUNCTION_TERMS, Question
from qa.retrieve import Found
from qa.times import best_fit, passage_times

_BEST = 6  # sentences whose passages count as "anywhere"
_WEAK, _STRONG = 0.45, 0.7  # cosines of word pieces
_NEARBY = 0.8  # of a match outside the sentence
_NAME = re.compile(r"(?<=[a-z0-9,;:] )[A-Z][\w'’]+")  # a capital inside a sentence
_REASON = re.compile(r"\bwhy\b|\bwhat (?:made|prompted|caused|led)\b|\bon what grounds\b", re.IGNORECASE)
_NUMERAL = re.compile(r"[\d.]+")
_WORDS_AFTER_NUMBER = 4


def signals(question: Question, found: Found, ranked: Sequence[Evidence], index: SearchIndex) -> Signals:
    """The signals; `ranked` is not empty."""
    best = ranked[0]
    own = found.matcher.own
    shares = found.matcher.weights[own]
    shares = shares / (shares.sum() or 1.0)
    matched = np.maximum(best.here, _NEARBY * best.nearby)[own]
    anywhere = np.max([one.nearby for one in ranked[:_BEST]], axis=0)[own]
    weighty = matched[shares >= np.median(shares)] if len(shares) else matched
    spread = _spread(found.matches)
    names = _names(question)
    return Signals(
        similarity=found.similarity,
        sentence_similarity=best.similarity,
        match_here=float(shares @ best.here[own]),
        match_nearby=float(shares @ best.nearby[own]),
        match_anywhere=float(shares @ anywhere),
        weakest=float(weighty.min(initial=1.0)),
        unmatched=float((shares * (1 - matched)).max(initial=0.0)),
        weak_share=float(shares @ (matched < _WEAK)),
        strong_share=float(shares @ (matched > _STRONG)),
        unknown=_unknown_share(question, index),
        names_found=_share(names & _terms_near(best), names),
        unknown_name=float(any(_is_unknown(name, index) for name in sorted(names))),
        fits_kind=float(question.kind is Kind.OTHER or fits_kind(question.kind, best.words)),
        counted=float(question.kind is not Kind.NUMBER or _is_counted(question, best)),
        in_time=best_fit(passage_times(best.passage, best.document.details), question.periods),
        stands_out=spread[0],
        margin=spread[1],
        words=float(len(question.own_terms)),
        asks_number=float(question.kind is Kind.NUMBER),
        asks_person=float(question.kind is Kind.PERSON),
        asks_reason=float(_REASON.search(question.asked) is not None),
        follows_up=float(question.own_from > 0),
    )


def _spread(matches: Sequence[float]) -> tuple[float, float]:
    """How far the best candidate's match is above the mean, and above the next, in standard deviations."""
    deviation = float(np.std(matches)) if len(matches) > 1 else 0.0
    if deviation == 0.0:
        return 0.0, 0.0
    return (matches[0] - float(np.mean(matches))) / deviation, (matches[0] - matches[1]) / deviation


def _names(question: Question) -> frozenset[str]:
    return (
        frozenset(term for name in _NAME.findall(question.asked) for term in analyse(name)) - FUNCTION_TERMS
    )


def _terms_near(evidence: Evidence) -> frozenset[str]:
    return frozenset(analyse(f"{evidence.passage.context} {evidence.passage.text}"))


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part) / len(whole) if whole else 1.0


def _is_unknown(term: str, index: SearchIndex) -> bool:
    return index.document_frequency(term) == 0


def _unknown_share(question: Question, index: SearchIndex) -> float:
    """The share of the question's own words that no document has, nor a phrase that stands for them."""
    explained = {term for alternative in question.also for term in alternative.said.terms}
    unknown = [
        term for term in sorted(question.own_terms) if term not in explained and _is_unknown(term, index)
    ]
    return len(unknown) / len(question.own_terms) if question.own_terms else 0.0


def _is_counted(question: Question, evidence: Evidence) -> bool:
    """Whether a number stands shortly before a word of the question ("13 cases")."""
    terms = analyse(evidence.words)
    wanted = question.own_terms | frozenset(question.alternatives)
    return any(
        (_NUMERAL.fullmatch(term) or fits_kind(Kind.NUMBER, term))
        and wanted & frozenset(terms[at + 1 : at + 1 + _WORDS_AFTER_NUMBER])
        for at, term in enumerate(terms)
    )
