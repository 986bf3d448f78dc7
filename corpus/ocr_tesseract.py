"""Recognition by Tesseract, the program of the system (Debian: tesseract-ocr, with English)."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from corpus.errors import UnreadableDocument
from corpus.pdf_lines import Line

_SECONDS = 120  # for a page; 2 to 5 are usual
_WIDE_GAP = 2.0  # heights of the line; wider spaces stand between columns and cells
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_MISREAD_BULLETS = frozenset({".", "e", "¢", "*", "«", "®", "°", "o", "-"})
_BULLET_GAP = 0.8  # heights of the line
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)]|\d{1,3}(?:\.\d{1,3})+")
_STROKES = frozenset({"|", "—", "–", "_"})
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"})
_POINTS = 72


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program at `path`, with its English model."""

    path: str
    name: str = "Tesseract"

    def read(self, picture: Any) -> list[Line]:
        """As `Recogniser.read`."""
        from corpus.ocr import DPI

        content = io.BytesIO()
        picture.save(content, "PNG", dpi=(DPI, DPI))
        command = [self.path, "stdin", "stdout", "-l", "eng", "--dpi", str(DPI), "hocr"]
        one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # more are slower: measured by its makers
        try:
            done = subprocess.run(
                command, input=content.getvalue(), capture_output=True, timeout=_SECONDS, env=one_thread
            )
        except subprocess.TimeoutExpired as exc:
            raise UnreadableDocument(
                f"recognising the text of a page took longer than {_SECONDS} seconds; scan it anew"
            ) from exc
        if done.returncode:
            said = " ".join(done.stderr.decode("utf-8", "replace").split())[:160]
            raise UnreadableDocument(
                f"Tesseract could not recognise its pages ({said}); check its English model"
            )
        return list(read_hocr(done.stdout, height=picture.height, scale=_POINTS / DPI))


def open_tesseract() -> Tesseract | None:
    """The program where it is on PATH and has English; else None."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    listed = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=30)
    return Tesseract(path) if "eng" in listed.stdout.split() else None


def read_hocr(content: bytes, *, height: int, scale: float) -> Iterator[Line]:
    """The runs of words in hOCR (kba.github.io/hocr-spec), their places in points above the foot."""
    for element in ElementTree.fromstring(content).iter():
        if element.get("class") not in _LINES:
            continue
        box, size = _BOX.search(element.get("title", "")), _SIZE.search(element.get("title", ""))
        if box is None:
            continue
        baseline = _BASELINE.search(element.get("title", ""))
        slope, offset = (float(baseline[1]), float(baseline[2])) if baseline else (0.0, 0.0)
        tall = float(size[1]) if size else float(int(box[4]) - int(box[2]))
        foot = height - (int(box[4]) + offset)
        for run in _runs(element, tall):
            left = float(run[0][1])
            yield Line(
                words=" ".join(word for word, _, _ in run),
                left=left * scale,
                baseline=(foot - slope * (left - int(box[1]))) * scale,
                size=tall * _TYPE_OF_HEIGHT * scale,
                right=run[-1][2] * scale,
            )


_TYPE_OF_HEIGHT = 0.9  # x_size is from the lowest to the highest stroke, a little more than the type


def _corrected(words: list[tuple[str, int, int]], tall: float) -> list[tuple[str, int, int]]:
    """The words of a line without three faults that this engine is known for on letters and reports.

    A bar that stands alone is the letter I; a full stop, a small e or a cent sign that stands alone
    before a wide space at the start of a line is a bullet; a stroke behind the number of a
    paragraph is the edge of nothing.
    """
    if len(words) > 1:
        (first, left, right), second = words[0], words[1]
        if first in _MISREAD_BULLETS and second[1] - right > _BULLET_GAP * tall:
            words = [("•", left, right), *words[1:]]
        if _MARKER.fullmatch(first) and second[0] in _STROKES and len(words) > 2:
            words = [words[0], *words[2:]]
    return [("I" if word == "|" else word, left, right) for word, left, right in words]


def _runs(line: Any, tall: float) -> Iterator[list[tuple[str, int, int]]]:
    """The words of a line with their left and right edges, cut at wide gaps."""
    words: list[tuple[str, int, int]] = []
    for element in line.iter():
        word = "".join(element.itertext()).strip()
        box = _BOX.search(element.get("title", ""))
        if element.get("class") == "ocrx_word" and word and box is not None:
            words.append((word, int(box[1]), int(box[3])))
    run: list[tuple[str, int, int]] = []
    for placed in _corrected(words, tall):
        if run and placed[1] - run[-1][2] > _WIDE_GAP * tall:
            yield run
            run = []
        run.append(placed)
    if run:
        yield run
