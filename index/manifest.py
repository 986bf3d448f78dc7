"""What a generation of the index says about itself: how it was made, from what, and its files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.document import Skipped
from index.errors import IndexDamaged, IndexOutOfDate

FORMAT = 4  # of the files; to be raised with every change to what is written or embedded

MANIFEST = "manifest.json"
PLACES = "places.npy"
SOURCES = "sources.json"
REMOVED_TERMS = "removed_terms.json"
TOKEN_FREQUENCY = "token_frequency.npy"
VOCABULARY = "vocabulary.json"
WORD_VECTORS = "word_vectors.npy"
WRITTEN_WORDS = "written_words.json"
# In the folder of each segment:
CONTENTS = "contents.sqlite"
DENSE = "passages.faiss"
DENSE_FAST = "passage_bits_fast.faiss"
DENSE_CHOSEN = "passage_bits.faiss"
PASSAGE_KEYS = "passage_keys.npy"
SENTENCES = "sentences.npy"
SENTENCE_OFFSETS = "sentence_offsets.npy"
SENTENCE_KEYS = "sentence_keys.npy"
TOKENS = "tokens.i8"
TOKEN_SPANS = "token_spans.i32"
TOKEN_PLACES = "token_places.npy"
LEXICAL = "lexical"  # a folder
TOKEN_FILES = (TOKENS, TOKEN_SPANS, TOKEN_PLACES, TOKEN_FREQUENCY)  # the last one also of the generation


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a generation as it was written; the name is relative to the generation's folder.

    `changed` is the file's time of change, in nanoseconds: a file whose time is another one is compared
    byte for byte before its content is used for the next generation.
    """

    name: str
    size: int
    sha256: str
    changed: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a generation was made; two with the same values hold the same index."""

    encoder: str  # the fingerprint of the model
    width: int
    chunking: str
    analysis: str
    state: str  # of the documents folder
    documents: int
    passages: int
    sentences: int
    terms: tuple[int, int]  # in the bodies and in the contexts of all passages
    segments: tuple[str, ...]  # their folders, oldest first
    skipped: tuple[Skipped, ...]
    files: tuple[StoredFile, ...]

    def size_of(self, name: str) -> int | None:
        """The size of a file in bytes; None where none of this name was written."""
        return next((file.size for file in self.files if file.name == name), None)


def write_manifest(manifest: Manifest, generation: Path) -> str:
    """Write it into the folder of its generation; its checksum."""
    written = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1) + "\n"
    (generation / MANIFEST).write_text(written, encoding="utf-8")
    return hashlib.sha256(written.encode()).hexdigest()


def read_manifest(generation: Path, sha256: str) -> Manifest:
    """What `write_manifest` wrote; raises IndexOutOfDate where the format is another one."""
    path = generation / MANIFEST
    try:
        written = path.read_bytes()
    except OSError as exc:
        raise IndexDamaged(f"{path} cannot be read; build the index again.") from exc
    if hashlib.sha256(written).hexdigest() != sha256:
        raise IndexDamaged(f"{path} is not what was written; build the index again.")
    fields = json.loads(written)
    found = fields.pop("format")
    if found != FORMAT:
        raise IndexOutOfDate(
            f"The index has format {found} and this program reads format {FORMAT}; build the index again."
        )
    skipped = tuple(Skipped(**entry) for entry in fields.pop("skipped"))
    files = tuple(StoredFile(**entry) for entry in fields.pop("files"))
    terms, segments = tuple(fields.pop("terms")), tuple(fields.pop("segments"))
    return Manifest(**fields, terms=terms, segments=segments, skipped=skipped, files=files)


def write_removed_terms(removed: dict[str, dict[str, dict[str, int]]], generation: Path) -> None:
    """Write for each segment and field in how many removed passages each term, by its hash, stands."""
    written = json.dumps(removed, separators=(",", ":"))
    (generation / REMOVED_TERMS).write_text(written, encoding="ascii")


def read_removed_terms(generation: Path) -> dict[str, dict[str, dict[str, int]]]:
    """What `write_removed_terms` wrote."""
    path = generation / REMOVED_TERMS
    try:
        removed: dict[str, dict[str, dict[str, int]]] = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as exc:
        raise IndexDamaged(f"{path} cannot be read; build the index again.") from exc
    return removed


def describe_files(generation: Path, known: Iterable[StoredFile] = ()) -> tuple[StoredFile, ...]:
    """Every file below a generation's folder, by name; `known` are those that were described before."""
    described = {file.name: file for file in known}
    names = (path.relative_to(generation).as_posix() for path in _files(generation))
    return tuple(described.get(name) or _describe(generation, name) for name in names)


def check_sizes(files: Iterable[StoredFile], generation: Path) -> None:
    """Raise IndexDamaged where a file is missing or has another size than was written."""
    for file in files:
        path = generation / file.name
        if not path.is_file():
            raise IndexDamaged(f"{path} is missing; build the index again.")
        size = path.stat().st_size
        if size != file.size:
            raise IndexDamaged(
                f"{path} has {size} bytes and {file.size} were written; build the index again."
            )


def check_contents(files: Sequence[StoredFile], generation: Path) -> None:
    """Raise IndexDamaged where a file is not, byte for byte, what was written."""
    check_sizes(files, generation)
    for file in files:
        path = generation / file.name
        if checksum(path) != file.sha256:
            raise IndexDamaged(f"{path} is not what was written; build the index again.")


def check_changed(files: Sequence[StoredFile], generation: Path) -> tuple[StoredFile, ...]:
    """The files with their times of change, after comparing those that have another one than was noted.

    Raises IndexDamaged where one is missing, has another size or is not what was written. A file that is
    what was written gets its time back, where it may be set: a copied index is thus read once. One that
    lies where it was written costs nothing but a look at each file.
    """
    check_sizes(files, generation)
    return tuple(_changed(file, generation) for file in files)


def _changed(file: StoredFile, generation: Path) -> StoredFile:
    path = generation / file.name
    stat = path.stat()
    if stat.st_mtime_ns == file.changed:
        return file
    if checksum(path) != file.sha256:
        raise IndexDamaged(f"{path} is not what was written; build the index again.")
    with suppress(OSError):
        os.utime(path, ns=(stat.st_atime_ns, file.changed))
    return replace(file, changed=path.stat().st_mtime_ns)


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(generation: Path) -> Iterator[Path]:
    return iter(sorted(path for path in generation.rglob("*") if path.is_file()))


def _describe(generation: Path, name: str) -> StoredFile:
    path = generation / name
    stat = path.stat()
    return StoredFile(name, stat.st_size, checksum(path), stat.st_mtime_ns)
