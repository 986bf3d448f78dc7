"""Questions that are being answered, each of which the browser that asked it can stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from qa.answer import Answer
from ui.conversations import new_id

AT_ONCE = 2  # answers are computed on the CPU: more at once only make each one later


class Stopped(Exception):
    """The person who asked does not want the answer any more."""


@dataclass(frozen=True, slots=True)
class Job:
    """One question in flight; `id` is what stops it."""

    id: str
    browser: str
    answer: Future[Answer]
    stop: Future[None] = field(default_factory=Future)


class Pending:
    """The jobs of one server; a few are computed at a time, the others wait for their turn."""

    def __init__(self, *, at_once: int = AT_ONCE) -> None:
        """Computes at most `at_once` answers at the same time."""
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="answering")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def begin(self, browser: str, answer: Callable[[], Answer]) -> Job:
        """Starts to compute an answer; whoever begins a job ends it."""
        job = Job(new_id(), browser, self._pool.submit(answer))
        with self._lock:
            self._jobs[job.id] = job
        return job

    def wait(self, job: Job) -> Answer:
        """The answer, once it is there. Raises Stopped, and what computing the answer raises."""
        both: tuple[Future[Any], ...] = (job.answer, job.stop)
        wait(both, return_when=FIRST_COMPLETED)
        if job.stop.done():
            raise Stopped
        return job.answer.result()

    def end(self, job: Job) -> None:
        """Forgets a job; an answer that is not there yet is dropped when it comes."""
        with self._lock:
            self._jobs.pop(job.id, None)
        job.answer.cancel()

    def stop(self, browser: str, job_id: str) -> bool:
        """Stops a job of this browser; False where it has none such, or not any more."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.browser != browser or job.stop.done():
                return False
            job.stop.set_result(None)
            return True
