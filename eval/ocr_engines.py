"""Recognition by rapidocr-onnxruntime, whose models are in its wheel (the extra `ocr`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.pdf_lines import Line

_POINTS = 72
_DESCENT = 0.2  # of a line's height that lies below its baseline


@dataclass(frozen=True, slots=True)
class Rapid:
    """The engine, loaded."""

    engine: Any
    name: str = "RapidOCR"

    def read(self, picture: Any) -> list[Line]:
        """As `Recogniser.read`."""
        import numpy as np

        from corpus.ocr import DPI

        found, _ = self.engine(np.asarray(picture.convert("RGB")))
        scale = _POINTS / DPI
        return [_line(corners, words, picture.height, scale) for corners, words, _ in found or ()]


def open_rapidocr() -> Rapid | None:
    """The engine where the package is installed; else None."""
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        return None
    return Rapid(RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1))


def _line(corners: Any, words: str, height: int, scale: float) -> Line:
    """A box of four corners, clockwise from the upper left one, as a run of words."""
    upper, lower = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    tall = float(lower - upper)
    return Line(
        words=words,
        left=float(corners[0][0]) * scale,
        baseline=(height - float(lower) + _DESCENT * tall) * scale,
        size=0.75 * tall * scale,  # boxes are drawn a little wider than the letters
        right=float(corners[1][0]) * scale,
    )
