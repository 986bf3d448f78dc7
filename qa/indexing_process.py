"""Indexing in a process of its own and of low priority, so that a server goes on answering meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from index.progress import Progress, Report

NICENESS = 19  # as low as it gets: a question that is being answered goes first
# The process finds the modules where this one has them, wherever it was started.
_START = "import sys; sys.path[:] = sys.argv[1:]; from qa.indexing_process import main; main()"
_WAIT = 10.0  # seconds that a process may take to end once it was told to


class IndexingFailed(Exception):
    """The documents could not be indexed; the text is one plain sentence. The index is as it was."""


class IndexingStopped(Exception):
    """Somebody stopped the indexing. The index is as it was."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be indexed; as `qa.assistant.bring_up_to_date` takes it, with a model by its name."""

    documents: Path
    data: Path
    model: str | None = None


def index_in_process(order: Order, *, progress: Report, stop: threading.Event) -> str | None:
    """Brings the index up to date; returns the note of the report.

    Raises IndexingFailed, and IndexingStopped soon after `stop` was set, at whatever moment that is: an
    index is always the one before or the new one.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", _START, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C is for the program, which then ends this process
    )
    done = threading.Event()
    stopper = threading.Thread(target=_terminate_on, args=(stop, done, process), daemon=True)
    try:
        _send(process, order)
        stopper.start()
        said = _follow(process.stdout, progress)
    finally:
        done.set()
        _end(process)
    if said is None and stop.is_set():
        raise IndexingStopped("Indexing was stopped.")
    if said is None:
        raise IndexingFailed("Indexing ended without a result; the index is as it was. Start it again.")
    if "error" in said:
        raise IndexingFailed(said["error"])
    note: str | None = said["note"]
    return note


def main() -> None:
    """What runs in the process: one order on standard input, progress and a result on standard output."""
    with suppress(OSError, AttributeError):  # there is no such thing on Windows
        os.nice(NICENESS)
    written = json.loads(sys.stdin.readline())
    threading.Thread(target=_leave_with_the_server, daemon=True).start()
    answers = sys.stdout
    sys.stdout = sys.stderr  # nothing that a library prints comes between
    order = Order(Path(written["documents"]), Path(written["data"]), written["model"])

    def tell(content: dict[str, Any]) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    _index(order, tell)


def _index(order: Order, tell: Callable[[dict[str, Any]], None]) -> None:
    from corpus.errors import CorpusError
    from index.errors import SearchIndexError
    from index.minilm import load_encoder
    from qa.assistant import bring_up_to_date

    def report(progress: Progress) -> None:
        tell({"stage": progress.stage, "done": progress.done, "total": progress.total})

    try:
        encoder = load_encoder(order.model)
        note = bring_up_to_date(order.documents, order.data, encoder, progress=report).note
    except (CorpusError, SearchIndexError) as exc:
        tell({"error": str(exc)})
    except OSError as exc:
        tell({"error": f"{exc.filename or 'A file'} cannot be used: {exc.strerror or exc}."})
    except Exception as exc:  # the last border before the person: nothing may end in silence
        tell({"error": f"A fault in the program ({type(exc).__name__}: {' '.join(str(exc).split())})."})
    else:
        tell({"note": note})


def _send(process: subprocess.Popen[str], order: Order) -> None:
    written = {"documents": str(order.documents), "data": str(order.data), "model": order.model}
    with suppress(OSError):  # it has ended already; what follows says so
        if process.stdin is not None:
            process.stdin.write(json.dumps(written) + "\n")
            process.stdin.flush()


def _follow(lines: IO[str] | None, progress: Report) -> dict[str, Any] | None:
    """Passes the progress on; returns what the process said last, None where it ended before that."""
    for line in lines or ():
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            return None  # cut off in the middle
        if "stage" not in said:
            return said
        progress(Progress(said["stage"], said["done"], said["total"]))
    return None


def _terminate_on(stop: threading.Event, done: threading.Event, process: subprocess.Popen[str]) -> None:
    while not done.is_set():
        if stop.wait(0.1):
            process.terminate()
            return


def _end(process: subprocess.Popen[str]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    try:
        process.wait(_WAIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _leave_with_the_server() -> None:
    """Ends the process where the one that started it is gone."""
    sys.stdin.read()
    os._exit(1)
