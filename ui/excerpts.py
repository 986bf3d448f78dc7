"""What stands beside an answer: each citation, checked again, in the paragraph that it was taken from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.document import Details, Document
from corpus.locate import recognised_words
from qa.answer import Answer, Citation, Hit

CONTEXT = 320  # characters kept on each side of a quotation: about three sentences
MORE = 900  # characters on each side that "show more" unfolds: a few paragraphs
CLOSEST = 3  # passages offered when the documents do not answer

# A blank line ends a paragraph, unless the next goes on in small letters: then a page ended there.
BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*(?![a-z\s])")
# What begins a line of its own: a bullet (left out of the excerpt), a heading, a table row, "2.1", "(a)".
BLOCK_START = re.compile(
    r"^[ \t]*(?:[-*•][ \t]+|(?=[|#]|\d{1,2}(?:[.)]|(?:\.\d{1,2})+)\s|\(?[a-zivx]{1,4}\)\s))", re.MULTILINE
)
SENTENCE_END = re.compile(r"(?<=[.?!;:])\s+")
WHITE_SPACE = re.compile(r"\s+")
REACH = 5000  # characters looked through for the start and the end of a paragraph; the longest here has 2600


class Library(Protocol):
    """Where the documents of an answer are looked up."""

    def document(self, document_id: str) -> Document:
        """The document with this id."""
        ...


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document with marked words in it.

    `earlier + before + marked + after + later` stands in the document, unchanged; `cut_before`
    and `cut_after` say whether the paragraph goes on before `before` and after `after`. `lead` is
    the sentence that introduces a list or the column headings of a table, where that stands
    outside the stretch.
    """

    before: str
    marked: str
    after: str
    cut_before: bool
    cut_after: bool
    lead: str | None = None
    earlier: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A citation that was found again in its document, and what is shown of that document."""

    citation: Citation
    details: Details
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Closest:
    """A passage that was found but does not answer."""

    document_id: str
    details: Details
    start: int  # where the excerpt begins in the document
    place: str
    excerpt: Excerpt
    pages: tuple[int, int] | None = None  # first and last, 1-based


def stands(citation: Citation, document: Document) -> bool:
    """Whether the quotation is what really stands at its place."""
    return citation.quote != "" and document.text[citation.start : citation.end] == citation.quote


def checked_sources(answer: Answer, library: Library) -> tuple[Source, ...]:
    """The sources of those citations that stand in their documents; the others are left out."""
    found = []
    for citation in answer.citations:
        document = _document(citation.document_id, library)
        if document is not None and stands(citation, document):
            excerpt = excerpt_around(document, citation.start, citation.end)
            found.append(Source(citation, document.details, excerpt))
    return tuple(found)


def closest_passages(answer: Answer, library: Library, *, limit: int = CLOSEST) -> tuple[Closest, ...]:
    """The best passages that were found, to be offered as such; one that does not stand is left out."""
    return tuple(_closest(hit, library) for hit in answer.hits if _passage_stands(hit, library))[:limit]


def excerpt_around(document: Document, start: int, end: int, *, context: int = CONTEXT) -> Excerpt:
    """The words from `start` to `end` in their paragraph, with at most `context` characters on each side."""
    text = document.text
    first, last = paragraph_around(text, start, end)
    begin = _trimmed_start(text, first, start, context)
    finish = _trimmed_end(text, end, last, context)
    return Excerpt(
        before=text[begin:start],
        marked=text[start:end],
        after=text[end:finish],
        cut_before=begin > first,
        cut_after=finish < last,
        lead=_lead(document, start, end, outside=(begin, finish)),
        earlier=text[_trimmed_start(text, 0, begin, MORE) : begin],
        later=text[finish : _trimmed_end(text, finish, len(text), MORE)],
    )


def paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph, list item or table row that the span lies in; several where it crosses them."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    breaks = [found.end() for found in BLANK_LINE.finditer(text, low, start)]
    # A marker may reach past `start`, where the quotation begins with it.
    marks = [found for found in BLOCK_START.finditer(text, low, high) if found.start() <= start]
    first = max([low, *breaks[-1:], *(min(found.end(), start) for found in marks[-1:])])
    ends = (BLANK_LINE.search(text, end, high), BLOCK_START.search(text, _next_line(text, end), high))
    last = min([high, *(found.start() for found in ends if found)])
    return first, end + len(text[end:last].rstrip())


def _next_line(text: str, position: int) -> int:
    newline = text.find("\n", position)
    return len(text) if newline < 0 else newline + 1


def _trimmed_start(text: str, first: int, start: int, context: int) -> int:
    """Where the excerpt begins: at a sentence if one begins within reach, else at a word."""
    if start - first <= context:
        return first
    reach = start - context
    found = SENTENCE_END.search(text, reach, start) or WHITE_SPACE.search(text, reach, start)
    return found.end() if found else reach


def _trimmed_end(text: str, end: int, last: int, context: int) -> int:
    """Where the excerpt ends: after a sentence if one ends within reach, else after a word."""
    if last - end <= context:
        return last
    reach = end + context
    sentences = [found.start() for found in SENTENCE_END.finditer(text, end, reach) if found.start() > end]
    if sentences:
        return sentences[-1]
    space = text.rfind(" ", end, reach)
    return space if space > end else reach


def _lead(document: Document, start: int, end: int, *, outside: tuple[int, int]) -> str | None:
    """What has to be read with the quoted sentences, unless the excerpt shows it already."""
    for sentence in document.sentences:
        if sentence.lead and sentence.start < end and start < sentence.end:
            first, last = sentence.lead
            if last <= outside[0] or first >= outside[1]:
                return document.text[first:last]
    return None


def _document(document_id: str, library: Library) -> Document | None:
    """The document; None where it has been taken away since it was cited."""
    try:
        return library.document(document_id)
    except KeyError:
        return None


def _passage_stands(hit: Hit, library: Library) -> bool:
    passage = hit.passage
    document = _document(passage.document_id, library)
    text = document.text[passage.start : passage.end] if document else ""
    return bool(passage.text.strip()) and text == passage.text


def _closest(hit: Hit, library: Library) -> Closest:
    """A found passage, shortened to what can be read at a glance; nothing in it is marked."""
    passage = hit.passage
    finish = _trimmed_end(passage.text, 0, len(passage.text), 2 * CONTEXT)
    excerpt = Excerpt(passage.text[:finish], "", "", cut_before=False, cut_after=finish < len(passage.text))
    document = library.document(passage.document_id)
    place = _place(passage.section, passage.pages) + recognised_words(document, passage.pages)
    return Closest(passage.document_id, document.details, passage.start, place, excerpt, passage.pages)


def _place(section: Sequence[str], pages: tuple[int, int] | None) -> str:
    """Where a passage stands, as far as it is known."""
    parts = [" › ".join(section)] if section else []
    if pages:
        first, last = pages
        parts.append(f"page {first}" if first == last else f"pages {first} to {last}")
    return ", ".join(parts)
