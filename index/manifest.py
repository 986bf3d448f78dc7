"""What a generation of the index says about itself: how it was made, from what, and its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import Skipped
from index.errors import IndexDamaged, IndexOutOfDate

FORMAT = 2  # of the files; to be raised with every change to what is written or embedded

MANIFEST = "manifest.json"
CONTENTS = "contents.sqlite"
DENSE = "passages.faiss"
PASSAGE_KEYS = "passage_keys.npy"
SENTENCES = "sentences.npy"
SENTENCE_OFFSETS = "sentence_offsets.npy"
SENTENCE_KEYS = "sentence_keys.npy"
TOKENS = "tokens.i8"
TOKEN_SPANS = "token_spans.i32"
TOKEN_PLACES = "token_places.npy"
TOKEN_FREQUENCY = "token_frequency.npy"
VOCABULARY = "vocabulary.json"
WORD_VECTORS = "word_vectors.npy"
WRITTEN_WORDS = "written_words.json"
LEXICAL = "lexical"  # a folder


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a generation as it was written; the name is relative to the generation's folder."""

    name: str
    size: int
    sha256: str


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
    return Manifest(**fields, skipped=skipped, files=files)


def describe_files(generation: Path) -> tuple[StoredFile, ...]:
    """Every file below a generation's folder, by name."""
    return tuple(_describe(path, generation) for path in _files(generation))


def check_sizes(manifest: Manifest, generation: Path) -> None:
    """Raise IndexDamaged where a file is missing or has another size than was written."""
    for file in manifest.files:
        path = generation / file.name
        if not path.is_file():
            raise IndexDamaged(f"{path} is missing; build the index again.")
        size = path.stat().st_size
        if size != file.size:
            raise IndexDamaged(
                f"{path} has {size} bytes and {file.size} were written; build the index again."
            )


def check_contents(manifest: Manifest, generation: Path) -> None:
    """Raise IndexDamaged where a file is not, byte for byte, what was written."""
    check_sizes(manifest, generation)
    for file in manifest.files:
        path = generation / file.name
        if checksum(path) != file.sha256:
            raise IndexDamaged(f"{path} is not what was written; build the index again.")


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(generation: Path) -> Iterator[Path]:
    return iter(sorted(path for path in generation.rglob("*") if path.is_file()))


def _describe(path: Path, generation: Path) -> StoredFile:
    return StoredFile(path.relative_to(generation).as_posix(), path.stat().st_size, checksum(path))
