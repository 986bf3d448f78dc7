"""What people do to a collection: add, correct, replace, remove, hide; each in one step or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Any

import tomlkit
from filelock import FileLock, Timeout

from corpus.catalogue import entries_in
from corpus.collection import (
    ADDED,
    AMENDMENTS_NAME,
    HIDDEN_KEY,
    Collection,
    added_files,
    amendments,
    is_added,
)
from corpus.disk import flush
from corpus.document import Details
from corpus.errors import CollectionBusy, UnknownDocument
from corpus.file_naming import safe_name
from corpus.read import Amendments, is_jsonl, list_files

UNDO_SECONDS = 600  # for which a removal or a replacement can be undone; then the file is deleted
_INCOMING = ".incoming"
_SET_ASIDE = ".set-aside"
_LOCK_WAIT = 10.0  # seconds
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that was removed or replaced and can be brought back; `token` is what brings it back.

    `replaced_by` is the id of what stands in its place, if anything does; `at` is in seconds since 1970.
    """

    token: str
    id: str
    title: str
    at: float
    replaced_by: str | None = None


class CollectionChanges:
    """Changes one collection. Safe to use from several threads and processes.

    Every change raises CollectionBusy where another process does not let go of the folder.
    """

    def __init__(self, collection: Collection, *, now: Callable[[], float] = time.time) -> None:
        """Raises ValueError for a collection that has no folder of additions."""
        if collection.additions is None:
            raise ValueError(f"{collection.place} has no folder of additions.")
        self.collection = collection
        self._folder = collection.additions
        self._now = now

    @property
    def incoming(self) -> Path:
        """A folder for files that are being sent; on the same disk, so that adding one is a renaming."""
        folder = self._folder / _INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def add(self, file: Path, name: str, details: Details | None = None) -> str:
        """Moves `file` into the collection under a name like `name`; returns the id of the document."""
        with self._changing():
            added = self._put(file, safe_name(name, self._taken()))
            if details is not None:
                self._amend(details={added: details})
            return added

    def correct(self, document_id: str, details: Details) -> None:
        """Says what is known of a document, in place of what it or the catalogue says."""
        with self._changing():
            self._amend(details={document_id: details})

    def hide(self, document_id: str) -> None:
        """Leaves a document out until it is shown again."""
        with self._changing():
            self._amend(hidden={document_id: True})

    def show(self, document_id: str) -> None:
        """Takes a hidden document in again."""
        with self._changing():
            self._amend(hidden={document_id: False})

    def remove(self, document_id: str, title: str = "") -> SetAside:
        """Takes an added document, known by this title, out. Raises UnknownDocument for any other."""
        with self._changing():
            aside = self._set_aside(document_id, title, None)
            self._amend(details={document_id: None}, hidden={document_id: False})
            return aside

    def replace(self, document_id: str, file: Path, name: str, title: str = "") -> SetAside:
        """Puts `file` in the place of an added document, whose details stay.

        The id stays too, unless the new file is of another kind. Raises UnknownDocument.
        """
        suffix = PurePosixPath(safe_name(name)).suffix
        with self._changing():
            known = amendments(self.collection).details.get(document_id)
            was = PurePosixPath(_added_name(document_id))
            same = was.suffix.casefold() == suffix.casefold()
            taken = self._taken() - {was.name.casefold()}
            new = was.name if same else safe_name(f"{was.stem}{suffix}", taken)
            aside = self._set_aside(document_id, title, f"{ADDED}/{new}")
            put = self._put(file, new)
            self._amend(details={document_id: None, put: known})
            return aside

    def undo(self, token: str) -> str:
        """Brings back what was removed or replaced; returns its id.

        Raises UnknownDocument where that is not possible any more.
        """
        with self._changing():
            aside = next((one for one in self._kept() if one.token == token), None)
            if aside is None:
                raise UnknownDocument("This can no longer be undone; add the file again.")
            folder = self._folder / _SET_ASIDE / token
            if aside.replaced_by is not None:
                (self._folder / aside.replaced_by).unlink(missing_ok=True)
                self._amend(details={aside.replaced_by: None})
            name = _added_name(aside.id)
            free = safe_name(name, self._taken())
            back = self._put(folder / "file", free)
            details = _details_in(json.loads((folder / "details.json").read_text(encoding="utf-8")))
            self._amend(details={back: details})
            shutil.rmtree(folder, ignore_errors=True)
            return back

    def can_be_undone(self) -> tuple[SetAside, ...]:
        """What was removed or replaced a short time ago, latest first; what is older is deleted."""
        with self._changing():
            return tuple(sorted(self._kept(), key=lambda one: (-one.at, one.token)))

    def same_content(self, file: Path) -> str | None:
        """The id of a document of the collection, hidden or not, that has the same bytes; None for none."""
        size = file.stat().st_size
        alike = [(name, path) for name, path in self._files() if path.stat().st_size == size]
        wanted = sha256_of(file) if alike else ""
        return next((name for name, path in alike if sha256_of(path) == wanted), None)

    def _files(self) -> Iterator[tuple[str, Path]]:
        place = self.collection.place
        if place.exists() and not is_jsonl(place):
            root = place if place.is_dir() else place.parent
            for path in list_files(place) if place.is_file() or any(place.iterdir()) else ():
                if path.is_file():
                    yield path.relative_to(root).as_posix(), path
        for path in added_files(self.collection):
            yield f"{ADDED}/{path.name}", path

    def _taken(self) -> set[str]:
        """The names in lower case that an added document cannot get, ids of the place among them."""
        return {PurePosixPath(name).name.casefold() for name, _ in self._files() if is_added(name)}

    def _put(self, file: Path, name: str) -> str:
        folder = self._folder / ADDED
        folder.mkdir(parents=True, exist_ok=True)
        flush(file)
        os.replace(file, folder / name)
        flush(folder)
        # A file that takes the place of another of its size must not look like it.
        os.utime(folder / name)
        return f"{ADDED}/{name}"

    def _set_aside(self, document_id: str, title: str, replaced_by: str | None) -> SetAside:
        path = self._folder / ADDED / _added_name(document_id)
        if not path.is_file():
            raise UnknownDocument(f"There is no added document '{document_id}' any more.")
        details = amendments(self.collection).details.get(document_id)
        known_as = title or (details.title if details else path.name)
        aside = SetAside(token_hex(8), document_id, known_as, self._now(), replaced_by)
        folder = self._folder / _SET_ASIDE / aside.token
        folder.mkdir(parents=True)
        known = _toml_of(details) if details else {}
        (folder / "details.json").write_text(json.dumps(known, default=str), encoding="utf-8")
        (folder / "what.json").write_text(_written(aside), encoding="utf-8")
        os.replace(path, folder / "file")
        return aside

    def _kept(self) -> list[SetAside]:
        """What can still be undone; the rest is deleted here."""
        kept = []
        for folder in sorted((self._folder / _SET_ASIDE).glob("*")):
            try:
                aside = SetAside(**json.loads((folder / "what.json").read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                aside = None  # half written by a process that was killed
            if aside is None or self._now() - aside.at > UNDO_SECONDS or not (folder / "file").is_file():
                shutil.rmtree(folder, ignore_errors=True)
            else:
                kept.append(aside)
        return kept

    def _amend(
        self,
        details: Mapping[str, Details | None] | None = None,
        hidden: Mapping[str, bool] | None = None,
    ) -> None:
        """Write down what changed, beside and then in one step; None takes details away again."""
        before = amendments(self.collection)
        known = {**before.details, **(details or {})}
        out = (before.hidden | {name for name, is_so in (hidden or {}).items() if is_so}) - {
            name for name, is_so in (hidden or {}).items() if not is_so
        }
        kept = {name: one for name, one in known.items() if one is not None}
        path = self._folder / AMENDMENTS_NAME
        beside = path.with_suffix(".new")
        beside.write_text(_as_toml(Amendments(kept, frozenset(out))), encoding="utf-8")
        flush(beside)
        os.replace(beside, path)
        flush(self._folder)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / ".lock", timeout=_LOCK_WAIT):
                yield
        except Timeout as exc:
            raise CollectionBusy(
                f"Another process is changing the documents in {self._folder}; try again."
            ) from exc


def sha256_of(path: Path) -> str:
    """The checksum of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _added_name(document_id: str) -> str:
    """The file name of an added document; UnknownDocument for any other id, whatever it leads to."""
    name = document_id.removeprefix(f"{ADDED}/")
    if not is_added(document_id) or name != PurePosixPath(name).name or name.startswith("."):
        raise UnknownDocument(
            f"'{document_id}' was not added here, so it cannot be removed or replaced; it can be hidden."
        )
    return name


def _as_toml(changed: Amendments) -> str:
    written = tomlkit.document()
    written.add(tomlkit.comment("Written by the page of documents: corrected details and hidden documents."))
    written.add(HIDDEN_KEY, tomlkit.item(sorted(changed.hidden)))
    tables = tomlkit.aot()
    for name in sorted(changed.details):
        tables.append(tomlkit.item({"file": name, **_toml_of(changed.details[name])}))
    if changed.details:
        written.add("document", tables)
    return tomlkit.dumps(written)


def _toml_of(details: Details) -> dict[str, Any]:
    """The details as an entry of a catalogue has them, without those that are not known."""
    known = {one.name: getattr(details, one.name) for one in fields(details)}
    if details.period is not None:
        known["period"] = [details.period.first, details.period.last]
    return {name: value for name, value in known.items() if value is not None}


def _details_in(kept: dict[str, Any]) -> Details | None:
    """What `_toml_of` gave, read back from JSON, where dates are texts."""
    if not kept:
        return None
    table = tomlkit.item({"file": "kept", **{key: _date_or_text(key, one) for key, one in kept.items()}})
    return entries_in({"document": [table.unwrap()]}, Path("details.json"))["kept"].details


def _date_or_text(key: str, value: Any) -> Any:

    if key == "published":
        return date.fromisoformat(value)
    return [date.fromisoformat(day) for day in value] if key == "period" else value


def _written(aside: SetAside) -> str:
    return json.dumps({one.name: getattr(aside, one.name) for one in fields(aside)})
