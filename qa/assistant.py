"""The assistant: one question in, one cited answer out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus.collection import Collection, collection_of, examples_of, name_of_place
from corpus.document import Details, Document, Skipped
from corpus.file_report import FileReport
from corpus.period import Period, find_periods
from index.build import BuildReport
from index.checking import CHECKED_AT_START, check_current
from index.encode import Encoder
from index.minilm import load_encoder
from index.progress import Report
from index.refresh import refresh, refreshed_or_as_before
from index.store import SearchIndex, open_index
from index.words import analyse
from qa import phrases
from qa.about import is_about_the_assistant
from qa.answer import Answer, Citation, Hit, Status
from qa.choose import Quotation, choose, quotations
from qa.compose import answer_text, cite, is_verbatim
from qa.confidence import Signals, confidence, fitted_model
from qa.cross_encoder import cross_encoder
from qa.disagreement import disagreeing, numbers_of
from qa.evidence import rank_evidence
from qa.findings import Finding, merged_quotations
from qa.glossary import Glossary, bundled_glossary
from qa.history import InspectionHistory
from qa.missing import missing_parts
from qa.question import NO_GLOSSARY, Question, check, content_terms, parse
from qa.reader import Reader, bundled_reader
from qa.retrieve import Found, Retriever
from qa.scope import EVERYTHING, Scope, documents_in
from qa.signals import signals
from qa.suggestions import Suggester
from qa.themes import ThemeFinder
from qa.times import best_fit, passage_times
from qa.understand import Understanding, Understood
from qa.weights import SHIPPED, Weights

_LOOKED_UP = 5  # sentences in which the date of an event is looked for
NO_READER = "none"
PASSAGES = 20  # that come with an answer, best first


@dataclass(frozen=True, slots=True)
class Holding:
    """One document as it stands in the index; `pages` is 0 for one without pages."""

    id: str
    details: Details
    pages: int
    passages: int
    report: FileReport | None = None  # on its file; a line of a corpus.jsonl has none


class Assistant:
    """Answers questions over one index; keeps nothing of a conversation.

    Safe to use from several threads. `threshold` is the confidence below which it stays silent;
    `collection` is where the documents were read from, where that is known.
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
        reader: Reader | None = None,
        collection: Collection | None = None,
    ) -> None:
        self._index = index
        self._collection = collection
        self._model = fitted_model()
        self._threshold = self._model.threshold if threshold is None else threshold
        self._understanding = Understanding(index, glossary, weights)
        self._retriever = Retriever(index, encoder, weights, reader)
        self._examples = tuple(examples)
        # Without the reader, which takes half of the time: themes do not need the best passage first.
        finder = ThemeFinder(index, Retriever(index, encoder, weights), self._understanding)
        self._history = InspectionHistory(self._documents, finder)
        self._counting = threading.Lock()
        self._holdings: tuple[Holding, ...] | None = None
        self._suggester = Suggester(self.document, self.ask)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_written: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Answer:
        """Answers one question; `history` are the earlier questions of the conversation, oldest first.

        `as_written` searches for the words as they are, without correcting or adding any; `scope`
        narrows the documents. Raises EmptyQuestion, QuestionTooLong and UnknownScope; a question that
        the documents do not answer is an answer too (status `not_in_documents`).
        """
        check(question)
        if is_about_the_assistant(question):
            return Answer(question, Status.ABOUT_THE_ASSISTANT, phrases.ABOUT, (), (), 1.0, "")
        within = self._rows(scope)
        understood = self._understanding.read(question, history, as_written=as_written, date_of=self._date_of)
        found = self._retriever.search(understood.whole, PASSAGES, within)
        if len(understood.parts) == 1:
            findings = [self._judge(understood.whole, found)]
        else:
            findings = [
                self._judge(part, self._retriever.search(part, PASSAGES, within)) for part in understood.parts
            ]
        return self._answer(question, understood, found.hits, findings)

    def signals(self, question: str, history: Sequence[str] = ()) -> Signals | None:
        """What the confidence of an answer is made from, for fitting it; None where nothing is found.

        Of a question that asks several things: what the first of them gives.
        """
        first = self._understanding.read(question, history, date_of=self._date_of).parts[0]
        found = self._retriever.search(first, PASSAGES)
        ranked = rank_evidence(first, found, self._index)
        return signals(first, found, ranked[0], self._index) if ranked else None

    def warm_up(self) -> None:
        """Loads what the first question would load: ten seconds for the model."""
        self._retriever.search(parse("warm up"), 1)

    def document(self, document_id: str) -> Document:
        """One document with its text; KeyError where there is no such document."""
        return self._index.document(document_id)

    def original(self, document_id: str) -> Path | None:
        """The file that a document was read from; None where there is none, or none any more."""
        return self._collection.original(document_id) if self._collection is not None else None

    def details(self) -> tuple[tuple[str, Details], ...]:
        """The id and the details of every document, sorted by id."""
        return tuple(sorted(self._index.details(), key=lambda pair: pair[0]))

    def holdings(self) -> tuple[Holding, ...]:
        """What there is of every document, in the order of the index."""
        with self._counting:
            if self._holdings is None:
                details, sources = dict(self._index.details()), self._index.sources()
                reports = {name: source.report for name, source in sources.items()}
                self._holdings = tuple(
                    _holding(name, details[name], count, reports.get(name))
                    for name, count in self._index.passages_of()
                )
            return self._holdings

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What was not read when the documents were indexed."""
        return self._index.skipped

    def inspection_history(self) -> InspectionHistory:
        """What the documents say over time: timeline, grades, themes."""
        return self._history

    def examples(self) -> tuple[str, ...]:
        """Questions that the loaded documents answer: those of the catalogue, else drawn from the text."""
        return self._examples or self._suggester.examples(sorted(self._index.document_ids()))

    def suggestions(self, answer: Answer) -> tuple[str, ...]:
        """Questions that follow on from an answer, each of which has an answer itself.

        They are asked to find out, so that this takes as long as a few answers.
        """
        if answer.status is Status.ABOUT_THE_ASSISTANT:
            return self.examples()
        return self._suggester.after(answer)

    def _documents(self) -> tuple[Document, ...]:
        return tuple(self._index.document(name) for name in sorted(self._index.document_ids()))

    def _rows(self, scope: Scope) -> tuple[range, ...] | None:
        """The stretches of rows that a scope leaves; None for all."""
        if scope.is_everything:
            return None
        return self._index.rows_of(documents_in(scope, self._index.details()))

    def _date_of(self, event: str) -> Period | None:
        """When an event was, by the best sentences that name it and a date; None where there is none."""
        question = parse(f"When was {event} published?")
        found = self._retriever.search(question, _LOOKED_UP)
        named = frozenset(content_terms(event))
        for evidence in rank_evidence(question, found, self._index)[:_LOOKED_UP]:
            mentions = find_periods(evidence.words)
            if mentions and named <= frozenset(analyse(evidence.words)):
                return mentions[-1].period
        return None

    def _judge(self, question: Question, found: Found) -> Finding:
        ranked = rank_evidence(question, found, self._index)
        if not ranked or not self._covers(question, found):
            return Finding(question, found, (), 0.0)
        sure = confidence(signals(question, found, ranked[0], self._index), self._model)
        return Finding(question, found, ranked, sure, disagreeing(choose(question, ranked), ranked))

    def _answer(
        self, asked: str, understood: Understood, hits: tuple[Hit, ...], findings: Sequence[Finding]
    ) -> Answer:
        """The answer to all parts of a question: silent where no part is answered."""
        answered = [
            finding for finding in findings if finding.confidence >= self._threshold and finding.ranked
        ]
        disputed = [one for finding in answered for one in finding.disputed]
        citations = self._citations(answered) if answered else ()
        verbatim = all(is_verbatim(citation, self.document) for citation in citations)
        answered = answered if verbatim else []  # nothing is shown that is not in a document
        missing = missing_parts(findings, answered, citations, self.document) if answered else ()
        status = Status.PARTIAL if missing else Status.ANSWERED if answered else Status.NOT_IN_DOCUMENTS
        sure = [finding.confidence for finding in answered or findings]
        return Answer(
            question=asked,
            status=status,
            text=answer_text(citations, self.document) if answered else _silence(hits),
            citations=citations if answered else (),
            hits=hits,
            confidence=min(sure) if answered else max(sure),
            searched=understood.searched,
            corrections=understood.corrections,
            also_searched=understood.also_searched,
            missing=missing,
            disagreeing=numbers_of(disputed, citations) if answered else (),
        )

    def _covers(self, question: Question, found: Found) -> bool:
        """Whether any passage that was found speaks of a time that the question names, if it names one."""
        passages = (hit.passage for hit in found.hits)
        times = (passage_times(one, self.document(one.document_id).details) for one in passages)
        asked = (question.periods, question.open_periods)
        return not any(asked) or any(best_fit(time, *asked) > 0 for time in times)

    def _citations(self, findings: Sequence[Finding]) -> tuple[Citation, ...]:
        groups = [_quotations(finding) for finding in findings]
        by_date = any(finding.question.over_time or finding.disputed for finding in findings)
        return cite(merged_quotations(groups), by_date=by_date)


def _holding(name: str, details: Details, passages: int, report: FileReport | None) -> Holding:
    return Holding(name, details, report.pages if report else 0, passages, report)


def _quotations(finding: Finding) -> Sequence[Quotation]:
    return quotations((*choose(finding.question, finding.ranked), *finding.disputed))


def _silence(hits: Sequence[Hit]) -> str:
    return phrases.NOT_IN_DOCUMENTS if hits else phrases.NOTHING_FOUND


def index_folder(documents: Path, data: Path, *, alone: bool = False) -> Path:
    """Where the index of a place with documents is kept: each place has its own below `data`.

    `alone` leaves out what people added, and has an index of its own where there is any of that.
    """
    apart = alone and collection_of(documents, data).has_additions
    return data / "indexes" / (name_of_place(documents) + ("-alone" if apart else ""))


def bring_up_to_date(
    documents: Path,
    data: Path,
    encoder: Encoder,
    *,
    progress: Report,
    alone: bool = False,
    most_checked: float = CHECKED_AT_START,
) -> BuildReport:
    """Indexes what has changed in `documents`, and in what people added unless it is to be `alone`.

    An index of up to `most_checked` bytes is first compared with what was written. Raises what reading and
    indexing raise.
    """
    return refresh(
        documents,
        index_folder(documents, data, alone=alone),
        encoder,
        progress=progress,
        additions=None if alone else collection_of(documents, data).additions,
        most_checked=most_checked,
    )


def prepare(
    documents: Path,
    data: Path,
    model: str | None,
    *,
    progress: Report,
    notice: Callable[[str], None],
    alone: bool = False,
) -> Encoder:
    """The model, and the index brought up to date by it, or as it was before where it cannot be written.

    `notice` is told in a sentence what happened to the index, where anything did.
    """
    folder = index_folder(documents, data, alone=alone)
    with ThreadPoolExecutor(1) as threads:  # both read files whole, and compute outside of Python
        threads.submit(check_current, folder)
        encoder = load_encoder(model)
    bring = partial(bring_up_to_date, documents, data, encoder, progress=progress, alone=alone)
    note = refreshed_or_as_before(bring, folder, encoder)
    if note is not None:
        notice(note)
    return encoder


def open_assistant(
    documents: Path,
    data: Path,
    *,
    model: str | None = None,
    reader: str | None = None,
    weights: Weights = SHIPPED,
    progress: Report = lambda _: None,
    notice: Callable[[str], None] = lambda _: None,
    alone: bool = False,
) -> Assistant:
    """An assistant over `documents`, whose index below `data` is brought up to date first.

    `model` and `reader` are names or folders of an embedding model and of a cross-encoder in place of
    the bundled ones; the reader NO_READER is none at all. `notice` is told in a sentence what happened to
    the index: that it was damaged and built again, or could not be written and is the one of before.
    `alone` leaves out what people added. Raises what reading and indexing raise.
    """
    encoder = prepare(documents, data, model, progress=progress, notice=notice, alone=alone)
    index = open_index(index_folder(documents, data, alone=alone), encoder)
    return assistant_over(
        index,
        encoder,
        Collection(documents) if alone else collection_of(documents, data),
        weights=weights,
        reader=open_reader(reader),
    )


def assistant_over(
    index: SearchIndex,
    encoder: Encoder,
    collection: Collection,
    *,
    weights: Weights = SHIPPED,
    reader: Reader | None = None,
    threshold: float | None = None,
) -> Assistant:
    """An assistant over an index of a collection, with the catalogue's examples and the glossary."""
    return Assistant(
        index,
        encoder,
        examples=examples_of(collection, set(index.document_ids())),
        glossary=bundled_glossary(),
        weights=weights,
        threshold=threshold,
        reader=reader,
        collection=collection,
    )


def open_reader(name: str | None) -> Reader | None:
    """The bundled reader (None), none at all (NO_READER), or a cross-encoder by name or folder."""
    if name == NO_READER:
        return None
    return bundled_reader() if name is None else cross_encoder(name)
