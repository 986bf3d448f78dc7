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
from qa.answer import Answer, Citation, Hit, Status
from qa.choose import choose, whole_list
from qa.compose import answer_text, cite, is_verbatim
from qa.confidence import Signals, confidence, fitted_model
from qa.evidence import Evidence, rank_evidence
from qa.followup import carried_questions
from qa.glossary import Glossary, bundled_glossary
from qa.question import NO_GLOSSARY, Question, check, parse
from qa.retrieve import Found, Retriever
from qa.signals import signals
from qa.spelling import correct
from qa.times import best_fit, passage_times
from qa.weights import SHIPPED, Weights

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
        weights: Weights = SHIPPED,
        threshold: float | None = None,
    ) -> None:
        self._index = index
        self._model = fitted_model()
        self._threshold = self._model.threshold if threshold is None else threshold
        self._glossary = glossary.with_abbreviations(index.abbreviations)
        self._retriever = Retriever(index, encoder, weights)
        self._weights = weights
        self._examples = tuple(examples)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answers one question; `history` are the earlier questions of the conversation, oldest first.

        Raises EmptyQuestion and QuestionTooLong; a question that the documents do not answer
        is an answer too (status `not_in_documents`).
        """
        check(question)
        if is_about_the_assistant(question):
            return Answer(question, Status.ABOUT_THE_ASSISTANT, phrases.ABOUT, (), (), 1.0, "")
        parsed = self._parse(question, history)
        found = self._retriever.search(parsed, PASSAGES)
        ranked = rank_evidence(parsed, found, self._index)
        if not ranked or not self._covers(parsed, found):
            return _silence(question, parsed, found.hits, 0.0)
        sure = confidence(signals(parsed, found, ranked[0], self._index), self._model)
        citations = self._citations(parsed, ranked)
        verbatim = all(is_verbatim(citation, self.document) for citation in citations)
        if sure < self._threshold or not verbatim:  # nothing is shown that is not in a document
            return _silence(question, parsed, found.hits, sure)
        text = answer_text(citations)
        return Answer(question, Status.ANSWERED, text, citations, found.hits, sure, parsed.searched)

    def signals(self, question: str, history: Sequence[str] = ()) -> Signals | None:
        """What the confidence of an answer is made from, for fitting it; None where nothing is found."""
        parsed = self._parse(question, history)
        found = self._retriever.search(parsed, PASSAGES)
        ranked = rank_evidence(parsed, found, self._index)
        return signals(parsed, found, ranked[0], self._index) if ranked else None

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

    def _parse(self, question: str, history: Sequence[str]) -> Question:
        carried = carried_questions(question, history) if self._weights.history else ()
        corrected, _ = correct(question, self._index, self._is_known)
        return parse(corrected, carried, glossary=self._glossary, weights=self._weights)

    def _is_known(self, term: str) -> bool:
        """Whether an analysed word stands in a document or in the glossary."""
        return self._index.document_frequency(term) > 0 or bool(self._glossary.alternatives([term]))

    def _covers(self, question: Question, found: Found) -> bool:
        """Whether any passage that was found speaks of a time that the question names, if it names one."""
        passages = (hit.passage for hit in found.hits)
        times = (passage_times(one, self.document(one.document_id).details) for one in passages)
        return not question.periods or any(best_fit(time, question.periods) > 0 for time in times)

    def _citations(self, question: Question, ranked: Sequence[Evidence]) -> tuple[Citation, ...]:
        chosen = choose(question, ranked)
        quotations = whole_list(question, chosen) or [(one.document, one.sentence) for one in chosen]
        return cite(quotations, by_date=question.over_time)


def _silence(asked: str, question: Question, hits: tuple[Hit, ...], sure: float) -> Answer:
    text = phrases.NOT_IN_DOCUMENTS if hits else phrases.NOTHING_FOUND
    return Answer(asked, Status.NOT_IN_DOCUMENTS, text, (), hits, sure, question.searched)


def index_folder(documents: Path, data: Path) -> Path:
    """Where the index of a place with documents is kept: each place has its own below `data`."""
    name = hashlib.sha256(str(documents.resolve()).encode()).hexdigest()[:16]
    return data / "indexes" / name


def bring_up_to_date(documents: Path, data: Path, encoder: Encoder, *, progress: Report) -> BuildReport:
    """Indexes what has changed in `documents`. Raises what reading and indexing raise."""
    return refresh(documents, index_folder(documents, data), encoder, progress=progress)


def open_assistant(
    documents: Path,
    data: Path,
    *,
    model: str | None = None,
    weights: Weights = SHIPPED,
    progress: Report = lambda _: None,
) -> Assistant:
    """An assistant over `documents`, whose index below `data` is brought up to date first."""
    encoder = load_encoder(model)
    bring_up_to_date(documents, data, encoder, progress=progress)
    index = open_index(index_folder(documents, data), encoder)
    return Assistant(
        index, encoder, examples=_examples(documents, index), glossary=bundled_glossary(), weights=weights
    )


def _examples(documents: Path, index: SearchIndex) -> tuple[str, ...]:
    """The catalogue's questions for the documents that are in the index, in the catalogue's order."""
    if not documents.is_dir():
        return ()
    indexed = frozenset(index.document_ids())
    catalogue = read_catalogue(documents)
    return tuple(
        question for name, entry in catalogue.items() if name in indexed for question in entry.examples
    )
