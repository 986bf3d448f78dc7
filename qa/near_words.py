"""Words of the documents that are near in meaning to words of a question: "worse" for "decline"."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from index.encode import Vectors
from index.words import analyse, spans
from qa.question import Question

_NEAREST = 3  # of each word; docs/answers.md has the values that were compared
_LEAST_COSINE = 0.5
_MONTHS = frozenset(analyse(" ".join([*calendar.month_name, *calendar.month_abbr])))


class Vocabulary(Protocol):
    """The words of the documents with their meanings."""

    def nearest_to(self, term: str, k: int) -> Sequence[tuple[str, float]] | None:
        """The k terms nearest to one that the documents use, best first; None for others."""
        ...

    def nearest_words(self, vectors: Vectors, k: int) -> list[list[tuple[str, float]]]:
        """For each vector the k nearest terms with their cosines, best first."""
        ...


def near_words(question: Question, words: Vocabulary, meaning: Callable[[str], Vectors]) -> dict[str, float]:
    """Terms of the documents with their cosine, weighted like the word of the question they are near to.

    Names, numbers and months stand only for themselves. `meaning` gives the vector of one written word,
    of shape (width,); it is asked only for words that the documents do not use.
    """
    ordinary = _ordinary_words(question)
    if not ordinary:
        return {}
    found: dict[str, float] = {}
    for (term, _), nearest in zip(ordinary, _nearest(ordinary, words, meaning), strict=True):
        for near, cosine in nearest:
            if cosine >= _LEAST_COSINE and near not in question.terms and near not in _MONTHS:
                found[near] = max(found.get(near, 0.0), cosine * question.terms[term])
    return found


def _nearest(
    ordinary: list[tuple[str, str]], words: Vocabulary, meaning: Callable[[str], Vectors]
) -> list[Sequence[tuple[str, float]]]:
    """For each word those that are near to it."""
    known = {term: words.nearest_to(term, _NEAREST + 1) for term, _ in ordinary}
    missing = [(term, written) for term, written in ordinary if known[term] is None]
    if missing:
        vectors = np.stack([meaning(written) for _, written in missing])
        found = words.nearest_words(vectors, _NEAREST + 1)
        known |= {term: near for (term, _), near in zip(missing, found, strict=True)}
    return [near for near in known.values() if near is not None]


def _ordinary_words(question: Question) -> list[tuple[str, str]]:
    """The terms of the question with how they are written; names are told by their capital."""
    ordinary: dict[str, str] = {}
    for term, start, end in spans(question.text):
        written = question.text[start:end]
        starts_sentence = question.text[:start].rstrip()[-1:] in ("", ".", "?", "!")
        is_name = written.isupper() or (written[0].isupper() and not starts_sentence)
        has_digit = any(character.isdigit() for character in written)
        if term in question.terms and term not in _MONTHS and not is_name and not has_digit:
            ordinary.setdefault(term, written.lower())
    return list(ordinary.items())
