"""A place with documents, read: every file becomes a Document or a Skipped."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from corpus.catalogue import CATALOGUE_NAME, Entry, read_catalogue
from corpus.document import Details, Document, Skipped
from corpus.errors import DocumentsNotFound, TakesTooMuch, UnreadableDocument
from corpus.extract_file import extract
from corpus.file_kind import SUFFIXES, FileKind, tell_kind
from corpus.file_report import FileReport, report_on_file
from corpus.isolated import Readers
from corpus.jsonl_file import BadLine, Record, read_records
from corpus.limits import LIMITS, check_characters, check_collection_size, check_file_size, check_structure
from corpus.proposals import details_of, propose
from corpus.structure import find_structure
from corpus.unseen_characters import check_name, printable

_PLAIN_SUFFIXES = (".txt", ".md")
Advance = Callable[[int, int], None]  # is told how many of how many files have been read


@dataclass(frozen=True, slots=True)
class Reading:
    """What a place held: documents sorted by id, example questions for them, and what was left out."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a document was read from: `state` changes when its file (or line) or its catalogue entry does.

    A line of a corpus.jsonl has no report. One with a `refusal` gave no document: its file took too much
    time or memory.
    """

    id: str
    state: str
    skipped: tuple[Skipped, ...] = ()  # its pages
    report: FileReport | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that is as it was when it was read before."""

    id: str


