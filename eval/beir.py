"""BEIR folders: `queries.jsonl` and `qrels/SPLIT.tsv` beside the `corpus.jsonl` that is searched.

Format: Thakur et al., BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
Retrieval Models (NeurIPS 2021, datasets track). Whole documents are judged, not places in them.
Three further keys of a query are read where they are there: `answerable`, `answers` (strings, any
one of which is right) and `history`; and a folder without `qrels/` may have one `qrels.tsv`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path

from eval.errors import BadQuestions, Problem
from eval.jsonl import BadLine, Object, checked, field, read_lines, read_object
from eval.question import Question

KIND = "beir"
UNANSWERABLE_KIND = "beir_unanswerable"

Grades = Mapping[str, int]  # by document


def is_beir(path: Path) -> bool:
    """Whether a place is a BEIR folder."""
    return path.is_dir() and (path / "queries.jsonl").is_file()


def read_beir(folder: Path, documents: Container[str], *, split: str = "test") -> tuple[Question, ...]:
    """The judged queries of one split, and those marked as unanswerable, in the order of queries.jsonl.

    Other queries without a relevant document are left out, as every tool of the field does: no
    measure is defined for them.
    """
    qrels_path = qrels_file(folder, split)
    qrels = _read_qrels(qrels_path, documents)
    questions = _read_queries(folder / "queries.jsonl", qrels, set_name=folder.name)
    unknown = [query for query in qrels if query not in questions]
    if unknown:
        reason = f"judges the query '{unknown[0]}', which queries.jsonl lacks"
        raise BadQuestions(qrels_path.name, [Problem(1, reason)])
    return tuple(q for q in questions.values() if q.relevant or not q.answerable)


def qrels_file(folder: Path, split: str) -> Path:
    """Where the judgements of a split are."""
    return folder / "qrels" / f"{split}.tsv" if (folder / "qrels").is_dir() else folder / "qrels.tsv"


def _read_queries(path: Path, qrels: Mapping[str, Grades], *, set_name: str) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    problems: list[Problem] = []
    for number, line in read_lines(path):
        try:
            question = _question(read_object(line), qrels, set_name)
            if question.id in questions:
                raise BadLine(f"repeats the id '{question.id}'; give it another")
            questions[question.id] = question
        except BadLine as exc:
            problems.append(Problem(number, str(exc)))
    if problems:
        raise BadQuestions(path.name, problems)
    return questions


def _question(content: Object, qrels: Mapping[str, Grades], set_name: str) -> Question:
    identifier = field(content, "_id", str)
    answerable = checked(content.get("answerable", True), bool, "'answerable'")
    answers = _texts(content, "answers")
    return Question(
        id=identifier,
        text=field(content, "text", str),
        history=_texts(content, "history"),
        kind=KIND if answerable else UNANSWERABLE_KIND,
        set_name=set_name,
        answerable=answerable,
        accept=(answers,) if answerable and answers else (),
        relevant=tuple(qrels.get(identifier, {}).items()) if answerable else (),
    )


def _texts(content: Object, key: str) -> tuple[str, ...]:
    return tuple(
        checked(text, str, f"an entry of '{key}'") for text in checked(content.get(key, []), list, f"'{key}'")
    )


def _read_qrels(path: Path, documents: Container[str]) -> dict[str, dict[str, int]]:
    """Relevant documents and their grades by query; a grade of 0 or less means judged irrelevant."""
    if not path.is_file():
        raise BadQuestions(path.name, [Problem(1, "the file is missing; name another --split")])
    qrels: dict[str, dict[str, int]] = {}
    problems: list[Problem] = []
    for number, line in read_lines(path):
        if number == 1 and line.split()[:1] == ["query-id"]:
            continue
        try:
            query, document, grade = _judgement(line, documents)
        except BadLine as exc:
            problems.append(Problem(number, str(exc)))
            continue
        if grade > 0:
            qrels.setdefault(query, {})[document] = grade
    if problems:
        raise BadQuestions(path.name, problems)
    return qrels


def _judgement(line: str, documents: Container[str]) -> tuple[str, str, int]:
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != 3:
        reason = "query, document and grade, separated by tabs, were expected"
        raise BadLine(f"has {len(cells)} columns; {reason}")
    query, document, grade = cells
    if not grade.removeprefix("-").isdecimal():
        raise BadLine(f"has '{grade}' as the grade; a whole number was expected")
    if document not in documents:
        raise BadLine(f"names the document '{document}', which is not among the documents")
    return query, document, int(grade)
