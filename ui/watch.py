"""`inspection-qa index --watch FOLDER`: indexes again whenever a file of the folder has changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.catalogue import CATALOGUE_NAME
from corpus.errors import CorpusError, DocumentsNotFound
from corpus.read import list_files
from index.build import BuildReport
from index.errors import SearchIndexError
from ui.markup import counted

LOOK_EVERY = 1.0  # seconds
SETTLED = 2.0  # seconds for which nothing may have changed: a file that is being copied still grows
AGAIN_AFTER = 10.0  # seconds after which what failed is tried again

Files = Mapping[str, tuple[int, int]]  # size and time of change by name


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, and waiting; a test has its own."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


def watch(place: Path, index: Callable[[], BuildReport], *, clock: Clock | None = None) -> None:
    """Indexes now and after each change, until it is interrupted; prints a line for each time.

    What cannot be indexed is said too, and tried again when something changes, or after ten seconds.
    """
    clock = clock or Clock()
    _say(f"Watching {place} (Ctrl+C ends it).")
    indexed: Files | None = None
    seen, since, failed_at = files_of(place), clock.now(), None
    while True:
        found = files_of(place)
        if found != seen:
            seen, since = found, clock.now()
        waited = indexed is None or clock.now() - since >= SETTLED
        again = failed_at is None or seen != indexed or clock.now() - failed_at >= AGAIN_AFTER
        if (seen != indexed or failed_at is not None) and waited and again:
            done = _index(index, indexed, seen)
            failed_at = None if done else clock.now()
            indexed = seen
        clock.wait(LOOK_EVERY)


def files_of(place: Path) -> dict[str, tuple[int, int]]:
    """The files of a place with what changes when they do; empty where there are none."""
    found = {}
    try:
        listed = list_files(place)
    except DocumentsNotFound:
        return {}
    for path in listed:
        try:
            stat = path.stat()
        except OSError:  # it went away meanwhile
            continue
        found[path.name if place.is_file() else path.relative_to(place).as_posix()] = (
            stat.st_size,
            stat.st_mtime_ns,
        )
    return found


def changed_words(before: Files, after: Files) -> str:
    """What is another between two looks: "added: b.txt; changed: a.txt; removed: c.txt"."""
    kinds = {
        "added": [name for name in after if name not in before],
        "changed": [name for name in after if name in before and after[name] != before[name]],
        "removed": [name for name in before if name not in after],
    }
    return "; ".join(f"{kind}: {_names(names)}" for kind, names in kinds.items() if names)


def _index(index: Callable[[], BuildReport], before: Files | None, after: Files) -> bool:
    """Indexes and says so; whether it could be done."""
    started = time.monotonic()
    what = f"{changed_words(before, after)}; " if before is not None and before != after else ""
    try:
        report = index()
    except (CorpusError, SearchIndexError, OSError) as exc:
        _say(f"{what}not indexed: {exc}")
        return False
    done = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}"
    seconds = time.monotonic() - started
    _say(f"{what}{done}{_skipped(report)} ({seconds:.1f} s).{' ' + report.note if report.note else ''}")
    return True


def _skipped(report: BuildReport) -> str:
    unread = [one for one in report.skipped if one.page is None and one.path != CATALOGUE_NAME]
    return "".join(f"; not read: {one.path}: {one.reason}" for one in unread[:5])


def _names(names: list[str]) -> str:
    shown = ", ".join(sorted(names)[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"


def _say(line: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {line}", file=sys.stdout, flush=True)
