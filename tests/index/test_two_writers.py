"""Several processes that index at once: one after the other, and the index is always one of theirs, whole."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Document
from index.build import build_index
from index.store import open_index

SCRIPT = Path(__file__).with_name("writing_process.py")


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path, encoder, split, make_document: Callable[..., Document]) -> Path:
    """An index that holds one old document."""
    old = make_document("old.txt", "Old words.", "More old words.")
    build_index(
        [old],
        (),
        "old state",
        tmp_path,
        encoder,
        progress=lambda _: None,
        split=split,
        chunking="paragraphs",
    )
    return tmp_path


def test_processes_that_index_at_once_wait_for_each_other_and_readers_read_on(folder: Path, encoder) -> None:
    options = [[], ["beside"], []]
    running = [subprocess.Popen([sys.executable, str(SCRIPT), str(folder), *more]) for more in options]
    states = set()
    while any(process.poll() is None for process in running):
        with open_index(folder, encoder, chunking="paragraphs") as index:
            assert len(index.document_ids()) in {"old state": (1,), "new state": (30, 31)}[index.state]
            assert len(index.lexical({"word": 1.0}, 5000)) == len(index)
            states.add(index.state)
    assert [process.wait() for process in running] == [0, 0, 0]
    assert "old state" in states
    with open_index(folder, encoder, chunking="paragraphs") as index:
        index.verify()
        assert index.state == "new state"
    assert len(list(folder.glob("generation-*"))) == 2


def test_threads_of_one_process_wait_for_each_other_too(
    folder: Path, encoder, split, make_document: Callable[..., Document]
) -> None:
    def build(number: int) -> None:
        documents = [make_document(f"{number}.txt", f"Words {number}.", "More words.")]
        build_index(
            documents,
            (),
            f"state {number}",
            folder,
            encoder,
            progress=lambda _: None,
            split=split,
            chunking="paragraphs",
        )

    threads = [threading.Thread(target=build, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_index(folder, encoder, chunking="paragraphs") as index:
        index.verify()
        assert index.state == f"state {index.document_ids()[0].removesuffix('.txt')}"
