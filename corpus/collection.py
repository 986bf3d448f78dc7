"""The documents that are answered from: a place that was named, and what people added to it and changed.

    DATA/added/HASH-OF-THE-PLACE/      the folder of additions
        added/NAME                     a document that somebody added; its id is "added/NAME"
        .documents.toml                details that were corrected, of any document, and which are hidden
        .incoming/                     files that are being sent and have not been added yet
        .set-aside/                    what was removed or replaced, until that can no longer be undone

The place itself is never written to. `corpus.collection_changes` makes the changes.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import entries_in, read_catalogue
from corpus.document import Document, Skipped
from corpus.errors import BadCatalogue, DocumentsNotFound
from corpus.originals import original_file
from corpus.read import (
    Advance,
    Amendments,
    Changes,
    Reading,
    Source,
    is_jsonl,
    list_files,
    read_place,
    some_document,
    state_of,
)

ADDED = "added"  # the folder of added documents, and the first part of their ids
AMENDMENTS_NAME = ".documents.toml"
HIDDEN_KEY = "hidden"


@dataclass(frozen=True, slots=True)
class Collection:
    """A place with documents, and the folder of what people added to it, which need not exist.

    Without `additions` it is the place alone.
    """

    place: Path
    additions: Path | None = None

    @property
    def has_additions(self) -> bool:
        """Whether anything was ever added or changed."""
        return self.additions is not None and (
            (self.additions / AMENDMENTS_NAME).is_file() or bool(added_files(self))
        )

    def original(self, document_id: str) -> Path | None:
        """The file that a document is read from; None where there is none.

        A line of a corpus.jsonl has no file of its own.
        """
        found = original_file(self.place, document_id)
        if found is None and self.additions is not None and is_added(document_id):
            return original_file(self.additions, document_id)
        return found


def collection_of(place: Path, data: Path) -> Collection:
    """A place, and what people added to it, which is kept below the folder `data`."""
    return Collection(place, data / "added" / name_of_place(place))


def name_of_place(place: Path) -> str:
    """A short name for folders that belong to a place: another one for every place."""
    return hashlib.sha256(str(place.resolve()).encode()).hexdigest()[:16]


def is_added(document_id: str) -> bool:
    """Whether an id is that of an added document; a place may hold a folder of that name, and goes first."""
    return document_id.startswith(f"{ADDED}/")


def added_files(collection: Collection) -> tuple[Path, ...]:
    """The files of the added documents, sorted."""
    if collection.additions is None:
        return ()
    folder = collection.additions / ADDED
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if not path.name.startswith(".")))


def amendments(collection: Collection) -> Amendments:
    """What people changed. Raises BadCatalogue where the file that says so was broken by hand."""
    if collection.additions is None:
        return Amendments()
    path = collection.additions / AMENDMENTS_NAME
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Amendments()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise BadCatalogue(f"{path} is not valid TOML: {exc}; mend the line or remove the file.") from exc
    hidden = content.pop(HIDDEN_KEY, [])
    if not (isinstance(hidden, list) and all(isinstance(name, str) for name in hidden)):
        raise BadCatalogue(f"{path}: {HIDDEN_KEY} should be a list of ids, found {hidden!r}.")
    details = {name: entry.details for name, entry in entries_in(content, path).items()}
    return Amendments(details, frozenset(hidden))


def collection_state(collection: Collection) -> str:
    """As `corpus.read.state_of`: a short text that changes when a file does, or what people changed."""
    if collection.additions is None or not collection.has_additions:
        return state_of(collection.place)
    place = state_of(collection.place) if _holds_files(collection.place) else ""
    added = state_of(collection.additions) if added_files(collection) else ""
    changed = amendments(collection)
    amended = f"{sorted(changed.details.items(), key=_id)!r} {sorted(changed.hidden)!r}"
    return hashlib.sha256(f"{place}\0{added}\0{amended}".encode()).hexdigest()


def read_collection_changes(
    collection: Collection, before: Mapping[str, Source], *, advance: Advance = lambda *_: None
) -> Changes:
    """As `corpus.read.read_changes`: the documents of the place, then those that were added."""
    amended = amendments(collection)
    changes = _of_place(collection, before, amended, advance)
    if collection.additions is not None and added_files(collection):
        added = read_place(collection.additions, before, amended, advance=advance)
        changes = _together(changes, added)
    return some_document(changes, collection.place)


def read_collection(collection: Collection) -> Reading:
    """As `corpus.read.read_documents`, with what was added and changed."""
    changes = read_collection_changes(collection, {})
    documents = tuple(document for document in changes.documents if isinstance(document, Document))
    return Reading(documents, changes.skipped, examples_of(collection, {one.id for one in documents}))


def examples_of(collection: Collection, documents: set[str]) -> tuple[str, ...]:
    """The questions that the catalogue of the place has for these documents, in the catalogue's order."""
    place = collection.place
    if is_jsonl(place):
        return ()
    catalogue = read_catalogue(place if place.is_dir() else place.parent)
    return tuple(one for name, entry in catalogue.items() if name in documents for one in entry.examples)


def _of_place(
    collection: Collection, before: Mapping[str, Source], amended: Amendments, advance: Advance
) -> Changes:
    """The documents of the place; none where its folder is empty and others were added."""
    if added_files(collection) and not _holds_files(collection.place):
        return Changes((), (), ())
    return read_place(collection.place, before, amended, advance=advance)


def _together(place: Changes, added: Changes) -> Changes:
    """Both; where the place has a document of the same id, that one stays and the added one is left out."""
    taken = {one.id for one in place.documents}
    reason = "the folder itself has a document of this name now; add the file under another name"
    doubled = tuple(Skipped(one.id, None, reason) for one in added.documents if one.id in taken)
    return Changes(
        (*place.documents, *(one for one in added.documents if one.id not in taken)),
        (*place.skipped, *(one for one in added.skipped if one.path not in taken), *doubled),
        (*place.sources, *(one for one in added.sources if one.id not in taken)),
    )


def _holds_files(place: Path) -> bool:
    """Whether a place is more than an empty folder. Raises DocumentsNotFound where it does not exist."""
    try:
        return bool(list_files(place))
    except DocumentsNotFound:
        if place.is_dir():
            return False
        raise


def _id(pair: tuple[str, object]) -> str:
    return pair[0]
