"""BEIR-style corpus.jsonl: one document a line, with `_id`, `title` and `text`.

Format: Thakur et al., BEIR (2021). Further keys are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One line that was read."""

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
            result = BadLine(number, f"the _id {result.id!r} was used before")
        elif isinstance(result, Record):
            seen.add(result.id)
        yield result


def _record(number: int, line: bytes) -> Record | BadLine:
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError):
        return BadLine(number, "it is not valid JSON")
    if not isinstance(value, dict):
        return BadLine(number, "it is not a JSON object")
    texts = {key: value.get(key, "") for key in ("_id", "title", "text")}
    wrong = [key for key, text in texts.items() if not isinstance(text, str)]
    if wrong or not texts["_id"]:
        return BadLine(number, f"{wrong[0] if wrong else '_id'} should be a text")
    if not texts["text"].strip():
        return BadLine(number, "its text is empty")
    return Record(texts["_id"], texts["title"], texts["text"], line.strip())
