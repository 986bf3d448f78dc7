"""Finding the words of a quote in a copy of its document that is set, or was recognised, otherwise."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Self

_LIKENESS = 80.0  # of 100; a recognised scan of good quality differs in one letter of a hundred


@dataclass(frozen=True, slots=True)
class Squashed:
    """A text with nothing but its letters and digits, in small letters, and where each of them stands in it.

    `len(letters) == len(places)`; `length` is that of the whole text.
    """

    letters: str
    places: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, text: str) -> Self:
        """The squashed text; ligatures and raised figures count as the letters and digits that they are."""
        found = [
            (letter, place)
            for place, character in enumerate(text)
            for letter in unicodedata.normalize("NFKC", character).casefold()
            if letter.isalnum()
        ]
        return cls("".join(letter for letter, _ in found), tuple(place for _, place in found), len(text))


def match_quote(quote: str, text: Squashed) -> list[tuple[int, int]]:
    """Every place of the quote in the text, as `[start, end)`; the likest one where none is the same.

    None is likely enough below 80 of 100 (Indel similarity): then the list is empty.
    """
    letters = Squashed.of(quote).letters
    found: list[tuple[int, int]] = []
    at = text.letters.find(letters)
    while letters and at >= 0:
        found.append((text.places[at], text.places[at + len(letters) - 1] + 1))
        at = text.letters.find(letters, at + 1)
    return found or _likest(letters, text)


def _likest(letters: str, text: Squashed) -> list[tuple[int, int]]:
    from rapidfuzz.fuzz import partial_ratio_alignment

    best = partial_ratio_alignment(letters, text.letters, score_cutoff=_LIKENESS)
    if best is None or best.dest_end <= best.dest_start:
        return []
    return [(text.places[best.dest_start], text.places[best.dest_end - 1] + 1)]
