"""A session plan over some documents: what each block shows, verbatim, cited and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, runtime_checkable

from corpus.document import Details, Document, Role, Sentence
from qa.answer import Answer, Citation, Status
from qa.compose import is_verbatim
from qa.context import context_of
from qa.errors import QuestionError, UnknownQuestion
from qa.grades import Judgement
from qa.history import InspectionHistory
from qa.quiz import QuizFilter, QuizMaker
from qa.quiz_question import ALL_KINDS, QuestionKind, QuizQuestion
from qa.scope import EVERYTHING, Scope
from qa.session_plan import (
    Block,
    ComparisonBlock,
    DiscussionBlock,
    QuestionBlock,
    QuizBlock,
    SessionPlan,
    Stretch,
    ThemeBlock,
    TimelineBlock,
    block_documents,
)
from qa.session_slides import (
    LETTERS,
    LINES,
    Column,
    Point,
    Slide,
    filled,
    in_slides,
    key_slides,
    marked_slides,
)
from qa.session_timeline import chosen_events, event_points, spread
from qa.themes import Cell, Finding, Inspection, Theme
from qa.themes_marks import Mark
from qa.timeline_event import Event, EventKind
from qa.timeline_select import select
from qa.timeline_words import in_words

_SAID = frozenset({Role.PROSE, Role.ITEM, Role.ROW})
_LONGEST_BEFORE = 240  # letters of the sentences before a quotation; there is no room for them in columns
NOTHING_HERE = "The documents say nothing here."
SILENT = "The documents here do not answer this question."
FEWER = "The documents here give {found} of the {wanted} questions that were planned."
NO_QUIZ = "The documents here give no quiz questions of this kind."
GONE = "Not among the documents here: {names}."
ALL_GONE = "None of the documents of this block is here. The session goes on with the next block."


@runtime_checkable
class Assistant(Protocol):
    """What a session needs of the one who answers."""

    def inspection_history(self) -> InspectionHistory:
        """Timeline, grades and themes."""
        ...

    def ask(self, question: str, history: Sequence[str] = (), *, scope: Scope = EVERYTHING) -> Answer:
        """The answer to a question."""
        ...

    def document(self, document_id: str) -> Document:
        """One document."""
        ...

    def details(self) -> tuple[tuple[str, Details], ...]:
        """Every document by its id."""
        ...


@dataclass(frozen=True, slots=True)
class BlockContent:
    """What a block shows. `remarks` say what could not be shown, each in one plain sentence."""

    title: str
    kind: str
    minutes: int
    notes: str
    remarks: tuple[str, ...]
    slides: tuple[Slide, ...]
    quiz: tuple[QuizQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionContent:
    """A whole session, ready to be shown or printed."""

    title: str
    aim: str
    minutes: int
    blocks: tuple[BlockContent, ...]

    @property
    def slides(self) -> tuple[Slide, ...]:
        """The slides of all blocks, in order."""
        return tuple(slide for block in self.blocks for slide in block.slides)

    @property
    def quiz(self) -> tuple[QuizQuestion, ...]:
        """The questions of all quizzes, in order."""
        return tuple(question for block in self.blocks for question in block.quiz)


def session_content(plan: SessionPlan, assistant: Assistant) -> SessionContent:
    """What the plan shows over the documents of an assistant.

    A block whose documents are missing, or of which the documents say nothing, says so; the others
    are as they are.
    """
    maker = _Maker(assistant)
    blocks = tuple(maker.content(place, block) for place, block in enumerate(plan.blocks))
    return SessionContent(plan.title, plan.aim, plan.minutes, blocks)


class _Maker:
    """Makes blocks; what several of them need is read once."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._history = assistant.inspection_history()
        self._here = frozenset(name for name, _ in assistant.details())

    @cached_property
    def _quizzes(self) -> QuizMaker:
        return QuizMaker(self._history.documents)

    def content(self, place: int, block: Block) -> BlockContent:
        named = block_documents(block)
        missing = [name for name in named if name not in self._here]
        remarks = [GONE.format(names=", ".join(missing))] if missing else []
        quiz: tuple[QuizQuestion, ...] = ()
        if named and len(missing) == len(named):
            slides = [self._said(place, block, ALL_GONE)]
        elif isinstance(block, QuizBlock):
            quiz, said = self._quiz(block)
            remarks += said
            slides = list(_quiz_slides(place, block.title, quiz)) or [self._said(place, block, NO_QUIZ)]
        else:
            slides = self._slides_or_reason(place, block)
        return BlockContent(
            block.title, block.kind, block.minutes, block.notes, tuple(remarks), self._checked(slides), quiz
        )

    def _slides_or_reason(self, place: int, block: Block) -> list[Slide]:
        """The slides; one with the reason, where what is looked for cannot be asked."""
        try:
            return list(self._slides(place, block))
        except QuestionError as problem:
            return [self._said(place, block, str(problem))]

    def _slides(self, place: int, block: Block) -> Iterator[Slide]:
        match block:
            case TimelineBlock():
                yield from self._timeline(place, block)
            case ThemeBlock():
                yield from self._theme(place, block)
            case ComparisonBlock():
                yield from in_slides(place, block.title, self._sides(block))
            case QuestionBlock():
                yield from self._question(place, block)
            case DiscussionBlock():
                words = [line for line in block.text.splitlines() if line]
                yield from in_slides(place, block.title, [Column(tuple(Point(words=one) for one in words))])

    def _timeline(self, place: int, block: TimelineBlock) -> Iterator[Slide]:
        period = block.within.period
        found = select(
            self._history.events,
            first=period.first,
            last=period.last,
            documents=self._present(block.within.documents),
            kinds=[EventKind(name) for name in block.events],
        )
        said = [event for event in found if self._is_said(event)]
        chosen = chosen_events(said, period, about=block.about, most=block.most)
        points = [self._with_lead(point) for event in chosen for point in event_points(event)]
        yield from in_slides(place, block.title, [Column(tuple(points or [Point(words=NOTHING_HERE)]))])

    def _theme(self, place: int, block: ThemeBlock) -> Iterator[Slide]:
        cells = [cell for cell in self._history.theme(block.words).cells if _fits(cell, block.within)]
        points = [self._finding(cell, finding) for cell in cells for finding in cell.findings[: block.most]]
        if not points:
            yield self._said(place, block, NOTHING_HERE)
            return
        silent = [self._named(cell.inspection) for cell in cells if not cell.findings]
        if silent:
            points.append(Point(NOTHING_HERE, words="; ".join(silent)))
        yield from marked_slides(place, block.title, points)
        weak = [self._named(cell.inspection) for cell in cells if Mark.DEVELOPMENT in cell.marks]
        asked = Point(words=f"Which of these named “{block.words}” as an area for development?")
        told = Point("By the documents' own headings and wording", words="; ".join(weak) or "None of them.")
        yield from key_slides(place, block.title, [asked], [told], reveals=len(points))

    def _sides(self, block: ComparisonBlock) -> list[Column]:
        theme = self._history.theme(block.words) if block.words else None
        return [
            Column(tuple(self._side(block, side, theme)) or (Point(words=NOTHING_HERE),), _label(side))
            for side in block.sides
        ]

    def _side(self, block: ComparisonBlock, side: Stretch, theme: Theme | None) -> Iterator[Point]:
        if theme is None:
            graded = [one for one in self._history.judgements if _judged_in(one, side)]
            for one in _over_the_years(graded, block.most):
                graded_point = Point(in_words(one.period), citation=one.citation, note=_grade(one))
                yield self._with_lead(graded_point, most=0)
            return
        said = [(cell, finding) for cell in theme.cells if _fits(cell, side) for finding in cell.findings]
        for cell, finding in said[: block.most]:
            yield self._finding(cell, finding, most=0)

    def _finding(self, cell: Cell, finding: Finding, *, most: int = _LONGEST_BEFORE) -> Point:
        return self._with_lead(
            Point(
                self._named(cell.inspection),
                citation=finding.citation,
                note=finding.mark.value,
                reason=finding.reason,
            ),
            most=most,
        )

    def _named(self, inspection: Inspection) -> str:
        """The heading of its section; of a whole document who published it and when, which is shorter."""
        when = in_words(inspection.period) if inspection.period else ""
        details = self._assistant.document(inspection.document_id).details
        title = inspection.title if inspection.section else details.publisher or inspection.title
        title = title.strip(" .")
        return title if not when or when in title else f"{title}, {when}"

    def _is_said(self, event: Event) -> bool:
        """Whether the event is told by a sentence, and not by a heading or the line that dates a letter."""
        sentence = self._sentence(event.citations[0])
        return sentence is not None and sentence.role in _SAID

    def _sentence(self, citation: Citation) -> Sentence | None:
        document = self._assistant.document(citation.document_id)
        return next((one for one in document.sentences if one.start <= citation.start < one.end), None)

    def _with_lead(self, point: Point, *, most: int = _LONGEST_BEFORE) -> Point:
        """The point with the sentences that its quotation leans on, the nearest ones, as far as they fit.

        What introduces a list, and the column headings of a table, always come with it.
        """
        if point.citation is None:
            return point
        document = self._assistant.document(point.citation.document_id)
        sentence = self._sentence(point.citation)
        before = [one.quote for one in context_of(document, point.citation)]
        if sentence is None or sentence.lead is None:
            while before and sum(map(len, before)) > most:
                del before[0]
        return replace(point, lead=" ".join(before))

    def _question(self, place: int, block: QuestionBlock) -> Iterator[Slide]:
        scope = Scope(documents=frozenset(self._present(block.documents)))
        asked = Point(words=block.question)
        key = answer_points(self._assistant.ask(block.question, scope=scope), self._assistant.document)
        yield from key_slides(place, block.title, [asked], key, reveals=0)

    def _quiz(self, block: QuizBlock) -> tuple[tuple[QuizQuestion, ...], list[str]]:
        pinned, remarks = self._pinned(block)
        period = block.within.period
        narrowed = QuizFilter(
            within=self._present(block.within.documents),
            first=period.first,
            last=period.last,
            about=block.about,
        )
        made = self._quizzes.choose(
            count=max(0, block.count - len(pinned)),
            seed=block.seed,
            kinds=[QuestionKind(name) for name in block.kinds] or ALL_KINDS,
            narrowed=narrowed,
            without=[question.id for question in pinned],
            beside=pinned,
        )
        quiz = (*pinned, *made)
        if len(quiz) < block.count:
            remarks.append(FEWER.format(found=len(quiz), wanted=block.count))
        return quiz, remarks

    def _pinned(self, block: QuizBlock) -> tuple[list[QuizQuestion], list[str]]:
        """The questions that were pinned; of one that these documents do not give, a remark says so."""
        found: list[QuizQuestion] = []
        remarks: list[str] = []
        for name in block.pinned:
            try:
                found += self._quizzes.by_id([name])
            except UnknownQuestion as problem:
                remarks.append(str(problem))
        return found, remarks

    def _present(self, documents: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in documents if name in self._here)

    def _said(self, place: int, block: Block, words: str) -> Slide:
        return Slide(place, block.title, (Column((Point(words=words),)),))

    def _checked(self, slides: Sequence[Slide]) -> tuple[Slide, ...]:
        """The slides, when every quotation stands in its document; a fault of the program otherwise."""
        for slide in slides:
            for point in (*slide.points, *slide.key):
                if point.citation and not is_verbatim(point.citation, self._assistant.document):
                    raise AssertionError(f"not verbatim: {point.citation}")
        return tuple(slides)


