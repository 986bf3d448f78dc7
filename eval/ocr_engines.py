"""Engines that recognise scanned text, compared: `python -m eval.ocr_engines COPIES`.

COPIES is the folder `copies` that `python -m eval.pdf_copies` has made. Each page of its scans is
recognised by every engine that is installed, and compared with the text of the copy that it is a
picture of. rapidocr-onnxruntime is in none of the extras: docs/pdf.md says why.
"""

from __future__ import annotations

import argparse
import resource
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.ocr import DPI, Recogniser, even_sizes
from corpus.ocr_tesseract import open_tesseract
from corpus.pdf_lines import Line, join_row, rows_of
from corpus.pdf_page import Pdf

_POINTS = 72
_DESCENT = 0.2  # of a line's height that lies below its baseline
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "•": None})


@dataclass(frozen=True, slots=True)
class Rapid:
    """rapidocr-onnxruntime with the models of its wheel and its own settings, on one thread."""

    engine: Any
    name: str = "RapidOCR"

    def read(self, picture: Any) -> list[Line]:
        """As `corpus.ocr.Recogniser.read`."""
        import numpy as np

        found, _ = self.engine(np.asarray(picture.convert("RGB")))
        return [_line(corners, words, picture.height) for corners, words, _ in found or ()]


def open_rapidocr() -> Rapid | None:
    """The engine where the package is installed; else None."""
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        return None
    return Rapid(RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1))


def _line(corners: Any, words: str, height: int) -> Line:
    """A box of four corners, clockwise from the upper left one, as a run of words."""
    scale = _POINTS / DPI
    upper, lower = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    tall = float(lower - upper)
    return Line(
        words=words,
        left=float(corners[0][0]) * scale,
        baseline=(height - float(lower) + _DESCENT * tall) * scale,
        size=0.75 * tall * scale,  # boxes are drawn a little wider than the letters
        right=float(corners[1][0]) * scale,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """What an engine made of the pages: wrong characters (edits), and its seconds of CPU a page."""

    pages: int
    wrong: int
    characters: int
    wrong_without_spaces: int
    seconds: float


def measure(engine: Recogniser, copies: Path, names: Sequence[str], most_pages: int) -> Measured:
    """Recognise the first pages of the named scans; rows are put in order as they are when a scan is read."""
    from rapidfuzz.distance import Levenshtein

    pages = wrong = characters = bare = 0
    seconds = 0.0
    for name in names:
        printed = Pdf((copies / "libreoffice-1" / name).read_bytes())
        scanned = Pdf((copies / "scan" / name).read_bytes())
        for index in range(min(most_pages, len(printed))):
            truth = _words(printed.page(index).runs)
            picture, before = scanned.picture(index, dpi=DPI), _cpu()
            read = _words(even_sizes(engine.read(picture)))
            seconds += _cpu() - before
            pages, characters = pages + 1, characters + len(truth)
            wrong += Levenshtein.distance(read, truth)
            bare += Levenshtein.distance(read.replace(" ", ""), truth.replace(" ", ""))
    return Measured(pages, wrong, characters, bare, seconds / max(1, pages))


def _words(runs: Sequence[Line]) -> str:
    """The words of a page as one line, with one kind of quotation marks and dashes, and no bullets."""
    words = " ".join(join_row(row).words for row in rows_of(runs))
    return " ".join(unicodedata.normalize("NFKC", words.translate(_SAME)).split())


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


_ENGINES: tuple[Callable[[], Recogniser | None], ...] = (open_tesseract, open_rapidocr)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every engine that is installed, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m eval.ocr_engines", description=__doc__)
    parser.add_argument("copies", type=Path, metavar="COPIES")
    parser.add_argument("--pages", type=int, default=4, help="of each document, at most (default: 4)")
    arguments = parser.parse_args(argv)
    names = sorted(path.name for path in (arguments.copies / "scan").glob("*.pdf"))
    for engine in (found for find in _ENGINES if (found := find()) is not None):
        one = measure(engine, arguments.copies, names, arguments.pages)
        wrong, bare = (100 * n / one.characters for n in (one.wrong, one.wrong_without_spaces))
        print(
            f"{engine.name}: {one.pages} pages, {wrong:.2f} % of the characters wrong ({bare:.2f} % "
            f"leaving out spaces), {one.seconds:.1f} s of CPU a page",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
