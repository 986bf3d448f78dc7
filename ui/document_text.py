"""A whole document as HTML: its pages, headings and paragraphs, with words marked in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Document, Page, Section
from corpus.locate import RECOGNISED as RECOGNISED_SHORT
from ui.frame import escape, kept_breaks, lines_between
from ui.links import page_link

# Where a paragraph, a list item or a table row ends: what corpus.locate counts.
PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n|\n(?=[ \t]*[-*•|]\s)")
HEADING_MARKS = "#* \t\r\n"  # of a Markdown file; left out of the heading that they make
WHITE_SPACE = " \t\r\n\f\v"
RECOGNISED = "This text was recognised from a scan (OCR) and may have errors."
DEEPEST = 6  # HTML has no heading below it


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to be marked: words that were cited, or that were searched for.

    `here` is set for the one mark that the page is opened at.
    """

    start: int
    end: int
    kind: str  # "cited" or "hit"
    here: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a table row; what lies between blocks is white space.

    `level` and `section` (its number) are set for a heading; `paragraph` is the number of
    another block in its section, 0 where it is not counted.
    """

    start: int
    end: int
    level: int = 0
    section: int = 0
    paragraph: int = 0


def document_html(document: Document, marks: Sequence[Mark]) -> str:
    """The text of the document, every character of it escaped; `marks` may overlap."""
    found = blocks(document)
    drawing = _drawing(document, marks)
    if not document.pages:
        return "".join(drawing.block(block) for block in found)
    return "".join(drawing.page(page, _on_page(page, found)) for page in document.pages)


def page_html(document: Document, page: Page, marks: Sequence[Mark]) -> str:
    """The text of one page, whose headings stand below an h2."""
    drawing = _drawing(document, marks)
    level, shown = 2, []
    for block in _on_page(page, blocks(document)):
        if block.level:
            level = min(block.level, level + 1)
            block = replace(block, level=level)
        shown.append(drawing.block(block))
    return "".join(shown)


def _drawing(document: Document, marks: Sequence[Mark]) -> _Drawing:
    return _Drawing(document, tuple(sorted(marks, key=lambda mark: (mark.start, mark.end))))


def _on_page(page: Page, found: Sequence[Block]) -> Sequence[Block]:
    starts = [block.start for block in found]
    return found[bisect_left(starts, page.start) : bisect_left(starts, page.end)]


def blocks(document: Document) -> tuple[Block, ...]:
    """The blocks of the document in order: all of its text but white space and the marks of headings."""
    outermost = 3 + bool(document.pages)  # the title is h1, "Text" is h2, and each page has a heading
    level = outermost - 1
    found: list[Block] = []
    for number, section in enumerate(document.sections or (Section((), 0, len(document.text)),)):
        spans = _spans(document, section)
        if section.path and spans:
            level = min(outermost - 1 + len(section.path), level + 1, DEEPEST)
            start, end = _stripped(document.text, *spans[0], characters=HEADING_MARKS)
            found.append(Block(start, end, level=level, section=number))
        found += _counted(document, section, spans)
    return tuple(block for block in found if block.start < block.end)


def page_name(page: Page) -> str:
    """As a person calls it: "Page iv (4)", "Page 4"; and that its text was recognised, where it was."""
    name = f"Page {page.label} ({page.number})" if page.label else f"Page {page.number}"
    return name + RECOGNISED_SHORT if page.recognised else name


def _spans(document: Document, section: Section) -> list[tuple[int, int]]:
    """What stands in a section between paragraph breaks and page breaks; its heading stands first."""
    text = document.text
    cuts = {found.start() for found in PARAGRAPH_BREAK.finditer(text, section.start, section.end)}
    cuts |= {page.start for page in document.pages if section.start < page.start < section.end}
    if section.path:
        start, _ = _stripped(text, section.start, section.end)
        newline = text.find("\n", start, section.end)
        cuts |= {newline} if newline >= 0 else set()
    stripped = (_stripped(text, *span) for span in pairwise(sorted({section.start, section.end} | cuts)))
    return [(start, end) for start, end in stripped if start < end]


def _counted(document: Document, section: Section, spans: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """What is no heading, with the paragraph numbers that corpus.locate gives; on pages none are needed."""
    if spans and not section.path:
        yield Block(*spans[0], paragraph=0 if document.pages else 1)
    number = 0 if section.path else 1
    for (_, before), (start, end) in pairwise(spans):
        gap = document.text[before : start + 2]  # with the marker of a list item, which ends a paragraph
        number += len(PARAGRAPH_BREAK.findall(gap))
        yield Block(start, end, paragraph=0 if document.pages else number)


def _stripped(text: str, start: int, end: int, *, characters: str = WHITE_SPACE) -> tuple[int, int]:
    """The span without these characters at both ends; an empty one where nothing is left."""
    right = len(text[start:end].rstrip(characters))
    left = right - len(text[start : start + right].lstrip(characters))
    return start + left, start + right


class _Drawing:
    """Draws the blocks of one document, whose marks are given in their order."""

    def __init__(self, document: Document, marks: tuple[Mark, ...]) -> None:
        self._id = document.id
        self._text = document.text
        self._marks = marks
        self._starts = [mark.start for mark in marks]
        self._longest = max((mark.end - mark.start for mark in marks), default=0)

    def page(self, page: Page, blocks: Sequence[Block]) -> str:
        name = f"page-{page.number}"
        heading = f'<h3 id="{name}-name">{escape(page_name(page))}</h3>'
        picture = escape(page_link(self._id, page.number))
        named = f'<span class="vh">{escape(page_name(page))} </span>'
        way = f'<p class="way"><a href="{picture}">{named}As a picture</a></p>'
        way += f'<p class="note">{RECOGNISED}</p>' if page.recognised else ""
        return (
            f'<section id="{name}" aria-labelledby="{name}-name">{heading}{way}\n'
            f"{''.join(self.block(block) for block in blocks)}</section>\n"
        )

    def block(self, block: Block) -> str:
        shown = self._marked(block)
        if block.level:
            return f'<h{block.level} id="section-{block.section}">{shown}</h{block.level}>\n'
        place = f'<p class="place">Paragraph {block.paragraph}</p>' if block.paragraph else ""
        return f'<div class="block">{place}<p class="text">{shown}</p></div>\n'

    def _marked(self, block: Block) -> str:
        """The text of a block; where marks begin or end inside it, it is cut into pieces."""
        kept = frozenset(block.start + one for one in kept_breaks(self._text[block.start : block.end]))
        marks = self._across(block)
        edges = {edge for mark in marks for edge in (mark.start, mark.end) if block.start < edge < block.end}
        pieces = pairwise(sorted({block.start, block.end} | edges))
        return "".join(self._piece(start, end, kept, marks) for start, end in pieces)

    def _across(self, block: Block) -> tuple[Mark, ...]:
        first = bisect_left(self._starts, block.start - self._longest)
        last = bisect_left(self._starts, block.end)
        return tuple(mark for mark in self._marks[first:last] if mark.end > block.start)

    def _piece(self, start: int, end: int, kept: frozenset[int], marks: Sequence[Mark]) -> str:
        shown = lines_between(self._text, start, end, kept)
        over = [mark for mark in marks if mark.start < end and start < mark.end]
        if not over:
            return shown
        here = [mark for mark in over if mark.here]
        kinds = " ".join([*sorted({mark.kind for mark in over}), *(["here"] if here else [])])
        # The first piece of the mark is what a link leads to.
        target = ' id="here" tabindex="-1"' if here and self._is_first(here[0], start) else ""
        return f'<mark class="{kinds}"{target}>{shown}</mark>'

    def _is_first(self, mark: Mark, start: int) -> bool:
        """Whether the mark begins with this piece: nothing of it but white space stands before."""
        return start <= mark.start or not self._text[mark.start : start].strip()
