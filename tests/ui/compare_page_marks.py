"""Compares the marks on pages with what poppler, another reader of PDF files, finds within them.

    python -m tests.ui.compare_page_marks FOLDER

For every sentence of every PDF in the folder: the words whose middle poppler puts within the boxes that
would be marked, against the words of the sentence. Needs poppler's `pdftotext`.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document, Page
from corpus.read import read_documents
from ui.page_view_boxes import Box
from ui.page_view_drawing import SCALE, draw
from ui.page_view_marks import find_marks, on_page
from ui.page_view_match import letters_of

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
WIDTH = 300  # pixels; the picture is not looked at
SHOWN = 20  # differences


@dataclass(frozen=True, slots=True)
class Word:
    """A word where poppler puts its middle, in parts of SCALE of the page."""

    x: float
    y: float
    words: str


def poppler_pages(path: Path) -> list[list[Word]]:
    """The words of each page."""
    said = subprocess.run(
        ["pdftotext", "-bbox", "-cropbox", str(path), "-"], capture_output=True, check=True, text=True
    )
    return [list(_words(width, height, body)) for width, height, body in _pages(said.stdout)]


def _pages(said: str) -> Iterator[tuple[float, float, str]]:
    """The size and the words of each page; poppler gives the size as it was before the page was turned."""
    for width, height, body in PAGE.findall(said):
        sides = float(width), float(height)
        words = WORD.findall(body)
        is_turned = any(float(word[2]) > sides[0] + 1 or float(word[3]) > sides[1] + 1 for word in words)
        yield *(sides[::-1] if is_turned else sides), body


def _words(width: float, height: float, body: str) -> Iterator[Word]:
    for left, top, right, bottom, words in WORD.findall(body):
        x, y = (float(left) + float(right)) / 2, (float(top) + float(bottom)) / 2
        yield Word(SCALE * x / width, SCALE * y / height, html.unescape(words))


def within(boxes: Sequence[Box], words: Sequence[Word]) -> str:
    """The words within the boxes, box by box."""
    return " ".join(
        word.words
        for box in boxes
        for word in words
        if box.left <= word.x <= box.right and box.top <= word.y <= box.bottom
    )


def compared(
    document: Document, content: bytes, page: Page, words: Sequence[Word]
) -> Iterator[tuple[str, str]]:
    """For each sentence of a page: what became of it, and what differs."""
    spans = [(one.start, one.end) for one in document.sentences]
    spans = [span for span in spans if on_page(document, page, span)]
    for span, mark in zip(
        spans, find_marks(document, page, spans, draw(content, page.number, WIDTH)), strict=True
    ):
        start, end = on_page(document, page, span) or span
        quoted = document.text[start:end]
        if not mark.boxes:
            yield f"not marked ({mark.state.value})", quoted
            continue
        found = within(mark.boxes, words)
        same = letters_of(found).letters == letters_of(quoted).letters
        yield ("the same words" if same else "other words"), f"{quoted!r}\n    {found!r}"


def main(folder: Path) -> None:
    """Prints the counts, and the first sentences that differ."""
    counts: Counter[str] = Counter()
    for document in read_documents(folder).documents:
        path = folder / document.id
        for page, words in zip(document.pages, poppler_pages(path), strict=True):
            for outcome, shown in compared(document, path.read_bytes(), page, words):
                counts[outcome] += 1
                if outcome != "the same words" and sum(counts.values()) - counts["the same words"] <= SHOWN:
                    print(f"{document.id}, page {page.number}: {outcome}\n    {shown}")
    print(dict(sorted(counts.items())))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
