"""The facts about a document that travel: pages, sections, sentences, passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpus.period import Period


class Role(StrEnum):
    """What part a sentence plays in its document."""

    PROSE = "prose"
    ITEM = "item"  # of a list
    ROW = "row"  # of a table
    COLUMNS = "columns"  # the column headings of a table
    HEADING = "heading"
    LETTERHEAD = "letterhead"
    ADDRESSEE = "addressee"
    DATE = "date"  # the line that dates a letter
    SALUTATION = "salutation"  # or valediction
    SIGNATURE = "signature"
    COPIES = "copies"  # who else was sent the letter
    FOOTNOTE = "footnote"
    CAPTION = "caption"  # of a picture, or the same words repeated
    ADVERTISEMENT = "advertisement"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged document; the pages of a document tile its text."""

    number: int  # 1-based
    label: str | None  # as printed, where it differs from the number or is known
    start: int
    end: int
    recognised: bool = False  # its text was recognised on a picture of it (OCR) and may have errors


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading; sections tile the text and do not nest.

    `path` is the trail of headings that lead to it, outermost first (empty before the
    first heading); `when` is the period that its headings name, or its parents' name.
    """

    path: tuple[str, ...]
    start: int
    end: int
    when: Period | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest stretch of text that is ever quoted.

    `lead` is the span of what has to be read with it: the sentence that introduces a list,
    or the column headings of a table row. Sentences stand in text order and never overlap.
    """

    start: int
    end: int
    role: Role = Role.PROSE
    lead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is known about a document besides its text; from documents.toml where it is named there."""

    title: str
    publisher: str | None = None
    author: str | None = None  # or signatory
    addressee: str | None = None
    kind: str | None = None  # letter, news article, ...
    published: date | None = None
    period: Period | None = None  # the time that it speaks of
    source: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was read.

    `id` is its path below the documents folder (for corpus.jsonl: its `_id`). `text` is the
    extracted text; for .txt and .md the decoded file, unchanged. Every span of `pages`,
    `sections` and `sentences` is an offset into `text`. Unpaged documents have no pages.
    """

    id: str
    details: Details
    sha256: str  # of the file's bytes (for corpus.jsonl: of the line)
    text: str = field(repr=False)
    pages: tuple[Page, ...] = field(default=(), repr=False)
    sections: tuple[Section, ...] = field(default=(), repr=False)
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences of one section that are searched and shown together.

    `document.text[start:end] == text`. `context` is what the passage is searched with besides
    its own words (title, publisher, date, section path); it is never quoted. `sentences` are
    those of the document that lie in it.
    """

    id: str  # "DOCUMENT#START-END"
    document_id: str
    start: int
    end: int
    text: str
    context: str
    section: tuple[str, ...]
    when: Period | None
    pages: tuple[int, int] | None  # first and last, 1-based
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and why; nothing is dropped silently."""

    path: str
    page: int | None
    reason: str
