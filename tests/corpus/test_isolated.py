"""Reading in processes of their own: whatever happens there is one sentence here, and reading goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import TakesTooMuch, UnreadableDocument
from corpus.isolated import Readers
from corpus.limits import Limits
from tests.corpus import misbehaving

SMALL = Limits(seconds=60.0, cpu_seconds=60, memory_bytes=256 * 2**20)
SHORT = Limits(seconds=2.0, memory_bytes=256 * 2**20)
TOO_MUCH_MEMORY = (
    "reading it takes more than 256 MB of memory, which is what a file may take; save it again, or split it "
    "into smaller files"
)
TOO_LATE = "reading it takes more than 2 seconds, which is what a file may take; save it again, or split it"
BROKEN = (
    "what reads it broke down (status {}), as it does where 256 MB of memory are not enough; save it again, "
    "or split it into smaller files"
)


@pytest.fixture(name="readers")
def fixture_readers() -> Iterator[Readers]:
    with Readers(SMALL) as readers:
        yield readers


def test_one_process_reads_one_file_after_another(readers: Readers) -> None:
    first = readers.read(misbehaving.number_of_the_process)
    assert first != os.getpid()
    assert readers.read(misbehaving.number_of_the_process) == first


def test_no_process_is_started_where_nothing_is_read() -> None:
    with Readers(SMALL) as readers:
        assert list(readers.in_order(str.upper, ["a", "b"])) == ["A", "B"]
        assert not readers._idle


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (misbehaving.fill_the_memory, TOO_MUCH_MEMORY),
        (misbehaving.refuse_for_lack_of_memory, TOO_MUCH_MEMORY),
        (
            misbehaving.recurse_for_ever,
            "reading it failed (RecursionError: maximum recursion depth exceeded); save it again and try "
            "once more",
        ),
        (
            misbehaving.fail,
            "reading it failed (ZeroDivisionError: a fault of a library in two lines); save it again and try "
            "once more",
        ),
        (misbehaving.leave, BROKEN.format(0)),
        (misbehaving.break_down, BROKEN.format(-11)),
    ],
)
def test_a_file_that_explodes_or_breaks_the_reader_is_refused_and_the_next_one_is_read(
    readers: Readers, function: Callable[[], None], sentence: str
) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        readers.read(function)
    assert str(caught.value) == sentence
    assert readers.read(misbehaving.number_of_the_process)


@pytest.mark.parametrize("function", [misbehaving.sleep_for_ever, misbehaving.compute_in_one_step_for_ever])
def test_a_file_that_hangs_is_refused_and_its_process_is_gone(function: Callable[[], None]) -> None:
    with Readers(SHORT) as readers:
        with pytest.raises(UnreadableDocument) as caught:
            readers.read(function)
        assert str(caught.value) == TOO_LATE
        assert not readers._idle


def test_a_file_of_many_pages_has_the_time_for_each_of_them() -> None:
    with Readers(Limits(seconds=2.0)) as readers:
        assert readers.read(misbehaving.read_pages, 5, 0.6) == 5


def test_the_time_for_a_file_is_limited_however_many_pages_it_has() -> None:
    with Readers(Limits(seconds=60.0, file_seconds=2.0)) as readers, pytest.raises(TakesTooMuch) as caught:
        readers.read(misbehaving.read_pages, 1000, 0.1)
    assert str(caught.value) == TOO_LATE


def test_computing_is_limited_by_itself() -> None:
    with Readers(Limits(seconds=60, cpu_seconds=1)) as readers, pytest.raises(UnreadableDocument) as caught:
        readers.read(misbehaving.compute_for_ever)
    sentence = "reading it takes more than 1 seconds of computing, which is what a file may take"
    assert str(caught.value).startswith(sentence)


def test_a_refusal_is_passed_on_and_the_process_goes_on(readers: Readers) -> None:
    number = readers.read(misbehaving.number_of_the_process)
    with pytest.raises(UnreadableDocument, match="it is empty"):
        readers.read(misbehaving.refuse, "it is empty")
    assert readers.read(misbehaving.number_of_the_process) == number


def test_a_process_that_keeps_much_memory_is_replaced(readers: Readers) -> None:
    number = readers.read(misbehaving.hold_much_memory)
    assert readers.read(misbehaving.number_of_the_process) != number


def test_what_a_library_prints_is_no_answer(readers: Readers) -> None:
    assert readers.read(misbehaving.print_much) == "read"


def test_a_large_text_comes_through_whole(readers: Readers) -> None:
    assert len(readers.read(misbehaving.write_a_large_text, 5_000_000)) == 5_000_000


def test_results_come_in_their_order_whoever_is_ready_first(readers: Readers) -> None:
    lengths = [900_000, 1, 500_000, 2]

    def read(length: int) -> str:
        return readers.read(misbehaving.write_a_large_text, length)

    assert [len(text) for text in readers.in_order(read, lengths)] == lengths


def test_who_stops_early_does_not_wait_for_a_file_that_hangs() -> None:
    started = time.monotonic()
    with Readers(Limits()) as readers:

        def read(hangs: bool) -> int | None:
            function = misbehaving.sleep_for_ever if hangs else misbehaving.number_of_the_process
            return readers.read(function)

        results = readers.in_order(read, [False, True, True, True])
        assert next(results)
        results.close()
    assert time.monotonic() - started < 30


def test_a_program_that_is_killed_leaves_no_reading_process_behind() -> None:
    script = (
        "import sys, time; from corpus.isolated import Readers; from tests.corpus import misbehaving\n"
        "readers = Readers(); print(readers.read(misbehaving.number_of_the_process), flush=True)\n"
        "time.sleep(600)"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=root
    ) as program:
        assert program.stdout is not None
        reader = int(program.stdout.readline())
        assert is_running(reader)
        program.kill()
    deadline = time.monotonic() + 60
    while is_running(reader) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(reader)


def is_running(process: int) -> bool:
    """Whether there is a process of this number that has not ended, with or without anybody to notice."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_nothing_is_read_once_it_is_closed() -> None:
    readers = Readers(SMALL)
    readers.close()
    with pytest.raises(UnreadableDocument, match="reading was stopped"):
        readers.read(misbehaving.number_of_the_process)
