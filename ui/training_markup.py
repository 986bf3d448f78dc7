"""What the pages of the training share: quotations with their place, grades and marks in words and shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from corpus.document import Details, Document
from qa.answer import Citation
from qa.context import context_of, dates_its_document
from qa.grades import Judgement
from qa.grades_standing import Standing, standing_of
from qa.history import InspectionHistory
from qa.themes_marks import Mark
from ui.excerpts import stands
from ui.frame import escape
from ui.links import place_link
from ui.markup import folded, long_date

STYLES = ("training.css",)
SILENT = "The documents say nothing here."
Known = Mapping[str, Details]


@runtime_checkable
class Historian(Protocol):
    """An assistant that can say what its documents tell over time."""

    def inspection_history(self) -> InspectionHistory:
        """Timeline, grades and themes."""
        ...

    def document(self, document_id: str) -> Document:
        """The document with this id."""
        ...

    def details(self) -> tuple[tuple[str, Details], ...]:
        """Every document by its id."""
        ...


SHAPES = {
    Standing.HIGH: '<circle cx="8" cy="8" r="6"/>',
    Standing.MIDDLE: '<path d="M8 1 15 8 8 15 1 8z"/>',
    Standing.LOW: '<path d="M2 2h12v12H2z"/>',
    Standing.OTHER: '<path d="M8 2 15 14H1z"/>',
}
_CLASSES = {
    Standing.HIGH: "high",
    Standing.MIDDLE: "middle",
    Standing.LOW: "low",
    Standing.OTHER: "other",
}
_MARKED = {
    Mark.STRENGTH: ("high", SHAPES[Standing.HIGH]),
    Mark.DEVELOPMENT: ("low", SHAPES[Standing.LOW]),
    Mark.NEITHER: ("other", '<path d="M1 6h14v4H1z"/>'),
}


def class_of(grade: str) -> str:
    """The class of the style sheet for a grade."""
    return _CLASSES[standing_of(grade)]


def grade_words(judgement: Judgement) -> str:
    """The grade with what limits it: "never moved above adequate"."""
    return f"{judgement.qualifier} {judgement.grade}" if judgement.qualifier else judgement.grade


def grade_badge(judgement: Judgement) -> str:
    """A grade in words, with its shape."""
    return _badge(class_of(judgement.grade), SHAPES[standing_of(judgement.grade)], grade_words(judgement))


def mark_badge(mark: Mark, count: int | None = None) -> str:
    """A mark in words, with its shape; with how many statements have it, where that is given."""
    name, shape = _MARKED[mark]
    return _badge(name, shape, mark.value if count is None else f"{mark.value} ({count})")


def legend() -> str:
    """What the shapes stand for."""
    shown = "".join(f"<li>{_badge(_CLASSES[one], shape, one.value)}</li>" for one, shape in SHAPES.items())
    return (
        f'<p>Each grade is written in words. Its shape says how it stands:</p><ul class="legend">{shown}</ul>'
    )


def quoted(
    citation: Citation, source: Historian, known: Known, *, context: bool = True, brief: bool = False
) -> str:
    """A quotation, what it leans on before it, and the link to its place; `brief` leaves its title out.

    What does not stand word for word in its document is not shown.
    """
    document = source.document(citation.document_id)
    if not stands(citation, document):
        return '<p class="soft">The quotation could not be checked against its document.</p>'
    before = context_of(document, citation) if context else ()
    leaned = "".join(
        f'<p class="before"><span class="label">{_label(one)}</span> “{_words(one)}”</p>'
        for one in before
        if stands(one, document)
    )
    if dates_its_document(document, citation):
        leaned = f'<p class="before">The date of the document “{escape(folded(document.details.title))}”:</p>'
    return f'{leaned}<p class="said">“{_words(citation)}”</p>{place(citation, known, brief=brief)}'


def place(citation: Citation, known: Known, *, brief: bool = False) -> str:
    """The link that opens a quotation in its document."""
    link = place_link(citation.document_id, citation.start, citation.end, citation.pages)
    words = reference(citation, known, brief=brief)
    return f'<p class="place"><a href="{escape(link)}">{escape(words)}</a></p>'


def reference(citation: Citation, known: Known, *, brief: bool = False) -> str:
    """Where a quotation stands: title, publisher, date, headings and paragraph; `brief` only the needful."""
    details = known.get(citation.document_id)
    published = long_date(citation.published) if citation.published else None
    title = folded(details.title) if details else citation.document_id
    if brief and details and details.publisher and published:
        return f"{details.publisher}, {published}, {citation.locator.split(' › ')[-1]}"
    parts = (title, details.publisher if details else None, published, citation.locator)
    return ", ".join(part for part in parts if part)


def scrolling(name: str, table: str) -> str:
    """A wide table in a part of the page that scrolls sideways on its own, also by keyboard."""
    return f'<div class="wide" role="region" aria-label="{escape(name)}" tabindex="0">{table}</div>\n'


def listed(items: Sequence[str], name: str = "links") -> str:
    """A list of links or facts in HTML; nothing where there is none."""
    return f'<ul class="{name}">{"".join(f"<li>{one}</li>" for one in items)}</ul>\n' if items else ""


def _label(citation: Citation) -> str:
    """What is said before something that a quotation leans on."""
    return "The columns of its table:" if citation.quote.startswith("|") else "Before it stands:"


def _words(citation: Citation) -> str:
    return escape(folded(citation.quote))


def _badge(name: str, shape: str, words: str) -> str:
    picture = f'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{shape}</svg>'
    return f'<span class="badge {name}">{picture} {escape(words)}</span>'
