"""What questions are made from: the statements of all documents, read once, with their values."""

from __future__ import annotations

import hashlib
import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Document
from qa.answer import Citation
from qa.grades import Judgement, judgements_in
from qa.quiz_question import QuestionKind
from qa.quiz_statements import Likeness, Quotable, heading_of, quotables, source_of
from qa.quiz_values import Names
from qa.timeline_statements import Statement, statements

Place = tuple[str, int, int]

# Words before a date with which other dates would be right as well.
OPEN = re.compile(
    r"\b(?:since|from|by|until|till|before|after|as early as|as late as|throughout|between|to|and"
    r"|onwards?|past|prior to|ahead of|earlier than|later than|–|-)\s*(?:the\s+)?$|[-–]$",
    re.IGNORECASE,
)
SPANNED = re.compile(r"^\s*(?:onwards?\b|to\b|until\b|and later\b|[-–])", re.IGNORECASE)


@dataclass(frozen=True)
class Material:
    """The documents as a quiz sees them; `told` holds the statements of each."""

    told: tuple[tuple[Statement, ...], ...]

    @cached_property
    def quotables(self) -> tuple[Quotable, ...]:
        """The statements that a question can be made from."""
        return quotables(self.told)

    @cached_property
    def likeness(self) -> Likeness:
        """Finds the statements that say nearly the same."""
        return Likeness(self.told)

    @cached_property
    def names(self) -> Names:
        """Finds the names in statements."""
        return Names(self.told)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """The grades that the documents give."""
        return judgements_in(self.told)

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements of each document, by its id."""
        return {document[0].document.id: document for document in self.told if document}

    def introduced_by(self, statement: Statement) -> list[Statement]:
        """The items of a statement's list, itself among them."""
        told = self.by_document[statement.document.id]
        return [one for one in told if one.sentence.lead == statement.sentence.lead]

    def statement_at(self, citation: Citation) -> Statement:
        """The statement that a quotation is of, or is the greater part of."""
        told = self.by_document[citation.document_id]
        return told[bisect_right(told, citation.start, key=lambda one: one.start) - 1]


def material_of(documents: Iterable[Document]) -> Material:
    """The material of documents, in the order of their ids."""
    return Material(tuple(statements(one) for one in sorted(documents, key=lambda one: one.id)))


def question_id(kind: QuestionKind, places: Sequence[Place]) -> str:
    """The kind and a hash of it and of the places: the same for the same documents."""
    told = "\n".join((kind.value, *(f"{name} {start} {end}" for name, start, end in places)))
    return f"{kind.value}-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def chance(*seeds: object) -> random.Random:
    """A source of chance that gives the same for the same seeds, on every machine."""
    return random.Random("/".join(map(str, seeds)))


def shuffled_options(right: str, wrong: Sequence[str], seed: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The options in an order by chance, and the key."""
    options = [right, *wrong]
    chance(seed, "options").shuffle(options)
    return tuple(options), (options.index(right),)


def from_where(found: Quotable, hidden: Sequence[str]) -> str:
    """What a reader has to be told beside a statement: the document, the heading, what short forms mean."""
    source = source_of(found.document, hidden)
    heading = heading_of(found, hidden)
    said = f"The statement is from {source}" if source else "The statement is from the documents"
    if heading:
        said += f", under “{heading}”"
    notes = "; ".join(found.notes)
    return f"{said}." + (f" Here {notes}." if notes else "")
