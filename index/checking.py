"""Damage to the current index, found by the checksums of its files before it is used."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from index.errors import IndexDamaged, IndexNotFound
from index.generations import Pointer, current
from index.manifest import check_contents, read_manifest

# Bytes of an index that is compared whole each time a program starts: a tenth of a second. Of a larger one
# the files that were changed since they were written are compared, and all of them by `inspection-qa index`.
CHECKED_AT_START = 64 * 2**20


def check_current(folder: Path, *, most: float = CHECKED_AT_START) -> None:
    """Raise IndexDamaged, naming the file, unless every file of the index is what was written, byte for byte.

    An index of more than `most` bytes is not looked at; nor is one that is not there. A generation is
    compared once by a process: nothing that is meant to changes it.
    """
    pointer = None
    try:
        pointer = current(folder)
        _check(pointer, most)
    except IndexNotFound:
        return
    except IndexDamaged:
        if pointer is None or current(folder) == pointer:
            raise
        check_current(folder, most=most)  # it was replaced while we read it


@lru_cache(maxsize=8)
def _check(pointer: Pointer, most: float) -> None:
    files = read_manifest(pointer.generation, pointer.manifest_sha256).files
    if sum(file.size for file in files) <= most:
        check_contents(files, pointer.generation)
