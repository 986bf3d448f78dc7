"""Indexes on a disk of its own that is full sooner or later; prints a line for each size as JSON.

unshare --mount --map-root-user python full_disk_process.py FOLDER STEPS

A small index is made on a disk with room. Then the disk is left so little room that the next index finds
it full at its first write, at a later one, ... until it fits.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.errors import SearchIndexError
from index.progress import Progress
from index.refresh import refresh
from index.store import open_index
from tests.fakes import HashedWords


def ignore(_: Progress) -> None:
    """Progress is not looked at here."""


def main() -> None:
    place, steps = Path(sys.argv[1]), int(sys.argv[2])
    documents, disk = place / "documents", place / "disk"
    documents.mkdir()
    disk.mkdir()
    mount(disk, "size=64m")
    folder = disk / "index"
    (documents / "old.txt").write_text("Old words were said. More old words followed.\n")
    refresh(documents, folder, HashedWords(), progress=ignore)
    used = size_of(disk)
    write_more(documents)
    refresh(documents, disk / "other", HashedWords(), progress=ignore)
    needed = size_of(disk / "other")
    subprocess.run(["rm", "-r", str(disk / "other")], check=True)
    for step in range(steps + 1):
        mount(disk, f"remount,size={used + int(1.1 * needed * step / steps)}")
        print(json.dumps(attempt(documents, folder)), flush=True)


def mount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)


def size_of(folder: Path) -> int:
    """What its files take, in whole pages."""
    return sum(4096 * -(-path.stat().st_size // 4096) + 4096 for path in folder.rglob("*"))


def write_more(documents: Path) -> None:
    for number in range(8):
        paragraphs = (
            f"Words about matter {number} {m} were said. More came {m * number}." for m in range(30)
        )
        (documents / f"new {number}.txt").write_text("\n\n".join(paragraphs))


def attempt(documents: Path, folder: Path) -> dict[str, object]:
    """What came of indexing, and what is in the index afterwards."""
    failure = None
    try:
        refresh(documents, folder, HashedWords(), progress=ignore)
    except SearchIndexError as exc:
        failure = f"{type(exc).__name__}: {exc}"
    with open_index(folder, HashedWords()) as index:
        index.verify()
        found = len(index.document_ids())
        answers = len(index.lexical({"word": 1.0}, 1000))
    left = sorted(path.name for path in folder.iterdir())
    return {"failure": failure, "documents": found, "answers": answers, "left": left}


if __name__ == "__main__":
    main()
