"""The long fuzz run: reads damaged files for some minutes and counts what came of them.

python -m tests.corpus.fuzz_readers MINUTES [FIRST_SEED] [FOLDER]

Every example is read in a reading process, as in a folder of documents. It ends with status 1 where
anything else than a document or a refusal comes of one. Refusals that nobody foresaw (a fault of a
library, too much time or memory) are kept in FOLDER to be looked at. Each seed is 500 examples; the same
seed gives the same examples.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from corpus.errors import UnreadableDocument
from corpus.isolated import Readers
from corpus.limits import Limits
from corpus.read import _read_file
from tests.corpus.damage import check_document, damaged_files

_UNFORESEEN = ("reading it failed", "what reads it broke", "reading it takes")
_LIMITS = Limits(seconds=30, cpu_seconds=30)
_SLOW = 5.0  # seconds


class _Run:
    def __init__(self, folder: Path, readers: Readers) -> None:
        self.counts: Counter[str] = Counter()
        self.slowest = 0.0
        self._folder = folder
        self._readers = readers
        self._place = Path(tempfile.mkdtemp())

    def read(self, name: str, content: bytes) -> None:
        path = self._place / name
        path.write_bytes(content)
        started = time.monotonic()
        try:
            document, *_ = self._readers.read(_read_file, path, name, None)
            check_document(document)
            outcome = "read"
        except UnreadableDocument as exc:
            outcome = str(exc).split(" (")[0]
            if outcome.startswith(_UNFORESEEN):
                self._keep(name, content, str(exc))
        seconds = time.monotonic() - started
        self.slowest = max(self.slowest, seconds)
        if seconds > _SLOW:
            self._keep(name, content, f"{seconds:.1f} seconds: {outcome}")
        self.counts[f"{Path(name).suffix}: {outcome}"] += 1

    def _keep(self, name: str, content: bytes, why: str) -> None:
        kept = self._folder / f"{hashlib.sha256(content).hexdigest()[:12]}-{name}"
        kept.write_bytes(content)
        print(f"{kept}: {why}", flush=True)


def _read_examples(run: _Run, number: int) -> bool:
    """Whether nothing but documents and refusals came of one seed's examples."""

    @seeded(number)
    @settings(
        max_examples=500,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged_files())
    def read(named: tuple[str, bytes]) -> None:
        run.read(*named)

    try:
        read()
    except Exception:
        print(f"seed {number}:", traceback.format_exc(), flush=True)
        return False
    return True


def main() -> int:
    minutes, first = float(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])
    folder = Path((sys.argv[3:] or [tempfile.mkdtemp()])[0])
    folder.mkdir(parents=True, exist_ok=True)
    started, number, failed = time.monotonic(), first, 0
    with Readers(_LIMITS) as readers:
        run = _Run(folder, readers)
        while time.monotonic() - started < 60 * minutes:
            failed += not _read_examples(run, number)
            number += 1
            print(f"after seed {number - 1}: {sum(run.counts.values())} files, {failed} failures", flush=True)
    print(f"seeds {first} to {number - 1}, {sum(run.counts.values())} files in {minutes:g} minutes")
    print(f"slowest {run.slowest:.1f} seconds; seeds with a failure: {failed}")
    for outcome, count in sorted(run.counts.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"{count:8d}  {outcome}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
