"""The folder of an index: immutable generations, and a pointer to the current one that is replaced whole.

    write.lock             held while a generation is written
    current                "generation-000007 SHA256-OF-ITS-MANIFEST"
    generation-000006/     the one before, kept for those who still read it
    generation-000007/

A generation consists of segments, folders that hold some of the documents each. Those that have not
changed are taken over from the generation before. A generation is written completely and flushed to the
disk before `current` names it, so that a process that ends at any moment leaves either the old index or
the new one.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.disk import flush
from index.errors import IndexBusy, IndexDamaged, IndexNotFound, IndexNotWritten

_CURRENT = "current"
_LOCK = "write.lock"
_LOCK_WAIT = 10.0  # seconds
_FULL = 4 * 2**20  # bytes; a disk with less room than this is full
_NAME = re.compile(r"generation-[0-9]{6,}")
_POINTER = re.compile(r"(generation-[0-9]{6,}) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What `current` says: the folder of the generation in use, and the checksum of its manifest."""

    generation: Path
    manifest_sha256: str


def current(folder: Path) -> Pointer:
    """The generation in use; IndexNotFound where there is none yet."""
    try:
        written = (folder / _CURRENT).read_text(encoding="ascii", errors="replace")
    except FileNotFoundError as exc:
        if folder.is_dir() and _generations(folder):
            raise IndexDamaged(f"{folder / _CURRENT} is missing; build the index again.") from exc
        raise IndexNotFound(f"There is no index in {folder}; build it first.") from exc
    match = _POINTER.fullmatch(written)
    if match is None:
        raise IndexDamaged(f"{folder / _CURRENT} does not name a generation; build the index again.")
    return Pointer(folder / match[1], match[2])


@contextmanager
def writing(folder: Path, *, wait: float = _LOCK_WAIT) -> Iterator[None]:
    """Exclude other writers; IndexBusy where one is still at it after `wait` seconds.

    Raises IndexNotWritten where the folder cannot be made or written to.
    """
    path = folder / _LOCK
    lock = FileLock(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except Timeout as exc:
        raise IndexBusy(f"Another process is writing the index and holds {path}; try again later.") from exc
    except OSError as exc:
        raise _not_written(folder, exc) from exc
    try:
        yield
    finally:
        lock.release()


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """An empty folder for the next generation, removed again where writing it fails; needs `writing`.

    Raises IndexNotWritten, saying why, where the disk does not take it.
    """
    clear_leftovers(folder)
    highest = max(_generations(folder), default=0)
    generation = folder / f"generation-{highest + 1:06d}"
    try:
        generation.mkdir()
        yield generation
    except BaseException as exc:
        failure = _not_written(folder, exc) if isinstance(exc, OSError | IndexNotWritten) else None
        shutil.rmtree(generation, ignore_errors=True)
        if failure is not None:
            raise failure from exc
        raise


def _not_written(folder: Path, exc: OSError | IndexNotWritten) -> IndexNotWritten:
    """What kept the index from being written, in a sentence; libraries rarely say that the disk is full."""
    reason = (exc.strerror if isinstance(exc, OSError) else None) or " ".join(str(exc).split())[:120]
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    if shutil.disk_usage(there).free < _FULL:
        return IndexNotWritten(
            f"The index could not be written, since the disk of {folder} is full; make room."
        )
    return IndexNotWritten(f"The index in {folder} could not be written ({reason.rstrip('.')}); mend that.")


def link_files(names: Iterable[str], source: Path, generation: Path) -> None:
    """Take files of an earlier generation over as they are: no generation ever changes one of its files.

    They are the same files under a second name (hard links); where the file system has none, copies.
    """
    for name in names:
        target = generation / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / name, target)
        except OSError:
            shutil.copy2(source / name, target)


def publish(generation: Path, manifest_sha256: str) -> None:
    """Make a completely written generation the current one; needs `writing`."""
    folder = generation.parent
    for path in sorted(generation.rglob("*")):
        flush(path)
    flush(generation)
    beside = folder / f"{_CURRENT}.new"
    beside.write_text(f"{generation.name} {manifest_sha256}\n", encoding="ascii")
    flush(beside)
    flush(folder)
    os.replace(beside, folder / _CURRENT)
    flush(folder)


def clear_leftovers(folder: Path) -> None:
    """Remove what killed writers left, and every generation older than the one before the current.

    Needs `writing`. What cannot be removed (Windows keeps mapped files) is left for the next time.
    """
    generations = _generations(folder)
    keep: list[int] = []
    try:
        in_use = _number(current(folder).generation)
        keep = [in_use, max((number for number in generations if number < in_use), default=in_use)]
    except (IndexNotFound, IndexDamaged):
        pass  # nothing was ever published, or nothing says what: no generation can be opened
    for number, generation in generations.items():
        if number not in keep:
            shutil.rmtree(generation, ignore_errors=True)


def _generations(folder: Path) -> dict[int, Path]:
    return {_number(path): path for path in sorted(folder.iterdir()) if _NAME.fullmatch(path.name)}


def _number(generation: Path) -> int:
    return int(generation.name.removeprefix("generation-"))
