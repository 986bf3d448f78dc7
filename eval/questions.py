"""Reading question files, and saying which line is wrong and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from eval.errors import BadQuestions, Problem
from eval.jsonl import BadLine, Object, checked, field, read_lines, read_object
from eval.question import Group, Question, Quote, places_of

Texts = Mapping[str, str]  # the text of each document, by its id


def read_questions(paths: Iterable[Path], texts: Texts) -> tuple[Question, ...]:
    """The questions of all files, in order; ids are unique over them all."""
    questions: list[Question] = []
    seen: dict[str, str] = {}
    for path in paths:
        found, problems = check_questions(path, texts, seen=seen)
        if problems:
            raise BadQuestions(path.name, problems)
        questions.extend(found)
    return tuple(questions)


def check_questions(
    path: Path, texts: Texts, *, seen: dict[str, str] | None = None
) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions of one file and what is wrong with its other lines.

    `seen` (id -> where it stands) holds the ids met so far and is added to.
    """
    seen = {} if seen is None else seen
    questions: list[Question] = []
    problems: list[Problem] = []
    for number, line in read_lines(path):
        try:
            question = parse_question(read_object(line), texts, set_name=path.stem)
            _claim(question.id, f"line {number} of {path.name}", seen)
            questions.append(question)
        except BadLine as exc:
            problems.append(Problem(number, str(exc)))
    if not questions and not problems:
        problems.append(Problem(1, "the file holds no question"))
    return tuple(questions), tuple(problems)


def parse_question(content: Object, texts: Texts, *, set_name: str) -> Question:
    """One question; keys that are not named in the format are passed over."""
    question = Question(
        id=_words(field(content, "id", str), "'id'"),
        text=_words(field(content, "question", str), "'question'"),
        history=_history(content),
        kind=_words(field(content, "type", str), "'type'"),
        set_name=_words(checked(content.get("set", set_name), str, "'set'"), "'set'"),
        answerable=field(content, "answerable", bool),
        evidence=_evidence(content, texts),
        accept=_accept(content),
        answer=None if content.get("answer") is None else field(content, "answer", str),
    )
    if question.answerable and not question.evidence:
        raise BadLine("is answerable but has no evidence group; give the quotes that answer it")
    return question


def _claim(identifier: str, place: str, seen: dict[str, str]) -> None:
    if identifier in seen:
        raise BadLine(f"repeats the id '{identifier}' of {seen[identifier]}; give it another")
    seen[identifier] = place


def _words(text: str, where: str) -> str:
    if not text.strip():
        raise BadLine(f"has an empty text as {where}")
    return text


def _history(content: Object) -> tuple[str, ...]:
    history = checked(content.get("history", []), list, "'history'")
    return tuple(checked(earlier, str, "an entry of 'history'") for earlier in history)


def _accept(content: Object) -> tuple[tuple[str, ...], ...]:
    groups = []
    for number, group in enumerate(field(content, "accept", list), start=1):
        where = f"group {number} of 'accept'"
        if not checked(group, list, where):
            raise BadLine(f"has an empty {where}")
        groups.append(tuple(_words(checked(text, str, where), where) for text in group))
    return tuple(groups)


def _evidence(content: Object, texts: Texts) -> tuple[Group, ...]:
    groups = []
    for number, group in enumerate(field(content, "evidence", list), start=1):
        where = f"group {number} of 'evidence'"
        if not checked(group, list, where):
            raise BadLine(f"has an empty {where}; give at least one quote")
        groups.append(tuple(_quote(checked(entry, dict, where), texts) for entry in group))
    return tuple(groups)


def _quote(content: Object, texts: Texts) -> Quote:
    document = field(content, "document", str)
    quote = _words(field(content, "quote", str), "'quote'")
    if document not in texts:
        raise BadLine(f"names the document '{document}', which is not among the documents")
    places = places_of(quote, document, texts[document])
    if not places:
        raise BadLine(
            f"has a quote that does not stand in {document}{_hint(quote, texts[document])}: '{quote}'"
        )
    return Quote(document=document, text=quote, places=places)


def _hint(quote: str, text: str) -> str:
    """What is different, where only the spacing is."""
    if "".join(quote.split()) in "".join(text.split()):
        return " (its words do, with other spaces or line breaks: copy it unchanged)"
    return ""
