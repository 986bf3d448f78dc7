"""Files that people send: kept apart until they were read, looked at and added."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from corpus.collection_changes import CollectionChanges, sha256_of
from corpus.document import Details, Document
from corpus.errors import CorpusError
from corpus.file_naming import safe_name
from corpus.file_report import FileReport
from corpus.limits import LIMITS
from corpus.read import read_place
from ui.conversations import new_id

LARGEST_FILE = LIMITS.file_bytes
MOST_FILES = 200  # in one batch
KEPT_FOR = 3600.0  # seconds after which a batch that nobody added is deleted
FREE_SPACE = 200 * 1024 * 1024  # bytes that sending a file leaves on the disk
TOO_LARGE = "it has more than {most} MB, the most that is taken; split it into smaller files"
EMPTY = "it is empty (0 bytes); check the file and send it again"
NO_SPACE = "there is not enough space on the disk of the computer that runs this page"
CUT_OFF = "it did not arrive completely; send it again"
FAULT = "it could not be read because of a fault in this program"


class Stage(StrEnum):
    """Where a file that was sent has come to."""

    READING = "reading"
    READY = "ready"  # can be added
    KNOWN = "known"  # the same content is there already
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of a batch, and what was read in it; `number` stands for it in forms."""

    number: int
    name: str
    size: int
    stage: Stage
    reason: str = ""  # why it was refused, as the end of a sentence
    same_as: str = ""  # the id of the document that has the same content, or the name of a file of the batch
    details: Details | None = None  # what the document says of itself
    report: FileReport | None = None  # on what was read, what was not, and where it says so
    characters: int = 0


@dataclass(slots=True)
class Batch:
    """The files that somebody sent together."""

    id: str
    folder: Path
    begun: float
    replaces: str = ""  # the id of the document that its file is to replace
    files: dict[int, SentFile] = field(default_factory=dict)
    numbers: int = 0

    @property
    def is_reading(self) -> bool:
        """Whether any file has not been read yet."""
        return any(one.stage is Stage.READING for one in self.files.values())


