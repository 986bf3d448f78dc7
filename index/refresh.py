"""Brings an index up to date with a folder of documents; does nothing where nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.read import read_documents, state_of
from index.build import BuildReport, build_index, report_on
from index.encode import Encoder
from index.errors import IndexDamaged, IndexNotFound, IndexOutOfDate
from index.progress import Progress, Report
from index.store import open_index
from index.vectors import NOTHING_ENCODED


def refresh(documents: Path, folder: Path, encoder: Encoder, *, progress: Report) -> BuildReport:
    """Index `documents` (a folder, one document or a corpus.jsonl) into `folder`, as far as needed.

    An index that is damaged or was made with other settings is built again, and the report's note
    says so. Raises what reading raises (corpus.errors), and IndexBusy.
    """
    state = state_of(documents)
    note = None
    try:
        with open_index(folder, encoder) as index:
            if index.state == state:
                return report_on(index.manifest, NOTHING_ENCODED, up_to_date=True)
    except IndexNotFound:
        pass
    except (IndexDamaged, IndexOutOfDate) as exc:
        note = f"{str(exc).removesuffix('; build the index again.')}: the index was built again."
    progress(Progress("reading", 0, 1))
    reading = read_documents(documents)
    progress(Progress("reading", 1, 1))
    report = build_index(reading.documents, reading.skipped, state, folder, encoder, progress=progress)
    return replace(report, note=note)
