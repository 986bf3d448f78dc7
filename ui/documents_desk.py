"""The documents of a server as people see and change them; every change is indexed in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Protocol

from corpus.catalogue import read_catalogue
from corpus.collection import ADDED, Collection, added_files, amendments, collection_of, is_added
from corpus.collection_changes import CollectionChanges, SetAside
from corpus.document import Details, Skipped
from corpus.errors import CorpusError
from corpus.file_report import FileReport
from corpus.read import is_jsonl
from qa.assistant import Holding
from qa.indexing_process import Order, index_in_process
from qa.live_assistant import LiveAssistant
from ui.incoming import Batch, Incoming, Stage
from ui.indexing import BackgroundIndexing, IndexingState

LAST_ONE = (
    "This is the only document that can be asked about. Add another one first, then take this one away."
)
NO_SUCH = "There is no document '{id}' here any more."
NOT_READY = "There is nothing to add: no file of this batch could be read, or all of them are there already."


class Refusal(CorpusError):
    """A change that cannot be made; the text says why and what to do."""


class Shelf(Protocol):
    """What the desk needs of the assistant."""

    def holdings(self) -> tuple[Holding, ...]:
        """What there is of every document."""
        ...

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What was not read when the documents were indexed."""
        ...


class State(StrEnum):
    """What a document of the list is at."""

    READY = "ready"
    HIDDEN = "hidden"
    WAITING = "waiting"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of the list; `reason` says why it could not be read, as the end of a sentence.

    `passages` is 0 where there is nothing to be asked about.
    """

    id: str
    details: Details
    state: State
    passages: int = 0
    reason: str = ""
    report: FileReport | None = None  # on its file
    is_corrected: bool = False

    @property
    def was_added(self) -> bool:
        """Whether somebody added it, so that it can be replaced and removed."""
        return is_added(self.id)


@dataclass(frozen=True, slots=True)
class Desk:
    """Lists and changes the documents. Safe to use from several threads.

    What changes them raises Refusal, and what `CollectionChanges` raises.
    """

    shelf: Shelf
    changes: CollectionChanges
    incoming: Incoming
    indexing: BackgroundIndexing
    read: dict[str, Details] = field(default_factory=dict)  # what was read in files that are not indexed yet

    @property
    def collection(self) -> Collection:
        """The documents on the disk."""
        return self.changes.collection

    def listed(self) -> tuple[Listed, ...]:
        """Every document, those that can be asked about and the others, by title."""
        amended = amendments(self.collection)
        held = {one.id: one for one in self.shelf.holdings()}
        files = [f"{ADDED}/{path.name}" for path in added_files(self.collection)]
        unread = {one.path: one.reason for one in self.shelf.skipped if one.page is None}
        catalogue = _catalogue(self.collection)
        found = {}
        for id in dict.fromkeys((*held, *files, *sorted(amended.hidden), *sorted(unread))):
            if is_added(id) and id not in files and (self.collection.original(id) is None):
                continue  # it was removed, and the index still has it
            details = amended.details.get(id) or _known(id, held, catalogue, self.read)
            found[id] = _listed(id, details, held.get(id), unread.get(id, ""), id in amended.hidden)
        listed = [replace(one, is_corrected=one.id in amended.details) for one in found.values()]
        return tuple(sorted(listed, key=lambda one: (one.details.title.casefold(), one.id)))

    def document(self, id: str) -> Listed:
        """One document of the list. Raises Refusal where it is not there."""
        for one in self.listed():
            if one.id == id:
                return one
        raise Refusal(NO_SUCH.format(id=id))

    def state(self) -> IndexingState:
        """How far indexing is."""
        return self.indexing.state

    def can_be_undone(self) -> tuple[SetAside, ...]:
        """What was removed or replaced a short time ago."""
        return self.changes.can_be_undone()

    def add(self, batch: Batch, corrected: Mapping[int, Details], chosen: frozenset[int]) -> tuple[str, ...]:
        """Adds the chosen files of a batch, with the details that somebody corrected; returns their ids."""
        ready = [one for one in batch.files.values() if one.stage is Stage.READY and one.number in chosen]
        if not ready:
            raise Refusal(NOT_READY)
        added = []
        for one in sorted(ready, key=lambda file: file.number):
            path = self.incoming.path_of(batch, one)
            details = corrected.get(one.number)
            kept = details if details != one.details else None  # else it speaks for itself
            if batch.replaces:
                title = self.document(batch.replaces).details.title
                self.changes.replace(batch.replaces, path, one.name, title)
                added.append(batch.replaces)
                break
            added.append(self.changes.add(path, one.name, kept))
            if one.details is not None:
                self.read[added[-1]] = one.details
        self.incoming.discard(batch)
        self.indexing.request()
        return tuple(added)

    def check_replaceable(self, id: str) -> None:
        """Raises Refusal for a document that nobody added."""
        if not self.document(id).was_added:
            raise Refusal(f"'{id}' was not added here, so it cannot be replaced; it can be hidden.")

    def correct(self, id: str, details: Details) -> None:
        """Says what is known of a document, in place of what it says itself."""
        self.document(id)
        self.changes.correct(id, details)
        self.indexing.request()

    def hide(self, id: str) -> None:
        """Leaves a document out of every answer."""
        known = self.document(id).details
        self._check_not_last(id)
        self.read[id] = known  # the index will not have it
        self.changes.hide(id)
        self.indexing.request()

    def show(self, id: str) -> None:
        """Takes a hidden document in again."""
        self.changes.show(id)
        self.indexing.request()

    def remove(self, id: str) -> SetAside:
        """Takes an added document away; for ten minutes that can be undone."""
        self._check_not_last(id)
        aside = self.changes.remove(id, self.document(id).details.title)
        self.indexing.request()
        return aside

    def undo(self, token: str) -> str:
        """Brings back what was removed or replaced."""
        id = self.changes.undo(token)
        self.indexing.request()
        return id

    def index(self) -> None:
        """Indexes what is not indexed yet."""
        self.indexing.request()

    def close(self) -> None:
        """Stops what goes on in the background."""
        self.indexing.close()
        self.incoming.close()

    def _check_not_last(self, id: str) -> None:
        others = [one for one in self.listed() if one.id != id and one.state is State.READY]
        if not others:
            raise Refusal(LAST_ONE)


def open_desk(live: LiveAssistant, documents: Path, data: Path, model: str | None = None) -> Desk:
    """The desk of a server that answers from `documents` and keeps what is added to them below `data`."""
    changes = CollectionChanges(collection_of(documents, data))
    run = partial(index_in_process, Order(documents, data, model))
    return Desk(live, changes, Incoming(changes), BackgroundIndexing(live, run))


def _listed(id: str, details: Details | None, held: Holding | None, reason: str, is_hidden: bool) -> Listed:
    known = details or Details(PurePosixPath(id).name)
    if is_hidden:
        return Listed(id, known, State.HIDDEN)
    if held is not None:
        return Listed(id, known, State.READY, held.passages, report=held.report)
    return Listed(id, known, State.UNREAD if reason else State.WAITING, reason=reason)


def _known(
    id: str, held: Mapping[str, Holding], catalogue: Mapping[str, Details], read: Mapping[str, Details]
) -> Details | None:
    """What is known of a document that nobody corrected."""
    return held[id].details if id in held else catalogue.get(id) or read.get(id)


def _catalogue(collection: Collection) -> dict[str, Details]:
    """What the catalogue of the place says; a broken one is told of where the documents are indexed."""
    place: Path = collection.place
    if is_jsonl(place):
        return {}
    try:
        entries = read_catalogue(place if place.is_dir() else place.parent)
    except CorpusError:
        return {}
    return {name: entry.details for name, entry in entries.items()}
