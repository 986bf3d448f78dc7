"""Indexing in the background of a server: how far it is, and going over to the index that it made."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from index.errors import SearchIndexError
from index.progress import Progress, Report
from qa.indexing_process import IndexingFailed, IndexingStopped

LOOK_EVERY = 2.0  # seconds between two looks at whether another process has made a new index
SAY_TIME_AFTER = 3.0  # seconds of a step, before which nothing can be said of the time that is left
# Every step of indexing, in its order, as a person is told of it.
STEPS = {
    "reading": "Reading the files",
    "splitting": "Dividing the text into passages",
    "encoding passages": "Working out what the passages mean",
    "encoding sentences": "Working out what the sentences mean",
    "writing": "Writing the index",
    "encoding words": "Working out what the words mean",
}
STARTING = "Starting"
GOING_OVER = "Opening the new index"
NOT_OPENED = "The new index cannot be opened: {reason} Answers come from the one before."

log = logging.getLogger(__name__)


class Reloading(Protocol):
    """An assistant that can go over to a new index."""

    @property
    def is_behind(self) -> bool:
        """Whether there is another index than the one in use."""
        ...

    def reload(self) -> None:
        """Goes over to it."""
        ...


class Run(Protocol):
    """Brings the index up to date: `qa.indexing_process.index_in_process` for one order."""

    def __call__(self, *, progress: Report, stop: threading.Event) -> str | None:
        """The note of the report. Raises IndexingFailed and IndexingStopped."""
        ...


class Phase(StrEnum):
    """What indexing is at."""

    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class IndexingState:
    """How far it is. `runs` counts those that have ended; `seconds_left` is of the step, None if unknown."""

    phase: Phase = Phase.IDLE
    step: str = ""
    number: int = 0  # of the step, 1-based; 0 before the first
    done: int = 0
    total: int = 0
    seconds_left: int | None = None
    said: str = ""  # after the end: a note, or why it failed
    runs: int = 0


class BackgroundIndexing:
    """Runs one indexing at a time in a thread that only waits; safe to use from several threads."""

    def __init__(self, live: Reloading, run: Run, *, look_every: float = LOOK_EVERY) -> None:
        """Starts nothing before `request`, but goes over to what other processes make."""
        self._live = live
        self._run = run
        self._look_every = look_every
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._wanted = False
        self._closed = False
        self._state = IndexingState()
        self._step_began = 0.0
        self._thread = threading.Thread(target=self._work, name="indexing", daemon=True)
        self._thread.start()

    @property
    def state(self) -> IndexingState:
        """How far it is now."""
        return self._state

    def request(self) -> None:
        """Indexes what has changed; after the run that is going on, where one is."""
        with self._lock:
            self._wanted = True
            if self._state.phase is not Phase.RUNNING:
                self._state = IndexingState(Phase.RUNNING, STARTING, runs=self._state.runs)
        self._wake.set()

    def stop(self) -> None:
        """Stops the run that is going on; the index stays as it was."""
        with self._lock:
            self._wanted = False
            self._stop.set()
        self._wake.set()

    def close(self) -> None:
        """Stops everything and waits for the end of it."""
        self._closed = True
        self.stop()
        self._thread.join(timeout=15)

    def _work(self) -> None:
        while not self._closed:
            self._wake.wait(self._look_every)
            self._wake.clear()
            try:
                self._next()
            except Exception:  # whatever it is, the thread has to go on
                log.exception("Indexing failed.")
                self._ended(Phase.FAILED, "Indexing failed because of a fault in this program.")

    def _next(self) -> None:
        with self._lock:
            wanted, self._wanted = self._wanted, False
            if wanted:
                self._stop.clear()
        if wanted:
            self._index()
        elif self._state.phase is Phase.RUNNING:  # it was stopped before it began
            self._ended(Phase.STOPPED, "")
        elif self._live.is_behind:
            with suppress(SearchIndexError):  # another process is at it: looked at again in a moment
                self._live.reload()

    def _index(self) -> None:
        try:
            note = self._run(progress=self._advance, stop=self._stop)
        except IndexingStopped:
            self._ended(Phase.STOPPED, "")
        except IndexingFailed as exc:
            self._ended(Phase.FAILED, str(exc))
        else:
            self._say(IndexingState(Phase.RUNNING, GOING_OVER, len(STEPS), runs=self._state.runs))
            try:
                self._live.reload()
            except SearchIndexError as exc:
                self._ended(Phase.FAILED, NOT_OPENED.format(reason=exc))
            else:
                self._ended(Phase.DONE, note or "")

    def _advance(self, progress: Progress) -> None:
        now = time.monotonic()
        step = STEPS.get(progress.stage, progress.stage)
        if step != self._state.step:
            self._step_began = now
        left = seconds_left(now - self._step_began, progress.done, progress.total)
        number = list(STEPS).index(progress.stage) + 1 if progress.stage in STEPS else 0
        number = max(number, self._state.number)  # a large index is written in several parts
        self._say(
            IndexingState(
                Phase.RUNNING, step, number, progress.done, progress.total, left, runs=self._state.runs
            )
        )

    def _ended(self, phase: Phase, said: str) -> None:
        with self._lock:
            runs = self._state.runs + 1
            if self._wanted:  # something has changed meanwhile, and the next run begins at once
                self._state = IndexingState(Phase.RUNNING, STARTING, runs=runs)
                self._wake.set()
            else:
                self._state = IndexingState(phase, said=said, runs=runs)

    def _say(self, state: IndexingState) -> None:
        with self._lock:
            self._state = state


def seconds_left(elapsed: float, done: int, total: int) -> int | None:
    """How long a step will still take if it goes on as it went; None while nothing can be said."""
    if elapsed < SAY_TIME_AFTER or not 0 < done < total:
        return None
    return max(1, round(elapsed / done * (total - done)))
