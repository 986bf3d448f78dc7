"""The conversations of every browser, kept in one file on this computer; nobody reads another's."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qa.answer import Answer, Turn

LONGEST_NAME = 80  # characters; a longer first question is cut for the list
LISTED_AT_MOST = 100
KEPT_HITS = 3  # of an answer: those that are offered where the documents do not answer
UNDO_FOR = timedelta(minutes=10)  # a deleted conversation can be taken back; then it is really gone
KEPT_FOR = timedelta(days=365)  # as long as the browser keeps its secret; afterwards nobody could open it

_TABLES = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, browser TEXT NOT NULL, name TEXT NOT NULL, changed TEXT NOT NULL, deleted TEXT
);
CREATE TABLE IF NOT EXISTS exchange (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    question TEXT NOT NULL, said TEXT NOT NULL, answer TEXT NOT NULL,
    narrowed TEXT NOT NULL, asked TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS of_browser ON conversation (browser, changed);
CREATE INDEX IF NOT EXISTS of_conversation ON exchange (conversation, place);
"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn as it was kept: with the citations that its answer had when it was given."""

    id: str
    turn: Turn
    narrowed: str  # what the search was narrowed to, in words; empty where it was not
    asked: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one browser asked in a row, oldest first."""

    id: str
    name: str
    exchanges: tuple[Exchange, ...]
    unreadable: int = 0  # turns that an older version kept in a way that is no longer understood

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Its questions with their answers."""
        return tuple(exchange.turn for exchange in self.exchanges)


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation as it stands in the list."""

    id: str
    name: str
    changed: datetime
    questions: int


class Conversations:
    """Keeps conversations in a file, or in memory where there is none; safe under threads and processes.

    `browser` is the secret of a browser (see browser_cookie.py). Only its checksum is kept, so that
    who reads the file cannot pass for the browser. Asking for another's conversation finds nothing.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Opens the file at `path`, which only its owner can read; makes it where it is missing."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._lock = threading.Lock()
        self._rows = sqlite3.connect(path or ":memory:", timeout=10, check_same_thread=False)
        self._rows.execute("PRAGMA foreign_keys = ON")
        self._rows.execute("PRAGMA secure_delete = ON")  # what was deleted does not stay in the file
        self._rows.executescript(_TABLES)
        with self._writing():
            pass  # clears what was deleted before the last stop

    def close(self) -> None:
        """Closes the file."""
        self._rows.close()

    def keep(
        self, browser: str, conversation_id: str, turn: Turn, *, id: str, narrowed: str = ""
    ) -> Conversation:
        """Adds a turn, with `id` for its exchange; begins a conversation where the browser has none such.

        Returns the conversation with the new exchange only.
        """
        short = replace(turn.answer, hits=turn.answer.hits[:KEPT_HITS])
        exchange = Exchange(id, Turn(turn.question, short), narrowed, _now())
        with self._writing() as rows:
            known = self._name(browser, conversation_id)
            name = _short(turn.question) if known is None else known
            if known is None:
                conversation_id = new_id()
                begun = (conversation_id, _key(browser), name, exchange.asked.isoformat())
                rows.execute(
                    "INSERT INTO conversation (id, browser, name, changed) VALUES (?, ?, ?, ?)", begun
                )
            rows.execute(
                "INSERT INTO exchange (id, conversation, question, said, answer, narrowed, asked) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                _row(conversation_id, exchange),
            )
            changed = (exchange.asked.isoformat(), conversation_id)
            rows.execute("UPDATE conversation SET changed = ? WHERE id = ?", changed)
        return Conversation(conversation_id, name, (exchange,))

    def questions(self, browser: str, conversation_id: str) -> tuple[str, ...]:
        """The questions of a conversation, oldest first; none where the browser has none such."""
        with self._lock:
            if self._name(browser, conversation_id) is None:
                return ()
            asked = "SELECT question FROM exchange WHERE conversation = ? ORDER BY place"
            return tuple(question for (question,) in self._rows.execute(asked, (conversation_id,)))

    def conversation(self, browser: str, conversation_id: str) -> Conversation | None:
        """One conversation with all its turns; None where this browser has none such."""
        with self._lock:
            name = self._name(browser, conversation_id)
            if name is None:
                return None
            kept = self._rows.execute(
                "SELECT id, question, answer, narrowed, asked FROM exchange "
                "WHERE conversation = ? ORDER BY place",
                (conversation_id,),
            ).fetchall()
        exchanges = tuple(_exchanges(kept))
        return Conversation(conversation_id, name, exchanges, unreadable=len(kept) - len(exchanges))

    def holding(self, browser: str, exchange_id: str) -> Conversation | None:
        """The conversation that an exchange belongs to; None where this browser has none such."""
        with self._lock:
            found = self._rows.execute(
                "SELECT conversation FROM exchange WHERE id = ?", (exchange_id,)
            ).fetchone()
        return self.conversation(browser, found[0]) if found else None

    def exchange(self, browser: str, exchange_id: str) -> Exchange | None:
        """One turn; None where this browser has none such."""
        conversation = self.holding(browser, exchange_id)
        exchanges = conversation.exchanges if conversation else ()
        return next((exchange for exchange in exchanges if exchange.id == exchange_id), None)

    def listed(self, browser: str, containing: str = "") -> tuple[Listed, ...]:
        """The conversations of a browser, the one changed last first.

        With `containing`: those whose name, questions or answers hold these words.
        """
        pattern = f"%{_literal(' '.join(containing.split()))}%"
        with self._lock:
            found = self._rows.execute(
                "SELECT c.id, c.name, c.changed, count(e.id) FROM conversation c "
                "JOIN exchange e ON e.conversation = c.id "
                "WHERE c.browser = ? AND c.deleted IS NULL GROUP BY c.id "
                "HAVING c.name LIKE ?2 ESCAPE '\\' "
                "OR sum(e.question LIKE ?2 ESCAPE '\\' OR e.said LIKE ?2 ESCAPE '\\') > 0 "
                "ORDER BY c.changed DESC, c.id LIMIT ?",
                (_key(browser), pattern, LISTED_AT_MOST),
            ).fetchall()
        return tuple(Listed(id, name, datetime.fromisoformat(day), count) for id, name, day, count in found)

    def rename(self, browser: str, conversation_id: str, name: str) -> bool:
        """Gives a conversation another name; False where the name is empty or there is none such."""
        return bool(name.strip()) and self._set(browser, conversation_id, "name", _short(name))

    def delete(self, browser: str, conversation_id: str) -> bool:
        """Takes a conversation off the list; for ten minutes it can be restored, then it is gone."""
        return self._set(browser, conversation_id, "deleted", _now().isoformat())

    def restore(self, browser: str, conversation_id: str) -> bool:
        """Takes the deletion back; False where it is too late or there is none such."""
        return self._set(browser, conversation_id, "deleted", None, deleted=True)

    def _set(
        self, browser: str, conversation_id: str, column: str, value: str | None, *, deleted: bool = False
    ) -> bool:
        state = "NOT NULL" if deleted else "NULL"
        with self._writing() as rows:
            done = rows.execute(
                f"UPDATE conversation SET {column} = ? WHERE id = ? AND browser = ? AND deleted IS {state}",
                (value, conversation_id, _key(browser)),
            )
        return done.rowcount == 1

    def _name(self, browser: str, conversation_id: str) -> str | None:
        found = self._rows.execute(
            "SELECT name FROM conversation WHERE id = ? AND browser = ? AND deleted IS NULL",
            (conversation_id, _key(browser)),
        ).fetchone()
        return None if found is None else str(found[0])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One change at a time, all or nothing; what was deleted or left long enough ago goes with it."""
        now = _now()
        old = ((now - UNDO_FOR).isoformat(), (now - KEPT_FOR).isoformat())
        with self._lock, self._rows:
            self._rows.execute("DELETE FROM conversation WHERE deleted < ? OR changed < ?", old)
            yield self._rows


def new_id() -> str:
    """A name for something that is kept, which nobody can guess."""
    return secrets.token_hex(12)


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def _row(conversation_id: str, exchange: Exchange) -> tuple[str, ...]:
    question, answer = exchange.turn.question, exchange.turn.answer
    kept = _answers().dump_json(answer).decode()
    asked = exchange.asked.isoformat()
    return exchange.id, conversation_id, question, answer.text, kept, exchange.narrowed, asked


def _exchanges(rows: Sequence[tuple[str, str, str, str, str]]) -> Iterator[Exchange]:
    """The exchanges that can be read; one that an older version wrote differently is left out."""
    for id, question, kept, narrowed, asked in rows:
        try:
            answer = _answers().validate_json(kept)
        except ValidationError:
            continue
        yield Exchange(id, Turn(question, answer), narrowed, datetime.fromisoformat(asked))


def _key(browser: str) -> str:
    return sha256(browser.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)


def _short(name: str) -> str:
    """The name in one line that fits the list, cut between words."""
    line = " ".join(name.split())
    if len(line) <= LONGEST_NAME:
        return line
    return line[: LONGEST_NAME - 3].rsplit(" ", 1)[0] + " ..."


def _literal(words: str) -> str:
    """The words for LIKE, in which nothing stands for anything else."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