@dataclass(frozen=True, slots=True)
class Changes:
    """As `Reading`, with every document that has not changed unread.

    There is a source for each of the documents, and for each file that takes too much to be read.
    """

    documents: tuple[Document | Unread, ...]
    skipped: tuple[Skipped, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Amendments:
    """What people changed about the documents of a place, by id: corrected details, and which are hidden."""

    details: Mapping[str, Details] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def entry(self, name: str, entry: Entry | None) -> Entry | None:
        """The catalogue's entry as it was corrected; its questions stay."""
        corrected = self.details.get(name)
        if corrected is None:
            return entry
        return replace(entry, details=corrected) if entry else Entry(corrected, ())


UNAMENDED = Amendments()


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


def read_changes(place: Path, before: Mapping[str, Source], *, advance: Advance = lambda *_: None) -> Changes:
    """As `read_documents`, but leaves every document unread that has the same source as `before`, by id.

    A file is taken for unchanged where its name, size and time of change are the same, as `state_of` does.
    `advance` is told how many files have been read of those that have to be; what it raises stops it.
    """
    return some_document(read_place(place, before, advance=advance), place)


def read_place(
    place: Path,
    before: Mapping[str, Source],
    amended: Amendments = UNAMENDED,
    *,
    advance: Advance = lambda *_: None,
) -> Changes:
    """As `read_changes`, with what people changed; a place none of whose files can be read is no error."""
    files = list_files(place)
    if is_jsonl(place):
        return _read_jsonl(place, before, amended)
    return _read_files(_folder(place), files, before, amended, advance, whole=place.is_dir())


def some_document(changes: Changes, place: Path) -> Changes:
    """The changes as they are. Raises DocumentsNotFound where they hold no document."""
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
    # A link that leads nowhere or to a folder is listed too, so that it is reported as one.
    found = (path for path in place.rglob("*") if path.is_symlink() or not path.is_dir())
    files = sorted(path for path in found if not _is_hidden(path, place))
    if not any(path.name != CATALOGUE_NAME for path in files):
        kinds = ", ".join(SUFFIXES)
        raise DocumentsNotFound(f"{place} is an empty folder; put documents ({kinds}) into it.")
    return tuple(files)


def state_of(place: Path) -> str:
    """A short text that changes when a file of `place` does: names, sizes and times of change."""
    digest = hashlib.sha256()
    for path in list_files(place):
        stat = path.stat() if path.exists() else path.lstat()
        digest.update(os.fsencode(path) + f"\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _is_hidden(path: Path, place: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(place).parts)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file that has to be read."""

    path: Path
    name: str
    entry: Entry | None
    state: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a file: a document with its source, or that it was skipped, or neither but its source."""

    document: Document | Unread | None = None
    source: Source | None = None
    skipped: tuple[Skipped, ...] = ()


def _read_files(
    folder: Path,
    files: tuple[Path, ...],
    before: Mapping[str, Source],
    amended: Amendments,
    advance: Advance,
    *,
    whole: bool,
) -> Changes:
    catalogue = read_catalogue(folder)
    names = {path: path.relative_to(folder).as_posix() for path in files}
    within = folder if whole else None
    looked_at = [
        _look_at(path, name, amended.entry(name, catalogue.get(name)), before.get(name), within=within)
        for path, name in names.items()
        if name != CATALOGUE_NAME and name not in amended.hidden
    ]
    outcomes = list(_outcomes(looked_at, advance))
    skipped = [one for outcome in outcomes for one in outcome.skipped]
    if whole:
        missing = sorted(set(catalogue) - set(names.values()))
        reason = f"it is named in {CATALOGUE_NAME} but is not in the folder"
        skipped += [Skipped(printable(name), None, reason) for name in missing]
    return Changes(
        tuple(outcome.document for outcome in outcomes if outcome.document is not None),
        tuple(skipped),
        tuple(outcome.source for outcome in outcomes if outcome.source is not None),
    )


def _look_at(
    path: Path, name: str, entry: Entry | None, before: Source | None, *, within: Path | None
) -> _Wanted | _Outcome:
    """Whether a file has to be read, and what came of it where it has not."""
    try:
        if within is not None:
            _check_place(path, name, within)
        state = _state(path, entry)
    except UnreadableDocument as exc:
        return _Outcome(skipped=(Skipped(printable(name), None, str(exc)),))
    if before is None or before.state != state:
        return _Wanted(path, name, entry, state)
    if before.refusal is not None:
        return _refused(before, before.refusal)
    return _Outcome(Unread(name), before, before.skipped)


def _outcomes(looked_at: Sequence[_Wanted | _Outcome], advance: Advance) -> Iterator[_Outcome]:
    """What came of each file, in order; those that have to be read are read a few at a time."""
    wanted = [one for one in looked_at if isinstance(one, _Wanted)]
    done = 0
    with Readers() as readers, closing(readers.in_order(partial(_read_one, readers), wanted)) as results:
        for one in looked_at:
            if isinstance(one, _Wanted):
                yield next(results)
                done += 1
                advance(done, len(wanted))
            else:
                yield one


def _read_one(readers: Readers, wanted: _Wanted) -> _Outcome:
    arguments = (wanted.path, wanted.name, wanted.entry)
    try:
        if _is_harmless(wanted.path, wanted.name):
            document, report = _read_file(*arguments)
        else:
            document, report = readers.read(_read_file, *arguments)
    except TakesTooMuch as exc:
        return _refused(Source(wanted.name, wanted.state, refusal=str(exc)), str(exc))
    except UnreadableDocument as exc:
        return _Outcome(skipped=(Skipped(printable(wanted.name), None, printable(str(exc))),))
    pages = tuple(Skipped(wanted.name, one.page, one.reason) for one in report.empty_pages)
    return _Outcome(document, Source(wanted.name, wanted.state, pages, report), pages)


def _refused(source: Source, refusal: str) -> _Outcome:
    """A file that takes too much: it is not tried again until it changes."""
    return _Outcome(source=source, skipped=(Skipped(printable(source.id), None, refusal),))


def _check_place(path: Path, name: str, folder: Path) -> None:
    """Raise UnreadableDocument for what only looks like a file of the folder."""
    check_name(name)
    if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableDocument("it is a link that leads out of the folder; put a copy of the file there")
    if path.is_dir():
        raise UnreadableDocument("it is a link to a folder; put a copy of the folder there")


def _is_harmless(path: Path, name: str) -> bool:
    """Whether a file is plain text of a size that takes no long time whatever is in it."""
    if path.suffix.casefold() not in _PLAIN_SUFFIXES or path.stat().st_size > LIMITS.in_process_bytes:
        return False
    return tell_kind(_content(path), name) is FileKind.TEXT


def _state(path: Path, entry: Entry | None) -> str:
    """Looked at before the file is read: one that changes meanwhile is read again the next time."""
    try:
        stat = path.stat()
    except OSError as exc:
        raise UnreadableDocument(f"it cannot be opened ({exc.strerror}); check that it is there") from exc
    if not path.is_file():
        raise UnreadableDocument("it is no file but a device or a pipe; put a file in its place")
    check_file_size(stat.st_size)
    return f"{stat.st_size} {stat.st_mtime_ns} {_digest(repr(entry.details) if entry else '')}"


def _digest(details: str) -> str:
    return hashlib.sha256(details.encode()).hexdigest()[:16]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise UnreadableDocument(f"it cannot be opened ({exc.strerror}); check that it is there") from exc


def _read_file(path: Path, name: str, entry: Entry | None) -> tuple[Document, FileReport]:
    started = perf_counter()
    content = _content(path)
    extracted = extract(content, name)
    check_characters(len(extracted.text))
    sections, sentences = find_structure(extracted.text, entry.details.author if entry else None)
    check_structure(len(sections), len(sentences))
    proposals = propose(name, extracted.text, sentences, extracted.stated)
    details = entry.details if entry else details_of(proposals)
    digest = hashlib.sha256(content).hexdigest()
    document = Document(name, details, digest, extracted.text, extracted.pages, sections, sentences)
    return document, report_on_file(name, extracted, proposals, perf_counter() - started)


def _read_jsonl(path: Path, before: Mapping[str, Source], amended: Amendments) -> Changes:
    read: list[tuple[Document | Unread, Source]] = []
    skipped: list[Skipped] = []
    check_collection_size(path)
    with Readers() as readers:
        for record in read_records(_content(path)):
            if isinstance(record, BadLine):
                skipped.append(Skipped(path.name, None, f"line {record.number}: {record.reason}"))
                continue
            if record.id in amended.hidden:
                continue
            corrected = amended.details.get(record.id)
            state = hashlib.sha256(record.line).hexdigest() + (_digest(repr(corrected)) if corrected else "")
            source = Source(record.id, state)
            if before.get(record.id) == source:
                read.append((Unread(record.id), source))
                continue
            try:
                read.append((_read_record(record, corrected, readers), source))
            except UnreadableDocument as exc:
                skipped.append(Skipped(path.name, None, f"line {record.number}: {exc}"))
    read.sort(key=lambda one: one[0].id)
    return Changes(
        tuple(document for document, _ in read), tuple(skipped), tuple(source for _, source in read)
    )


def _read_record(record: Record, corrected: Details | None, readers: Readers) -> Document:
    if len(record.line) <= LIMITS.in_process_bytes:
        return _document_of(record, corrected)
    return readers.read(_document_of, record, corrected)


def _document_of(record: Record, corrected: Details | None) -> Document:
    check_characters(len(record.text))
    sections, sentences = find_structure(record.text, None)
    check_structure(len(sections), len(sentences))
    digest = hashlib.sha256(record.line).hexdigest()
    details = corrected or Details(record.title or record.id)
    return Document(record.id, details, digest, record.text, (), sections, sentences)
