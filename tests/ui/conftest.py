"""An assistant that a person can predict: it knows six questions, over two real documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.document import Details, Document, Passage, Section, Sentence
from qa.answer import Answer, Citation, Hit, Status
from qa.errors import EmptyQuestion

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
LETTER_2014 = "2014-09-30-ofsted-advice-letter.txt"
LETTER_2020 = "2020-12-04-ofsted-focused-visit.txt"
HOSTILE = "hostile.txt"

HOSTILE_TEXT = (
    "A note on <script>document.title = 'taken'</script> pages.\n\n"
    '<img src="http://elsewhere.invalid/a.png" onerror="document.title=1"> and '
    "![picture](http://elsewhere.invalid/b.png) and [a link](javascript:alert(1)) and `code` "
    "and **bold** and ${1 + 1} and $$x^2$$ and </mark></section> and https://elsewhere.invalid/c.\n\n"
    "The last paragraph of the note."
)

PLANS = "The quality of children's plans is not consistent for all children."
WORKERS = "All workers spoken to feel well supported."
CUT = "Technology and systems already in place enabled a quick\n\nchange in working arrangements"
ATTENDANCE = "50% of children in care were attending school by the end of June 2020"

# What each question is answered with: the status and the quotations with their documents.
ANSWERS: dict[str, tuple[Status, tuple[tuple[str, str], ...]]] = {
    "How good are children's plans?": (Status.ANSWERED, ((LETTER_2020, PLANS), (LETTER_2020, ATTENDANCE))),
    "How do workers feel?": (Status.ANSWERED, ((LETTER_2020, WORKERS),)),
    "How quickly did the service change?": (Status.PARTIAL, ((LETTER_2020, CUT),)),
    "What does the note say?": (Status.ANSWERED, ((HOSTILE, HOSTILE_TEXT.split("\n\n")[1]),)),
    "Hello": (Status.ABOUT_THE_ASSISTANT, ()),
}
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

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_written: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Answer:
        self.histories.append(tuple(history))
        if not question.strip():
            raise EmptyQuestion("There is no question: type one and ask again.")
        if question == "Break":
            raise RuntimeError("a fault made on purpose")
        status, cited = ANSWERS.get(question, (Status.NOT_IN_DOCUMENTS, ()))
        citations = tuple(
            cite(self.documents[name], quote, number) for number, (name, quote) in enumerate(cited, start=1)
        )
        return Answer(question, status, _text(status, citations), citations, self._hits(), 0.5, question)

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
