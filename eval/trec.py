"""TREC run and qrels files, so that any other tool of the field can score the same run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.ranking import Judged


def write_run(path: Path, judged: Mapping[str, Judged], *, tag: str) -> None:
    """`query Q0 document rank score tag`; ranks from 1; the score only restates the rank."""
    lines = [
        f"{query} Q0 {document} {rank} {len(j.ranked) - rank + 1} {tag}"
        for query, j in judged.items()
        for rank, document in enumerate(j.ranked, start=1)
    ]
    _write(path, lines)


def write_qrels(path: Path, judged: Mapping[str, Judged]) -> None:
    """`query 0 document grade`."""
    _write(path, [f"{query} 0 {doc} {grade}" for query, j in judged.items() for doc, grade in j.qrels])


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
