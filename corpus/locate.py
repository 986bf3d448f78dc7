"""What a person needs to find a place in a document: the page, or the section and paragraph."""

from __future__ import annotations

import re

from corpus.document import Document, Page, Section

RECOGNISED = "; text recognised from a scan (OCR)"  # wherever such text is quoted
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n|\n(?=[ \t]*[-*•|]\s)")


def locator(document: Document, start: int) -> str:
    """The place of an offset in words: "page iv (4 of 60)", or "Early help April 2016, paragraph 2".

    Paragraphs are counted from the start of the section, blank lines between them; the
    heading is not counted. Before the first heading, and without headings, the count is of
    the document.
    """
    page = next((page for page in document.pages if page.start <= start < page.end), None)
    if page is not None:
        return _page_words(page, len(document.pages))
    section = next((s for s in document.sections if s.start <= start < s.end), None)
    if section is None:
        return "start of the document"
    number = _paragraph_number(document, section, start)
    if len(document.sections) == 1 and not section.path:
        return f"paragraph {number}"
    if not section.path:
        return f"before the first heading, paragraph {number}"
    return f"{' › '.join(section.path)}, " + (f"paragraph {number}" if number else "heading")


def recognised_words(document: Document, pages: tuple[int, int] | None) -> str:
    """That text was recognised on one of these pages, first to last; "" where none was."""
    first, last = pages or (1, 0)
    return RECOGNISED if any(page.recognised for page in document.pages[first - 1 : last]) else ""


def _page_words(page: Page, count: int) -> str:
    scanned = RECOGNISED if page.recognised else ""
    if page.label is None:
        return f"page {page.number} of {count}{scanned}"
    return f"page {page.label} ({page.number} of {count}){scanned}"


def _paragraph_number(document: Document, section: Section, start: int) -> int:
    """1 for the first paragraph after the heading; 0 for the heading itself."""
    body = document.text[section.start : section.end]
    first = section.start + len(body) - len(body.lstrip())
    # over the whole section: what a break is followed by may stand after `start`
    breaks = sum(
        match.end() <= start for match in _PARAGRAPH_BREAK.finditer(document.text, first, section.end)
    )
    return breaks if section.path else breaks + 1
