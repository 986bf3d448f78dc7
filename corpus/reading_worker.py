"""The process that reads files for `corpus.isolated`: limits itself, then answers its requests."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from corpus.errors import UnreadableDocument
from corpus.limits import Limits
from corpus.pulse import listen

_LENGTH = struct.Struct("!Q")  # of a message, in front of it
_MOST_BYTES = 2**30  # of a message: no text that is indexed comes near
_GROWN = 0.5  # of the memory that is allowed; a process that holds more is replaced
# Address space besides the memory that is written to: libraries, and what threads reserve and never use.
_RESERVED = 4 * 2**30


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: a result, or the sentence why there is none.

    `is_too_much` says that there was not enough memory; `is_spent` that the process has to be replaced.
    """

    result: Any = None
    refusal: str | None = None
    is_too_much: bool = False
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class Beat:
    """Says that a page has been read and the file is gone on with."""


def write_message(stream: IO[bytes], message: object) -> None:
    """Write one message; OSError where nobody reads."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_message(stream: IO[bytes]) -> object:
    """The next message; EOFError where none comes, or one that is too large."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("No message came.")
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length) if length <= _MOST_BYTES else b""
    if len(content) < length:
        raise EOFError("A message was cut off, or too large.")
    return pickle.loads(content)


def main() -> None:
    """Answer until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the program ends this process
    is_limited = False
    while True:
        try:
            function, arguments, limits = _request(read_message(sys.stdin.buffer))
        except EOFError:
            return
        if not is_limited:
            _limit_memory(limits)
            is_limited = True
        _limit_computing(limits)
        listen(partial(_go_on, answers, limits))
        _answer(answers, _outcome(function, arguments, limits))


def _go_on(answers: IO[bytes], limits: Limits) -> None:
    _limit_computing(limits)
    write_message(answers, Beat())


def _request(message: Any) -> tuple[Callable[..., object], tuple[object, ...], Limits]:
    function, arguments, limits = message
    return function, arguments, limits


def _answer(answers: IO[bytes], outcome: Outcome) -> None:
    try:
        write_message(answers, outcome)
    except MemoryError:  # there was room for the result, and none for a copy of it
        refusal = "it holds more text than there is memory; split it into smaller files"
        write_message(answers, Outcome(refusal=refusal, is_too_much=True, is_spent=True))


def _outcome(function: Callable[..., object], arguments: tuple[object, ...], limits: Limits) -> Outcome:
    try:
        result = function(*arguments)
    except Exception as exc:  # whatever a file makes a library do, it is that file's refusal
        if _is_out_of_memory(exc):
            return Outcome(refusal=out_of_memory(limits), is_too_much=True, is_spent=True)
        if isinstance(exc, UnreadableDocument):
            return Outcome(refusal=str(exc), is_spent=_has_grown(limits))
        return Outcome(refusal=f"reading it failed ({_named(exc)}); save it again and try once more")
    return Outcome(result, is_spent=_has_grown(limits))


def out_of_memory(limits: Limits) -> str:
    """The sentence for a file that needs too much memory."""
    return (
        f"reading it takes more than {limits.memory_bytes // 2**20:,} MB of memory, which is what a file may "
        "take; save it again, or split it into smaller files"
    )


def _is_out_of_memory(exc: BaseException) -> bool:
    """Whether it is, or comes from, a lack of memory."""
    causes: list[BaseException] = [exc]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)
    return any(isinstance(cause, MemoryError) for cause in causes)


def _named(exc: Exception) -> str:
    return " ".join(f"{type(exc).__name__}: {exc}".split())[:120].rstrip(".: ")


def _limit_memory(limits: Limits) -> None:
    """Let the system refuse what is asked for above the limit; Windows has no such limit."""
    try:
        import resource
    except ImportError:
        return
    _lower(resource, "RLIMIT_DATA", limits.memory_bytes)
    _lower(resource, "RLIMIT_AS", limits.memory_bytes + _RESERVED)
    _lower(resource, "RLIMIT_CORE", 0)


def _limit_computing(limits: Limits) -> None:
    """Let the system end the process after so many seconds of computing from now on."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1
    _lower(resource, "RLIMIT_CPU", until)


def _lower(resource: Any, name: str, value: int) -> None:
    """Set a soft limit, not above the hard one. Systems know different ones, and macOS refuses some."""
    number = getattr(resource, name, None)
    if number is None:
        return
    _, hard = resource.getrlimit(number)
    try:
        resource.setrlimit(number, (value if hard < 0 else min(value, hard), hard))
    except (ValueError, OSError):
        return


def _has_grown(limits: Limits) -> bool:
    """Whether much memory is held; only Linux says so without an extra library.

    The highest figure of `resource.getrusage` is no use: it begins with that of the process that started
    this one.
    """
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[1])
    except OSError:
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > _GROWN * limits.memory_bytes
