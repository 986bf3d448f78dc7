"""A quiz for other programs: a table for a spreadsheet, JSON, plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.document import Details
from qa.answer import Citation
from qa.quiz_clear import flat
from qa.quiz_question import QuestionKind, QuizQuestion
from qa.timeline_files import reference

COLUMNS = ("number", "id", "kind", "question", "statement", "options", "targets", "key", "sources", "edited")
_BETWEEN = " | "  # between several values in one cell
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def letter(number: int) -> str:
    """The letter of an option, counted from 0: A, B, ... Z, AA."""
    first = "" if number < 26 else letter(number // 26 - 1)
    return first + chr(ord("A") + number % 26)


def key_words(question: QuizQuestion) -> str:
    """The key in one line: "B: 14", "C, A, D, B", "A: 2014; B: 2009"."""
    if question.kind is QuestionKind.ORDER:
        return ", ".join(letter(number) for number in question.key)
    if question.kind is QuestionKind.MATCH:
        pairs = enumerate(question.key)
        return "; ".join(f"{letter(option)}: {question.targets[target]}" for option, target in pairs)
    number = question.key[0]
    return f"{letter(number)}: {question.options[number]}"


def quotation(citation: Citation) -> str:
    """A quotation in one line, in quotation marks."""
    return f"“{flat(citation.quote)}”"


def quiz_to_csv(questions: Sequence[QuizQuestion], details: Mapping[str, Details], *, with_key: bool) -> str:
    """One question a row, with a first row of column names; key and sources only where they are wanted.

    What a spreadsheet would take for a formula gets an apostrophe before it.
    """
    hidden = () if with_key else ("key", "sources")
    shown = [name for name in COLUMNS if name not in hidden]
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    writer.writerow(shown)
    for number, question in enumerate(questions, start=1):
        cells = _cells(number, question, details)
        writer.writerow([_plain(cells[name]) for name in shown])
    return rows.getvalue()


def quiz_to_json(questions: Sequence[QuizQuestion], details: Mapping[str, Details]) -> dict[str, Any]:
    """The quiz as one object; numbers in `key` count from 0."""
    return {"questions": [_question(question, details) for question in questions]}


def quiz_to_text(questions: Sequence[QuizQuestion], details: Mapping[str, Details], *, with_key: bool) -> str:
    """The quiz as plain text: the questions, and after all of them the key with its sources."""
    shown = [line for number, one in enumerate(questions, start=1) for line in _lines(number, one)]
    if with_key:
        shown.append("Key\n")
        for number, one in enumerate(questions, start=1):
            shown.append(f"{number}. {key_words(one)}")
            shown += [f"   {quotation(cited)} {reference(cited, details)}" for cited in one.citations]
    return "\n".join(shown) + "\n"


def _lines(number: int, question: QuizQuestion) -> Iterator[str]:
    yield f"{number}. {question.prompt}"
    if question.statement:
        yield f"   “{question.statement}”"
    for place, option in enumerate(question.options):
        yield f"   {letter(place)}. {option}"
    if question.targets:
        yield f"   Years: {', '.join(question.targets)}"
    yield ""


def _cells(number: int, question: QuizQuestion, details: Mapping[str, Details]) -> dict[str, str]:
    sources = (f"{quotation(one)} {reference(one, details)}" for one in question.citations)
    return {
        "number": str(number),
        "id": question.id,
        "kind": question.kind.label,
        "question": question.prompt,
        "statement": question.statement,
        "options": _BETWEEN.join(f"{letter(place)}. {one}" for place, one in enumerate(question.options)),
        "targets": _BETWEEN.join(question.targets),
        "key": key_words(question),
        "sources": _BETWEEN.join(sources),
        "edited": "yes" if question.edited else "",
    }


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _question(question: QuizQuestion, details: Mapping[str, Details]) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "prompt": question.prompt,
        "statement": question.statement,
        "options": list(question.options),
        "targets": list(question.targets),
        "key": list(question.key),
        "edited": question.edited,
        "citations": [_citation(one, details) for one in question.citations],
    }


def _citation(citation: Citation, details: Mapping[str, Details]) -> dict[str, Any]:
    return {
        "document": citation.document_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "locator": citation.locator,
        "reference": reference(citation, details),
    }
