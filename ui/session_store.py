"""The sessions of every browser, kept in one file on this computer: plans, runs, what was shown and asked."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qa.answer import Answer
from qa.session_content import SessionContent
from qa.session_file import read_plan, write_plan
from qa.session_plan import SessionPlan
from ui.conversations import new_id
from ui.session_clock import Clock

FILE = "sessions.sqlite"
MOST_SESSIONS = 200  # of one browser
MOST_RUNS = 50  # of one session; the oldest go
MOST_STEPS_BACK = 50  # changes of a plan that can be undone
UNDO_FOR = timedelta(minutes=10)  # a deleted session can be taken back; then it is really gone
KEPT_FOR = timedelta(days=365)  # as long as the browser keeps its secret

_TABLES = """
CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY, browser TEXT NOT NULL, plan TEXT NOT NULL, changed TEXT NOT NULL, deleted TEXT
);
CREATE TABLE IF NOT EXISTS earlier (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE, plan TEXT NOT NULL, change TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    started TEXT NOT NULL, ended TEXT, kept TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS session_of_browser ON session (browser, changed);
CREATE INDEX IF NOT EXISTS run_of_session ON run (session, started);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A session of one browser; `undo` says in words what the last change was, empty where there is none."""

    id: str
    plan: SessionPlan
    changed: datetime
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that was on the screen: a slide by its number from 1, with its key or without."""

    slide: int
    revealed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedLive:
    """A question that came up, when, during which slide, and what it was answered."""

    question: str
    answer: Answer
    slide: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a session is held. `content` is what it had to show when it was started."""

    id: str
    content: SessionContent
    started: datetime
    clock: Clock = field(default_factory=Clock)
    shown: tuple[Shown, ...] = ()
    asked: tuple[AskedLive, ...] = ()
    letters: bool = True  # whether single letters are keys of the presenter
    ended: datetime | None = None

    @property
    def slide(self) -> int:
        """The slide that was shown last, from 1; 0 is the opening page."""
        return self.shown[-1].slide if self.shown else 0

    def was_revealed(self, slide: int) -> bool:
        """Whether the key of a slide, or of one that is revealed with it, was on the screen."""
        slides = self.content.slides
        together = {
            number
            for number, other in enumerate(slides, start=1)
            if (other.block, other.reveals) == (slides[slide - 1].block, slides[slide - 1].reveals)
        }
        return any(one.revealed and one.slide in together for one in self.shown)


class Sessions:
    """Keeps sessions in a file, or in memory where there is none; safe under threads and processes.

    `browser` is the secret of a browser (see browser_cookie.py); only its checksum is kept. Asking for
    another's session finds nothing.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Opens the file at `path`, which only its owner can read; makes it where it is missing."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._lock = threading.RLock()
        self._rows = sqlite3.connect(path or ":memory:", timeout=10, check_same_thread=False)
        self._rows.execute("PRAGMA foreign_keys = ON")
        self._rows.execute("PRAGMA secure_delete = ON")  # what was deleted does not stay in the file
        self._rows.executescript(_TABLES)

    def add(self, browser: str, plan: SessionPlan) -> str | None:
        """Keeps a new session and returns its id; None where the browser has as many as are kept."""
        with self._writing() as rows:
            count = rows.execute("SELECT count(*) FROM session WHERE browser = ?", (_key(browser),))
            if count.fetchone()[0] >= MOST_SESSIONS:
                return None
            id = new_id()
            rows.execute(
                "INSERT INTO session (id, browser, plan, changed) VALUES (?, ?, ?, ?)",
                (id, _key(browser), write_plan(plan), _now().isoformat()),
            )
        return id

    def find(self, browser: str, id: str) -> Kept | None:
        """One session; None where this browser has none such."""
        with self._lock:
            found = self._rows.execute(
                "SELECT s.plan, s.changed, (SELECT change FROM earlier e WHERE e.session = s.id "
                "ORDER BY place DESC LIMIT 1) FROM session s "
                "WHERE s.id = ? AND s.browser = ? AND s.deleted IS NULL",
                (id, _key(browser)),
            ).fetchone()
        if found is None:
            return None
        return Kept(id, read_plan(found[0]), datetime.fromisoformat(found[1]), found[2] or "")

    def listed(self, browser: str) -> tuple[Kept, ...]:
        """The sessions of a browser, the one changed last first."""
        with self._lock:
            ids = self._rows.execute(
                "SELECT id FROM session WHERE browser = ? AND deleted IS NULL ORDER BY changed DESC, id",
                (_key(browser),),
            ).fetchall()
        found = (self.find(browser, id) for (id,) in ids)
        return tuple(one for one in found if one)

    def change(self, browser: str, id: str, plan: SessionPlan, change: str) -> bool:
        """Keeps a changed plan; the one before can be taken back. False where there is no such session."""
        with self._writing() as rows:
            before = self.find(browser, id)
            if before is None:
                return False
            rows.execute(
                "INSERT INTO earlier (session, plan, change) VALUES (?, ?, ?)",
                (id, write_plan(before.plan), change),
            )
            rows.execute(
                "DELETE FROM earlier WHERE session = ? AND place NOT IN "
                "(SELECT place FROM earlier WHERE session = ? ORDER BY place DESC LIMIT ?)",
                (id, id, MOST_STEPS_BACK),
            )
            self._write(id, write_plan(plan))
        return True

    def undo(self, browser: str, id: str) -> bool:
        """Takes the last change of a plan back; False where there is none."""
        with self._writing() as rows:
            if self.find(browser, id) is None:
                return False
            found = rows.execute(
                "SELECT place, plan FROM earlier WHERE session = ? ORDER BY place DESC LIMIT 1", (id,)
            ).fetchone()
            if found is None:
                return False
            self._write(id, found[1])
            rows.execute("DELETE FROM earlier WHERE place = ?", (found[0],))
        return True

    def delete(self, browser: str, id: str) -> bool:
        """Takes a session off the list; for ten minutes it can be restored, then it is gone."""
        return self._set_deleted(browser, id, _now().isoformat(), "NULL")

    def restore(self, browser: str, id: str) -> bool:
        """Takes the deletion back; False where it is too late or there is none such."""
        return self._set_deleted(browser, id, None, "NOT NULL")

    def start(self, browser: str, id: str, content: SessionContent) -> Run | None:
        """Begins a run, which ends one that is still open; None where there is no such session."""
        now = _now()
        run = Run(new_id(), content, now, Clock().resumed(now))
        with self._writing() as rows:
            if self.find(browser, id) is None:
                return None
            self.end(browser, id)
            rows.execute(
                "INSERT INTO run (id, session, started, kept) VALUES (?, ?, ?, ?)",
                (run.id, id, now.isoformat(), _dumped(run)),
            )
            rows.execute(
                "DELETE FROM run WHERE session = ? AND id NOT IN "
                "(SELECT id FROM run WHERE session = ? ORDER BY started DESC LIMIT ?)",
                (id, id, MOST_RUNS),
            )
        return run

    def open_run(self, browser: str, id: str) -> Run | None:
        """The run that has not ended; None where there is none."""
        return next((run for run in self.runs(browser, id) if run.ended is None), None)

    def runs(self, browser: str, id: str) -> tuple[Run, ...]:
        """The runs of a session, the newest first; one that an older version kept otherwise is left out."""
        with self._lock:
            if self.find(browser, id) is None:
                return ()
            kept = self._rows.execute(
                "SELECT kept FROM run WHERE session = ? ORDER BY started DESC, id", (id,)
            ).fetchall()
        return tuple(_readable(row[0] for row in kept))

    def show(self, browser: str, id: str, slide: int, *, revealed: bool) -> Run | None:
        """Notes that a slide is on the screen, unless it was already; None where no run is open."""
        with self._writing():
            run = self.open_run(browser, id)
            if run is None:
                return None
            now = _now()
            last = run.shown[-1] if run.shown else None
            if last is None or (last.slide, last.revealed) != (slide, revealed):
                run = replace(run, shown=(*run.shown, Shown(slide, revealed, now)))
            run = replace(run, clock=run.clock.moved(block_of_slide(run.content, slide), now))
            self._keep(run)
        return run

    def ask(self, browser: str, id: str, question: str, answer: Answer) -> Run | None:
        """Keeps a question that came up; None where no run is open."""
        with self._writing():
            run = self.open_run(browser, id)
            if run is None:
                return None
            asked = AskedLive(question, replace(answer, hits=()), run.slide, _now())
            run = replace(run, asked=(*run.asked, asked))
            self._keep(run)
        return run

    def set_clock(self, browser: str, id: str, *, paused: bool) -> bool:
        """Stops the time or lets it go on; False where no run is open."""
        with self._writing():
            run = self.open_run(browser, id)
            if run is None:
                return False
            clock = run.clock.paused(_now()) if paused else run.clock.resumed(_now())
            self._keep(replace(run, clock=clock))
        return True

    def set_letters(self, browser: str, id: str, *, on: bool) -> bool:
        """Makes single letters keys of the presenter, or not; False where no run is open."""
        with self._writing():
            run = self.open_run(browser, id)
            if run is None:
                return False
            self._keep(replace(run, letters=on))
        return True

    def end(self, browser: str, id: str) -> Run | None:
        """Ends the open run and returns it; None where there is none."""
        with self._writing():
            run = self.open_run(browser, id)
            if run is None:
                return None
            now = _now()
            run = replace(run, ended=now, clock=run.clock.paused(now))
            self._keep(run)
        return run

    def delete_run(self, browser: str, id: str, run_id: str) -> bool:
        """Deletes the record of a run for good; False where there is none such."""
        with self._writing() as rows:
            if self.find(browser, id) is None:
                return False
            done = rows.execute("DELETE FROM run WHERE id = ? AND session = ?", (run_id, id))
        return done.rowcount == 1

    def _write(self, id: str, plan: str) -> None:
        self._rows.execute(
            "UPDATE session SET plan = ?, changed = ? WHERE id = ?", (plan, _now().isoformat(), id)
        )

    def _keep(self, run: Run) -> None:
        ended = run.ended.isoformat() if run.ended else None
        self._rows.execute("UPDATE run SET kept = ?, ended = ? WHERE id = ?", (_dumped(run), ended, run.id))

    def _set_deleted(self, browser: str, id: str, when: str | None, before: str) -> bool:
        with self._writing() as rows:
            done = rows.execute(
                f"UPDATE session SET deleted = ? WHERE id = ? AND browser = ? AND deleted IS {before}",
                (when, id, _key(browser)),
            )
        return done.rowcount == 1

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One change at a time, all or nothing; what was deleted or left long enough ago goes with it."""
        now = _now()
        old = ((now - UNDO_FOR).isoformat(), (now - KEPT_FOR).isoformat())
        with self._lock, self._rows:
            self._rows.execute("DELETE FROM session WHERE deleted < ? OR changed < ?", old)
            yield self._rows


def block_of_slide(content: SessionContent, slide: int) -> int:
    """The block that a slide (from 1) belongs to; -1 for the opening page and the last one."""
    return content.slides[slide - 1].block if 1 <= slide <= len(content.slides) else -1


@cache
def _runs() -> TypeAdapter[Run]:
    return TypeAdapter(Run)


def _dumped(run: Run) -> str:
    return _runs().dump_json(run).decode()


def _readable(kept: Iterator[str]) -> Iterator[Run]:
    for one in kept:
        try:
            yield _runs().validate_json(one)
        except ValidationError:
            continue


def _key(browser: str) -> str:
    return sha256(browser.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)
