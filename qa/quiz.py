"""A quiz over the documents: questions made from verbatim statements, chosen by a seed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.document import Document
from corpus.period import Period
from qa.answer import Citation
from qa.errors import UnknownQuestion
from qa.quiz_gaps import date_questions, grade_questions, name_questions, number_questions
from qa.quiz_material import Material, chance, material_of
from qa.quiz_question import ALL_KINDS, QuestionKind, QuizQuestion
from qa.quiz_sets import inspection_questions, match_questions, order_questions
from qa.quiz_statements import terms_of
from qa.timeline_statements import Statement

_Place = tuple[str, int]
_SAME_FACT = 0.5  # of the shorter statement's words: one of the two might answer the other
# The kinds that need several dated statements choose first, before these are used up.
_RAREST_FIRST = tuple(reversed(ALL_KINDS))
_MAKERS: Mapping[QuestionKind, Callable[[Material], Iterator[QuizQuestion]]] = {
    QuestionKind.NUMBER: number_questions,
    QuestionKind.DATE: date_questions,
    QuestionKind.NAME: name_questions,
    QuestionKind.GRADE: grade_questions,
    QuestionKind.INSPECTION: inspection_questions,
    QuestionKind.ORDER: order_questions,
    QuestionKind.MATCH: match_questions,
}


@dataclass(frozen=True, slots=True)
class QuizFilter:
    """What a quiz is narrowed to; the default is everything.

    `within` are ids of documents that every statement has to stand in, none for all. The statements tell
    of a time from `first` to `last`, and each holds the words of `about`, itself or in its heading.
    """

    within: tuple[str, ...] = ()
    first: date = date.min
    last: date = date.max
    about: str = ""


class QuizMaker:
    """Makes the questions of one set of documents once, and chooses among them. Safe to use from threads."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._material = material_of(documents)

    @cached_property
    def questions(self) -> tuple[QuizQuestion, ...]:
        """Every question that can be made, by kinds; the same for the same documents."""
        return tuple(one for kind in ALL_KINDS for one in _MAKERS[kind](self._material))

    def choose(
        self,
        *,
        count: int,
        seed: int = 0,
        kinds: Collection[QuestionKind] = ALL_KINDS,
        narrowed: QuizFilter | None = None,
        without: Collection[str] = (),
        beside: Sequence[QuizQuestion] = (),
    ) -> tuple[QuizQuestion, ...]:
        """At most `count` questions, the kinds in turn; the same for the same seed and options.

        No statement is used twice, nor one that might answer another question. `without` are ids of
        questions that are not wanted; `beside` are questions that the quiz holds already.
        """
        narrowed = narrowed or QuizFilter()
        fitting = [
            one
            for one in self.questions
            if one.kind in kinds and one.id not in without and self._fits(one, narrowed)
        ]
        queues = [self._shuffled(fitting, kind, seed) for kind in _RAREST_FIRST if kind in kinds]
        used = {place for one in beside for place in self._taken_by(one)}
        chosen: list[QuizQuestion] = []
        while len(chosen) < count and any(queues):
            for queue in queues:
                one = self._next_unused(queue, used)
                if one is not None and len(chosen) < count:
                    chosen.append(one)
                    used |= self._taken_by(one)
        chance(seed, "order").shuffle(chosen)
        return tuple(chosen)

    def by_id(self, ids: Sequence[str]) -> tuple[QuizQuestion, ...]:
        """The questions with these ids, in this order. Raises UnknownQuestion for one that there is not."""
        known = {one.id: one for one in self.questions}
        missing = next((name for name in ids if name not in known), None)
        if missing is not None:
            raise UnknownQuestion(
                f"There is no question '{missing}' over these documents; it was made from another text. "
                "Choose it anew, or leave it out."
            )
        return tuple(known[name] for name in ids)

    def _fits(self, question: QuizQuestion, narrowed: QuizFilter) -> bool:
        wanted = terms_of(narrowed.about)
        return all(
            _is_within(statement, narrowed) and wanted <= _terms_around(statement)
            for statement in self._statements(question)
        )

    def _shuffled(
        self, questions: Sequence[QuizQuestion], kind: QuestionKind, seed: int
    ) -> list[QuizQuestion]:
        queue = sorted((one for one in questions if one.kind is kind), key=lambda one: one.id)
        chance(seed, kind.value).shuffle(queue)
        return queue

    def _next_unused(self, queue: list[QuizQuestion], used: set[_Place]) -> QuizQuestion | None:
        while queue:
            one = queue.pop(0)
            if used.isdisjoint(_place(statement) for statement in self._statements(one)):
                return one
        return None

    def _taken_by(self, question: QuizQuestion) -> set[_Place]:
        """The places of a question's statements, and of those that say nearly the same."""
        taken = set()
        for statement in self._statements(question):
            taken.add(_place(statement))
            if statement.sentence.lead is not None:  # one question for each list
                taken.update(_place(one) for one in self._material.introduced_by(statement))
            like = self._material.likeness.like(statement, least=_SAME_FACT)
            taken.update(_place(one) for one in like)
        return taken

    def _statements(self, question: QuizQuestion) -> list[Statement]:
        return [self._material.statement_at(citation) for citation in _asked_about(question)]


def make_quiz(
    documents: Sequence[Document],
    *,
    count: int,
    seed: int = 0,
    kinds: Collection[QuestionKind] = ALL_KINDS,
    narrowed: QuizFilter | None = None,
) -> tuple[QuizQuestion, ...]:
    """At most `count` questions over documents; who chooses more than once keeps a QuizMaker."""
    return QuizMaker(documents).choose(count=count, seed=seed, kinds=kinds, narrowed=narrowed)


def questions_by_id(documents: Sequence[Document], ids: Sequence[str]) -> tuple[QuizQuestion, ...]:
    """The questions with these ids, in this order. Raises UnknownQuestion for one that there is not."""
    return QuizMaker(documents).by_id(ids)


def _asked_about(question: QuizQuestion) -> Sequence[Citation]:
    """The citations of the statements themselves, without that of a list's lead."""
    several = question.kind in (QuestionKind.ORDER, QuestionKind.MATCH)
    return question.citations if several else question.citations[-1:]


def _place(statement: Statement) -> _Place:
    return statement.document.id, statement.start


def _is_within(statement: Statement, narrowed: QuizFilter) -> bool:
    if narrowed.within and statement.document.id not in narrowed.within:
        return False
    if (narrowed.first, narrowed.last) == (date.min, date.max):
        return True
    asked = Period(narrowed.first, narrowed.last)
    return any(asked.overlaps(period) for period in _times(statement))


def _times(statement: Statement) -> list[Period]:
    """The times that a statement tells of; where it names none, the day that its document came out."""
    published = statement.document.details.published
    named = [period for period, _ in statement.times]
    return named or ([Period(published, published)] if published else [])


def _terms_around(statement: Statement) -> frozenset[str]:
    return terms_of(f"{statement.words} {' '.join(statement.section.path)}")
