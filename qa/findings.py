"""What was found for each question that a person's question is made of, and what they make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.choose import Quotation
from qa.evidence import Evidence
from qa.question import Question
from qa.retrieve import Found


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one question, and how sure it is that this answers it."""

    question: Question
    found: Found
    ranked: tuple[Evidence, ...]
    confidence: float
    disputed: tuple[Evidence, ...] = ()  # sentences of different documents that differ about it


def merged_quotations(groups: Sequence[Sequence[Quotation]]) -> tuple[Quotation, ...]:
    """The quotations of all groups, in order, each once."""
    seen = {
        (document.id, sentence.start): (document, sentence)
        for group in groups
        for document, sentence in group
    }
    return tuple(seen.values())
