"""The file that a document was read from, for whoever wants to see it as it is."""

from __future__ import annotations

from pathlib import Path

from corpus.read import is_jsonl


def original_file(place: Path, document_id: str) -> Path | None:
    """The file of a document below `place`, a folder or one document; None where there is none.

    A line of a corpus.jsonl has no file of its own. A path that leads out of the folder, by its name
    or by a link, is none either.
    """
    if is_jsonl(place):
        return None
    folder = (place if place.is_dir() else place.parent).resolve()
    try:
        path = (folder / document_id).resolve()
        inside = path.is_relative_to(folder) and path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return None
    return path if inside else None
