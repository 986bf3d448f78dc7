"""Misspelt words of a question, corrected from the words of the documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.store import SearchIndex
from index.words import spans
from qa.question import FUNCTION_TERMS

_SHORTEST = 5  # letters; most shorter words are one change away from another word
_ONE_CHANGE_UP_TO = 7  # letters; longer words may have two


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as it was typed and as the documents write it."""

    typed: str
    meant: str


def correct(
    text: str, index: SearchIndex, known: Callable[[str], bool]
) -> tuple[str, tuple[Correction, ...]]:
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
        meant = _nearest(typed, index, is_name=typed[0].isupper() and start > 0)
        if meant is not None:
            corrections.append(Correction(typed, meant))
            text = text[:start] + meant + text[end:]
    return text, tuple(reversed(corrections))


def _nearest(typed: str, index: SearchIndex, *, is_name: bool) -> str | None:
    word = typed.casefold()
    most = 1 if len(word) <= _ONE_CHANGE_UP_TO else 2
    counts = index.written_words()
    near = process.extract(word, list(counts), scorer=OSA.distance, score_cutoff=most, limit=20)
    candidates = [
        (distance, -counts[found], found)
        for found, distance, _ in near
        if found[0] == word[0] and (not is_name or index.is_name(found))
    ]
    if not candidates:
        return None
    meant = min(candidates)[2]
    return meant.capitalize() if typed[0].isupper() else meant
