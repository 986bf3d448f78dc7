"""Scanned pages: recognised where an engine is there, marked as such, reported where there is none."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest

from corpus.document import Details, Document, Page
from corpus.errors import UnreadableDocument
from corpus.locate import locator, recognised_words
from corpus.ocr_tesseract import open_tesseract, read_hocr
from corpus.pdf_file import read_pdf
from corpus.pdf_lines import Line
from corpus.pdf_page import Pdf
from tests.corpus.pdf_pages import HEIGHT, WIDTH, Draw, both, drawn, page_of

LINES = ("The inspectors visited the council in October 2014.", "They read forty records and met the staff.")


@dataclass(frozen=True, slots=True)
class Predictable:
    """An engine that reads the same line on every picture."""

    name: str = "Predictable"

    def read(self, picture: Any) -> list[Line]:
        assert picture.size == (round(WIDTH * 200 / 72), round(HEIGHT * 200 / 72))
        return [Line("What a person would see", 72, 700, 10.0, right=300)]


def scanned(*lines: str) -> Draw:
    """A page that is the picture of a page."""
    picture = Pdf(drawn(page_of(*lines))).picture(0, dpi=200)

    def draw(canvas: Any) -> None:
        from reportlab.lib.utils import ImageReader

        content = io.BytesIO()
        picture.save(content, "PNG")
        canvas.drawImage(ImageReader(io.BytesIO(content.getvalue())), 0, 0, WIDTH, HEIGHT)

    return draw


def test_only_the_scanned_pages_are_recognised() -> None:
    pdf = read_pdf(drawn(page_of(*LINES), scanned(*LINES)), find=Predictable)
    assert pdf.recognised == (2,)
    assert [page.recognised for page in pdf.pages] == [False, True]
    assert pdf.text[pdf.pages[1].start :].strip() == "What a person would see"


def test_without_an_engine_a_scanned_page_is_one_without_text() -> None:
    pdf = read_pdf(drawn(page_of(*LINES), scanned(*LINES)), find=lambda: None)
    assert (pdf.recognised, pdf.empty_pages) == ((), (2,))


def test_without_an_engine_a_file_of_scans_says_what_to_install() -> None:
    with pytest.raises(UnreadableDocument, match=r"it may be a scan: install Tesseract"):
        read_pdf(drawn(scanned(*LINES)), find=lambda: None)


def test_a_blank_page_is_not_recognised() -> None:
    pdf = read_pdf(drawn(page_of(*LINES), page_of()), find=Predictable)
    assert (pdf.recognised, pdf.empty_pages) == ((), (2,))


def test_the_invisible_text_that_a_scanner_has_left_under_its_picture_is_read_and_marked() -> None:
    def layer(canvas: Any) -> None:
        text = canvas.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLine("What the scanner saw there")
        canvas.drawText(text)

    pdf = read_pdf(drawn(both(scanned(*LINES), layer)), find=lambda: None)
    assert pdf.text.strip() == "What the scanner saw there"
    assert pdf.recognised == (1,)


def test_the_place_of_recognised_words_says_that_they_were_recognised() -> None:
    pages = (Page(1, "iv", 0, 5, recognised=True), Page(2, None, 5, 9))
    document = Document("a.pdf", Details("A"), "", "Words" + "more", pages)
    assert locator(document, 0) == "page iv (1 of 2); text recognised from a scan (OCR)"
    assert locator(document, 5) == "page 2 of 2"
    assert recognised_words(document, (1, 2)) == "; text recognised from a scan (OCR)"
    assert [recognised_words(document, pages) for pages in ((2, 2), None)] == ["", ""]


def hocr(*words: tuple[str, int, int]) -> bytes:
    spans = "".join(
        f'<span class="ocrx_word" title="bbox {a} 100 {b} 120">{word}</span>' for word, a, b in words
    )
    line = '<span class="ocr_line" title="bbox 100 100 900 120; baseline 0 -5; x_size 20">'
    return f"<html><body>{line}{spans}</span></body></html>".encode()


def test_places_are_turned_from_pixels_below_the_top_to_points_above_the_foot() -> None:
    (line,) = read_hocr(hocr(("The", 100, 140), ("plan", 150, 200)), height=1000, scale=0.5)
    assert (line.words, line.left, line.right, line.baseline) == ("The plan", 50, 100, 442.5)


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ([("|", 100, 104), ("feel", 110, 150)], ["I feel"]),
        ([(".", 100, 104), ("the", 130, 160), ("plan", 170, 200)], ["• the plan"]),
        ([("c)", 100, 115), ("|", 120, 122), ("The", 130, 160)], ["c) The"]),
        ([("left", 100, 140), ("right", 300, 340)], ["left", "right"]),
    ],
)
def test_faults_that_the_engine_is_known_for_are_put_right(
    found: list[tuple[str, int, int]], meant: list[str]
) -> None:
    assert [line.words for line in read_hocr(hocr(*found), height=1000, scale=0.5)] == meant


@pytest.mark.skipif(open_tesseract() is None, reason="Tesseract with English is not installed")
def test_a_scan_is_read_by_tesseract() -> None:
    pdf = read_pdf(drawn(scanned(*LINES)))
    assert " ".join(pdf.text.split()) == " ".join(LINES)
    assert pdf.recognised == (1,)
