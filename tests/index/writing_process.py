"""Builds the new index of test_killed.py in a process that can be killed; prints each step.

python writing_process.py FOLDER [beside]

With "beside" the old document stays, in the segment that it lies in, and the new ones come in two more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from conftest import document_of, split_paragraphs

from index.build import build_index
from index.encode import Vectors
from index.plan import DEFAULT_SIZES, Sizes
from index.progress import Progress
from tests.fakes import HashedWords


class Slow(HashedWords):
    """Takes a fiftieth of a second for each batch."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        time.sleep(0.02)
        return super().encode_documents(texts)


def announce(step: Progress) -> None:
    print(f"{step.stage} {step.done}", flush=True)


def main() -> None:
    beside = sys.argv[2:] == ["beside"]
    documents = [document_of(f"new {n}.txt", *[f"New words {n} {m}." for m in range(40)]) for n in range(30)]
    if beside:
        documents.append(document_of("old.txt", "Old words.", "More old words."))
    build_index(
        documents,
        (),
        "new state",
        Path(sys.argv[1]),
        Slow(),
        progress=announce,
        split=split_paragraphs,
        chunking="paragraphs",
        sizes=Sizes(largest=40) if beside else DEFAULT_SIZES,
    )
    print("done", flush=True)


if __name__ == "__main__":
    main()
