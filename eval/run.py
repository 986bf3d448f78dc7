"""One run of the evaluation: asking every question, and the folder that keeps what came of it.

answers.jsonl   what was given, one line a question
values.jsonl    every measure of every question
summary.json    means with intervals, calibration, latency
settings.json   what was run on what: versions, hashes, machine
questions.json  the questions and their evidence, for the report
run.trec, qrels.trec
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.answers import Given, parse_all
from eval.errors import BadRun
from eval.jsonl import Object, read_lines, read_object, write_lines
from eval.measure import Scored, score_all
from eval.question import Question
from eval.questions import Texts
from eval.ranking import Judged
from eval.summary import Summary, summarise
from eval.trec import write_qrels, write_run
from qa.answer import Answer
from qa.contract import answer_to_json, failure_to_json
from qa.errors import QuestionError

Progress = Callable[[int, int], None]  # done, of how many


class Assistant(Protocol):
    """What is evaluated: the same call that the chat and the command line make."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """One answer; `history` are the earlier questions, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is kept; `settings` are plain JSON."""

    label: str
    settings: dict[str, Any]
    questions: tuple[Question, ...]
    answers: tuple[Object, ...]
    scored: tuple[Scored, ...]
    judged: dict[str, Judged]
    summary: Summary


def ask_all(assistant: Assistant, questions: Sequence[Question], *, progress: Progress) -> tuple[Object, ...]:
    """The answers as JSON, one a question and in order, also for those that cannot be asked."""
    answers: list[Object] = []
    for done, question in enumerate(questions, start=1):
        answers.append(_ask(assistant, question))
        progress(done, len(questions))
    return tuple(answers)


def score_run(
    label: str,
    settings: dict[str, Any],
    questions: Sequence[Question],
    answers: Sequence[Object],
    texts: Texts,
) -> Run:
    """Score what was given for the questions."""
    given = parse_all(answers)
    scored, judged = score_all(questions, given, texts)
    return Run(
        label=label,
        settings=settings,
        questions=tuple(questions),
        answers=tuple(answers),
        scored=scored,
        judged=judged,
        summary=summarise(scored, _confidences(given)),
    )


def save_run(run: Run, folder: Path) -> None:
    """Write the run folder; one that holds a run already is written anew."""
    folder.mkdir(parents=True, exist_ok=True)
    write_lines(folder / "answers.jsonl", list(run.answers))
    write_lines(folder / "values.jsonl", [_values_line(one) for one in run.scored])
    _write_json(folder / "questions.json", [_question_json(question) for question in run.questions])
    _write_json(folder / "summary.json", {"label": run.label} | asdict(run.summary))
    write_run(folder / "run.trec", run.judged, tag=run.label.replace(" ", "-"))
    write_qrels(folder / "qrels.trec", run.judged)
    _write_json(folder / "settings.json", {"label": run.label} | run.settings)  # last: the run is complete


@dataclass(frozen=True, slots=True)
class Kept:
    """What is read back of a run folder, to compare it or to report on it."""

    label: str
    settings: Mapping[str, Any]
    questions: tuple[Mapping[str, Any], ...]  # id, question, history, type, answerable, answer, evidence
    answers: Mapping[str, Object]
    scored: tuple[Scored, ...]

    @property
    def summary(self) -> Summary:
        """Worked out again from the values, so that the two cannot disagree."""
        return summarise(self.scored, _confidences(parse_all(tuple(self.answers.values()))))


def load_run(folder: Path) -> Kept:
    """Read a run folder back."""
    if not (folder / "settings.json").is_file():
        raise BadRun(
            f"{folder} is not the folder of a complete run: it has no settings.json; name one that "
            "`eval run` wrote"
        )
    try:
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        return Kept(
            label=settings["label"],
            settings=settings,
            questions=tuple(json.loads((folder / "questions.json").read_text(encoding="utf-8"))),
            answers={line["id"]: line for line in _objects(folder / "answers.jsonl")},
            scored=tuple(_scored(line) for line in _objects(folder / "values.jsonl")),
        )
    except (OSError, ValueError, KeyError) as exc:
        raise BadRun(f"the run in {folder} cannot be read ({exc}); run it again") from exc


def _confidences(given: Mapping[str, Given]) -> dict[str, float]:
    return {name: one.confidence for name, one in given.items() if one.confidence is not None}


def _ask(assistant: Assistant, question: Question) -> Object:
    started = time.perf_counter()
    try:
        answer = assistant.ask(question.text, question.history)
    except QuestionError as exc:
        return failure_to_json(str(exc), id=question.id)
    elapsed = (time.perf_counter() - started) * 1000
    return answer_to_json(answer, id=question.id, elapsed_ms=elapsed)


def _values_line(one: Scored) -> Object:
    return {
        "id": one.id,
        "type": one.kind,
        "set": one.set_name,
        "answerable": one.answerable,
        "values": one.values,
    }


def _scored(line: Object) -> Scored:
    return Scored(line["id"], line["type"], line["set"], line["answerable"], dict(line["values"]))


def _question_json(question: Question) -> Object:
    evidence = [[{"document": q.document, "quote": q.text} for q in group] for group in question.evidence]
    return {
        "id": question.id,
        "question": question.text,
        "history": list(question.history),
        "type": question.kind,
        "set": question.set_name,
        "answerable": question.answerable,
        "evidence": evidence,
        "relevant": [name for name, _ in question.relevant],
        "accept": [list(group) for group in question.accept],
        "answer": question.answer,
    }


def _objects(path: Path) -> list[Object]:
    return [read_object(line) for _, line in read_lines(path)]


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
