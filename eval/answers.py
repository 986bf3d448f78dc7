"""Answers as the evaluation reads them: the JSON that `ask --json` and `batch` write.

Another system's output can be scored as long as it is in the same form. A system that only
retrieves gives `"answer": null`: then its passages are scored and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import BadAnswers, Problem
from eval.jsonl import BadLine, Object, checked, field, read_lines, read_object
from eval.span import Span


@dataclass(frozen=True, slots=True)
class Cited:
    """A quotation and where it is said to stand."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a system gave for one question; passages stand best first."""

    id: str
    answerable: bool
    answer: str | None  # None: the system retrieves and does not answer
    citations: tuple[Cited, ...]
    passages: tuple[Span, ...]
    confidence: float | None  # the probability that the documents answer, 0 to 1
    elapsed_ms: float | None


def read_answers(path: Path, known: Iterable[str]) -> tuple[Object, ...]:
    """The lines of a file of answers, each checked; `known` are the ids of the questions."""
    contents: list[Object] = []
    problems: list[Problem] = []
    ids = frozenset(known)
    seen: dict[str, int] = {}
    for number, line in read_lines(path):
        try:
            content = read_object(line)
            _check(content, number, ids, seen)
            contents.append(content)
        except BadLine as exc:
            problems.append(Problem(number, str(exc)))
    if problems:
        raise BadAnswers(path.name, problems)
    return tuple(contents)


def parse_all(contents: Sequence[Object]) -> Mapping[str, Given]:
    """What was given for each question, by its id; a line that only reports a fault is left out."""
    return {content["id"]: parse_answer(content) for content in contents if "error" not in content}


def parse_answer(content: Object) -> Given:
    """One answer; keys that are not scored are passed over."""
    return Given(
        id=field(content, "id", str),
        answerable=field(content, "answerable", bool),
        answer=None if content.get("answer") is None else field(content, "answer", str),
        citations=tuple(_cited(checked(c, dict, "a citation")) for c in field(content, "citations", list)),
        passages=tuple(_span(checked(p, dict, "a passage")) for p in field(content, "passages", list)),
        confidence=_claim(content),
        elapsed_ms=_number(content, "elapsed_ms"),
    )


def _check(content: Object, number: int, known: frozenset[str], seen: dict[str, int]) -> None:
    identifier = field(content, "id", str)
    if identifier not in known:
        raise BadLine(f"answers '{identifier}', which is not the id of a question")
    if identifier in seen:
        raise BadLine(f"answers '{identifier}' again; line {seen[identifier]} did already")
    seen[identifier] = number
    if "error" not in content:
        parse_answer(content)


def _cited(content: Object) -> Cited:
    return Cited(span=_span(content), quote=field(content, "quote", str))


def _span(content: Object) -> Span:
    document, start, end = (
        field(content, "document", str),
        field(content, "start", int),
        field(content, "end", int),
    )
    try:
        return Span(document, start, end)
    except ValueError as exc:
        raise BadLine(f"has impossible offsets: {exc}") from exc


def _claim(content: Object) -> float | None:
    """The probability that the documents answer; words about the assistant claim nothing of the kind."""
    if content.get("status") == "about_the_assistant":
        return None
    return _number(content, "confidence")


def _number(content: Object, key: str) -> float | None:
    return None if content.get(key) is None else field(content, key, float)
