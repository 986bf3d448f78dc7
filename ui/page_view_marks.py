"""Where what was cited stands on the picture of a page, as far as that is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.document import Document, Page
from ui.links import Span
from ui.page_view_boxes import Box, line_boxes, on_picture, stand_on_picture
from ui.page_view_drawing import Leaf
from ui.page_view_match import Letters, find_words, letters_of
from ui.page_view_process import NotDrawn

MOST_MARKED = 60  # citations of one page; an answer has four


class State(Enum):
    """How far a citation could be marked on the picture of a page."""

    MARKED = "marked"
    PARTLY = "partly"  # the rest stands outside the picture
    OUTSIDE = "outside"
    UNSURE = "unsure"
    NO_LETTERS = "no letters"  # on the picture, to compare with
    NO_PICTURE = "no picture"
    ELSEWHERE = "elsewhere"  # on other pages


@dataclass(frozen=True, slots=True)
class Marked:
    """A citation on a page: how far it could be marked, and the lines to mark."""

    state: State
    boxes: tuple[Box, ...] = ()


def find_marks(
    document: Document, page: Page, spans: Sequence[Span], leaf: Leaf | NotDrawn
) -> tuple[Marked, ...]:
    """One entry for each of the spans, which may stand on other pages too.

    Of a link that names more than MOST_MARKED on one page, the others are not looked for.
    """
    stored = letters_of(document.text[page.start : page.end])
    drawn = letters_of(leaf.text if isinstance(leaf, Leaf) else "")
    here = [on_page(document, page, span) for span in spans]
    looked_for = [number for number, one in enumerate(here) if one is not None][:MOST_MARKED]
    return tuple(
        _marked(page, one, stored, drawn, leaf)
        if one is None or number in looked_for
        else Marked(State.UNSURE)
        for number, one in enumerate(here)
    )


def on_page(document: Document, page: Page, span: Span) -> Span | None:
    """The part of a span that stands on a page; None where no words of it do."""
    start, end = max(span[0], page.start), min(span[1], page.end)
    return (start, end) if start < end and document.text[start:end].strip() else None


def _marked(page: Page, here: Span | None, stored: Letters, drawn: Letters, leaf: Leaf | NotDrawn) -> Marked:
    if here is None:
        return Marked(State.ELSEWHERE)
    if isinstance(leaf, NotDrawn):
        return Marked(State.NO_PICTURE)
    if not drawn.letters:
        return Marked(State.NO_LETTERS)
    boxes = line_boxes(leaf, find_words(stored, here[0] - page.start, here[1] - page.start, drawn) or ())
    seen = on_picture(boxes)
    if not seen:
        return Marked(State.OUTSIDE if boxes else State.UNSURE)
    return Marked(State.MARKED if stand_on_picture(boxes) else State.PARTLY, seen)
