"""The program as a person starts it: indexing, a cold `ask`, `serve` until the first answer, many users."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from eval.bench_errors import ProgramFailed
from eval.bench_timing import Percentiles, percentiles, seconds_of
from qa.assistant import NO_READER

_PATIENCE = 300  # seconds that one step may take
_PATIENCE_INDEXING = 24 * 3600  # of as many documents as somebody names
_COMMAND = (sys.executable, "-m", "ui.cli")
# As installed programs run: Python keeps what it compiled, whatever whoever measures has set.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Users:
    """`users` people who each ask one question after the other, all at once."""

    users: int
    errors: int
    answers_per_second: float
    latency: Percentiles


@dataclass(frozen=True, slots=True)
class Serving:
    """Seconds from the start of `serve` to the first answer, memory in MB, and what many users got."""

    first_answer_seconds: float
    resident_mb: float | None
    users: tuple[Users, ...]


def measure_indexing(documents: Path, data: Path) -> float:
    """Seconds that indexing into an empty folder takes, the start of the program among them."""
    index = ("index", "--documents", str(documents), "--data", str(data))
    return seconds_of(lambda: _run(*index, patience=_PATIENCE_INDEXING))


def measure_ask(question: str, documents: Path, data: Path, *, repeats: int) -> float:
    """The median of the seconds that `ask` takes in a new process, with the index in place."""
    ask = ("ask", question, "--documents", str(documents), "--data", str(data))
    return median(seconds_of(lambda: _run(*ask)) for _ in range(repeats))


def measure_serving(
    questions: Sequence[str], documents: Path, data: Path, *, users: Sequence[int], repeats: int
) -> Serving:
    """Start the server `repeats` times for the median; the last one then answers the users."""
    firsts, of_users, resident = [], [], None
    for number in range(repeats):
        started = time.perf_counter()
        with _server(documents, data) as (address, process):
            _ask(address, questions[0])
            firsts.append(time.perf_counter() - started)
            if number == repeats - 1:
                of_users = [_many(address, questions, count) for count in users]
                resident = _resident_mb(process.pid)
    return Serving(median(firsts), resident, tuple(of_users))


def measure_users_unread(
    questions: Sequence[str], documents: Path, data: Path, *, users: Sequence[int]
) -> tuple[Users, ...]:
    """What many users get of a server without the reader."""
    with _server(documents, data, "--reader", NO_READER) as (address, _):
        _ask(address, questions[0])
        return tuple(_many(address, questions, count) for count in users)


def _run(*arguments: str, patience: int = _PATIENCE) -> None:
    try:
        done = subprocess.run(
            (*_COMMAND, *arguments), capture_output=True, text=True, timeout=patience, env=_ENVIRONMENT
        )
    except subprocess.TimeoutExpired as exc:
        raise ProgramFailed(f"`inspection-qa {arguments[0]}` was not done after {patience} seconds.") from exc
    if done.returncode:
        raise ProgramFailed(f"`inspection-qa {arguments[0]}` stopped: {done.stderr.strip()}")


@contextmanager
def _server(documents: Path, data: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    arguments = ("serve", "--port", "0", "--documents", str(documents), "--data", str(data), *options)
    with subprocess.Popen(
        (*_COMMAND, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=_ENVIRONMENT,
    ) as process:
        given_up = threading.Timer(_PATIENCE, process.kill)
        given_up.start()
        try:
            yield _announced(process), process
        finally:
            given_up.cancel()
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            process.kill()


def _announced(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        found = re.search(r"http://\S+", line)
        if found:
            return found.group()
    raise ProgramFailed("`inspection-qa serve` stopped before it said where it is.")


def _ask(address: str, question: str) -> None:
    request = urllib.request.Request(
        f"{address}/api/ask",
        data=json.dumps({"question": question}).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
        json.load(response)["status"]


def _many(address: str, questions: Sequence[str], users: int) -> Users:
    """Each user asks two questions; no two users start at the same place of the list."""

    def one(user: int) -> tuple[list[float], int]:
        took, errors = [], 0
        for turn in range(2):
            question = questions[(2 * user + turn) % len(questions)]
            try:
                took.append(seconds_of(lambda asked=question: _ask(address, asked)))  # type: ignore[misc]
            except (OSError, ValueError, KeyError):
                errors += 1
        return took, errors

    started = time.perf_counter()
    with ThreadPoolExecutor(users) as people:
        done = list(people.map(one, range(users)))
    elapsed = time.perf_counter() - started
    took = [seconds for of_user, _ in done for seconds in of_user]
    if not took:
        raise ProgramFailed(f"None of {2 * users} questions to the server was answered.")
    return Users(users, sum(errors for _, errors in done), len(took) / elapsed, percentiles(took))


def _resident_mb(pid: int) -> float | None:
    """Resident memory of a process; None where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else None
