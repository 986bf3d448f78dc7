"""What the documents of an index were read from, so that only what has changed is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from corpus.document import Skipped
from corpus.read import Source
from index.errors import IndexDamaged
from index.manifest import SOURCES


def write_sources(sources: Iterable[Source], generation: Path) -> None:
    """Write them into the folder of a generation."""
    written = [(one.id, one.state, [asdict(entry) for entry in one.skipped], one.refusal) for one in sources]
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    (generation / SOURCES).write_text(text, encoding="utf-8")


def read_sources(generation: Path) -> dict[str, Source]:
    """What `write_sources` wrote, by the id of the document."""
    path = generation / SOURCES
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise IndexDamaged(f"{path} cannot be read; build the index again.") from exc
    return {
        name: Source(name, state, tuple(Skipped(**entry) for entry in skipped), refusal)
        for name, state, skipped, refusal in written
    }
