"""What the disk is told, in order: a generation is on it whole before anything names it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.document import Document
from index.build import build_index
from index.generations import current
from index.store import open_index


@dataclass(frozen=True)
class Step:
    """A path that was flushed or took another's name, and when."""

    what: str
    path: Path
    at: int  # nanoseconds


Build = Callable[..., list[Step]]


@pytest.fixture(name="build")
def fixture_build(tmp_path: Path, encoder, split, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds an index and returns what the disk was told meanwhile."""
    steps: list[Step] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(handle: int) -> None:
        fsync(handle)
        steps.append(Step("flush", Path(os.readlink(f"/proc/self/fd/{handle}")), time.time_ns()))

    def noted_replace(source: Path, target: Path) -> None:
        replace(source, target)
        steps.append(Step("name", Path(target), time.time_ns()))

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)

    def build(*documents: Document) -> list[Step]:
        steps.clear()
        build_index(
            documents,
            (),
            "state",
            tmp_path / "index",
            encoder,
            progress=lambda _: None,
            split=split,
            chunking="paragraphs",
        )
        return list(steps)

    return build


@pytest.mark.parametrize("is_first", [True, False])
def test_every_file_and_folder_is_flushed_before_the_pointer_is_replaced(
    is_first: bool, build: Build, tmp_path: Path, make_document: Callable[..., Document]
) -> None:
    first = make_document("a.txt", "Words.", "More words.")
    steps = build(first)
    if not is_first:
        steps = build(first, make_document("b.txt", "Other words."))  # beside a segment that stays
    index = (tmp_path / "index").resolve()
    named = [number for number, step in enumerate(steps) if step.what == "name"]
    assert [steps[number].path.resolve() for number in named] == [index / "current"]
    before, after = steps[: named[0]], steps[named[0] + 1 :]

    flushed = {step.path: step.at for step in before}
    generation = current(index).generation
    for path in (generation, *generation.rglob("*")):
        assert path in flushed, f"{path} was not flushed"
        assert path.stat().st_ctime_ns <= flushed[path], f"{path} was changed after it was flushed"
    assert index / "current.new" in flushed
    assert [step.path for step in before].index(index) > 0, "the name of the generation was not flushed"
    assert [step.path for step in after] == [index], "the new name of the pointer was not flushed"


class PowerCut(BaseException):
    """The machine is off: nothing is tidied up that would be while a program ends."""


def test_whatever_the_last_step_was_the_index_is_the_old_or_the_new_one(
    build: Build,
    tmp_path: Path,
    encoder,
    make_document: Callable[..., Document],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = make_document("a.txt", "Words."), make_document("b.txt", "Other words.")
    build(old)
    total = len(build(old, new))
    found = []
    for last in range(total + 1):
        build(old)
        cut_after(last, monkeypatch)
        with pytest.raises(PowerCut) if last < total else monkeypatch.context():
            build(old, new)
        monkeypatch.undo()
        with open_index(tmp_path / "index", encoder, chunking="paragraphs") as index:
            index.verify()
            found.append(len(index.document_ids()))
    assert found == [1] * (total - 1) + [2, 2]  # the last but one step replaces the pointer


def cut_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine go off at the step after so many."""
    left = [steps]
    fsync, replace = os.fsync, os.replace

    def fsync_or_cut(handle: int) -> None:
        take_one(left)
        fsync(handle)

    def replace_or_cut(source: Path, target: Path) -> None:
        take_one(left)
        replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync_or_cut)
    monkeypatch.setattr(os, "replace", replace_or_cut)
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)


def take_one(left: list[int]) -> None:
    left[0] -= 1
    if left[0] < 0:
        raise PowerCut
