"""Many questions from a file, one answer line each, in order, also for those that fail."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.contract import answer_to_json, failure_to_json
from qa.errors import QuestionError
from ui.errors import UsageError


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: a question, or (with `wrong`) why there is none."""

    id: str | None
    question: str
    history: tuple[str, ...] = ()
    wrong: str | None = None


def read_questions(path: Path) -> tuple[Line, ...]:
    """The lines that are not blank. Raises UsageError when the file cannot be read or holds none."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as exc:
        raise UsageError(f"{path} cannot be opened ({exc.strerror}); name a file of questions.") from exc
    except UnicodeDecodeError as exc:
        raise UsageError(f"{path} is not UTF-8 text; save it as UTF-8.") from exc
    numbered = enumerate(text.split("\n"), start=1)
    lines = tuple(_line(number, line) for number, line in numbered if line.strip())
    if not lines:
        raise UsageError(f"{path} holds no question; expected one JSON object a line.")
    return lines


def answer_all(lines: Sequence[Line], assistant: Assistant, out: Path) -> int:
    """Writes the answers to `out`, which appears when all are there; the number that failed."""
    beside = out.with_name(out.name + ".part")
    failed = 0
    with beside.open("w", encoding="utf-8") as stream:
        for line in lines:
            answer = _answer(line, assistant)
            failed += "error" in answer
            stream.write(json.dumps(answer, ensure_ascii=False) + "\n")
    beside.replace(out)
    return failed


def _answer(line: Line, assistant: Assistant) -> dict[str, Any]:
    if line.wrong is not None:
        return failure_to_json(line.wrong, id=line.id)
    started = time.perf_counter()
    try:
        answer = assistant.ask(line.question, line.history)
    except QuestionError as exc:
        return failure_to_json(str(exc), id=line.id)
    return answer_to_json(answer, id=line.id, elapsed_ms=1000 * (time.perf_counter() - started))


def _line(number: int, text: str) -> Line:
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return Line(None, "", wrong=f"Line {number} is not valid JSON.")
    if not isinstance(value, dict) or not isinstance(value.get("question"), str):
        return Line(None, "", wrong=f"Line {number} should be an object with a text under 'question'.")
    identity = value.get("id")
    history = value.get("history") or []
    if not (isinstance(history, list) and all(isinstance(earlier, str) for earlier in history)):
        wrong = f"Line {number}: 'history' should be a list of earlier questions."
        return Line(_text_or_none(identity), value["question"], wrong=wrong)
    return Line(_text_or_none(identity), value["question"], tuple(history))


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)