class Arriving:
    """One file while it is being sent: written piece by piece, and refused once it is too large."""

    def __init__(self, number: int, name: str, path: Path, *, most: int) -> None:
        self.number, self.name, self.path = number, name, path
        self.size = 0
        self.reason = ""
        self._most = most
        path.parent.mkdir(parents=True)
        self._file: BinaryIO | None = path.open("wb")

    def write(self, piece: bytes) -> None:
        """Keeps a piece; what comes after a refusal is let go."""
        self.size += len(piece)
        if self._file is None:
            return
        if self.size > self._most:
            self._refuse(TOO_LARGE.format(most=self._most // (1024 * 1024)))
            return
        try:
            self._file.write(piece)
        except OSError:
            self._refuse(NO_SPACE)

    def close(self) -> None:
        """Ends the file."""
        if self._file is None:
            return
        try:
            self._file.close()
        except OSError:
            self._refuse(NO_SPACE)
        self._file = None

    def cut_off(self) -> None:
        """The rest will not come."""
        self._refuse(CUT_OFF)

    def _refuse(self, reason: str) -> None:
        self.reason = self.reason or reason
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        self._file = None
        shutil.rmtree(self.path.parent, ignore_errors=True)


class Incoming:
    """The batches of one server. Safe to use from several threads."""

    def __init__(
        self,
        changes: CollectionChanges,
        *,
        largest: int = LARGEST_FILE,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Deletes what was left by a server before."""
        self._changes = changes
        self._largest = largest
        self._now = now
        self._lock = threading.Lock()
        self._batches: dict[str, Batch] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="reading")
        for left in changes.incoming.iterdir():
            shutil.rmtree(left, ignore_errors=True)

    def begin(self, replaces: str = "") -> Batch:
        """A batch without files."""
        self._forget_old()
        id = new_id()
        folder = self._changes.incoming / id
        folder.mkdir()
        batch = Batch(id, folder, self._now(), replaces)
        with self._lock:
            self._batches[id] = batch
        return batch

    def batch(self, id: str) -> Batch | None:
        """A batch that was begun and neither added nor discarded."""
        return self._batches.get(id)

    def is_full(self) -> bool:
        """Whether the disk has too little space for anything to be sent."""
        return shutil.disk_usage(self._changes.incoming).free < FREE_SPACE

    def arriving(self, batch: Batch, name: str) -> Arriving:
        """Takes the next file of a batch."""
        with self._lock:
            batch.numbers += 1
            number = batch.numbers
        safe = safe_name(name)
        return Arriving(number, safe, batch.folder / str(number) / safe, most=self._largest)

    def arrived(self, batch: Batch, file: Arriving) -> None:
        """A file is there, or was refused on its way; reads it in the background."""
        file.close()
        reason = file.reason or (EMPTY if file.size == 0 else "")
        stage = Stage.REFUSED if reason else Stage.READING
        sent = SentFile(file.number, file.name, file.size, stage, reason)
        with self._lock:
            batch.files[file.number] = sent
        if stage is Stage.READING:
            self._pool.submit(self._read, batch, sent)

    def path_of(self, batch: Batch, file: SentFile) -> Path:
        """Where a file of a batch lies."""
        return batch.folder / str(file.number) / file.name

    def take_out(self, batch: Batch, number: int) -> None:
        """Lets one file of a batch go."""
        with self._lock:
            batch.files.pop(number, None)
        shutil.rmtree(batch.folder / str(number), ignore_errors=True)

    def discard(self, batch: Batch) -> None:
        """Lets a batch go, with all files that were not added."""
        with self._lock:
            self._batches.pop(batch.id, None)
        shutil.rmtree(batch.folder, ignore_errors=True)

    def close(self) -> None:
        """Lets everything go that nobody added."""
        self._pool.shutdown(cancel_futures=True)
        for batch in list(self._batches.values()):
            self.discard(batch)

    def _read(self, batch: Batch, sent: SentFile) -> None:
        try:
            read = self._known(batch, sent) or _read_file(self.path_of(batch, sent), sent)
        except (CorpusError, OSError) as exc:
            read = replace(sent, stage=Stage.REFUSED, reason=str(exc))
        except Exception:  # whatever a file does to its reader, the next one is read
            read = replace(sent, stage=Stage.REFUSED, reason=FAULT)
        with self._lock:
            if sent.number in batch.files:  # it may have been taken out meanwhile
                batch.files[sent.number] = read

    def _known(self, batch: Batch, sent: SentFile) -> SentFile | None:
        """The file where the same content is there already, or stands in the same batch."""
        path = self.path_of(batch, sent)
        same = self._changes.same_content(path) or self._twice(batch, sent)
        return replace(sent, stage=Stage.KNOWN, same_as=same) if same else None

    def _twice(self, batch: Batch, sent: SentFile) -> str:
        content = _checksum(self.path_of(batch, sent))
        for other in list(batch.files.values()):
            earlier = other.number < sent.number and other.stage in (Stage.READY, Stage.READING)
            if earlier and other.size == sent.size and _checksum(self.path_of(batch, other)) == content:
                return other.name
        return ""

    def _forget_old(self) -> None:
        for batch in list(self._batches.values()):
            if self._now() - batch.begun > KEPT_FOR:
                self.discard(batch)


def _checksum(path: Path) -> str:
    """Of a file; where it is gone, a text that no other file has."""
    try:
        return sha256_of(path)
    except OSError:
        return f"gone {path}"


def _read_file(path: Path, sent: SentFile) -> SentFile:
    """What the file says, as it will be read when it is indexed."""
    changes = read_place(path, {})
    document = next((one for one in changes.documents if isinstance(one, Document)), None)
    if document is None:
        reason = next((one.reason for one in changes.skipped), "it holds no text")
        return replace(sent, stage=Stage.REFUSED, reason=reason)
    report = next((one.report for one in changes.sources if one.id == document.id), None)
    return replace(
        sent,
        stage=Stage.READY,
        details=document.details,
        report=report,
        characters=len(document.text),
    )
