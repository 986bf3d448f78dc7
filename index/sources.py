"""What the documents of an index were read from, so that only what has changed is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.document import Skipped
from corpus.file_report import report_from_json
from corpus.read import Source
from index.errors import IndexDamaged
from index.manifest import SOURCES


def write_sources(sources: Iterable[Source], generation: Path) -> None:
    """Write them into the folder of a generation."""
    written = [asdict(one) for one in sources]
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    (generation / SOURCES).write_text(text, encoding="utf-8")


def read_sources(generation: Path) -> dict[str, Source]:
    """What `write_sources` wrote, by the id of the document."""
    path = generation / SOURCES
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise IndexDamaged(f"{path} cannot be read; build the index again.") from exc
    return {one["id"]: _source(one) for one in written}


def _source(written: dict[str, Any]) -> Source:
    report = written["report"]
    return Source(
        written["id"],
        written["state"],
        tuple(Skipped(**entry) for entry in written["skipped"]),
        report_from_json(report) if report is not None else None,
        written["refusal"],
    )
