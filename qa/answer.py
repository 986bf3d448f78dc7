"""What comes back when a question is asked: an answer, its citations and the passages behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.document import Passage


class Status(StrEnum):
    """How far the documents answered."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_DOCUMENTS = "not_in_documents"
    ABOUT_THE_ASSISTANT = "about_the_assistant"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; its rank is its place in the list."""

    passage: Passage
    score: float
    found_by: tuple[str, ...]  # "dense", "lexical"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and where it stands: `document.text[start:end] == quote`."""

    number: int  # 1-based, the [n] of the answer
    document_id: str
    start: int
    end: int
    quote: str
    locator: str  # "page iv (4 of 60)" or "Key findings › MASH August 2015, paragraph 2"
    pages: tuple[int, int] | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question as it was written and as it was read."""

    written: str
    read: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    `text` holds quotations, each followed by its [n]; every sentence of it that states a fact
    is one of `citations`. Without citations there is no answer: the status says so.
    """

    question: str
    status: Status
    text: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]  # best first
    confidence: float  # 0 to 1
    searched: str  # what was really searched
    corrections: tuple[Correction, ...] = ()  # of the spelling
    also_searched: tuple[str, ...] = ()  # other words for what was asked, abbreviations written out
    missing: tuple[str, ...] = ()  # what was asked and not found, where the status is `partial`
    disagreeing: tuple[int, ...] = ()  # numbers of the citations that differ about the same fact

    @property
    def answerable(self) -> bool:
        """Whether the documents answered at least a part."""
        return self.status in (Status.ANSWERED, Status.PARTIAL)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and its answer."""

    question: str
    answer: Answer
