"""The assistant: one question in, one cited answer out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from corpus.catalogue import read_catalogue
from corpus.document import Details, Document
from index.build import BuildReport
from index.encode import Encoder
from index.minilm import load_encoder
from index.progress import Report
from index.refresh import refresh
from index.store import SearchIndex, open_index
from qa import phrases
from qa.about import is_about_the_assistant
from qa.answer import Answer, Hit, Status
from qa.compose import answer_text, cite, is_verbatim
from qa.confidence import THRESHOLD, Signals, confidence, signals
from qa.evidence import choose_evidence
from qa.followup import carried_questions
from qa.glossary import Glossary, bundled_glossary
from qa.question import NO_GLOSSARY, Question, check, parse
from qa.retrieve import Retriever

PASSAGES = 20  # that come with an answer, best first


class Assistant:
    """Answers questions over one index; keeps nothing of a conversation.

    Safe to use from several threads. `threshold` is the confidence below which it stays silent.
    """

    def __init__(
        self,
        index: SearchIndex,
        encoder: Encoder,
        *,
        examples: Sequence[str] = (),
        glossary: Glossary = NO_GLOSSARY,
        threshold: float = THRESHOLD,
    ) -> None:
        self._index = index
        self._threshold = threshold
        self._glossary = glossary
        self._retriever = Retriever(index, encoder)
        self._examples = tuple(examples)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answers one question; `history` are the earlier questions of the conversation, oldest first.

        Raises EmptyQuestion and QuestionTooLong; a question that the documents do not answer
        is an answer too (status `not_in_documents`).
        """
        check(question)
        if is_about_the_assistant(question):
            return Answer(question, Status.ABOUT_THE_ASSISTANT, phrases.ABOUT, (), (), 1.0, "")
        return self._answer(self._parse(question, history))

    def warm_up(self) -> None:
        """Loads what the first question would load: ten seconds for the model."""
        self._retriever.search(parse("warm up"), 1)

    def document(self, document_id: str) -> Document:
        """One document with its text; KeyError where there is no such document."""
        return self._index.document(document_id)

    def details(self) -> tuple[tuple[str, Details], ...]:
        """The id and the details of every document, sorted by id."""
        return tuple(sorted(self._index.details(), key=lambda pair: pair[0]))

    def examples(self) -> tuple[str, ...]:
        """Questions that the loaded documents answer."""
        return self._examples

    def signals(self, question: str, history: Sequence[str] = ()) -> Signals:
        """What the confidence of the answer to a question is made from, for fitting it."""
        parsed = self._parse(question, history)
        found = self._retriever.search(parsed, PASSAGES)
        return signals(parsed, found, self._index)

    def _parse(self, question: str, history: Sequence[str]) -> Question:
        return parse(question, carried_questions(question, history), self._glossary)

    def _answer(self, question: Question) -> Answer:
        found = self._retriever.search(question, PASSAGES)
        evidence = choose_evidence(question, found, self._index)
        sure = confidence(signals(question, found, self._index)) if evidence else 0.0
        citations = cite(evidence)
        verbatim = all(is_verbatim(citation, self.document) for citation in citations)
        if sure < self._threshold or not verbatim:  # nothing is shown that is not in a document
            return _silence(question, found.hits, sure)
        text = answer_text(citations)
        return Answer(question.asked, Status.ANSWERED, text, citations, found.hits, sure, question.text)


def _silence(question: Question, hits: tuple[Hit, ...], sure: float) -> Answer:
    text = phrases.NOT_IN_DOCUMENTS if hits else phrases.NOTHING_FOUND
    return Answer(question.asked, Status.NOT_IN_DOCUMENTS, text, (), hits, sure, question.text)


def index_folder(documents: Path, data: Path) -> Path:
    """Where the index of a place with documents is kept: each place has its own below `data`."""
    name = hashlib.sha256(str(documents.resolve()).encode()).hexdigest()[:16]
    return data / "indexes" / name


def bring_up_to_date(documents: Path, data: Path, encoder: Encoder, *, progress: Report) -> BuildReport:
    """Indexes what has changed in `documents`. Raises what reading and indexing raise."""
    return refresh(documents, index_folder(documents, data), encoder, progress=progress)


def open_assistant(
    documents: Path, data: Path, *, model: str | None = None, progress: Report = lambda _: None
) -> Assistant:
    """An assistant over `documents`, whose index below `data` is brought up to date first."""
    encoder = load_encoder(model)
    bring_up_to_date(documents, data, encoder, progress=progress)
    index = open_index(index_folder(documents, data), encoder)
    return Assistant(index, encoder, examples=_examples(documents, index), glossary=bundled_glossary())


def _examples(documents: Path, index: SearchIndex) -> tuple[str, ...]:
    """The catalogue's questions for the documents that are in the index, in the catalogue's order."""
    if not documents.is_dir():
        return ()
    indexed = frozenset(index.document_ids())
    catalogue = read_catalogue(documents)
    return tuple(
        question for name, entry in catalogue.items() if name in indexed for question in entry.examples
    )
