"""Text recognised on pictures of pages (OCR), by the engine that this machine has.

That is Tesseract; docs/pdf.md has the measurements that say why. Nothing is fetched when it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median
from typing import Any, Protocol

from corpus.pdf_lines import Line

DPI = 200  # that pages are drawn with; what office scanners use, and what was measured
_HEADING = 1.3  # times the usual height; smaller differences of recognised lines mean nothing


class Recogniser(Protocol):
    """Recognises the words on the picture of a page."""

    @property
    def name(self) -> str:
        """What it is called, as it is said to a person."""
        ...

    def read(self, picture: Any) -> list[Line]:
        """The runs of words on a grey Pillow image; places in points, from its lower left corner.

        Raises UnreadableDocument where the engine fails on it.
        """
        ...


@cache
def find_recogniser() -> Recogniser | None:
    """The engine of this machine; None where there is none."""
    from corpus.ocr_tesseract import open_tesseract

    return open_tesseract()


def even_sizes(lines: Sequence[Line]) -> list[Line]:
    """The lines with one size of type for all but headings: heights on a picture vary from line to line."""
    if not lines:
        return []
    usual = median(line.size for line in lines)
    return [line if line.size > _HEADING * usual else replace(line, size=usual) for line in lines]
