"""An assistant that a person can predict: it knows a few questions, over two real documents."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.document import Details, Document, Passage, Section, Sentence
from qa.answer import Answer, Citation, Correction, Hit, Status
from qa.errors import EmptyQuestion
from qa.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.ui.axe import Findings
    from tests.ui.browsing import Visit

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
LETTER_2014 = "2014-09-30-ofsted-advice-letter.txt"
LETTER_2020 = "2020-12-04-ofsted-focused-visit.txt"
HOSTILE = "hostile.txt"

HOSTILE_TEXT = (
    "A note on <script>document.title = 'taken'</script> pages.\n\n"
    '<img src="http://elsewhere.invalid/a.png" onerror="document.title=1"> and '
    "![picture](http://elsewhere.invalid/b.png) and [a link](javascript:alert(1)) and `code` "
    "and **bold** and ${1 + 1} and $$x^2$$ and </mark></section> and https://elsewhere.invalid/c "
    "and \u202eturned\u202c and \x1b[2Jcleared and \u05d0\u05d1\u05d2.\n\n"
    "The last paragraph of the note."
)

PLANS = "The quality of children's plans is not consistent for all children."
WORKERS = "All workers spoken to feel well supported."
CUT = "Technology and systems already in place enabled a quick\n\nchange in working arrangements"
FAILURE = (
    "there is widespread and serious failure in the Council's ability to help and protect children "
    "and young people."
)
ATTENDANCE = "50% of children in care were attending school by the end of June 2020"

# What each question is answered with: the status and the quotations with their documents.
ANSWERS: dict[str, tuple[Status, tuple[tuple[str, str], ...]]] = {
    "How good are children's plans?": (Status.ANSWERED, ((LETTER_2020, PLANS), (LETTER_2020, ATTENDANCE))),
    "How do workers feel?": (Status.ANSWERED, ((LETTER_2020, WORKERS),)),
    "How quickly did the service change?": (Status.PARTIAL, ((LETTER_2020, CUT),)),
    "What does the note say?": (Status.ANSWERED, ((HOSTILE, HOSTILE_TEXT.split("\n\n")[1]),)),
    "Are children protected?": (Status.ANSWERED, ((LETTER_2014, FAILURE), (LETTER_2020, PLANS))),
    "Hello": (Status.ABOUT_THE_ASSISTANT, ()),
}
MISSPELT = "How do wrokers feel?"  # is read as "How do workers feel?"
SLOW = "Take your time"  # is answered when somebody opens the gate
# The passages that every question finds.
PASSAGES = (
    (LETTER_2020, "There is a shortage of local authority placements", "significant periods of time."),
    (LETTER_2020, "The high turnover of social work staff", "consistency in the workforce."),
)
EXAMPLES = ("How good are children's plans?", "How do workers feel?", "How quickly did the service change?")


def read_document(document_id: str, details: Details) -> Document:
    """A real text, with one section and the sentences that the questions are about."""
    text = DOCUMENTS.joinpath(document_id).read_bytes().decode("utf-8")
    return build_document(document_id, details, text)


def build_document(document_id: str, details: Details, text: str) -> Document:
    quotes = [quote for _, cited in ANSWERS.values() for name, quote in cited if name == document_id]
    spans = sorted((text.index(quote), text.index(quote) + len(quote)) for quote in quotes)
    return Document(
        id=document_id,
        details=details,
        sha256=sha256(text.encode()).hexdigest(),
        text=text,
        sections=(Section(("Findings",), 0, len(text)),),
        sentences=tuple(Sentence(start, end) for start, end in spans),
    )


def cite(document: Document, quote: str, number: int = 1) -> Citation:
    """The quotation where it first stands in the document."""
    start = document.text.index(quote)
    return Citation(
        number=number,
        document_id=document.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        locator="Findings, paragraph 1",
        pages=None,
        published=document.details.published,
    )


def find_words(document: Document, first: str, last: str) -> Hit:
    """The passage that begins and ends with these words, as if it had been searched for."""
    start = document.text.index(first)
    return find(document, start, document.text.index(last, start) + len(last))


def find(document: Document, start: int, end: int) -> Hit:
    """A passage of the document as if it had been searched for."""
    passage = Passage(
        id=f"{document.id}#{start}-{end}",
        document_id=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        context="",
        section=("Findings",),
        when=None,
        pages=None,
        sentences=(),
    )
    return Hit(passage, score=0.5, found_by=("dense",))


@dataclass(frozen=True)
class FakeAssistant:
    """Answers the questions of `ANSWERS`; anything else is not in its documents."""

    documents: dict[str, Document]
    histories: list[tuple[str, ...]] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_written: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Answer:
        self.histories.append(tuple(history))
        self.scopes.append(scope)
        if not question.strip():
            raise EmptyQuestion("There is no question: type one and ask again.")
        if question == "Break":
            raise RuntimeError("a fault made on purpose")
        if question == SLOW:
            self.gate.wait(timeout=20)
        if question == MISSPELT and not as_written:
            read = self._answer(question, "How do workers feel?")
            return replace(read, corrections=(Correction("wrokers", "workers"),), also_searched=("staff",))
        return self._answer(question, question)

    def _answer(self, question: str, searched: str) -> Answer:
        status, cited = ANSWERS.get(searched, (Status.NOT_IN_DOCUMENTS, ()))
        citations = tuple(
            cite(self.documents[name], quote, number) for number, (name, quote) in enumerate(cited, start=1)
        )
        answer = Answer(question, status, _text(status, citations), citations, self._hits(), 0.9, searched)
        missing = ("the cost",) if status is Status.PARTIAL else ()
        return replace(answer, missing=missing, disagreeing=(1, 2) if FAILURE in answer.text else ())

    def suggestions(self, answer: Answer) -> tuple[str, ...]:
        """What could be asked next: the first example that was not just asked."""
        return tuple(question for question in EXAMPLES if question != answer.question)[:1]

    def document(self, document_id: str) -> Document:
        return self.documents[document_id]

    def details(self) -> tuple[tuple[str, Details], ...]:
        return tuple((name, self.documents[name].details) for name in sorted(self.documents))

    def examples(self) -> tuple[str, ...]:
        return EXAMPLES

    def _hits(self) -> tuple[Hit, ...]:
        return tuple(find_words(self.documents[name], first, last) for name, first, last in PASSAGES)


def _text(status: Status, citations: Sequence[Citation]) -> str:
    if status is Status.NOT_IN_DOCUMENTS:
        return "None of the documents answers this question."
    if status is Status.ABOUT_THE_ASSISTANT:
        return "I answer questions with quotations from the documents."
    return " ".join(f"“{' '.join(cited.quote.split())}” [{cited.number}]" for cited in citations)


@pytest.fixture(scope="session")
def assistant() -> FakeAssistant:
    ofsted = Details("Advice letter", "Ofsted", kind="letter", published=date(2014, 9, 30))
    visit = Details(
        "Focused visit to Rotherham children's services",
        "Ofsted",
        kind="letter",
        published=date(2020, 12, 4),
        source="gov.uk",
        licence="Open Government Licence v3.0",
    )
    hostile = Details("<b>A note</b> [x](javascript:alert(2))", "`Nobody` <i>here</i>")
    return FakeAssistant(
        {
            LETTER_2014: read_document(LETTER_2014, ofsted),
            LETTER_2020: read_document(LETTER_2020, visit),
            HOSTILE: build_document(HOSTILE, hostile, HOSTILE_TEXT),
        }
    )


@pytest.fixture
def letter(assistant: FakeAssistant) -> Document:
    return assistant.documents[LETTER_2020]


@pytest.fixture
def wrong_citation(letter: Document) -> Citation:
    """A citation whose words do not stand at its place."""
    return replace(cite(letter, WORKERS), start=10, end=10 + len(WORKERS))


@pytest.fixture(scope="session")
def site(assistant: FakeAssistant) -> Iterator[str]:
    """The address of a server that answers from the predictable assistant."""
    from tests.ui.browsing import serving  # importing Gradio takes seconds

    with serving(assistant) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from tests.ui.browsing import chromium

    with chromium() as program:
        yield program


@pytest.fixture(scope="session")
def findings(browser: Browser) -> Iterator[Findings]:
    """What axe-core finds on all pages of a run, written down at its end where that was asked for."""
    from tests.ui.axe import recorded

    with recorded(browser) as found:
        yield found


@pytest.fixture(scope="session")
def anna(browser: Browser, site: str) -> Iterator[Visit]:
    """One window for all tests that need no other; loading the page is the dearest step."""
    from tests.ui.browsing import DESKTOP, Visit

    context = browser.new_context(viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    yield Visit(context, site)
    context.close()


@pytest.fixture(scope="session")
def ben(browser: Browser, site: str) -> Iterator[Visit]:
    """The window of somebody else."""
    from tests.ui.browsing import DESKTOP, Visit

    context = browser.new_context(viewport=DESKTOP)
    yield Visit(context, site)
    context.close()


@pytest.fixture
def visit(anna: Visit, assistant: FakeAssistant) -> Visit:
    """Anna's window, emptied, whatever the test before left behind."""
    assistant.gate.set()
    anna.put_right()
    anna.new_conversation()
    return anna
