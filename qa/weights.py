"""What each part of the search is worth; every part can be switched off to see what it does.

On a scale where the best passage of the lexical side has 1. docs/answers.md
has the values that were compared and what each part adds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One weight for each part."""

    dense: float = 0.8  # likeness of meaning
    lexical: float = 1.0  # words in common
    sentences: float = 0.5  # share of the dense side that a passage's best sentence has
    reader: float = 0.3  # what the reader says (qa/reader.py)
    matches: float = 1.2  # likeness of meaning piece by piece (qa/match.py)
    glossary: float = 0.5  # words that stand for the question's own, against 1 for those
    near_words: float = 0.5  # words of the documents that are near in meaning, against 1 likewise
    history: float = 0.5  # words of earlier questions, against 1 for those of this one
    parts: float = 0.3  # the part of a letter that is asked for; its other parts lose as much
    times: float = 0.3  # speaking of the time that is asked for
    kinds: float = 0.2  # holding a number, date or name where one is asked for
    phrases: float = 0.3  # neighbouring words of the question that are neighbours in the passage

    def without(self, part: str) -> Weights:
        """The same weights with one part switched off. Raises ValueError for an unknown part."""
        if part not in PARTS:
            raise ValueError(f"There is no part '{part}'; the parts are {', '.join(PARTS)}.")
        return replace(self, **{part: 0.0})


PARTS = tuple(field.name for field in fields(Weights))
SHIPPED = Weights()
