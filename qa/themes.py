"""What each inspection said of a theme, in the order of their dates, each statement with its mark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.document import Document, Role, Sentence
from corpus.period import Period
from index.store import SearchIndex
from index.words import analyse
from qa.answer import Citation
from qa.compose import cite
from qa.evidence import term_shares
from qa.question import Question
from qa.retrieve import Found, Retriever
from qa.themes_marks import Mark, mark
from qa.timeline_statements import Statement, dates_its_text, statements
from qa.understand import Understanding

_PASSAGES = 150  # that are looked at for one theme
_MOST_STATEMENTS = 5  # of one inspection
# A statement is about a theme where it holds so much of the theme's words, rare ones weighing more, and is
# so near to it in meaning (cosine). Tried on 24 themes over the bundled documents, two of them (food
# hygiene, swimming pools) about nothing that is in them.
_ABOUT = ((0.9, 0.1), (0.65, 0.15), (0.5, 0.3), (0.42, 0.42), (0.0, 0.65))
_INTRODUCED = 0.6  # of a word that stands only in the sentence that introduces the list
_FEWEST_WORDS = 5  # "South Yorkshire Police", in a list, says nothing of the police
_LAST = (date.max, date.max)  # where a document without a date stands
_SAID = frozenset({Role.PROSE, Role.ITEM, Role.ROW})


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a document, or one dated section of it, reports: one column of the matrix."""

    document_id: str
    section: str | None  # the heading of the dated section; None for the document's other text
    title: str  # the heading, else the document's title
    period: Period | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement about a theme, whether it tells of a strength, and why it was marked so."""

    citation: Citation
    mark: Mark
    reason: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one inspection said of a theme, in text order; empty where it said nothing."""

    inspection: Inspection
    findings: tuple[Finding, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that its findings have, each once: weaknesses, strengths, neither."""
        order = (Mark.DEVELOPMENT, Mark.STRENGTH, Mark.NEITHER)
        return tuple(one for one in order if any(finding.mark is one for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with one cell for each inspection, in the order of their dates."""

    words: str
    searched: str  # what was really searched
    cells: tuple[Cell, ...]

    @property
    def weak_in(self) -> tuple[Inspection, ...]:
        """The inspections that named it as an area for development."""
        return tuple(cell.inspection for cell in self.cells if Mark.DEVELOPMENT in cell.marks)

    @property
    def came_back(self) -> bool:
        """Whether more than one inspection named it as an area for development."""
        return len(self.weak_in) > 1


class ThemeFinder:
    """Finds what the documents of one index say of themes. Safe to use from several threads."""

    def __init__(self, index: SearchIndex, retriever: Retriever, understanding: Understanding) -> None:
        self._index = index
        self._retriever = retriever
        self._understanding = understanding

    def find(self, words: str) -> Theme:
        """What each inspection said of a theme. Raises EmptyQuestion and QuestionTooLong."""
        question = self._understanding.read(words, ()).whole
        found = self._retriever.search(question, _PASSAGES)
        cells: dict[Inspection, list[tuple[tuple[float, float], Statement]]] = {}
        for nearness, statement in self._about(question, found):
            cells.setdefault(inspection_of(statement), []).append((nearness, statement))
        told = {inspection: _best(said) for inspection, said in cells.items()}
        return Theme(words, question.searched, tuple(_cell(one, told) for one in self.inspections))

    def places(self, words: str) -> frozenset[tuple[str, int]]:
        """Where the documents speak of a theme: the document and the start of each statement.

        All of them, not only the nearest of each inspection. Raises EmptyQuestion and QuestionTooLong.
        """
        question = self._understanding.read(words, ()).whole
        found = self._retriever.search(question, _PASSAGES)
        return frozenset((said.document.id, said.start) for _, said in self._about(question, found))

    def matrix(self, themes: Sequence[str]) -> tuple[Theme, ...]:
        """Several themes; every theme has the same columns, `inspections`."""
        return tuple(self.find(words) for words in themes)

    @cached_property
    def inspections(self) -> tuple[Inspection, ...]:
        """The inspections that the documents report, in the order of their dates."""
        return inspections_in(self._told.values())

    @cached_property
    def documents(self) -> tuple[tuple[Statement, ...], ...]:
        """The statements of every document."""
        return tuple(self._told.values())

    @cached_property
    def _told(self) -> Mapping[str, tuple[Statement, ...]]:
        return {name: statements(self._index.document(name)) for name in self._index.document_ids()}

    def _about(self, question: Question, found: Found) -> Iterable[tuple[tuple[float, float], Statement]]:
        """The statements about the theme among the passages that were found, with their nearness."""
        shares = {
            term: share
            for term, share in term_shares(question, self._index).items()
            if term in question.own_terms
        }
        phrases = [alternative.other.terms for alternative in question.also]
        for hit, row in zip(found.hits, found.rows, strict=True):
            similarities = self._index.sentence_vectors(row) @ found.vector
            for sentence, similarity in zip(hit.passage.sentences, similarities, strict=True):
                statement = self._statement(hit.passage.document_id, sentence)
                if statement is None or sentence.role not in _SAID:
                    continue
                if len(statement.words.split()) < _FEWEST_WORDS:
                    continue
                nearness = (_share(statement, shares, phrases), float(similarity))
                if _is_about(*nearness):
                    yield nearness, statement

    def _statement(self, document_id: str, sentence: Sentence) -> Statement | None:
        """The statement of a sentence; None for what states nothing, as a letterhead or a mere lead."""
        told = self._told[document_id]
        at = bisect_right(told, sentence.start, key=lambda one: one.sentence.start) - 1
        if at < 0 or told[at].sentence.start != sentence.start or told[at].words.endswith(":"):
            return None
        return told[at]


def inspections_in(told: Iterable[Sequence[Statement]]) -> tuple[Inspection, ...]:
    """The inspections of documents that are given as their statements, in the order of their dates."""
    found = {
        inspection_of(statement): None
        for document in told
        for statement in document
        if statement.sentence.role in _SAID
    }
    return tuple(sorted(found, key=_by_date))


def inspection_of(statement: Statement) -> Inspection:
    """The inspection that a statement belongs to: its dated section, else its document."""
    document, section = statement.document, statement.section
    if section.when is not None and dates_its_text(section):
        return Inspection(document.id, section.path[0], section.path[0], section.when)
    return Inspection(document.id, None, document.details.title, _own_period(document))


def _own_period(document: Document) -> Period | None:
    published = document.details.published
    return Period(published, published) if published else None


def _share(statement: Statement, shares: Mapping[str, float], phrases: Sequence[Sequence[str]]) -> float:
    """How much of the theme's words the statement holds; all, where it holds another phrase for them."""
    lead = statement.sentence.lead
    introduced = frozenset(analyse(statement.document.text[slice(*lead)])) if lead else frozenset()
    terms = analyse(statement.words)
    if any(_holds(terms, phrase) for phrase in phrases):
        return 1.0
    here = frozenset(terms)
    worth = {term: 1.0 if term in here else _INTRODUCED * (term in introduced) for term in shares}
    return sum(share * worth[term] for term, share in shares.items())


def _holds(terms: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the terms of a phrase stand one after the other."""
    size = len(phrase)
    return any(terms[at : at + size] == list(phrase) for at in range(len(terms) - size + 1))


def _is_about(share: float, similarity: float) -> bool:
    return any(share >= words and similarity >= meaning for words, meaning in _ABOUT)


def _best(said: Sequence[tuple[tuple[float, float], Statement]]) -> list[Statement]:
    """The nearest statements, in text order, each wording once."""
    nearest = sorted(said, key=lambda one: (-one[0][0], -one[0][1], one[1].start))
    once: dict[str, Statement] = {}
    for _, statement in nearest:
        once.setdefault(" ".join(statement.words.split()).casefold(), statement)
    return sorted(list(once.values())[:_MOST_STATEMENTS], key=lambda one: one.start)


def _cell(inspection: Inspection, told: Mapping[Inspection, Sequence[Statement]]) -> Cell:
    return Cell(inspection, tuple(_finding(one) for one in told.get(inspection, ())))


def _finding(statement: Statement) -> Finding:
    quotation = (statement.document, Sentence(statement.start, statement.end))
    marked = mark(statement)
    return Finding(cite([quotation], by_date=False)[0], marked.mark, marked.reason)


def _by_date(inspection: Inspection) -> tuple[object, ...]:
    period = inspection.period
    when = (period.first, period.last) if period else _LAST
    return (*when, inspection.document_id, inspection.section or "")
