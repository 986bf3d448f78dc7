"""Brings an index up to date with a folder of documents; does nothing where nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.collection import Collection, collection_state, read_collection_changes
from corpus.read import Source
from index.build import BuildReport, build_index, report_on
from index.checking import CHECKED_AT_START, check_current
from index.encode import Encoder
from index.errors import (
    IndexBusy,
    IndexChanged,
    IndexDamaged,
    IndexNotFound,
    IndexNotWritten,
    IndexOutOfDate,
    SearchIndexError,
)
from index.progress import Progress, Report
from index.store import open_index
from index.vectors import NOTHING_ENCODED


def refresh(
    documents: Path,
    folder: Path,
    encoder: Encoder,
    *,
    progress: Report,
    additions: Path | None = None,
    most_checked: float = CHECKED_AT_START,
) -> BuildReport:
    """Index `documents` (a folder, one document or a corpus.jsonl) into `folder`, as far as needed.

    `additions` is the folder of what people added to them (corpus.collection). The index is first compared
    with what was written, unless it has more than `most_checked` bytes.
    An index that is damaged or was made with other settings is built again, and the report's note
    says so. Raises what reading raises (corpus.errors), and IndexBusy and IndexNotWritten, which leave
    the index as it was.
    """
    collection = Collection(documents, additions)
    state = collection_state(collection)
    note, before, is_damaged = None, {}, False
    try:
        check_current(folder, most=most_checked)
        with open_index(folder, encoder) as index:
            before = index.sources()
            if index.state == state:
                return report_on(index.manifest, NOTHING_ENCODED, before.values(), up_to_date=True)
    except IndexNotFound:
        pass
    except (IndexDamaged, IndexOutOfDate) as exc:
        is_damaged = isinstance(exc, IndexDamaged)
        note = f"{str(exc).removesuffix('; build the index again.')}: the index was built again."
    report = partial(_read_and_build, collection, state, folder, encoder, progress, from_nothing=is_damaged)
    try:
        return replace(report(before), note=note)
    except IndexChanged:  # by another process, or it is damaged: what was left unread is not there
        return replace(report({}), note=note)


def refreshed_or_as_before(
    bring_up_to_date: Callable[[], BuildReport], folder: Path, encoder: Encoder
) -> str | None:
    """Bring the index of `folder` up to date; a sentence for the person who asked, where there is one to say.

    An index that cannot be written now stays in use as it was, and the sentence says so. Raises what
    `bring_up_to_date` raises where there is none that is whole.
    """
    try:
        return bring_up_to_date().note
    except (IndexBusy, IndexNotWritten) as exc:
        try:
            check_current(folder)
            open_index(folder, encoder).close()
        except SearchIndexError:
            raise exc from None
        return f"{exc} Answers come from the index as it was before, without what has changed since."


def _read_and_build(
    collection: Collection,
    state: str,
    folder: Path,
    encoder: Encoder,
    progress: Report,
    before: Mapping[str, Source],
    *,
    from_nothing: bool,
) -> BuildReport:
    """Read what has changed since `before`, and index it."""
    told = [(0, 1)]  # how many files have been read of those that have to be

    def advance(done: int, total: int) -> None:
        told.append((done, total))
        progress(Progress("reading", done, total))

    progress(Progress("reading", 0, 1))
    changes = read_collection_changes(collection, before, advance=advance)
    if told[-1][0] < told[-1][1]:  # nothing had to be read
        progress(Progress("reading", 1, 1))
    return build_index(
        changes.documents,
        changes.skipped,
        state,
        folder,
        encoder,
        progress=progress,
        sources=changes.sources,
        from_nothing=from_nothing,
    )
