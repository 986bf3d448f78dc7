"""What a session puts on paper, whatever the form: handout, key and record as headings, words, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from corpus.document import Details, Document
from qa.answer import Citation
from qa.quiz_question import QuizQuestion
from qa.session_content import BlockContent, SessionContent
from qa.session_slides import Point, Slide, on_screen
from ui.excerpts import Library, stands
from ui.export import CHANGED, GONE
from ui.markup import counted, long_date
from ui.references import reference

LETTERS = "abcdefghijklmnopqrstuvwxyz"
HANDOUT_NOTE = (
    "Every quotation is word for word from a published document and is followed by its reference. "
    "What stands without quotation marks was written by the facilitator or by this program."
)
KEY_NOTE = "For the facilitator: with notes, answers and the reasons of marks. Do not hand it out."


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of our own; `strong` sets it in bold."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that was found again in its document, in one line, with its full reference."""

    quote: str
    reference: str
    heading: str = ""
    lead: str = ""  # what the document says before a list or above a table's row
    note: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What may be answered, lettered from a; or numbered from 1."""

    said: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """Empty lines to write on."""

    lines: int


Part: TypeAlias = Words | Quoted | Options | Room


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `said` are sentences below the title."""

    title: str
    said: tuple[str, ...]
    sections: tuple[Section, ...]


def handout(content: SessionContent, library: Library, made: str = "") -> Paper:
    """The paper for participants, without what is revealed; `made` is a sentence that says when."""
    sections = [_agenda(content)]
    sections += [Section(_heading(n, block), tuple(_open(block, library))) for n, block in _numbered(content)]
    return Paper(content.title, tuple(filter(None, (content.aim, HANDOUT_NOTE, made))), tuple(sections))


def key(content: SessionContent, library: Library, made: str = "") -> Paper:
    """The paper for the facilitator: notes, everything that is shown, and every answer."""
    sections = [_agenda(content)]
    sections += [
        Section(_heading(n, block), tuple(_whole(block, library))) for n, block in _numbered(content)
    ]
    return Paper(
        f"{content.title} (key)", tuple(filter(None, (content.aim, KEY_NOTE, made))), tuple(sections)
    )


def parts_of(point: Point, library: Library) -> Iterator[Part]:
    """A point on paper: its quotation if that still stands, else a sentence that says what became of it."""
    if point.citation is None:
        if point.heading:
            yield Words(point.heading, strong=True)
        if point.words:
            yield Words(point.words)
        return
    quoted = checked(point.citation, library)
    if isinstance(quoted, str):
        yield Words(quoted)
    else:
        note = f"{point.note} ({point.reason})" if point.reason else point.note
        yield Quoted(quoted[0], quoted[1], point.heading, in_one_line(point.lead), note)


def checked(citation: Citation, library: Library) -> tuple[str, str] | str:
    """The quotation in one line and its reference; a sentence where it does not stand any more."""
    document = _document(citation.document_id, library)
    if document is None:
        return GONE.format(reference=reference(citation, Details(citation.document_id)))
    where = reference(citation, document.details)
    return (
        (in_one_line(citation.quote), where)
        if stands(citation, document)
        else CHANGED.format(reference=where)
    )


def in_one_line(text: str) -> str:
    """A document's words in one line; of a table's row without the rules at its ends."""
    return " ".join(text.split()).strip("|").strip()


def made_on(day: date) -> str:
    """The sentence that says when a paper was made."""
    return f"Made with Inspection QA on {long_date(day)}; each quotation was found again in its document."


def _numbered(content: SessionContent) -> Iterable[tuple[int, BlockContent]]:
    return enumerate(content.blocks, start=1)


def _heading(number: int, block: BlockContent) -> str:
    return f"{number}. {block.title} ({counted(block.minutes, 'minute')})"


def _agenda(content: SessionContent) -> Section:
    lines = tuple(f"{block.title} ({counted(block.minutes, 'minute')})" for block in content.blocks)
    total = f"{counted(content.minutes, 'minute')} in all."
    return Section("Programme", (Options(lines, numbered=True), Words(total)))


def _open(block: BlockContent, library: Library) -> Iterator[Part]:
    """What participants may see beforehand."""
    yield from (Words(remark) for remark in block.remarks)
    if block.quiz:
        for number, question in enumerate(block.quiz, start=1):
            yield from _question(number, question)
        return
    yield from _sides(block.slides, library)
    for slide in _of_one_column(block.slides):
        if slide.part > 1:
            continue
        yield from _column_parts(slide, library)
        if slide.key and not any(point.citation for point in slide.points):
            yield Room(3)
    if block.kind == "discussion":
        yield Room(5)


def _whole(block: BlockContent, library: Library) -> Iterator[Part]:
    """Everything of a block."""
    if block.notes:
        yield Words(f"Notes: {block.notes}")
    yield from (Words(remark) for remark in block.remarks)
    for number, question in enumerate(block.quiz, start=1):
        yield from _question(number, question)
        yield from _answer(question)
        for slide in (one for one in block.slides if one.reveals == number):
            for point in slide.key:
                yield from parts_of(point, library)
    yield from _sides(block.slides, library)
    for slide in () if block.quiz else _of_one_column(block.slides):
        if not slide.key:
            yield from _column_parts(slide, library)
            continue
        for point in on_screen(slide, revealed=True) if slide.part == 1 else slide.key:
            yield from parts_of(point, library)


def _of_one_column(slides: Sequence[Slide]) -> Iterator[Slide]:
    return (slide for slide in slides if len(slide.columns) == 1)


def _sides(slides: Sequence[Slide], library: Library) -> Iterator[Part]:
    """What stands in columns, one whole side after the other."""
    beside = [slide.columns for slide in slides if len(slide.columns) > 1]
    for column in zip(*beside, strict=True):
        yield Words(column[0].label, strong=True)
        for part in column:
            for point in part.points:
                yield from parts_of(point, library)


def _column_parts(slide: Slide, library: Library) -> Iterator[Part]:
    for column in slide.columns:
        for point in column.points:
            yield from parts_of(point, library)


def _question(number: int, question: QuizQuestion) -> Iterator[Part]:
    yield Words(f"Question {number}. {question.prompt}", strong=True)
    if question.statement:
        yield Words(f"“{' '.join(question.statement.split())}”")
    yield Options(tuple(map(in_one_line, question.options)))
    if question.targets:
        yield Words(f"To be matched with: {'; '.join(question.targets)}.")


def _answer(question: QuizQuestion) -> Iterator[Part]:
    letters = [LETTERS[number] for number in question.key] if not question.targets else []
    if question.targets:
        pairs = [f"{LETTERS[n]}: {question.targets[key]}" for n, key in enumerate(question.key)]
        yield Words(f"Answer: {'; '.join(pairs)}")
    elif len(letters) == 1:
        yield Words(f"Answer: {letters[0]}, {in_one_line(question.options[question.key[0]])}")
    else:
        yield Words(f"Answer, in this order: {', '.join(letters)}")


def _document(document_id: str, library: Library) -> Document | None:
    try:
        return library.document(document_id)
    except KeyError:
        return None
