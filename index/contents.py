"""Documents and passages of a segment as they were indexed, in one SQLite file; passage i is in row i."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.abbreviations import find_abbreviations
from corpus.document import Details, Document, Page, Passage, Role, Section, Sentence
from corpus.period import Period
from index.errors import IndexDamaged, IndexNotWritten

_SCHEMA = """
    CREATE TABLE documents (
        number INTEGER PRIMARY KEY,  -- the place in the order of indexing, from 0
        id TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        details TEXT NOT NULL,       -- JSON, as are pages, sections and sentences
        text TEXT NOT NULL,
        pages TEXT NOT NULL,
        sections TEXT NOT NULL,
        sentences TEXT NOT NULL,
        key TEXT NOT NULL,           -- SHA-256 of all of the above: tells whether a document has changed
        first INTEGER NOT NULL,      -- row of its first passage
        passages INTEGER NOT NULL,   -- how many follow one another from there
        abbreviations TEXT NOT NULL  -- JSON: the (short, long) forms that it defines
    );
    CREATE TABLE passages (
        row INTEGER PRIMARY KEY,     -- the same in passages.faiss, sentences.npy and lexical/
        id TEXT NOT NULL,
        document_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        context TEXT NOT NULL,
        structure TEXT NOT NULL      -- JSON: section, period, pages and sentences
    );
"""

_AT_ONCE = 500  # rows in one statement
_DOCUMENT = "id, sha256, details, text, pages, sections, sentences"

_ROLES = {role.value: role for role in Role}  # a fifth of the time of Role(value)
_parsed = json.JSONDecoder().decode
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps makes one a call


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a document stands in a segment; `key` is the same for documents that are equal."""

    number: int
    id: str
    key: str
    first: int  # row
    passages: int


def document_key(document: Document) -> str:
    """The same for two documents only if everything about them is equal."""
    return _key(_document_columns(document))


def write_contents(documents: Iterable[Document], passages: Iterable[Passage], path: Path) -> None:
    """Write everything about documents and passages that is not a vector or a list of words.

    The passages follow one another in the order of their documents.
    """
    passages = list(passages)
    counts = Counter(passage.document_id for passage in passages)
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        connection.executemany(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _documents(documents, counts)
        )
        rows = ((row, *_passage_columns(passage)) for row, passage in enumerate(passages))
        connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    except sqlite3.OperationalError as exc:
        raise IndexNotWritten(f"{path.name} cannot be written: {exc}") from exc
    finally:
        connection.close()


def _documents(documents: Iterable[Document], counts: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    first = 0
    for number, document in enumerate(documents):
        columns, count = _document_columns(document), counts.get(document.id, 0)
        yield number, *columns, _key(columns), first, count, _json(find_abbreviations(document.text))
        first += count


def _key(columns: Sequence[str]) -> str:
    digests = (hashlib.sha256(column.encode()).digest() for column in columns)
    return hashlib.sha256(b"".join(digests)).hexdigest()


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

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of some rows, in their order; every row has to be there."""
        found: dict[int, Passage] = {}
        for start in range(0, len(rows), _AT_ONCE):
            block = rows[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(block))
            for columns in self._select(f"SELECT * FROM passages WHERE row IN ({marks})", *block):
                found[columns[0]] = _passage(columns[1:])
        return [found[row] for row in rows]

    def number_of(self, document_id: str) -> int | None:
        """The number of a document in this segment; None where it is not there."""
        found = self._select("SELECT number FROM documents WHERE id = ?", document_id)
        return found[0][0] if found else None

    def numbered(self, number: int) -> Document:
        """One document by its number, which has to be there."""
        return _document(self._select(f"SELECT {_DOCUMENT} FROM documents WHERE number = ?", number)[0])

    def document(self, document_id: str) -> Document:
        """One document with its text and structure; KeyError where there is no such document."""
        found = self._select(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", document_id)
        if not found:
            raise KeyError(f"There is no document '{document_id}' in the index.")
        return _document(found[0])

    def stored(self) -> list[Stored]:
        """Every document and where it stands, by number."""
        columns = "number, id, key, first, passages"
        return [Stored(*row) for row in self._select(f"SELECT {columns} FROM documents ORDER BY number")]

    def details(self) -> tuple[tuple[str, Details], ...]:
        """The id and the details of every document, by number."""
        found = self._select("SELECT id, details FROM documents ORDER BY number")
        return tuple((document_id, _details(details)) for document_id, details in found)

    def abbreviations(self) -> dict[int, list[list[str]]]:
        """The (short, long) forms that documents define, by number; only of those that define any."""
        found = self._select("SELECT number, abbreviations FROM documents WHERE abbreviations != '[]'")
        return {number: _parsed(defined) for number, defined in found}

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
        _json([(p.number, p.label, p.start, p.end, p.recognised) for p in document.pages]),
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
        pages=tuple(Page(*fields) for fields in _parsed(pages)),
        sections=tuple(
            Section(tuple(path), start, end, _period(when)) for path, start, end, when in _parsed(sections)
        ),
        sentences=_sentences(_parsed(sentences)),
    )


def _passage_columns(passage: Passage) -> tuple[str | int, ...]:
    return (
        passage.id,
        passage.document_id,
        passage.start,
        passage.end,
        passage.text,
        passage.context,
        _json(
            (
                passage.section,
                _period_days(passage.when),
                passage.pages,
                _sentence_fields(passage.sentences),
            )
        ),
    )


def _passage(columns: Sequence[Any]) -> Passage:
    passage_id, document_id, start, end, text, context, structure = columns
    section, period, pages, sentences = _parsed(structure)
    return Passage(
        id=passage_id,
        document_id=document_id,
        start=start,
        end=end,
        text=text,
        context=context,
        section=tuple(section),
        when=_period(period),
        pages=(pages[0], pages[1]) if pages else None,
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
    fields = _parsed(stored)
    published = date.fromisoformat(fields["published"]) if fields["published"] else None
    return Details(**fields | {"published": published, "period": _period(fields["period"])})


def _sentence_fields(sentences: Sequence[Sentence]) -> list[tuple[object, ...]]:
    return [(s.start, s.end, s.role.value, s.lead) for s in sentences]


def _sentences(fields: Sequence[Sequence[Any]]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(start, end, _ROLES[role], (lead[0], lead[1]) if lead else None)
        for start, end, role, lead in fields
    )


def _period_days(period: Period | None) -> tuple[str, str] | None:
    return (period.first.isoformat(), period.last.isoformat()) if period else None


def _period(days: Sequence[str] | None) -> Period | None:
    return Period(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None
