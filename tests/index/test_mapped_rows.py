"""Rows of a mapped file are what was written, also after they were given back to the system."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.mapped_rows import MappedRows, stored_rows


def resident_files() -> int | None:
    """Bytes of mapped files in the memory of this process; None where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("RssFile:")), None)


def test_rows_come_in_the_order_asked(tmp_path: Path) -> None:
    table = np.arange(60, dtype=np.float32).reshape(20, 3)
    np.save(tmp_path / "table.npy", table)
    rows = stored_rows(tmp_path / "table.npy", "<f4")

    assert len(rows) == 20
    assert np.array_equal(rows.read(np.array([7, 0, 7])), table[[7, 0, 7]])
    assert np.array_equal(rows.read(slice(4, 9)), table[4:9])


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(b"")

    assert MappedRows(tmp_path / "none", "i1", 48).read(slice(0, 5)).shape == (0, 48)


def test_half_a_row_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(b"12345")

    with pytest.raises(ValueError, match="cut holds 5 bytes, which are not rows of 4"):
        MappedRows(tmp_path / "cut", "i1", 4)


def test_reading_everywhere_does_not_bring_the_whole_file_into_memory(tmp_path: Path) -> None:
    before = resident_files()
    if before is None:
        pytest.skip("the system does not say how much of the memory is files")
    table = np.random.default_rng(1).integers(0, 100, (300_000, 1000), dtype=np.int8)  # 300 MB
    table.tofile(tmp_path / "large")
    rows = MappedRows(tmp_path / "large", "i1", 1000)

    for start in range(0, 300_000, 1000):
        asked = np.arange(start, start + 1000)
        assert np.array_equal(rows.read(asked), table[asked])

    after = resident_files()
    assert after is not None
    assert after - before < 200_000_000
