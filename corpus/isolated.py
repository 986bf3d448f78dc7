"""Reading in processes of their own, so that a file that hangs or explodes ends as one refusal.

A process is started when the first file needs one, reads many files, and is replaced when it dies, runs
over a limit or has grown. It is a wall against what takes too long or too much; it has the rights of the
program itself, so it is none against code that a file might get to run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from corpus.errors import TakesTooMuch, UnreadableDocument
from corpus.limits import LIMITS, Limits
from corpus.reading_worker import Beat, Outcome, out_of_memory, read_message, write_message

_Asked = TypeVar("_Asked")
_Result = TypeVar("_Result")

_MOST_PROCESSES = 2  # at a time: an ordinary machine has two cores
_FILES_EACH = 200  # that one process reads; what a library keeps is then given back
_LONGEST_END = 5.0  # seconds that a process may take to end once it has closed its side
# The process finds the modules where this one has them, wherever it was started.
_START = "import sys; sys.path[:] = sys.argv[1:]; from corpus.reading_worker import main; main()"


class Readers:
    """A few reading processes, ended by the `with` statement around them; none starts before `read`.

    Safe to use from several threads.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._is_closed = False

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes; what is being read is refused."""
        with self._lock:
            self._is_closed = True
            for worker in (*self._idle, *self._busy):
                worker.end()

    def read(self, function: Callable[..., _Result], *arguments: object) -> _Result:
        """`function(*arguments)`, run within the limits; a function of a module, with what can be pickled.

        Raises UnreadableDocument where the function does, and where it fails in any other way; TakesTooMuch
        where it takes more time or memory than is allowed, or breaks the process.
        """
        worker = self._take()
        try:
            return worker.run(function, arguments)
        finally:
            self._give_back(worker)

    def in_order(
        self, read: Callable[[_Asked], _Result], asked: Iterable[_Asked]
    ) -> Generator[_Result, None, None]:
        """`read(one)` for each, a few at a time, in their order; closing it ends what is not read yet."""
        threads = ThreadPoolExecutor(min(_MOST_PROCESSES, os.cpu_count() or 1), thread_name_prefix="reading")
        try:
            yield from threads.map(read, asked)
        except BaseException:
            self.close()  # a thread that waits for a process waits no longer
            raise
        finally:
            threads.shutdown(cancel_futures=True)

    def _take(self) -> _Worker:
        with self._lock:
            if self._is_closed:
                raise UnreadableDocument("reading was stopped before its turn came; index the folder again")
            worker = self._idle.pop() if self._idle else _Worker(self._limits)
            self._busy.append(worker)
            return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            self._busy.remove(worker)
            if worker.is_spent or self._is_closed:
                worker.end()
            else:
                self._idle.append(worker)


class _Clock:
    """Ends a process that is late: with a page, or with the file."""

    def __init__(self, limits: Limits, end: Callable[[], None]) -> None:
        self._limits = limits
        self._end = end
        self._lock = threading.Lock()
        self._until = time.monotonic() + limits.file_seconds
        self.exceeded: float | None = None  # the seconds that it took more than
        self._timer = self._started()

    def go_on(self) -> None:
        """Give the next page its time."""
        with self._lock:
            self._timer.cancel()
            self._timer = self._started()

    def stop(self) -> None:
        """End nothing any more."""
        with self._lock:
            self._timer.cancel()
        self._timer.join()

    def _started(self) -> threading.Timer:
        left = max(0.0, self._until - time.monotonic())
        of_page = self._limits.seconds < left
        exceeded = self._limits.seconds if of_page else self._limits.file_seconds
        timer = threading.Timer(self._limits.seconds if of_page else left, self._end_late, [exceeded])
        timer.daemon = True
        timer.start()
        return timer

    def _end_late(self, exceeded: float) -> None:
        self.exceeded = exceeded
        self._end()


class _Worker:
    """One reading process; `is_spent` says that it has to be replaced."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = 0
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the program, which then ends this process
        )
        self.is_spent = False

    def run(self, function: Callable[..., _Result], arguments: tuple[object, ...]) -> _Result:
        """What the function gives in that process; see `Readers.read`."""
        self._files += 1
        self.is_spent = True  # until it has answered in time
        clock = _Clock(self._limits, self._kill)
        try:
            outcome = self._answer(function, arguments, clock)
        except (OSError, EOFError) as exc:
            raise TakesTooMuch(self._why_it_ended(clock.exceeded)) from exc
        finally:
            clock.stop()
        self.is_spent = outcome.is_spent or clock.exceeded is not None or self._files >= _FILES_EACH
        if outcome.refusal is not None:
            kind = TakesTooMuch if outcome.is_too_much else UnreadableDocument
            raise kind(outcome.refusal)
        result: _Result = outcome.result
        return result

    def end(self) -> None:
        """End the process, with those that it started, and give its pipes back."""
        self._kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent yet goes nowhere
                    pipe.close()

    def _answer(
        self, function: Callable[..., object], arguments: tuple[object, ...], clock: _Clock
    ) -> Outcome:
        if self._process.stdin is None or self._process.stdout is None:
            raise EOFError("The process has no pipes.")
        write_message(self._process.stdin, (function, arguments, self._limits))
        while isinstance(answer := read_message(self._process.stdout), Beat):
            clock.go_on()
        if not isinstance(answer, Outcome):
            raise EOFError("The process gave no answer.")
        return answer

    def _kill(self) -> None:
        if self._process.poll() is not None:
            return
        if os.name == "posix":
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def _why_it_ended(self, exceeded: float | None) -> str:
        """The sentence for a file that took the process with it; `exceeded` are the seconds that it had."""
        try:
            status = self._process.wait(_LONGEST_END)
        except subprocess.TimeoutExpired:
            status = None
        if exceeded is not None:
            return too_late(f"{exceeded:.0f} seconds")
        if status is not None and status == -getattr(signal, "SIGXCPU", 0):
            return too_late(f"{self._limits.cpu_seconds} seconds of computing")
        if status == -getattr(signal, "SIGKILL", 9):
            return out_of_memory(self._limits)  # who else ends a process so: the system that has no more
        megabytes = f"{self._limits.memory_bytes // 2**20:,} MB"
        return (
            f"what reads it broke down (status {status}), as it does where {megabytes} of memory are not "
            "enough; save it again, or split it into smaller files"
        )


def too_late(time: str) -> str:
    """The sentence for a file that takes too long."""
    return f"reading it takes more than {time}, which is what a file may take; save it again, or split it"
