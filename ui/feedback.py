"""What people said of answers, kept in one file on this computer."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from ui.errors import UsageError

LONGEST_COMMENT = 4_000  # characters
FILE = "feedback.sqlite"
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, version TEXT NOT NULL, verdict TEXT NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, history TEXT NOT NULL, answer TEXT NOT NULL
)
"""
_COLUMNS = "id, at, version, verdict, comment, question, history, answer"


class Verdict(StrEnum):
    """What somebody found an answer to be."""

    RIGHT = "right"
    WRONG = "wrong"
    WRONG_SOURCE = "wrong_source"
    SHOULD_NOT_KNOW = "should_not_know"


IN_WORDS = {
    Verdict.RIGHT: "The answer is right",
    Verdict.WRONG: "The answer is wrong",
    Verdict.WRONG_SOURCE: "The source is the wrong one",
    Verdict.SHOULD_NOT_KNOW: "It should have said that the documents do not answer this",
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's word on one answer; `answer` is as the interface for programs gives it."""

    at: datetime  # with its time zone
    version: str
    verdict: Verdict
    comment: str
    question: str
    history: tuple[str, ...]
    answer: dict[str, Any]


class FeedbackStore:
    """Keeps feedback in a file, or in memory where there is none; safe under threads and processes."""

    def __init__(self, path: Path | None = None) -> None:
        """Opens the file at `path`, which only its owner can read; makes it where it is missing."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._lock = threading.Lock()
        self._rows = sqlite3.connect(path or ":memory:", timeout=10, check_same_thread=False)
        with self._lock, self._rows:
            self._rows.execute(_TABLE)

    def close(self) -> None:
        """Closes the file."""
        self._rows.close()

    def add(self, feedback: Feedback) -> int:
        """Keeps what was said; returns its number."""
        row = (
            feedback.at.isoformat(),
            feedback.version,
            feedback.verdict.value,
            feedback.comment[:LONGEST_COMMENT],
            feedback.question,
            json.dumps(feedback.history),
            json.dumps(feedback.answer),
        )
        with self._lock, self._rows:
            added = self._rows.execute(
                "INSERT INTO feedback (at, version, verdict, comment, question, history, answer) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        return added.lastrowid or 0

    def all(self) -> tuple[tuple[int, Feedback], ...]:
        """Everything that was said, with its number, oldest first."""
        with self._lock:
            rows = self._rows.execute(f"SELECT {_COLUMNS} FROM feedback ORDER BY id").fetchall()
        return tuple((row[0], _read(row[1:])) for row in rows)


def open_feedback(data: Path) -> FeedbackStore:
    """The feedback kept below `data`. Raises UsageError where there is none yet."""
    if not (data / FILE).is_file():
        raise UsageError(f"{data} holds no feedback yet; name another folder with --data.")
    return FeedbackStore(data / FILE)


def _read(row: Sequence[str]) -> Feedback:
    at, version, verdict, comment, question, history, answer = row
    return Feedback(
        at=datetime.fromisoformat(at),
        version=version,
        verdict=Verdict(verdict),
        comment=comment,
        question=question,
        history=tuple(json.loads(history)),
        answer=json.loads(answer),
    )
