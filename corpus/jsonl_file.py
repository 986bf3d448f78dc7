"""BEIR-style corpus.jsonl: one document a line, with `_id`, `title` and `text`.

Format: Thakur et al., BEIR (2021). Further keys are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_EXPECTED = "one object with _id, title and text"


@dataclass(frozen=True, slots=True)
class Record:
    """One line that was read; lines are counted from 1."""

    number: int
    id: str
    title: str
    text: str
    line: bytes


@dataclass(frozen=True, slots=True)
class BadLine:
    """One line that could not be used, and why."""

    number: int
    reason: str


def read_records(content: bytes) -> Iterator[Record | BadLine]:
    """The records of the file in order; every line that is not blank gives one result."""
    seen: set[str] = set()
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        result = _record(number, line)
        if isinstance(result, Record) and result.id in seen:
            result = BadLine(number, f"the _id {result.id!r} was used before; give each line its own")
        elif isinstance(result, Record):
            seen.add(result.id)
        yield result


def _record(number: int, line: bytes) -> Record | BadLine:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):  # broken JSON or UTF-8; numbers or nesting without end
        return BadLine(number, f"it is not valid JSON; expected {_EXPECTED}")
    if not isinstance(value, dict):
        return BadLine(number, f"it is not a JSON object; expected {_EXPECTED}")
    texts = {key: value.get(key, "") for key in ("_id", "title", "text")}
    problem = next(filter(None, (_problem(key, text) for key, text in texts.items())), None)
    return BadLine(number, problem) if problem else Record(number, **_fields(texts), line=line.strip())


def _fields(texts: Mapping[str, str]) -> dict[str, str]:
    return {key.removeprefix("_"): text for key, text in texts.items()}


def _problem(key: str, value: object) -> str | None:
    """What is wrong with the value of a key, or None; only the title may be empty."""
    if not isinstance(value, str):
        return f"its {key} is {value!r}; expected a text in quotation marks"
    if key != "title" and not value.strip():
        return f"its {key} is missing or empty; expected {_EXPECTED}"
    if any("\ud800" <= character <= "\udfff" for character in value):
        return f"its {key} holds half of a surrogate pair, which is no character; write it as UTF-8"
    return None
