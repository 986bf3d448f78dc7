"""A full disk: the index that was there stays, whole and in use, and a sentence says what happened."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import IndexNotWritten
from index.generations import new_generation, writing

SCRIPT = Path(__file__).with_name("full_disk_process.py")
STEPS = 24


def test_a_disk_that_is_full_at_one_write_after_another_keeps_the_old_index(tmp_path: Path) -> None:
    alone = ["unshare", "--mount", "--map-root-user"]  # a disk of its own that nobody else sees
    try:
        tried = subprocess.run([*alone, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], capture_output=True)
    except FileNotFoundError:
        pytest.skip("There is no unshare here, so that no small disk can be made.")
    if tried.returncode:
        pytest.skip(f"No small disk can be made here: {tried.stderr.decode().strip()}")
    command = [*alone, sys.executable, str(SCRIPT), str(tmp_path), str(STEPS)]
    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(outcomes) == STEPS + 1
    assert outcomes[-1]["failure"] is None
    full = [one for one in outcomes if one["failure"]]
    assert len(full) > STEPS // 2
    for one in full:
        assert one["failure"].startswith(
            "IndexNotWritten: The index could not be written, since the disk of "
        )
        assert one["failure"].endswith(" is full; make room.")
        assert one["documents"] == 1
        assert one["answers"]
        assert set(one["left"]) <= {"current", "generation-000001", "write.lock"}
    for one in outcomes[len(full) :]:
        assert one["documents"] == 9


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_a_process_that_may_not_write_keeps_the_old_index_and_says_why(tmp_path: Path) -> None:
    """A quota: files may have 1,000 bytes, whoever runs the test."""
    command = "; ".join(
        (
            "import sys; sys.path.insert(0, sys.argv[1])",
            "from tests.index.full_disk_process import *",
            "print(json.dumps(attempt(Path(sys.argv[2]), Path(sys.argv[3]))))",
        )
    )
    documents, folder = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    (documents / "old.txt").write_text("Old words were said. More old words followed.\n")
    arguments = [sys.executable, "-c", command, str(SCRIPT.parents[2]), str(documents), str(folder)]
    subprocess.run(arguments, check=True, capture_output=True)
    (documents / "new.txt").write_text("New words were said.\n")
    done = subprocess.run(arguments, capture_output=True, text=True, preexec_fn=limit_files)

    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["failure"].startswith(f"IndexNotWritten: The index in {folder} could not be written (")
    assert outcome["documents"] == 1


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(IndexNotWritten, match=r"could not be written \(Not a directory\)"),
        writing(tmp_path / "file" / "index"),
    ):
        pass


def write_half(folder: Path) -> None:
    with new_generation(folder) as generation:
        (generation / "half").write_text("half of it")
        raise IndexNotWritten("passages.faiss cannot be written")


def test_what_was_half_written_is_removed_where_writing_fails(tmp_path: Path) -> None:
    with pytest.raises(IndexNotWritten, match=r"could not be written \(passages\.faiss cannot be written\)"):
        write_half(tmp_path)
    assert list(tmp_path.iterdir()) == []
