"""PDFs whose every line is put at a place that is known, and the documents that are read from them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Details, Document, Page
from corpus.pdf_file import read_pdf
from ui.links import Span
from ui.page_view_boxes import Box
from ui.page_view_drawing import SCALE

WIDTH, HEIGHT = 595.0, 842.0  # A4, in points
SIZE, LEADING = 11, 15
TIMES, LIGATURES = "Times-Roman", "Vera"  # the second one has signs for fi and fl, and comes with reportlab
pdfmetrics.registerFont(TTFont(LIGATURES, Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))


@dataclass(frozen=True, slots=True)
class Put:
    """A line as it was put on a page: `x` and `y` are where its baseline begins, in points from the foot."""

    page: int
    words: str
    x: float
    y: float
    font: str

    def around(self, words: str) -> tuple[float, float, float, float]:
        """Where these words of the line begin and end, and how far up and down ink may reach, in points."""
        before, found, _ = self.words.partition(words)
        assert found, f"{words!r} is not in {self.words!r}"
        left = self.x + pdfmetrics.stringWidth(before, self.font, SIZE)
        right = left + pdfmetrics.stringWidth(words, self.font, SIZE)
        return left, right, self.y - 0.35 * SIZE, self.y + 1.05 * SIZE


@dataclass
class Paper:
    """A PDF that is being written."""

    put: list[Put] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), invariant=True)
        self._page = 1

    def lines(self, *lines: str, x: float = 72, top: float = 760, font: str = TIMES) -> Paper:
        """Puts lines below each other."""
        for number, words in enumerate(lines):
            self.canvas.setFont(font, SIZE)
            y = top - number * LEADING
            self.canvas.drawString(x, y, words)
            self.put.append(Put(self._page, words, x, y, font))
        return self

    def next_page(self) -> Paper:
        self.canvas.showPage()
        self._page += 1
        return self

    def saved(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._file.getvalue()

    def line_with(self, words: str, *, nth: int = 0) -> Put:
        return [line for line in self.put if words in line.words][nth]


def read(content: bytes) -> Document:
    """The document with its text and pages as they are read where it is shipped."""
    pdf = read_pdf(content)
    return Document("letter.pdf", Details("A letter"), sha256(content).hexdigest(), pdf.text, pages=pdf.pages)


def document_of(content: bytes, *pages: str) -> Document:
    """A document with another text of its pages than the one that would be read: as another reader has it."""
    ends = [sum(len(one) for one in pages[: number + 1]) for number in range(len(pages))]
    tiles = tuple(
        Page(number, None, end - len(text), end)
        for number, (end, text) in enumerate(zip(ends, pages, strict=True), start=1)
    )
    return Document(
        "letter.pdf", Details("A letter"), sha256(content).hexdigest(), "".join(pages), pages=tiles
    )


def span_of(document: Document, words: str, *, nth: int = 0) -> Span:
    """Where words stand in the text, whatever breaks there are between and in them."""
    pattern = r"\s+".join(r"(?:[-\u00ad]?\s*)".join(map(re.escape, word)) for word in words.split())
    return list(re.finditer(pattern, document.text))[nth].span()


def box_on_page(box: Box, width: float = WIDTH, height: float = HEIGHT) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a box in points from the foot of an upright page."""
    left, right = box.left * width / SCALE, box.right * width / SCALE
    return left, right, height - box.bottom * height / SCALE, height - box.top * height / SCALE


def placed(line: Put, words: str, box: Box) -> Iterator[str]:
    """What is wrong with a box that should be around these words of a line; nothing where it is exact.

    It must begin and end with them to half a point, hold their ink from the baseline to the height of
    capitals, and reach no further up or down than letters of this line do.
    """
    left, right, lowest, highest = line.around(words)
    found = box_on_page(box)
    if abs(found[0] - left) > 0.5 or abs(found[1] - right) > 0.5:
        yield f"{words!r} stands from {left:.1f} to {right:.1f}, marked is {found[0]:.1f} to {found[1]:.1f}"
    if not (lowest <= found[2] <= line.y and line.y + 0.65 * SIZE <= found[3] <= highest):
        yield f"{words!r} has its baseline at {line.y}, marked is {found[2]:.1f} to {found[3]:.1f}"
