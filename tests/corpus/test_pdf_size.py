"""Pages with very much on them are read in a time that grows with what is on them."""

from __future__ import annotations

import time
from typing import Any

from corpus.pdf_file import read_pdf
from tests.corpus.pdf_pages import at, drawn, page_of

SECONDS = 15.0  # of computing: several times what is needed; what grows with the square takes minutes


def test_many_ruled_lines() -> None:
    def drawing(canvas: Any) -> None:
        for n in range(2000):
            canvas.line(50 + n % 500, 50 + n // 8, 50 + n % 500, 53 + n // 8)

    started = time.process_time()
    assert read_pdf(drawn(page_of("A map."), drawing)).tables == 0
    assert time.process_time() - started < SECONDS


def test_many_words_at_many_places() -> None:
    placed = [(20.0 + 55 * (n % 10), 800.0 - 7.4 * (n // 10), f"word{n}") for n in range(1000)]
    started = time.process_time()
    assert "word999" in read_pdf(drawn(at(*placed))).text
    assert time.process_time() - started < SECONDS


def test_many_pages() -> None:
    page = page_of("The council met.", "It agreed.", head="Report", foot="1")
    started = time.process_time()
    assert len(read_pdf(drawn(*[page] * 200)).pages) == 200
    assert time.process_time() - started < SECONDS
