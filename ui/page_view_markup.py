"""The view of a page as HTML: ways to other pages, the picture with its marks, the text beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Document, Page
from ui.document_text import RECOGNISED, Mark, page_html
from ui.frame import escape
from ui.links import Span, citations_link, document_link, original_link, page_link, picture_link
from ui.markup import folded
from ui.page_view_boxes import Box, paragraphs
from ui.page_view_drawing import SCALE, Leaf
from ui.page_view_marks import Marked, State, on_page
from ui.page_view_process import NotDrawn

ZOOMS = (100, 150, 200, 300)  # per cent of the width that there is for the picture
IN_THE_TEXT = "The words are marked in the text of the page."
SAID = {
    State.MARKED: "The quoted words are marked on the picture and in the text.",
    State.PARTLY: "Some of the quoted words stand outside the picture. All of them are marked in the text.",
    State.OUTSIDE: f"The quoted words stand outside the picture, so nothing is marked on it. {IN_THE_TEXT}",
    State.UNSURE: (
        "Where the quoted words stand on the picture is not certain, so nothing is marked on it. "
        f"{IN_THE_TEXT}"
    ),
    State.NO_LETTERS: (
        "The picture holds no text to compare with (the page may be a scan), so nothing is marked on it. "
        f"{IN_THE_TEXT}"
    ),
    State.NO_PICTURE: IN_THE_TEXT,
}
PLAIN = (State.MARKED, State.NO_PICTURE)  # nothing to be warned of
ROOM = SCALE // 400  # left and right of marked words, so that the line around them hides no letter
NO_WORDS = "No text was found on this page; it may be a scan or a picture."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link to a page names besides the page.

    `spans` are the cited places, in the whole document, and `at` the 1-based one to go to; `wrong` is
    how many more were named that are not in the document.
    """

    spans: tuple[Span, ...] = ()
    at: int = 1
    zoom: int = ZOOMS[0]
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of a document and what is shown of it; `marked` has one entry for each span asked for."""

    document: Document
    page: Page
    asked: Asked
    leaf: Leaf | NotDrawn
    marked: tuple[Marked, ...]


def page_title(view: PageView) -> str:
    """The title of the view, in plain text."""
    return f"{_page_words(view)}: {_title(view)}"


def page_view_html(view: PageView) -> str:
    """The main part of the view."""
    return (
        f'<h1><span class="of">{escape(_title(view))}</span> {escape(_page_words(view))}</h1>\n'
        f'<div class="ways">{_pages(view)}{_citations(view)}{_zooms(view)}</div>\n'
        f"{_notes(view)}"
        f'<div class="leaf zoom-{view.asked.zoom}">\n{_picture(view)}{_text(view)}</div>\n'
    )


def _title(view: PageView) -> str:
    return folded(view.document.details.title) or view.document.id


def _page_words(view: PageView) -> str:
    """As citations name it: "Page iv (4 of 60)", "Page 4 of 60"."""
    number, count = view.page.number, len(view.document.pages)
    return f"Page {view.page.label} ({number} of {count})" if view.page.label else f"Page {number} of {count}"


def _name(page: Page) -> str:
    return f"page {page.label} ({page.number})" if page.label else f"page {page.number}"


def _link(view: PageView, page: int, *, at: int | None = None, zoom: int | None = None) -> str:
    """The view of a page of this document, escaped; all that was asked for is asked for again."""
    asked = view.asked
    kept = zoom or asked.zoom
    address = page_link(
        view.document.id, page, asked.spans, at=at or asked.at, zoom=kept if kept != ZOOMS[0] else None
    )
    return escape(address)


def _pages(view: PageView) -> str:
    """The page before, the page after, the whole document and its file."""
    document, number = view.document, view.page.number
    ways = [("Previous page", number - 1), ("Next page", number + 1)]
    links = [f'<a href="{_link(view, to)}">{way}</a>' for way, to in ways if 0 < to <= len(document.pages)]
    spans, at = view.asked.spans, view.asked.at
    whole = citations_link(document.id, spans, at) if spans else document_link(document.id)
    links.append(f'<a href="{escape(whole)}">Whole document as text</a>')
    links.append(f'<a href="{escape(original_link(document.id))}" download>Download the original file</a>')
    return f'<nav class="steps" aria-label="Pages of the document"><p>{"".join(links)}</p></nav>'


def _citations(view: PageView) -> str:
    """Where the current citation is, and the ways to it and to the others."""
    spans, at = view.asked.spans, view.asked.at
    if not spans:
        return ""
    ways = [("Previous citation", at - 1), ("Next citation", at + 1)] if len(spans) > 1 else []
    links = [_to_citation(view, to, way) for way, to in ways if 0 < to <= len(spans)]
    if view.marked[at - 1].state is State.ELSEWHERE:
        links.insert(0, _to_citation(view, at, "Back to the quoted words"))
    else:
        links.insert(0, '<a href="#here">To the quoted words in the text</a>')
    count = f"Citation {at} of {len(spans)}. " if len(spans) > 1 else ""
    return f'<nav class="steps" aria-label="Citations"><p>{count}{"".join(links)}</p></nav>'


def _to_citation(view: PageView, number: int, words: str) -> str:
    page = next(_pages_of(view, number))
    return f'<a href="{_link(view, page.number, at=number)}">{words} <span>({_name(page)})</span></a>'


def _pages_of(view: PageView, number: int) -> Iterator[Page]:
    """The pages on which words of a citation stand; there is one at least, since spans hold words."""
    span = view.asked.spans[number - 1]
    return (page for page in view.document.pages if on_page(view.document, page, span))


def _zooms(view: PageView) -> str:
    if isinstance(view.leaf, NotDrawn):
        return ""
    links = ""
    for zoom in ZOOMS:
        current = ' aria-current="true"' if zoom == view.asked.zoom else ""
        words = f'<span class="vh">Size of the picture: </span>{zoom}%'
        links += f'<a href="{_link(view, view.page.number, zoom=zoom)}"{current}>{words}</a>'
    return f'<nav class="steps" aria-label="Size of the picture"><p>Size of the picture: {links}</p></nav>'


def _notes(view: PageView) -> str:
    """What is to be known before the picture is looked at: what is marked, and what could not be."""
    notes = []
    if view.asked.wrong:
        places = "A place" if view.asked.wrong == 1 else f"{view.asked.wrong} places"
        notes.append(f"{places} that the link names cannot be found in this document; it may have changed.")
    if isinstance(view.leaf, NotDrawn):
        notes.append(f"This page is not shown as a picture, because {view.leaf.reason}.")
    warnings = "".join(f'<p class="note">{escape(note)}</p>\n' for note in notes)
    return warnings + "".join(_said(view))


def _said(view: PageView) -> Iterator[str]:
    """What is to be said of each citation on this page, the same words once."""
    numbered = [one for one in enumerate(view.marked, start=1) if one[1].state is not State.ELSEWHERE]
    known: dict[str, State] = {}
    for number, marked in numbered:
        is_plain = marked.state in PLAIN or len(view.asked.spans) == 1
        known.setdefault(("" if is_plain else f"Citation {number}: ") + SAID[marked.state], marked.state)
    for sentence, state in known.items():
        yield f'<p class="{"soft" if state in PLAIN else "note"}">{sentence}</p>\n'
    yield from (f'<p class="soft">{more}</p>\n' for number, _ in numbered if (more := _beyond(view, number)))


def _beyond(view: PageView, number: int) -> str:
    """The ways to the rest of a citation of this page, where it stands on others too."""
    pages = list(_pages_of(view, number))
    before = [page for page in pages if page.number < view.page.number][-1:]
    after = [page for page in pages if page.number > view.page.number][:1]
    name = f"Citation {number}" if len(view.asked.spans) > 1 else "The quotation"
    return " ".join(
        f'{name} {verb} on <a href="{_link(view, page.number, at=number)}">{escape(_name(page))}</a>.'
        for verb, found in (("begins", before), ("continues", after))
        for page in found
    )


def _picture(view: PageView) -> str:
    leaf = view.leaf
    if isinstance(leaf, NotDrawn):
        return ""
    source = escape(picture_link(view.document.id, view.page.number, view.asked.zoom))
    # A picture that is larger than its frame is moved in it, by keyboard too.
    frame = (
        ' tabindex="0" role="region" aria-label="Picture of the page, to be moved"'
        if view.asked.zoom > ZOOMS[0]
        else ""
    )
    return (
        '<section class="picture" aria-labelledby="picture"><h2 id="picture">Picture of the page</h2>\n'
        f'<div class="frame"{frame}><div class="sheet">'
        f'<img src="{source}" width="{leaf.width}" height="{leaf.height}" alt="{escape(_alternative(view))}">'
        f"{_marks(view)}</div></div></section>\n"
    )


def _alternative(view: PageView) -> str:
    """What the picture is, for who does not see it; what it says stands in the text."""
    marked = any(one.boxes for one in view.marked)
    also = ", with the quoted words marked" if marked else ""
    has_words = bool(view.document.text[view.page.start : view.page.end].strip())
    where = "Its words stand under Text of the page." if has_words else "No text was found on it."
    return f"{_page_words(view)} of {_title(view)}{also}. {where}"


def _marks(view: PageView) -> str:
    """The marks as shapes over the picture: a tint, and lines around it that need no colour."""
    groups = []
    for number, marked in enumerate(view.marked, start=1):
        if not marked.boxes:
            continue
        current = number == view.asked.at
        name = ' class="mark here" id="mark"' if current else ' class="mark"'
        groups.append(f"<g{name}>{''.join(map(_shape, paragraphs(marked.boxes)))}</g>")
    if not groups:
        return ""
    return (
        f'<svg viewBox="0 0 {SCALE} {SCALE}" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(groups)}</svg>'
    )


def _shape(lines: Sequence[Box]) -> str:
    """One shape around lines that stand below each other: down their right sides, up their left ones."""
    first, last = lines[0], lines[-1]
    between = [(above.bottom + below.top) // 2 for above, below in pairwise(lines)]
    right = "".join(f"V{y}H{box.right + ROOM}" for y, box in zip(between, lines[1:], strict=True))
    left = "".join(f"V{y}H{box.left - ROOM}" for y, box in zip(between[::-1], lines[-2::-1], strict=True))
    top = f"M{first.left - ROOM} {first.top}H{first.right + ROOM}"
    return f'<path d="{top}{right}V{last.bottom}H{last.left - ROOM}{left}Z"/>'


def _text(view: PageView) -> str:
    here = [on_page(view.document, view.page, span) for span in view.asked.spans]
    marks = [
        Mark(*part, "cited", here=number == view.asked.at)
        for number, part in enumerate(here, start=1)
        if part
    ]
    words = page_html(view.document, view.page, marks) or f"<p>{NO_WORDS}</p>"
    note = f'<p class="note">{RECOGNISED}</p>\n' if view.page.recognised else ""
    return (
        '<section class="words" aria-labelledby="text"><h2 id="text">Text of the page</h2>\n'
        f'{note}<div class="document">{words}</div></section>\n'
    )
