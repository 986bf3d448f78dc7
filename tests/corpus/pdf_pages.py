"""Pages drawn with reportlab for the tests: words at places, ruled lines, pictures, nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from matplotlib import get_data_path
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842
SIZE, LEADING = 10, 12
PLAIN = "DejaVuSans"

Draw = Callable[[Any], None]


def drawn(*pages: Draw) -> bytes:
    """A PDF with a page for each function, which is given the canvas."""
    pdfmetrics.registerFont(TTFont(PLAIN, Path(get_data_path()) / "fonts" / "ttf" / f"{PLAIN}.ttf"))
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(WIDTH, HEIGHT), invariant=1)
    for draw in pages:
        canvas.setFont(PLAIN, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def words(canvas: Any, left: float, baseline: float, *lines: str, size: float = SIZE) -> float:
    """Draw lines one under the other; returns where the next one would stand."""
    canvas.setFont(PLAIN, size)
    for line in lines:
        canvas.drawString(left, baseline, line)
        baseline -= LEADING
    canvas.setFont(PLAIN, SIZE)
    return baseline


def at(*placed: tuple[float, float, str]) -> Draw:
    """A page with these words: left edge, baseline, words."""

    def draw(canvas: Any) -> None:
        for left, baseline, line in placed:
            words(canvas, left, baseline, line)

    return draw


def page_of(*lines: str, head: str = "", foot: str = "", left: float = 72) -> Draw:
    """A page with lines of text, a running head and a foot."""

    def draw(canvas: Any) -> None:
        words(canvas, left, 700, *lines)
        words(canvas, left, HEIGHT - 36, head)
        words(canvas, 290, 36, foot)

    return draw


def grid(
    rows: Sequence[Sequence[str]], *, left: float = 72, top: float = 700, cell: float = 200, tall: float = 20
) -> Draw:
    """A table with ruled lines."""

    def draw(canvas: Any) -> None:
        columns, count = len(rows[0]), len(rows)
        for n in range(count + 1):
            canvas.line(left, top - n * tall, left + columns * cell, top - n * tall)
        for n in range(columns + 1):
            canvas.line(left + n * cell, top, left + n * cell, top - count * tall)
        for r, row in enumerate(rows):
            for c, cell_words in enumerate(row):
                words(canvas, left + c * cell + 4, top - r * tall - 14, cell_words)

    return draw


def both(*draws: Draw) -> Draw:
    """All of it on one page."""

    def draw(canvas: Any) -> None:
        for one in draws:
            one(canvas)

    return draw
