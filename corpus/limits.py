"""What a file may take before it is left out: size, pages, text, time and memory, all in one place.

The figures are far above what documents of councils need (the longest report of a public inquiry has about
1,000 pages and 3 million characters) and far below what would stop an ordinary machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import BadCatalogue, DocumentsNotFound, UnreadableDocument

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; every number is above 0."""

    file_bytes: int = 256 * _MEGABYTE
    collection_bytes: int = 4096 * _MEGABYTE  # of a corpus.jsonl, which holds many documents
    catalogue_bytes: int = 4 * _MEGABYTE
    pages: int = 5_000
    characters: int = 10_000_000  # of text
    sections: int = 20_000  # each of them is searched for itself
    sentences: int = 200_000
    unpacked_bytes: int = 512 * _MEGABYTE  # of the parts of a .docx, which is an archive
    seconds: float = 120.0  # by the clock, from one page to the next; without pages, for the file
    cpu_seconds: int = 240  # of computing, likewise: what reads pictures of pages uses two cores
    file_seconds: float = 1800.0  # by the clock, however many pages there are
    memory_bytes: int = 1536 * _MEGABYTE  # of the process that reads, the interpreter included
    # Text up to this size is read in the process itself: the time grows in proportion to the size, and the
    # worst kind of text that was found takes three seconds (docs/robustness.md).
    in_process_bytes: int = 128 * 1024


LIMITS = Limits()


def check_file_size(size: int, limits: Limits = LIMITS) -> None:
    """Raise UnreadableDocument for a file that is too large to be opened."""
    if size > limits.file_bytes:
        raise UnreadableDocument(
            f"it has {_megabytes(size)} MB and at most {_megabytes(limits.file_bytes)} MB are read; "
            "split it into smaller files"
        )


def check_collection_size(path: Path, limits: Limits = LIMITS) -> None:
    """Raise DocumentsNotFound for a corpus.jsonl that is too large to be opened."""
    size = path.stat().st_size
    if size > limits.collection_bytes:
        raise DocumentsNotFound(
            f"{path} has {_megabytes(size)} MB and at most {_megabytes(limits.collection_bytes)} MB "
            "are read; split it into smaller files."
        )


def check_catalogue_size(path: Path, limits: Limits = LIMITS) -> None:
    """Raise BadCatalogue for a documents.toml that is too large to be opened."""
    size = path.stat().st_size
    if size > limits.catalogue_bytes:
        most = _megabytes(limits.catalogue_bytes)
        raise BadCatalogue(f"{path} has {_megabytes(size)} MB and at most {most} MB are read; shorten it.")


def check_pages(pages: int, limits: Limits = LIMITS) -> None:
    """Raise UnreadableDocument for more pages than are read; to be asked before any of them is."""
    if pages > limits.pages:
        raise UnreadableDocument(
            f"it has {pages:,} pages and at most {limits.pages:,} are read; split it into smaller files"
        )


def check_characters(characters: int, limits: Limits = LIMITS) -> None:
    """Raise UnreadableDocument for more text than is indexed as one document."""
    if characters > limits.characters:
        raise UnreadableDocument(
            f"it holds {characters:,} characters of text and at most {limits.characters:,} are read; "
            "split it into smaller files"
        )


def check_structure(sections: int, sentences: int, limits: Limits = LIMITS) -> None:
    """Raise UnreadableDocument for more headings or sentences than are indexed as one document."""
    for what, found, most in (
        ("sections under headings", sections, limits.sections),
        ("sentences, list items and table rows", sentences, limits.sentences),
    ):
        if found > most:
            raise UnreadableDocument(
                f"it has {found:,} {what} and at most {most:,} are read; split it into smaller files"
            )


def check_unpacked(size: int, limits: Limits = LIMITS) -> None:
    """Raise UnreadableDocument for an archive whose parts are too large; to be asked before unpacking."""
    if size > limits.unpacked_bytes:
        raise UnreadableDocument(
            f"unpacked it would have {_megabytes(size)} MB and at most "
            f"{_megabytes(limits.unpacked_bytes)} MB are unpacked; save it again without what is not text"
        )


def _megabytes(size: int) -> str:
    return f"{-(-size // _MEGABYTE):,}"
