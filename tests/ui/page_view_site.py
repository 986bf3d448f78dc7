"""A site over PDFs whose every line is put at a place that is known, and a text without pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from corpus.document import Details
from corpus.locate import locator
from corpus.originals import original_file
from corpus.read import read_documents
from qa.answer import Answer, Citation, Status
from tests.ui.conftest import FakeAssistant
from tests.ui.page_view_pdfs import Paper, span_of
from tests.ui.plain_site import plain_site
from ui.links import page_link

LETTER, SCAN, NOTE = "visits/letter of 2016.pdf", "scan.pdf", "note.txt"
PLANS = "Some plans are still late, and the reasons are not recorded."
ACROSS = "The visit began on a Monday, and the inspectors spoke to forty families."
TITLE = "Letter to the council <b>of 2016</b>"
TWICE = "No judgement was made here."
QUESTION = "Are the plans late?"


@dataclass(frozen=True)
class PagedAssistant(FakeAssistant):
    """Answers one question from the letter, and knows the files of its documents."""

    folder: Path = Path()

    def original(self, document_id: str) -> Path | None:
        return original_file(self.folder, document_id)

    def _answer(self, question: str, searched: str) -> Answer:
        if question != QUESTION:
            return super()._answer(question, searched)
        citations = tuple(self.cited(words, number) for number, words in enumerate((PLANS, ACROSS), start=1))
        text = " ".join(f"“{' '.join(one.quote.split())}” [{one.number}]" for one in citations)
        return Answer(question, Status.ANSWERED, text, citations, (), 0.9, question)

    def _hits(self) -> tuple[()]:
        return ()

    def cited(self, words: str, number: int) -> Citation:
        letter = self.documents[LETTER]
        start, end = span_of(letter, words)
        pages = [page.number for page in letter.pages if page.start < end and start < page.end]
        place = locator(letter, start)
        return Citation(
            number, LETTER, start, end, letter.text[start:end], place, (pages[0], pages[-1]), None
        )


def paged_assistant(folder: Path) -> PagedAssistant:
    """A letter of four pages, of which the first is labelled i and the last is a drawing; a note."""
    (folder / "visits").mkdir()
    (folder / LETTER).write_bytes(letter().saved())
    (folder / NOTE).write_text("A note without pages.\n\nIts last paragraph.\n", encoding="utf-8")
    documents = {one.id: one for one in read_documents(folder).documents}
    documents[LETTER] = replace(documents[LETTER], details=Details(TITLE))
    return PagedAssistant(documents, folder=folder)


def letter() -> Paper:
    paper = Paper()
    paper.canvas.addPageLabel(0, "ROMAN_LOWER")
    paper.canvas.addPageLabel(1, "ARABIC", start=1)
    paper.lines("Letter to the council", "", "This page is the cover of the letter.").next_page()
    paper.lines(
        "Social workers know the children whom they support well,",
        "and managers check the quality of plans every month.",
        PLANS,
        *(f"Line {number} of the letter says nothing that is cited anywhere." for number in range(4, 36)),
        "The visit began on a Monday, and the inspectors",
    ).next_page()
    paper.lines("spoke to forty families.", f"Early help. {TWICE}", f"Fostering. {TWICE}").next_page()
    paper.canvas.rect(100, 300, 300, 300, fill=1)
    return paper


def address(
    assistant: PagedAssistant, *words: str, page: int = 2, at: int = 1, zoom: int | None = None
) -> str:
    """The view of a page of the letter at these words."""
    spans = [span_of(assistant.documents[LETTER], one) for one in words]
    return page_link(LETTER, page, spans, at=at, zoom=zoom)


@contextmanager
def serving_pages(assistant: PagedAssistant) -> Iterator[str]:
    """The address of a server of the plain pages: Gradio's page takes seconds to build."""
    config = uvicorn.Config(
        plain_site(assistant).app, port=0, log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
