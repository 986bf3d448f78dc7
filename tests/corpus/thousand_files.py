"""Indexes a thousand generated PDFs of ten pages and one more, and says what time and memory that took.

python -m tests.corpus.thousand_files PLACE [FILES]

The files are written to PLACE/documents (those that are there stay), the index to PLACE/data. Prints for
each stage its time, how truthful its progress was (the furthest that the share of work done was from the
share of time), and the memory of this process and of those that read; then the same for one more file.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.minilm import load_encoder
from index.progress import Progress
from qa.assistant import bring_up_to_date
from tests.corpus.pdf_builder import pdf

_PAGES, _SENTENCES = 10, 6  # of a file, and of a page
_WHO = "inspectors managers leaders carers teachers officers members partners residents governors".split()
_DID = "found noted agreed reported recorded heard decided confirmed reviewed questioned".split()
_WHAT = (
    "plans visits assessments records referrals placements budgets caseloads meetings reviews timescales "
    "checks thresholds handovers training supervision attendance staffing housing transport"
).split()
_HOW = "late weak sound safe slow clear timely uneven thorough incomplete better worse missing stable".split()
_WHERE = "Ashby Barlow Cresswell Dinton Elmsley Farnham Garth Hexley Ilston Jarvis Kelby Lowick".split()
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Sample:
    """One report of progress, when it came, and the memory in megabytes then."""

    progress: Progress
    at: float
    own: float
    readers: float


def write_files(folder: Path, files: int) -> None:
    """Write those of the files that are not there; file i is always the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        path = folder / f"report-{number:04d}.pdf"
        if not path.exists():
            path.write_bytes(pdf(*_pages(number), title=f"Report {number} of {_WHERE[number % 12]} council"))


def _pages(number: int) -> list[Sequence[str]]:
    chance = random.Random(number)

    def sentence() -> str:
        what, how = chance.sample(_WHAT, 2), chance.sample(_HOW, 2)
        return (
            f"In {chance.choice(_WHERE)} {chance.choice(_WHO)} {chance.choice(_DID)} that {what[0]} were "
            f"{how[0]} and {what[1]} {how[1]} in {chance.randint(2, 99)} of {chance.randint(100, 999)} cases."
        )

    return [
        [f"{page}.1 Findings on {chance.choice(_WHAT)}", "", *(sentence() for _ in range(_SENTENCES))]
        for page in range(1, _PAGES + 1)
    ]


def memory_of(process: int) -> float:
    """Megabytes that a process holds; 0 where it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE_BYTES / 2**20
    except (OSError, IndexError):
        return 0.0


def readers_memory() -> float:
    """Megabytes of all processes that this one started."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    started = {int(line) for task in Path("/proc/self/task").iterdir() for line in _children(task)}
    return sum(memory_of(process) for process in started) if children.exists() else 0.0


def _children(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except OSError:
        return []


def index(place: Path) -> tuple[list[Sample], float, str]:
    """Every report of progress, the seconds that it took, and what the report says."""
    samples: list[Sample] = []
    started = time.monotonic()

    def note(progress: Progress) -> None:
        now = time.monotonic() - started
        samples.append(Sample(progress, now, memory_of(os.getpid()), readers_memory()))

    report = bring_up_to_date(place / "documents", place / "data", load_encoder(None), progress=note)
    counted = f"{report.documents} documents, {report.passages} passages, {report.sentences} sentences"
    return samples, time.monotonic() - started, f"{counted}, {len(report.skipped)} skipped"


def describe(samples: Sequence[Sample]) -> None:
    """Print a line for each stage."""
    stages = list(dict.fromkeys(sample.progress.stage for sample in samples))
    for stage in stages:
        own = [sample for sample in samples if sample.progress.stage == stage]
        done = [sample.progress.done for sample in own]
        first, last = own[0].at, own[-1].at
        total = own[-1].progress.total
        assert own[-1].progress.done == total, f"{stage} ended at {own[-1].progress}"
        assert done == sorted(done) or stage == "writing", f"{stage} went back"
        off = max(
            (abs(one.progress.done / one.progress.total - (one.at - first) / (last - first)) for one in own)
            if last > first and total > 1 and len(own) > 2
            else [0.0]
        )
        at = [own[min(len(own) - 1, int(share * len(own)))] for share in (0.1, 0.5, 0.9)]
        memory = " ".join(f"{one.own:.0f}+{one.readers:.0f}" for one in at)
        work = f"{total:7d} steps, off by {off:4.0%}"
        print(f"{stage:20s} {last - first:8.1f} s {work}; MB at 10, 50, 90%: {memory}")


def main() -> None:
    place, files = Path(sys.argv[1]), int((sys.argv[2:] or ["1000"])[0])
    write_files(place / "documents", files)
    for more in (0, 1):
        write_files(place / "documents", files + more)
        samples, seconds, report = index(place)
        print(f"\n{report}: {seconds:.1f} seconds in all")
        describe(samples)
        most = max(one.own for one in samples), max(one.readers for one in samples)
        print(f"most memory: {most[0]:.0f} MB, of the readers {most[1]:.0f} MB")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
