"""The page of one document: its whole text, with what was cited marked and a search within it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from corpus.document import Document, Section
from ui.document_text import Mark, document_html, page_name
from ui.excerpts import Library
from ui.frame import definitions, escape, page, problem
from ui.links import Span, original_link, page_link
from ui.markup import counted, folded, long_date
from ui.original_file import Originals

SHORTEST = 2  # characters to search for: a single letter is on every line
MARKED_AT_MOST = 1_000  # places: enough to see that the words are too common
MANY_SECTIONS = 12  # a longer list is folded up at first
SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
# Readers type the plain marks; documents often have the typographic ones.
ALIKE = ({"'", "\u2018", "\u2019"}, {'"', "\u201c", "\u201d"}, {"-", "\u2010", "\u2011", "\u2013", "\u2014"})


@dataclass(frozen=True, slots=True)
class View:
    """What is asked of the page of a document.

    `spans` are the cited places that a link named, `at` the 1-based one to go to; `find` are
    words to search for, `hit` the 1-based place to go to, 0 for none.
    """

    document: Document
    spans: tuple[Span, ...] = ()
    at: int = 1
    find: str = ""
    hit: int = 0
    wrong: int = 0  # places that the link named and that are not in the document
    has_file: bool = False  # that can be downloaded


def routes(library: Library) -> APIRouter:
    """`GET /document/{id}`."""
    router = APIRouter(include_in_schema=False)

    def show(
        document_id: str,
        start: str = "",
        end: str = "",
        spans: str = "",
        at: str = "",
        find: str = "",
        hit: str = "",
    ) -> HTMLResponse:
        try:
            document = library.document(document_id)
        except KeyError:
            said = f"There is no document '{document_id}' here; it may have been taken away."
            return problem(said, 404)
        named = spans or (f"{start}-{end}" if start or end else "")
        right, wrong = read_spans(named, document.text)
        has_file = isinstance(library, Originals) and library.original(document_id) is not None
        view = View(document, right, _number(at) or 1, folded(find), _number(hit), wrong, has_file)
        return page(_title(document), document_page(view))

    router.get("/document/{document_id:path}")(show)
    return router


def read_spans(named: str, text: str) -> tuple[tuple[Span, ...], int]:
    """The spans of "10-25,40-60" that lie in `text` and hold words, and how many do not."""
    if not named:
        return (), 0
    parts = named.split(",")
    found = [(int(match[1]), int(match[2])) for part in parts if (match := SPAN.fullmatch(part))]
    right = tuple((start, end) for start, end in found if end <= len(text) and text[start:end].strip())
    return right, len(parts) - len(right)


def find_words(text: str, words: str) -> tuple[Span, ...]:
    """Where the words stand, whatever their case, line breaks and shape of quotation marks."""
    if len(words) < SHORTEST:
        return ()
    pattern = re.compile(r"\s+".join(_pattern(word) for word in words.split()), re.IGNORECASE)
    return tuple(found.span() for found in pattern.finditer(text))


def document_page(view: View) -> str:
    """The main part of the page."""
    hits = find_words(view.document.text, view.find)
    return (
        f"<h1>{escape(_title(view.document))}</h1>\n{_details(view.document, has_file=view.has_file)}"
        f"{_wrong_note(view.wrong)}{_contents(view.document)}{_tools(view, hits)}"
        f'<h2>Text</h2>\n<div class="document">\n{document_html(view.document, _marks(view, hits))}</div>'
    )


def _marks(view: View, hits: Sequence[Span]) -> tuple[Mark, ...]:
    at_hit = 0 < view.hit <= len(hits)
    cited = (
        Mark(start, end, "cited", here=not at_hit and number == _current(view.at, view.spans))
        for number, (start, end) in enumerate(view.spans, start=1)
    )
    found = (
        Mark(start, end, "hit", here=at_hit and number == view.hit)
        for number, (start, end) in enumerate(hits[:MARKED_AT_MOST], start=1)
    )
    return (*cited, *found)


def _tools(view: View, hits: Sequence[Span]) -> str:
    """The ways to the cited words, and the search."""
    citations = _steps(view, "Citation", len(view.spans), _current(view.at, view.spans), "at")
    hidden = {"spans": _listed(view.spans), "at": str(view.at)} if view.spans else {}
    kept = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in hidden.items())
    return (
        f'<div class="tools">{citations}{_as_picture(view)}'
        f'<form role="search" action="{_path(view.document)}">{kept}'
        '<label for="find">Search within this document</label>'
        f'<input type="search" id="find" name="find" value="{escape(view.find)}" aria-describedby="found">'
        f'<button>Search</button></form><p id="found">{_found(view, len(hits))}</p>'
        f"{_steps(view, 'Place', min(len(hits), MARKED_AT_MOST), view.hit, 'hit')}</div>\n"
    )


def _as_picture(view: View) -> str:
    """The way to the page on which the current citation begins, in a document that has pages."""
    at = _current(view.at, view.spans)
    start = view.spans[at - 1][0] if view.spans else -1
    page = next((one for one in view.document.pages if one.start <= start < one.end), None)
    if page is None:
        return ""
    address = escape(page_link(view.document.id, page.number, view.spans, at=at))
    return f'<p class="way"><a href="{address}">This citation on the picture of its page</a></p>'


def _found(view: View, count: int) -> str:
    if not view.find:
        return ""
    if len(view.find) < SHORTEST:
        return f"Type at least {SHORTEST} characters to search for."
    more = f" The first {MARKED_AT_MOST:,} are marked." if count > MARKED_AT_MOST else ""
    return f"“{escape(view.find)}” stands in {counted(count, 'place')}.{more}"


def _steps(view: View, name: str, count: int, current: int, step: str) -> str:
    """Links to the place before and the place after the current one; `step` is "at" or "hit"."""
    if not count:
        return ""
    here = f"{name} {current} of {count:,}. " if 0 < current <= count else ""
    ways = [("Previous", current - 1), ("Next", current + 1)] if current else [("Go to the first", 1)]
    links = "".join(
        f'<a href="{_view_link(_stepped(view, step, to))}">{way} {name.lower()}</a>'
        for way, to in ways
        if 0 < to <= count
    )
    this = f'<a href="#here">To this {name.lower()}</a>' if current else ""
    return f'<nav class="steps" aria-label="{name}s"><p>{here}{this}{links}</p></nav>'


def _stepped(view: View, step: str, to: int) -> View:
    return replace(view, at=to, hit=0) if step == "at" else replace(view, hit=to)


def _view_link(view: View) -> str:
    """The address of a view, escaped."""
    asked = {"spans": _listed(view.spans), "at": str(view.at)} if view.spans else {}
    asked |= {"find": view.find} if view.find else {}
    asked |= {"hit": str(view.hit)} if view.hit else {}
    return escape(f"{_path(view.document)}?{urlencode(asked, safe=',')}#here")


def _path(document: Document) -> str:
    return f"/document/{quote(document.id)}"


def _listed(spans: Sequence[Span]) -> str:
    return ",".join(f"{start}-{end}" for start, end in spans)


def _current(at: int, spans: Sequence[Span]) -> int:
    """The citation that the page is opened at; the first where the link names one that is not there."""
    return at if at <= len(spans) else 1


def _wrong_note(wrong: int) -> str:
    if not wrong:
        return ""
    places = "A place" if wrong == 1 else f"{wrong} places"
    verb, it = ("is", "it") if wrong == 1 else ("are", "them")
    return (
        f'<p class="note">{places} that the link names {verb} not in this document, so nothing is marked '
        f"for {it}. The document may have changed since the link was made.</p>\n"
    )


def _details(document: Document, *, has_file: bool) -> str:
    known = document.details
    published = long_date(known.published) if known.published else None
    facts = [("Publisher", known.publisher), ("Author", known.author), ("To", known.addressee)]
    facts += [("Kind", known.kind), ("Published", published), ("Source", known.source)]
    facts += [("Licence", known.licence)]
    shown = [(name, escape(fact)) for name, fact in facts if fact]
    download = f'<a href="{escape(original_link(document.id))}" download>Download the original file</a>'
    shown.append(("File", f"{escape(document.id)} {download if has_file else ''}"))
    return definitions(shown, name="facts") + "\n"


def _contents(document: Document) -> str:
    """The sections as links; the pages too, where there are any."""
    sections = [
        f'<li><a href="#section-{number}">{escape(" › ".join(section.path))}</a></li>'
        for number, section in enumerate(document.sections)
        if _has_heading(document, section)
    ]
    pages = [f'<li><a href="#page-{one.number}">{escape(page_name(one))}</a></li>' for one in document.pages]
    return _list("Sections", sections) + _list("Pages", pages)


def _has_heading(document: Document, section: Section) -> bool:
    return bool(section.path and document.text[section.start : section.end].strip())


def _list(name: str, links: Sequence[str]) -> str:
    if not links:
        return ""
    opened = " open" if len(links) <= MANY_SECTIONS else ""
    return (
        f'<nav class="sections" aria-label="{name}"><details{opened}>'
        f'<summary>{name} ({len(links)})</summary><ul class="links">{"".join(links)}</ul></details></nav>\n'
    )


def _title(document: Document) -> str:
    return folded(document.details.title) or document.id


def _number(text: str) -> int:
    """A positive number; 0 for anything else."""
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


def _pattern(word: str) -> str:
    return "".join(_alike(character) for character in word)


def _alike(character: str) -> str:
    same = next((marks for marks in ALIKE if character in marks), None)
    return f"[{''.join(map(re.escape, sorted(same)))}]" if same else re.escape(character)