def answer_points(answer: Answer, document_of: Callable[[str], Document]) -> list[Point]:
    """An answer as points: its quotations that stand in their documents, and what is missing."""
    if answer.status is Status.ABOUT_THE_ASSISTANT:
        return [Point(words=answer.text)]
    if not answer.answerable:
        return [Point(words=SILENT)]
    cited = [one for one in answer.citations if is_verbatim(one, document_of)]
    points = [
        Point(citation=one, note="The documents differ on this." * (one.number in answer.disagreeing))
        for one in cited
    ]
    if answer.missing:
        points.append(Point(words=f"Not found in the documents: {', '.join(answer.missing)}."))
    return points


def _quiz_slides(place: int, title: str, quiz: Sequence[QuizQuestion]) -> Iterator[Slide]:
    for number, question in enumerate(quiz, start=1):
        asked = [Point(words=question.prompt)]
        if question.statement:
            asked.append(Point(words=f"“{' '.join(question.statement.split())}”"))
        for part, key in enumerate(filled(_quiz_key(question), LETTERS, LINES), start=1):
            yield Slide(
                block=place,
                title=f"{title}: question {number} of {len(quiz)}",
                columns=(Column(tuple(asked)),),
                key=tuple(key),
                options=question.options,
                targets=question.targets,
                right=question.key,
                reveals=number,
                part=part,
            )


