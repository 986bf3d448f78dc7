"""A file of the index that is not what was written is found at the start, named, and built again."""

from __future__ import annotations

import math
import os
import shutil
from pathlib import Path

import pytest

from index.checking import check_current
from index.errors import IndexDamaged
from index.manifest import read_manifest
from index.progress import Progress
from index.refresh import refresh
from index.store import open_index
from tests.fakes import HashedWords


def ignore(_: Progress) -> None:
    """Progress is not looked at here."""


@pytest.fixture(name="documents", scope="module")
def fixture_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "letter.txt").write_text("Inspectors referred 13 cases back (NFA).\n\nRecords were poor.\n")
    (folder / "visit.txt").write_text("Caseloads are manageable. Morale is high.\n")
    return folder


@pytest.fixture(name="whole", scope="module")
def fixture_whole(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "index"
    refresh(documents, folder, HashedWords(), progress=ignore)
    return folder


@pytest.fixture(name="folder")
def fixture_folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of the index with the times of its files."""
    return Path(shutil.copytree(whole, tmp_path / "index"))


def change_one_byte(path: Path, *, keep_time: bool) -> None:
    """As a disk does that fails: nothing about the file shows it but its content."""
    stat = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    if keep_time:
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("generation-*/**/*") if path.is_file() and path.stat().st_size)


def test_one_changed_byte_in_any_file_is_found_at_the_start_and_the_index_is_built_again(
    documents: Path, whole: Path, tmp_path: Path, encoder
) -> None:
    names = [path.relative_to(whole) for path in files_of(whole)]
    assert len(names) > 25
    for number, name in enumerate(names):
        folder = Path(shutil.copytree(whole, tmp_path / str(number)))
        change_one_byte(folder / name, keep_time=True)

        report = refresh(documents, folder, encoder, progress=ignore)

        assert report.note == f"{folder / name} is not what was written: the index was built again."
        assert (report.documents, report.reused) == (2, 0)  # nothing of the damaged index was taken over
        with open_index(folder, encoder) as index:
            index.verify()


def test_a_file_with_another_time_is_compared_whenever_the_index_is_opened(folder: Path, encoder) -> None:
    name = next(path for path in files_of(folder) if path.name == "sentences.npy")
    change_one_byte(name, keep_time=False)
    with pytest.raises(IndexDamaged, match=r"sentences\.npy is not what was written"):
        open_index(folder, encoder)


def test_a_copied_index_is_read_once_and_has_its_times_back(whole: Path, tmp_path: Path, encoder) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "copy", copy_function=shutil.copyfile))
    for path in files_of(folder):
        os.utime(path, (1, 1))
    open_index(folder, encoder).close()
    pointer = (folder / "current").read_text().split()
    for file in read_manifest(folder / pointer[0], pointer[1]).files:
        assert (folder / pointer[0] / file.name).stat().st_mtime_ns == file.changed


def test_a_large_index_is_compared_only_where_that_is_asked_for(folder: Path) -> None:
    change_one_byte(next(folder.glob("generation-*/places.npy")), keep_time=True)
    check_current(folder, most=1)
    with pytest.raises(IndexDamaged):
        check_current(folder, most=math.inf)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"", id="empty"),
        pytest.param(b"generation-000009 " + b"0" * 64 + b"\n", id="another generation"),
        pytest.param(b"\xff\0" * 40, id="no text"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_said_and_the_index_is_built_again(
    written: bytes | None, documents: Path, folder: Path, encoder
) -> None:
    (folder / "current").unlink()
    if written is not None:
        (folder / "current").write_bytes(written)

    report = refresh(documents, folder, encoder, progress=ignore)

    assert report.note is not None
    assert report.note.endswith(": the index was built again.")
    assert report.documents == 2
    with open_index(folder, encoder) as index:
        index.verify()


def test_there_is_no_note_where_there_was_no_index(documents: Path, tmp_path: Path, encoder) -> None:
    assert refresh(documents, tmp_path / "index", encoder, progress=ignore).note is None
