"""Documents and passages as they were indexed, in one SQLite file; passage i is in row i."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from corpus.document import Details, Document, Page, Passage, Role, Section, Sentence
from corpus.period import Period
from index.errors import IndexDamaged

_SCHEMA = """
    CREATE TABLE documents (
        number INTEGER PRIMARY KEY,  -- the place in the order of indexing, from 0
        id TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        details TEXT NOT NULL,       -- JSON, as are pages, sections and sentences
        text TEXT NOT NULL,
        pages TEXT NOT NULL,
        sections TEXT NOT NULL,
        sentences TEXT NOT NULL
    );
    CREATE TABLE passages (
        row INTEGER PRIMARY KEY,     -- the same in passages.faiss, sentences.npy and lexical/
        id TEXT NOT NULL,
        document_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        context TEXT NOT NULL,
        section TEXT NOT NULL,       -- JSON, as are period, pages and sentences
        period TEXT NOT NULL,
        pages TEXT NOT NULL,
        sentences TEXT NOT NULL
    );
"""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps makes one a call


def write_contents(documents: Iterable[Document], passages: Iterable[Passage], path: Path) -> None:
    """Write everything about documents and passages that is not a vector or a list of words."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        rows = ((number, *_document_columns(document)) for number, document in enumerate(documents))
        connection.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        rows = ((row, *_passage_columns(passage)) for row, passage in enumerate(passages))
        connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    finally:
        connection.close()


class Contents:
    """Reads what `write_contents` wrote. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def passage(self, row: int) -> Passage:
        """The passage of one row; IndexError where there is no such row."""
        found = self._select("SELECT * FROM passages WHERE row = ?", row)
        if not found:
            raise IndexError(f"There is no passage in row {row} of the index.")
        return _passage(found[0][1:])

    def document(self, document_id: str) -> Document:
        """One document with its text and structure; KeyError where there is no such document."""
        found = self._select("SELECT * FROM documents WHERE id = ?", document_id)
        if not found:
            raise KeyError(f"There is no document '{document_id}' in the index.")
        return _document(found[0][1:])

    def details(self) -> tuple[tuple[str, Details], ...]:
        """The id and the details of every document, in the order of indexing."""
        found = self._select("SELECT id, details FROM documents ORDER BY number")
        return tuple((document_id, _details(details)) for document_id, details in found)

    def rows_of(self, document_ids: Collection[str]) -> tuple[range, ...]:
        """The rows of the passages of some documents, one stretch for each document that has any."""
        found = self._select(
            "SELECT document_id, MIN(row), MAX(row) FROM passages GROUP BY document_id ORDER BY MIN(row)"
        )
        return tuple(range(first, last + 1) for name, first, last in found if name in document_ids)

    def _select(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as exc:
            raise IndexDamaged(f"{self._path} cannot be read ({exc}); build the index again.") from exc


def _document_columns(document: Document) -> tuple[str, ...]:
    return (
        document.id,
        document.sha256,
        _json(_details_fields(document.details)),
        document.text,
        _json([(page.number, page.label, page.start, page.end) for page in document.pages]),
        _json([(s.path, s.start, s.end, _period_days(s.when)) for s in document.sections]),
        _json(_sentence_fields(document.sentences)),
    )


def _document(columns: Sequence[str]) -> Document:
    document_id, sha256, details, text, pages, sections, sentences = columns
    return Document(
        id=document_id,
        details=_details(details),
        sha256=sha256,
        text=text,
        pages=tuple(Page(*fields) for fields in json.loads(pages)),
        sections=tuple(
            Section(tuple(path), start, end, _period(when)) for path, start, end, when in json.loads(sections)
        ),
        sentences=_sentences(sentences),
    )


def _passage_columns(passage: Passage) -> tuple[str | int, ...]:
    return (
        passage.id,
        passage.document_id,
        passage.start,
        passage.end,
        passage.text,
        passage.context,
        _json(passage.section),
        _json(_period_days(passage.when)),
        _json(passage.pages),
        _json(_sentence_fields(passage.sentences)),
    )


def _passage(columns: Sequence[Any]) -> Passage:
    passage_id, document_id, start, end, text, context, section, period, pages, sentences = columns
    first_and_last = json.loads(pages)
    return Passage(
        id=passage_id,
        document_id=document_id,
        start=start,
        end=end,
        text=text,
        context=context,
        section=tuple(json.loads(section)),
        when=_period(json.loads(period)),
        pages=(first_and_last[0], first_and_last[1]) if first_and_last else None,
        sentences=_sentences(sentences),
    )


def _details_fields(details: Details) -> dict[str, object]:
    return {
        "title": details.title,
        "publisher": details.publisher,
        "author": details.author,
        "addressee": details.addressee,
        "kind": details.kind,
        "published": details.published.isoformat() if details.published else None,
        "period": _period_days(details.period),
        "source": details.source,
        "licence": details.licence,
    }


def _details(stored: str) -> Details:
    fields = json.loads(stored)
    published = date.fromisoformat(fields["published"]) if fields["published"] else None
    return Details(**fields | {"published": published, "period": _period(fields["period"])})


def _sentence_fields(sentences: Sequence[Sentence]) -> list[tuple[object, ...]]:
    return [(s.start, s.end, s.role.value, s.lead) for s in sentences]


def _sentences(stored: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(start, end, Role(role), (lead[0], lead[1]) if lead else None)
        for start, end, role, lead in json.loads(stored)
    )


def _period_days(period: Period | None) -> tuple[str, str] | None:
    return (period.first.isoformat(), period.last.isoformat()) if period else None


def _period(days: Sequence[str] | None) -> Period | None:
    return Period(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None
