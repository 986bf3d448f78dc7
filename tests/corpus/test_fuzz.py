"""Damaged files of every kind are read or refused, in the same process and within the time for a file."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from corpus.errors import UnreadableDocument
from corpus.read import _read_file
from tests.corpus.damage import SEEDS, check_document, damaged_files


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_the_files_that_are_damaged_are_read_or_refused_as_they_are(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SEEDS[name]())
    with suppress(UnreadableDocument):
        check_document(_read_file(path, name, None)[0])


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(damaged_files())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path: Path, file: tuple[str, bytes]) -> None:
    name, content = file
    path = tmp_path / name
    path.write_bytes(content)
    with suppress(UnreadableDocument):
        check_document(_read_file(path, name, None)[0])


@pytest.mark.slow
def test_half_an_hour_of_damaged_files_ends_without_a_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.corpus.fuzz_readers", "30", "1", str(tmp_path / "kept")]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert not list((tmp_path / "kept").iterdir()), done.stdout
