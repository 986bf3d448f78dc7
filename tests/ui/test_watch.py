"""A folder that is watched: what is copied into it is indexed once it has stopped growing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import DocumentsNotFound
from corpus.read import read_documents
from index.build import BuildReport
from ui.watch import AGAIN_AFTER, LOOK_EVERY, SETTLED, Clock, changed_words, files_of, watch


class Enough(Exception):
    """The test has seen what it wanted."""


class Folder:
    """A folder in which something happens after each look, and what is indexed of it."""

    def __init__(self, place: Path, happens: list[Callable[[], object]]) -> None:
        self.place, self.happens, self.time = place, happens, 0.0
        self.indexed: list[list[str]] = []
        self.at: list[float] = []

    def index(self) -> BuildReport:
        self.at.append(self.time)
        reading = read_documents(self.place)
        self.indexed.append([document.id for document in reading.documents])
        return BuildReport(len(reading.documents), 0, 0, 0, 0, 0, 0, reading.skipped)

    def wait(self, seconds: float) -> None:
        self.time += seconds
        if not self.happens:
            raise Enough
        self.happens.pop(0)()

    def watch(self) -> None:
        with pytest.raises(Enough):
            watch(self.place, self.index, clock=Clock(lambda: self.time, self.wait))


def nothing() -> None:
    pass


def test_a_file_is_indexed_once_it_has_stopped_growing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The first.")
    new = tmp_path / "b.txt"
    growing = [lambda size=size: new.write_text("Word. " * size) for size in range(1, 6)]
    folder = Folder(tmp_path, [*growing, *[nothing] * 4])
    folder.watch()
    assert folder.indexed == [["a.txt"], ["a.txt", "b.txt"]]
    assert folder.at[1] >= 5 * LOOK_EVERY + SETTLED
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 3
    assert "added: b.txt; 2 documents" in said[2]


def test_what_cannot_be_indexed_is_said_and_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Folder(tmp_path, [nothing] * int(AGAIN_AFTER / LOOK_EVERY + 3))
    folder.watch()
    assert len(folder.at) == 2
    assert "not indexed: " in capsys.readouterr().out
    assert folder.at[1] - folder.at[0] >= AGAIN_AFTER
    with pytest.raises(DocumentsNotFound):
        read_documents(tmp_path)


def test_what_is_another_between_two_looks_is_said_by_name(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Words.")
    before = files_of(tmp_path)
    (tmp_path / "a.txt").write_text("Other words.")
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.txt").write_text("Words.")
    assert changed_words(before, files_of(tmp_path)) == "added: c.txt; changed: a.txt; removed: b.txt"
    assert changed_words(before, before) == ""
