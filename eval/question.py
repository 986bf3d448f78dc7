"""A question of the evaluation, and the evidence that a right answer rests on."""

from __future__ import annotations

from dataclasses import dataclass

from eval.span import Span

HELD_OUT = "heldout"  # the name of the set that is only reported on: nothing is fitted to it


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand verbatim in a document, and every place where they stand (at least one)."""

    document: str
    text: str
    places: tuple[Span, ...]


Group = tuple[Quote, ...]  # alternatives: any one is enough


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file.

    Every group of `evidence` is needed, and so is one string of every group of `accept`.
    `relevant` takes the place of `evidence` where only whole documents are judged (BEIR):
    the document and its grade, at least 1.
    """

    id: str
    text: str
    history: tuple[str, ...]  # earlier questions of the conversation, oldest first
    kind: str  # "fact", "followup", "near_miss", ...
    set_name: str
    answerable: bool
    evidence: tuple[Group, ...] = ()
    accept: tuple[tuple[str, ...], ...] = ()
    answer: str | None = None
    relevant: tuple[tuple[str, int], ...] = ()


def places_of(quote: str, document: str, text: str) -> tuple[Span, ...]:
    """Every place in `text` where `quote` stands, in order."""
    found: list[Span] = []
    start = text.find(quote)
    while start >= 0:
        found.append(Span(document, start, start + len(quote)))
        start = text.find(quote, start + 1)
    return tuple(found)
