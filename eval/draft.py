"""Questions proposed from the documents, by rule and without any model, for a person to accept or edit.

A draft asks for what one stretch of text says, in words of that text, so it is easier than what
people ask: reword it before it joins a question file. Nothing here writes to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.document import Document, Role, Section, Sentence
from corpus.period import Mention, find_periods
from eval.jsonl import Object

_SHORTEST, _LONGEST = 40, 320  # characters of a statement that a draft is made from
_BLANK = "____"
_NUMBER = re.compile(r"(?<![\w.,£$€-])(?:[£$€]?\d{1,3}(?:,\d{3})+|[£$€]?\d+(?:\.\d+)?)%?(?![\w-]|[.,]\d)")
# Two or more capitalised words in a row that do not open the sentence: a person, a body, a place.
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z'’]+(?: (?:of|and|for|the) (?=[A-Z]))? ?){2,6}(?<! )")
_STATEMENTS = (Role.PROSE, Role.ITEM)


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed question. Each group of `quotes` stands verbatim in the document."""

    rule: str  # which rule proposed it
    kind: str  # the type of question that it would be
    question: str
    document: str
    quotes: tuple[str, ...]
    accept: tuple[str, ...]
    answer: str


def draft_questions(documents: Iterable[Document]) -> Iterator[Draft]:
    """Drafts in the order of the documents and of their text."""
    for document in documents:
        yield from _from_rows(document)
        yield from _from_lists(document)
        yield from _from_headings(document)
        for sentence in document.sentences:
            if sentence.role in _STATEMENTS and _SHORTEST <= sentence.end - sentence.start <= _LONGEST:
                yield from _from_statement(document, sentence)


def as_question(draft: Draft, number: int) -> Object:
    """A draft in the format of a question file, marked as one."""
    return {
        "id": f"draft-{number:04d}",
        "set": "draft",
        "rule": draft.rule,
        "type": draft.kind,
        "question": draft.question,
        "history": [],
        "answerable": True,
        "evidence": [[{"document": draft.document, "quote": quote}] for quote in draft.quotes],
        "accept": [[text] for text in draft.accept],
        "answer": draft.answer,
    }


def _from_rows(document: Document) -> Iterator[Draft]:
    """Each further cell of a table row, asked for by its column and the row's first cell."""
    for sentence in document.sentences:
        if sentence.role is not Role.ROW or sentence.lead is None:
            continue
        columns = _cells(document.text[slice(*sentence.lead)])
        cells = _cells(document.text[sentence.start : sentence.end])
        for column, cell in zip(columns[1:], cells[1:], strict=False):  # a row may be short of cells
            if cell:
                question = f"What does the table give as '{column}' for '{cells[0]}'?"
                yield _draft("table cell", "fact", question, document, [sentence], [cell], cell)


def _from_lists(document: Document) -> Iterator[Draft]:
    """A whole list, asked for by the sentence that introduces it."""
    items: dict[tuple[int, int], list[Sentence]] = {}
    for sentence in document.sentences:
        if sentence.role is Role.ITEM and sentence.lead is not None:
            items.setdefault(sentence.lead, []).append(sentence)
    for lead, listed in items.items():
        if len(listed) > 1:
            words = _plain(document.text[slice(*lead)]).rstrip(":")
            texts = [_quote(document, item) for item in listed]
            question = f"What is listed under '{words}'?"
            yield _draft("list", "list", question, document, listed, texts, "; ".join(map(_plain, texts)))


def _from_headings(document: Document) -> Iterator[Draft]:
    """What stands first under a heading."""
    for section in document.sections:
        first = _first_statement(document, section)
        if section.path and first is not None:
            heading = " › ".join(map(_plain, section.path))
            question = f"What does '{document.details.title}' say under '{heading}'?"
            yield _draft(
                "heading", "explain", question, document, [first], [], _plain(_quote(document, first))
            )


def _from_statement(document: Document, sentence: Sentence) -> Iterator[Draft]:
    words = _quote(document, sentence)
    mentions = find_periods(words)
    for mention in mentions[:1]:
        date = _plain(words[mention.start : mention.end])
        question = f"Which date is missing: '{_gap(words, mention.start, mention.end)}'?"
        yield _draft("dated statement", "date", question, document, [sentence], [date], date)
    for rule, kind, pattern in (("number", "number", _NUMBER), ("name", "person", _NAME)):
        outside = (found for found in pattern.finditer(words) if not _is_dated(mentions, found.start()))
        for found in islice(outside, 1):
            value = _plain(found[0])
            question = f"Which {rule} is missing: '{_gap(words, found.start(), found.end())}'?"
            yield _draft(f"cloze of a {rule}", kind, question, document, [sentence], [value], value)


def _is_dated(mentions: Sequence[Mention], place: int) -> bool:
    return any(mention.start <= place < mention.end for mention in mentions)


def _draft(
    rule: str,
    kind: str,
    question: str,
    document: Document,
    sentences: list[Sentence],
    accept: list[str],
    answer: str,
) -> Draft:
    quotes = tuple(_quote(document, sentence) for sentence in sentences)
    return Draft(rule, kind, question, document.id, quotes, tuple(accept), answer)


def _first_statement(document: Document, section: Section) -> Sentence | None:
    inside = (
        s for s in document.sentences if section.start <= s.start < section.end and s.role in _STATEMENTS
    )
    return next((s for s in inside if s.end - s.start >= _SHORTEST), None)


def _quote(document: Document, sentence: Sentence) -> str:
    return document.text[sentence.start : sentence.end]


def _cells(row: str) -> list[str]:
    return [_plain(cell) for cell in row.strip().strip("|").split("|")]


def _gap(words: str, start: int, end: int) -> str:
    return _plain(f"{words[:start]}{_BLANK}{words[end:]}")


def _plain(text: str) -> str:
    return " ".join(text.split())
