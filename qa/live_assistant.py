"""An assistant whose documents change while it answers: it goes over to each new index in one step."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from corpus.collection import collection_of
from corpus.document import Details, Document, Skipped
from index.encode import Encoder
from index.errors import SearchIndexError
from index.generations import Pointer, current
from index.progress import Report
from index.store import open_index
from qa.answer import Answer
from qa.assistant import (
    Assistant,
    Holding,
    assistant_over,
    index_folder,
    open_reader,
    prepare,
)
from qa.history import InspectionHistory
from qa.reader import Reader
from qa.scope import EVERYTHING, Scope

_WARMING = "What do the documents say of this?"  # touches every part of an index that answering reads


class LiveAssistant:
    """As `qa.assistant.Assistant`, over the index that is the current one; safe under threads.

    What is in flight keeps the assistant that it began with, whose index stays open as long as anything
    refers to it. Only `reload` goes over to another index.
    """

    def __init__(self, folder: Path, open_current: Callable[[], Assistant]) -> None:
        """`open_current` opens an assistant over the current index of `folder`."""
        self._folder = folder
        self._open = open_current
        self._reloading = threading.Lock()
        self._pointer: Pointer | None = _pointer(folder)
        self._assistant = open_current()
        self._kept: ContextVar[Assistant | None] = ContextVar("kept", default=None)

    @property
    def now(self) -> Assistant:
        """The assistant over the documents as they are now, or as they were when `kept` began."""
        return self._kept.get() or self._assistant

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What runs within, in threads of its own too where they take the context over, sees one index."""
        before = self._kept.set(self._assistant)
        try:
            yield
        finally:
            self._kept.reset(before)

    @property
    def is_behind(self) -> bool:
        """Whether there is another index than the one in use, by whichever process it was made."""
        pointer = _pointer(self._folder)
        return pointer is not None and pointer != self._pointer

    def reload(self) -> None:
        """Go over to the current index, once it is ready to answer; nothing where it is in use already.

        Raises what opening an index raises; the index in use then stays in use.
        """
        with self._reloading:
            pointer = _pointer(self._folder)
            if pointer == self._pointer:
                return
            opened = self._open()
            opened.ask(_WARMING)  # what the first question would load
            self._pointer, self._assistant = pointer, opened
        gc.collect()  # the assistant before refers to itself, and holds its files open until it is collected

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_written: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Answer:
        """As `Assistant.ask`."""
        return self.now.ask(question, history, as_written=as_written, scope=scope)

    def warm_up(self) -> None:
        """Loads what the first question would load."""
        self.now.warm_up()

    def document(self, document_id: str) -> Document:
        """One document with its text; KeyError where there is no such document."""
        return self.now.document(document_id)

    def original(self, document_id: str) -> Path | None:
        """The file that a document was read from; None where there is none, or none any more."""
        return self.now.original(document_id)

    def details(self) -> tuple[tuple[str, Details], ...]:
        """The id and the details of every document, sorted by id."""
        return self.now.details()

    def holdings(self) -> tuple[Holding, ...]:
        """What there is of every document, in the order of the index."""
        return self.now.holdings()

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What was not read when the documents were indexed."""
        return self.now.skipped

    def inspection_history(self) -> InspectionHistory:
        """What the documents say over time: timeline, grades, themes."""
        return self.now.inspection_history()

    def examples(self) -> tuple[str, ...]:
        """Questions that the documents answer."""
        return self.now.examples()

    def suggestions(self, answer: Answer) -> tuple[str, ...]:
        """Questions that follow on from an answer; none where one of its documents was taken away since."""
        now = self.now
        known = {name for name, _ in now.details()}
        told = {one.document_id for one in answer.citations}
        told |= {hit.passage.document_id for hit in answer.hits}
        return now.suggestions(answer) if told <= known else ()


def open_live_assistant(
    documents: Path,
    data: Path,
    *,
    model: str | None = None,
    reader: str | None = None,
    progress: Report = lambda _: None,
    notice: Callable[[str], None] = lambda _: None,
) -> LiveAssistant:
    """As `qa.assistant.open_assistant`, for a program in which the documents change."""
    encoder = prepare(documents, data, model, progress=progress, notice=notice)
    return live_over(documents, data, encoder, reader=open_reader(reader))


def live_over(
    documents: Path,
    data: Path,
    encoder: Encoder,
    *,
    reader: Reader | None = None,
    threshold: float | None = None,
) -> LiveAssistant:
    """A live assistant over an index that is there."""
    folder = index_folder(documents, data)
    collection = collection_of(documents, data)

    def open_current() -> Assistant:
        index = open_index(folder, encoder)
        return assistant_over(index, encoder, collection, reader=reader, threshold=threshold)

    return LiveAssistant(folder, open_current)


def _pointer(folder: Path) -> Pointer | None:
    """What is the current index; None while that cannot be told."""
    try:
        return current(folder)
    except SearchIndexError:
        return None
