"""Answers to take away: each citation is checked again, and its excerpt and reference become a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Details, Document
from qa.answer import Answer, Citation, Turn
from ui.excerpts import Excerpt, Library, excerpt_around, stands
from ui.markup import counted, long_date
from ui.references import reference
from ui.statements import Statement, paragraphs, remarks

GONE = "The document of this quotation is no longer here, so the quotation is not printed: {reference}."
CHANGED = "These words no longer stand at their place, so the quotation is not printed: {reference}."
LEFT_OUT = "A quotation is left out here: see the note."


@dataclass(frozen=True, slots=True)
class Note:
    """What a citation became: its reference, and the excerpt it stands in.

    `excerpt` is None where the words were not found again in the document; `reference` is then
    a sentence that says so.
    """

    number: int  # 1-based, through all turns
    reference: str
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class CheckedTurn:
    """A question with its answer, ready to be written: `cited` of its statements are numbers of `notes`."""

    question: str
    paragraphs: tuple[tuple[Statement, ...], ...]
    remarks: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """All that is written, whatever the form."""

    title: str
    day: date
    turns: tuple[CheckedTurn, ...]

    def heading(self, turn: CheckedTurn) -> str:
        """What stands above a turn, in one line; the question, unless that is the title already."""
        question = " ".join(turn.question.split())
        return "Answer" if len(self.turns) == 1 and question == self.title else question

    @property
    def origin(self) -> str:
        """Where it comes from and what was checked, in plain sentences."""
        notes = [note for turn in self.turns for note in turn.notes]
        checked = sum(note.excerpt is not None for note in notes)
        return (
            f"Exported from Inspection QA on {long_date(self.day)}. Answers are quotations from documents; "
            f"{checked} of {counted(len(notes), 'quotation')} found again in the documents on that day."
        )


def checked_export(turns: Sequence[Turn], library: Library, *, title: str, day: date) -> Export:
    """The turns with every citation looked up again; a quotation that does not stand is not in it."""
    checked: list[CheckedTurn] = []
    before = 0
    for turn in turns:
        checked.append(_checked(turn, library, before))
        before += len(turn.answer.citations)
    return Export(" ".join(title.split()), day, tuple(checked))


def words_before(excerpt: Excerpt) -> str:
    """What is read before the quoted words: the sentence that introduces a list, then their paragraph."""
    lead = f"{excerpt.lead} " if excerpt.lead else ""
    return lead + ("... " if excerpt.cut_before else "") + excerpt.before


def words_after(excerpt: Excerpt) -> str:
    """What is read after the quoted words."""
    return excerpt.after + (" ..." if excerpt.cut_after else "")


def _checked(turn: Turn, library: Library, before: int) -> CheckedTurn:
    """One turn; `before` is how many notes stand before its first one."""
    cited = turn.answer.citations
    notes = {one.number: _note(before + place, one, library) for place, one in enumerate(cited, start=1)}
    return CheckedTurn(
        question=turn.question.strip(),
        paragraphs=_numbered(turn.answer, notes),
        remarks=remarks(_with_notes_numbers(turn.answer, notes)),
        notes=tuple(notes.values()),
    )


def _with_notes_numbers(answer: Answer, notes: dict[int, Note]) -> Answer:
    """The answer with its citations numbered as their notes are, for what is said about them."""
    return replace(
        answer,
        citations=tuple(replace(one, number=notes[one.number].number) for one in answer.citations),
        disagreeing=tuple(notes[number].number for number in answer.disagreeing if number in notes),
    )


def _numbered(answer: Answer, notes: dict[int, Note]) -> tuple[tuple[Statement, ...], ...]:
    """The paragraphs with the numbers of their notes; the last has those that nothing in the text names."""
    found = [tuple(_renumbered(one, notes) for one in paragraph) for paragraph in paragraphs(answer)]
    named = {number for paragraph in found for one in paragraph for number in one.cited}
    unnamed = tuple(note.number for note in notes.values() if note.number not in named)
    return tuple(found) if not unnamed else (*found, (Statement("See also the sources:", unnamed),))


def _renumbered(statement: Statement, notes: dict[int, Note]) -> Statement:
    """The statement with its notes' numbers; its words are left out where one of them does not stand."""
    cited = [notes[number] for number in statement.cited]
    words = statement.words if all(note.excerpt for note in cited) else f" {LEFT_OUT}"
    return Statement(words, tuple(note.number for note in cited))


def _note(number: int, citation: Citation, library: Library) -> Note:
    document = _document(citation.document_id, library)
    if document is None:
        return Note(number, GONE.format(reference=reference(citation, Details(citation.document_id))), None)
    where = reference(citation, document.details)
    if not stands(citation, document):
        return Note(number, CHANGED.format(reference=where), None)
    return Note(number, where, excerpt_around(document, citation.start, citation.end))


def _document(document_id: str, library: Library) -> Document | None:
    """The document; None where it has been taken away since it was cited."""
    try:
        return library.document(document_id)
    except KeyError:
        return None
