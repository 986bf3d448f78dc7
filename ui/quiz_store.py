"""What a facilitator decided about questions, kept for each browser: pinned, discarded, worded anew."""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from qa.quiz_edit import QuizEdit

FILE = "quiz.sqlite"
MOST_KEPT = 500  # questions of one kind of decision; who comes there has decided on every question
_TABLE = "CREATE TABLE IF NOT EXISTS quiz (browser TEXT PRIMARY KEY, decisions TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Decisions:
    """Ids of questions, in the order in which they were decided on; none is both pinned and discarded."""

    pinned: tuple[str, ...] = ()
    discarded: tuple[str, ...] = ()
    edits: dict[str, QuizEdit] = field(default_factory=dict)

    def pin(self, question: str) -> Decisions:
        """With the question in every selection."""
        return replace(self.restore(question), pinned=_with(self.pinned, question))

    def unpin(self, question: str) -> Decisions:
        """With the question only where a selection brings it."""
        return replace(self, pinned=_without(self.pinned, question))

    def discard(self, question: str) -> Decisions:
        """With the question in no selection; its new wording, if any, is kept for an undo."""
        return replace(self.unpin(question), discarded=_with(self.discarded, question))

    def restore(self, question: str) -> Decisions:
        """With the question not discarded any more."""
        return replace(self, discarded=_without(self.discarded, question))

    def edit(self, question: str, edit: QuizEdit | None) -> Decisions:
        """With a question's new wording; None gives it its own wording again."""
        others = {name: kept for name, kept in self.edits.items() if name != question}
        edits = others if edit is None else dict([*others.items(), (question, edit)][-MOST_KEPT:])
        return replace(self, edits=edits)


class QuizStore:
    """Keeps decisions in a file, or in memory where there is none; safe under threads and processes."""

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

    def of(self, browser: str) -> Decisions:
        """What was decided in a browser; nothing for one that is not known."""
        with self._lock:
            return self._read(browser)

    def decide(self, browser: str, action: str, question: str, edit: QuizEdit | None = None) -> None:
        """Keeps one decision: pin, unpin, discard, restore or edit."""
        with self._lock, self._rows:
            self._rows.execute("BEGIN IMMEDIATE")  # so that no other process decides in between
            before = self._read(browser)
            after = before.edit(question, edit) if action == "edit" else _ACTIONS[action](before, question)
            self._rows.execute(
                "INSERT INTO quiz (browser, decisions) VALUES (?, ?) "
                "ON CONFLICT (browser) DO UPDATE SET decisions = excluded.decisions",
                (_owner(browser), _written(after)),
            )

    def _read(self, browser: str) -> Decisions:
        row = self._rows.execute(
            "SELECT decisions FROM quiz WHERE browser = ?", (_owner(browser),)
        ).fetchone()
        return _read(row[0]) if row else Decisions()


_ACTIONS = {
    "pin": Decisions.pin,
    "unpin": Decisions.unpin,
    "discard": Decisions.discard,
    "restore": Decisions.restore,
}
ACTIONS = frozenset(_ACTIONS)


def _owner(browser: str) -> str:
    """A checksum, so that the file does not hold the secret itself."""
    return sha256(browser.encode()).hexdigest()


def _with(questions: tuple[str, ...], question: str) -> tuple[str, ...]:
    return (*_without(questions, question), question)[-MOST_KEPT:]


def _without(questions: tuple[str, ...], question: str) -> tuple[str, ...]:
    return tuple(one for one in questions if one != question)


def _written(decisions: Decisions) -> str:
    edits = {name: [one.prompt, list(one.options)] for name, one in decisions.edits.items()}
    return json.dumps({"pinned": decisions.pinned, "discarded": decisions.discarded, "edits": edits})


def _read(row: str) -> Decisions:
    kept = json.loads(row)
    edits = {name: QuizEdit(prompt, tuple(options)) for name, (prompt, options) in kept["edits"].items()}
    return Decisions(tuple(kept["pinned"]), tuple(kept["discarded"]), edits)
