"""What a file can make a library do, as functions that a reading process can call."""

from __future__ import annotations

import os
import signal
import sys
import time

from corpus.errors import UnreadableDocument
from corpus.pulse import beat


def number_of_the_process() -> int:
    return os.getpid()


def refuse(sentence: str) -> None:
    raise UnreadableDocument(sentence)


def refuse_for_lack_of_memory() -> None:
    try:
        fill_the_memory()
    except MemoryError as exc:
        raise UnreadableDocument("it is not a readable PDF (MemoryError)") from exc


def sleep_for_ever() -> None:
    time.sleep(3600)


def read_pages(pages: int, seconds: float) -> int:
    for _ in range(pages):
        time.sleep(seconds)
        beat()
    return pages


def compute_for_ever() -> None:
    while True:
        pass


def compute_in_one_step_for_ever() -> None:
    sum(range(10**15))  # no step of Python's own ends it


def fill_the_memory() -> None:
    held = []
    while True:
        held.append(bytearray(16 * 2**20))


def hold_much_memory(kept: list[bytes] = []) -> int:  # noqa: B006 - it is kept on purpose
    kept.append(b"." * 150 * 2**20)
    return os.getpid()


def recurse_for_ever() -> None:
    recurse_for_ever()


def fail() -> None:
    raise ZeroDivisionError("a fault of a library\nin two lines")


def leave() -> None:
    sys.exit(0)


def break_down() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def print_much() -> str:
    print("a library that prints" * 10_000)
    os.write(1, b"straight to the file")
    return "read"


def write_a_large_text(characters: int) -> str:
    return "a" * characters
