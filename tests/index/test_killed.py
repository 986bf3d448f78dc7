"""A process that is killed while it writes leaves the index it found, or the one it was making, whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus.document import Document
from index.build import build_index
from index.store import open_index

SCRIPT = Path(__file__).with_name("writing_process.py")
STEPS = [
    "splitting 0",
    "encoding passages 512",
    "encoding sentences 0",
    "encoding words 0",
    "writing 0",
    "writing 1",
    "writing 2",
]

Check = Callable[[], None]


@pytest.fixture
def old_or_new(tmp_path: Path, encoder, split, make_document: Callable[..., Document]) -> Check:
    """Builds the old index; returns a check that the index is the old one or the new one, whole."""

    def build(*documents: Document) -> None:
        build_index(
            documents,
            (),
            "old state",
            tmp_path,
            encoder,
            progress=lambda _: None,
            split=split,
            chunking="paragraphs",
        )

    old = make_document("old.txt", "Old words.", "More old words.")
    build(old)

    def check() -> None:
        with open_index(tmp_path, encoder, chunking="paragraphs") as index:
            index.verify()
            assert len(index.document_ids()) in {"old state": (1,), "new state": (30, 31)}[index.state]
            assert len(index.lexical({"word": 1.0}, 5000)) == len(index)
            assert len(index.dense(encoder.encode_queries(["words"])[0], 5000)) == len(index)
            assert len(index.tokens(len(index) - 1).vectors)
            assert index.nearest_words(encoder.encode_queries(["words"]), 1) == [[("word", 1.0)]]
            assert index.passage(len(index) - 1).document_id == index.document_ids()[-1]
        before = current_name(tmp_path)
        build(old)
        kept = sorted(path.name for path in tmp_path.glob("generation-*"))
        assert kept == [before, current_name(tmp_path)]

    return check


def current_name(folder: Path) -> str:
    return (folder / "current").read_text().split()[0]


def kill(folder: Path, *, at: str, after: float, options: Sequence[str] = ()) -> None:
    """Start building the new index and kill it a moment after it announces a step."""
    command = [sys.executable, str(SCRIPT), str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any(line.strip() == at for line in process.stdout), f"the process never announced '{at}'"
        time.sleep(after)
        process.kill()


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(step: str, tmp_path: Path, old_or_new: Check) -> None:
    kill(tmp_path, at=step, after=0.0)

    old_or_new()


@pytest.mark.parametrize("step", ["splitting 0", "encoding sentences 0", "writing 2"])
def test_killed_while_segments_are_written_beside_one_that_stays(
    step: str, tmp_path: Path, old_or_new: Check
) -> None:
    kill(tmp_path, at=step, after=0.0, options=["beside"])

    old_or_new()


@pytest.mark.parametrize("times", [3, pytest.param(200, marks=pytest.mark.slow)])
def test_the_program_itself_killed_at_random_loses_nothing(times: int) -> None:
    """See kill_many.py, which says more where it is run by itself."""
    root = SCRIPT.parents[2]
    command = [sys.executable, "-m", "tests.index.kill_many", str(times), "2"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{times} kills with seed 2 in ")


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("beside",)])
@pytest.mark.parametrize("attempt", range(60))
def test_killed_at_any_moment(
    attempt: int, options: Sequence[str], tmp_path: Path, old_or_new: Check
) -> None:
    chance = random.Random(attempt)

    for _ in range(3):
        kill(tmp_path, at=chance.choice(STEPS), after=chance.expovariate(1 / 0.02), options=options)
        old_or_new()


def test_a_process_that_is_not_killed_makes_the_new_index(tmp_path: Path, encoder, old_or_new: Check) -> None:
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], check=True, stdout=subprocess.DEVNULL)

    with open_index(tmp_path, encoder, chunking="paragraphs") as index:
        assert index.state == "new state"


def test_a_process_that_is_not_killed_keeps_the_segment_that_stays(
    tmp_path: Path, encoder, old_or_new
) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path), "beside"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    with open_index(tmp_path, encoder, chunking="paragraphs") as index:
        assert index.document_ids()[-1] == "old.txt"
        assert index.manifest.segments == ("segment-000001", "segment-000002", "segment-000003")
    old_or_new()