def _quiz_key(question: QuizQuestion) -> Iterator[Point]:
    """Where the answer stands; of an order and a match the statements with their place or partner."""
    if question.kind is QuestionKind.ORDER:
        for place, number in enumerate(question.key, start=1):
            yield Point(f"{place}.", citation=question.citations[number])
    elif question.kind is QuestionKind.MATCH:
        for number, citation in zip(question.key, question.citations, strict=True):
            yield Point(question.targets[number], citation=citation)
    else:
        yield from (Point(citation=one) for one in question.citations)


def _fits(cell: Cell, within: Stretch) -> bool:
    inspection = cell.inspection
    if within.documents and inspection.document_id not in within.documents:
        return False
    if not (within.first or within.last):
        return True
    return inspection.period is not None and inspection.period.overlaps(within.period)


def _judged_in(judgement: Judgement, side: Stretch) -> bool:
    inside = not side.documents or judgement.citation.document_id in side.documents
    return inside and side.period.first <= judgement.period.first <= side.period.last


def _over_the_years(graded: Sequence[Judgement], most: int) -> list[Judgement]:
    """At most so many, spread over the years, in the order of their dates; each quotation once."""
    years: dict[int, list[Judgement]] = {}
    for one in graded:
        years.setdefault(one.period.first.year, []).append(one)
    kept = spread(list(years.values()), most, lambda one: (one.citation.document_id, one.citation.start))
    return sorted(kept, key=lambda one: (one.period.first, one.period.last))


def _grade(judgement: Judgement) -> str:
    named = f"{judgement.area}: {judgement.grade}" if judgement.area else judgement.grade
    framework = f" ({judgement.framework.name})" if judgement.framework else ""
    qualifier = f" ({judgement.qualifier})" if judgement.qualifier else ""
    return f"{named}{qualifier}{framework}"


def _label(side: Stretch) -> str:
    return side.label or side.words or ", ".join(side.documents) or "All documents"
