"""A place with documents, read: every file becomes a Document or a Skipped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.catalogue import CATALOGUE_NAME, Entry, read_catalogue
from corpus.document import Details, Document, Page, Role, Sentence, Skipped
from corpus.errors import DocumentsNotFound, UnreadableDocument
from corpus.jsonl_file import BadLine, read_records
from corpus.pdf_file import read_pdf
from corpus.period import find_periods
from corpus.structure import find_structure
from corpus.text_file import decode_text

_TEXT_SUFFIXES = (".txt", ".md")
_SUFFIXES = (*_TEXT_SUFFIXES, ".pdf")
_PDF_MARK = b"%PDF-"  # a PDF that was given the name of a text file is read as what it is
_FILE_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[-_ ]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a place held: documents sorted by id, example questions for them, and what was left out."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a document was read from: `state` changes when its file (or line) or its catalogue entry does."""

    id: str
    state: str
    skipped: tuple[Skipped, ...] = ()  # its pages


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that is as it was when it was read before."""

    id: str


@dataclass(frozen=True, slots=True)
class Changes:
    """As `Reading`, with every document that has not changed unread; a source for each of the documents."""

    documents: tuple[Document | Unread, ...]
    skipped: tuple[Skipped, ...]
    sources: tuple[Source, ...]


def read_documents(place: Path) -> Reading:
    """Reads a folder (with its subfolders), one document, or a corpus.jsonl.

    Raises DocumentsNotFound when there is nothing to read, BadCatalogue for a broken
    documents.toml; a document that cannot be read is in `skipped`.
    """
    catalogue = {} if is_jsonl(place) else read_catalogue(_folder(place))
    changes = read_changes(place, {})
    documents = tuple(document for document in changes.documents if isinstance(document, Document))
    examples = [example for one in documents if one.id in catalogue for example in catalogue[one.id].examples]
    return Reading(documents, changes.skipped, tuple(examples))


def read_changes(place: Path, before: Mapping[str, Source]) -> Changes:
    """As `read_documents`, but leaves every document unread that has the same source as `before`, by id.

    A file is taken for unchanged where its name, size and time of change are the same, as `state_of` does.
    """
    files = list_files(place)
    if is_jsonl(place):
        changes = _read_jsonl(place, before)
    else:
        changes = _read_files(_folder(place), files, before, whole=place.is_dir())
    if not changes.documents:
        reasons = "; ".join(f"{skipped.path}: {skipped.reason}" for skipped in changes.skipped[:3])
        raise DocumentsNotFound(f"{place} holds no document that can be read ({reasons or 'it is empty'}).")
    return changes


def is_jsonl(place: Path) -> bool:
    """Whether a place is one file whose lines are the documents."""
    return place.suffix.casefold() == ".jsonl"


def _folder(place: Path) -> Path:
    return place if place.is_dir() else place.parent


def list_files(place: Path) -> tuple[Path, ...]:
    """The files that make up `place`, sorted; hidden ones are left out.

    Raises DocumentsNotFound when `place` is missing, or a folder without files.
    """
    if place.is_file():
        return (place,)
    if not place.is_dir():
        raise DocumentsNotFound(f"{place} does not exist; name a folder of documents or a corpus.jsonl.")
    # A link that leads nowhere is listed too, so that it is reported as one that cannot be opened.
    files = sorted(path for path in place.rglob("*") if not path.is_dir() and not _is_hidden(path, place))
    if not any(path.name != CATALOGUE_NAME for path in files):
        kinds = ", ".join(_SUFFIXES)
        raise DocumentsNotFound(f"{place} is an empty folder; put documents ({kinds}) into it.")
    return tuple(files)


def state_of(place: Path) -> str:
    """A short text that changes when a file of `place` does: names, sizes and times of change."""
    digest = hashlib.sha256()
    for path in list_files(place):
        stat = path.stat() if path.exists() else path.lstat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _is_hidden(path: Path, place: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(place).parts)


def _read_files(
    folder: Path, files: tuple[Path, ...], before: Mapping[str, Source], *, whole: bool
) -> Changes:
    catalogue = read_catalogue(folder)
    documents: list[Document | Unread] = []
    skipped: list[Skipped] = []
    sources: list[Source] = []
    for path in files:
        name = path.relative_to(folder).as_posix()
        if name == CATALOGUE_NAME:
            continue
        try:
            document, source = _read_changed(path, name, catalogue.get(name), before.get(name))
        except UnreadableDocument as exc:
            skipped.append(Skipped(name, None, str(exc)))
            continue
        documents.append(document)
        sources.append(source)
        skipped += source.skipped
    if whole:
        names = {path.relative_to(folder).as_posix() for path in files}
        reason = f"it is named in {CATALOGUE_NAME} but is not in the folder"
        skipped += [Skipped(name, None, reason) for name in sorted(catalogue) if name not in names]
    return Changes(tuple(documents), tuple(skipped), tuple(sources))


def _read_changed(
    path: Path, name: str, entry: Entry | None, before: Source | None
) -> tuple[Document | Unread, Source]:
    state = _state(path, entry)
    if before is not None and before.state == state:
        return Unread(name), before
    document, pages = _read_file(path, name, entry)
    return document, Source(name, state, tuple(pages))


def _state(path: Path, entry: Entry | None) -> str:
    """Looked at before the file is read: one that changes meanwhile is read again the next time."""
    try:
        stat = path.stat()
    except OSError as exc:
        raise UnreadableDocument(f"it cannot be opened ({exc.strerror}); check that it is there") from exc
    details = repr(entry.details) if entry else ""
    return f"{stat.st_size} {stat.st_mtime_ns} {hashlib.sha256(details.encode()).hexdigest()[:16]}"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise UnreadableDocument(f"it cannot be opened ({exc.strerror}); check that it is there") from exc


def _read_file(path: Path, name: str, entry: Entry | None) -> tuple[Document, list[Skipped]]:
    content = _content(path)
    suffix = path.suffix.casefold()
    if suffix not in _SUFFIXES:
        raise UnreadableDocument(f"files of this kind are not read; expected {', '.join(_SUFFIXES)}")
    if suffix == ".pdf" or content.startswith(_PDF_MARK):
        pdf = read_pdf(content)
        reason = "the page has no text layer; it may be a scan"
        skipped = [Skipped(name, page, reason) for page in pdf.empty_pages]
        return _document(name, content, pdf.text, entry, pages=pdf.pages, title=pdf.title), skipped
    return _document(name, content, decode_text(content), entry), []


def _read_jsonl(path: Path, before: Mapping[str, Source]) -> Changes:
    read: list[tuple[Document | Unread, Source]] = []
    skipped: list[Skipped] = []
    for record in read_records(_content(path)):
        if isinstance(record, BadLine):
            skipped.append(Skipped(path.name, None, f"line {record.number}: {record.reason}"))
            continue
        source = Source(record.id, hashlib.sha256(record.line).hexdigest())
        if before.get(record.id) == source:
            read.append((Unread(record.id), source))
            continue
        entry = Entry(Details(record.title or record.id), ())
        read.append((_document(record.id, record.line, record.text, entry), source))
    read.sort(key=lambda one: one[0].id)
    return Changes(
        tuple(document for document, _ in read), tuple(skipped), tuple(source for _, source in read)
    )


def _document(
    name: str,
    content: bytes,
    text: str,
    entry: Entry | None,
    *,
    pages: tuple[Page, ...] = (),
    title: str | None = None,
) -> Document:
    sections, sentences = find_structure(text, entry.details.author if entry else None)
    details = entry.details if entry else _proposed_details(name, text, sentences, title)
    digest = hashlib.sha256(content).hexdigest()
    return Document(name, details, digest, text, pages, sections, sentences)


def _proposed_details(name: str, text: str, sentences: tuple[Sentence, ...], title: str | None) -> Details:
    """What the document itself says: its first heading, its date line, its file name."""
    stem = Path(name).stem
    heading = next(_quotes(text, sentences[:12], Role.HEADING), None)
    plain = _FILE_DATE.sub("", stem).replace("-", " ").replace("_", " ").strip()
    return Details(title or heading or plain or stem, published=_proposed_date(stem, text, sentences))


def _proposed_date(stem: str, text: str, sentences: tuple[Sentence, ...]) -> date | None:
    match = _FILE_DATE.match(stem)
    for words in (*_quotes(text, sentences, Role.DATE), match[1] if match else ""):
        for mention in find_periods(words):
            if mention.period.first == mention.period.last:
                return mention.period.first
    return None


def _quotes(text: str, sentences: tuple[Sentence, ...], role: Role) -> Iterator[str]:
    return (" ".join(text[s.start : s.end].split()) for s in sentences if s.role is role)
