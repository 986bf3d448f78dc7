"""What the reader learns from: a question, a passage, whether the passage answers it, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sentences import split_sentences

LONGEST = 600  # characters of a passage, as in corpus.passages


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a paragraph under its title."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """One question read against one passage.

    `spans` are where the passage answers, as half-open character spans of its text; none where it does
    not answer, and none where it does but nobody marked the place.
    """

    question: str
    passage: Passage
    answers: bool
    spans: tuple[tuple[int, int], ...]
    source: str  # the set that it comes from, with the way a negative was made


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a public set has it: with a whole paragraph, and the answers' words if they are known."""

    question: str
    title: str
    paragraph: str
    answers: tuple[str, ...]
    answerable: bool
    source: str


def occurrences(text: str, answers: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Every place of every answer in the text, as whole words, whatever the case; sorted."""
    found: set[tuple[int, int]] = set()
    for answer in answers:
        if answer.strip():
            pattern = rf"(?<!\w){re.escape(answer.strip())}(?!\w)"
            found.update(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
    return tuple(sorted(found))


def pieces(paragraph: str, target: int) -> list[str]:
    """The paragraph as runs of whole sentences, each of about `target` and at most 600 characters."""
    runs: list[list[tuple[int, int]]] = []
    for start, end in split_sentences(paragraph, 0, len(paragraph)):
        if runs and end - runs[-1][0][0] <= LONGEST and runs[-1][-1][1] - runs[-1][0][0] < target:
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    return [paragraph[run[0][0] : run[-1][1]] for run in runs]


def without_sentences_at(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the sentences that the spans touch; what is left is joined by spaces."""
    kept = [
        text[start:end]
        for start, end in split_sentences(text, 0, len(text))
        if not any(first < end and start < last for first, last in spans)
    ]
    return " ".join(kept)
