"""Misspelt words of a question, corrected from the words of the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.words import spans
from qa.answer import Correction
from qa.question import FUNCTION_TERMS

_SHORTEST = 5  # letters; most shorter words are one change away from another word
_ONE_CHANGE_UP_TO = 7  # letters; longer words may have two


class Vocabulary(Protocol):
    """The words of the documents as they are written, in lower case."""

    def written_words(self) -> Mapping[str, int]:
        """Every word with how often it occurs."""
        ...

    def is_name(self, word: str) -> bool:
        """Whether it is mostly written with a capital."""
        ...


def correct(text: str, words: Vocabulary, known: Callable[[str], bool]) -> tuple[str, tuple[Correction, ...]]:
    """The text with words that stand nowhere replaced by the one word of the documents that is near.

    `known` says which analysed terms need no correcting. Letters that are left out, added,
    changed or swapped count as one change each (optimal string alignment distance); the first
    letter has to be right. A word typed like a name is only taken for a name.
    """
    corrections: list[Correction] = []
    for term, start, end in reversed(spans(text)):
        typed = text[start:end]
        if len(typed) < _SHORTEST or not typed.isalpha() or term in FUNCTION_TERMS or known(term):
            continue
        meant = _nearest(typed, words, is_name=typed[0].isupper() and start > 0)
        if meant is not None:
            corrections.append(Correction(typed, meant))
            text = text[:start] + meant + text[end:]
    return text, tuple(reversed(corrections))


def _nearest(typed: str, words: Vocabulary, *, is_name: bool) -> str | None:
    word = typed.casefold()
    most = 1 if len(word) <= _ONE_CHANGE_UP_TO else 2
    counts = words.written_words()
    near = process.extract(word, list(counts), scorer=OSA.distance, score_cutoff=most, limit=20)
    candidates = [
        (distance, -counts[found], found)
        for found, distance, _ in near
        if found[0] == word[0] and (not is_name or words.is_name(found))
    ]
    if not candidates:
        return None
    meant = min(candidates)[2]
    return meant.capitalize() if typed[0].isupper() else meant
