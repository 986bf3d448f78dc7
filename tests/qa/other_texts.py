"""Documents of other organisations, invented: what works on them was not made for the bundled ones."""

from __future__ import annotations

from pathlib import Path

from corpus.document import Document
from corpus.read import read_documents

FOLDER = Path(__file__).parent / "other_documents"
FIRE_REPORT, FIRE_MINUTES = "2018-10-09-fire-service-report.txt", "2018-11-20-fire-service-minutes.txt"
HOSPITAL, SCHOOL = "2019-07-02-hospital-letter.txt", "2021-03-15-school-news.txt"


def other_documents() -> dict[str, Document]:
    """The documents by their ids."""
    return {document.id: document for document in read_documents(FOLDER).documents}


def read_text(folder: Path, text: str, name: str = "2020-05-04-letter.txt") -> Document:
    """One text, read as a document of its own; the date in its name is when it was published."""
    (folder / name).write_text(text, encoding="utf-8")
    return read_documents(folder / name).documents[0]
