"""Draws pages of PDF files with pypdfium2: a program of its own, so that a file can break only it.

pdfium is written in C++ and reads files that anybody may have made. It is therefore run in a
process of its own, which draws one page at a time (pdfium may not be used by two threads), has
limits on memory and pixels, and is ended from outside when it takes too long.

What goes in and out: a line of JSON for each request (`path`, `sha256`, `page`, `width`), answered
by a line of JSON, followed by as many bytes of picture as its `bytes` says.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
import sys
from collections import Counter
from contextlib import suppress
from ctypes import c_double
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

MOST_PIXELS = 12_000_000  # of a picture: A4 at 340 dots an inch; 48 MB while it is drawn
LONGEST_SIDE = 8_000  # pixels
MOST_CHARACTERS = 50_000  # of a page that are compared with its text; a full page has 5,000
MEMORY = 2 * 1024**3  # bytes of address space
HEAVY_PNG = 1_500_000  # bytes; a scan as PNG is several times as large as it need be
PICTURES = ("image/png", "image/jpeg")
SCALE = 100_000  # boxes are measured in this many parts of the width and the height of the picture
UPRIGHT, SIDEWAYS, SLANTED = "u", "s", "l"
_TALLEST = 1.8  # sizes of the type; a font that says more of itself is not believed
_ASCENT, _DESCENT = 0.85, 0.25  # sizes of the type above and below the line: what letters reach
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as it was drawn: its picture, and the characters that stand on it.

    Character i of `text` has the box `boxes[4 * i : 4 * i + 4]` (left, top, right, bottom, in parts
    of SCALE of the picture) and runs as `ways[i]` says: UPRIGHT along a line, SIDEWAYS, or SLANTED.
    """

    pages: int  # of the file
    width: int  # pixels
    height: int
    kind: str  # media type of the picture
    picture: bytes = field(repr=False)
    text: str = field(repr=False)
    boxes: tuple[int, ...] = field(repr=False)
    ways: str = field(repr=False)


class CannotDraw(Exception):
    """Why a page is not drawn, in one word: a key of the sentences in page_view_process."""


def draw(content: bytes, page: int, width: int) -> Leaf:
    """Draws a page, 1-based, `width` pixels wide or as wide as the limits let it be. Raises CannotDraw."""
    with _opened(content) as pdf:
        return _drawn(pdf, page, width)


def _opened(content: bytes) -> Any:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as exc:
        raise CannotDraw("locked" if "password" in str(exc).casefold() else "unreadable") from exc
    with suppress(pypdfium2.PdfiumError):  # without its form fields a page is still worth seeing
        pdf.init_forms()
    return pdf


def _drawn(pdf: Any, page: int, width: int) -> Leaf:
    import pypdfium2

    if not 0 < page <= len(pdf):
        raise CannotDraw("no_page")
    try:
        leaf = pdf[page - 1]
        bitmap = leaf.render(scale=_scale(leaf.get_width(), leaf.get_height(), width))
        kind, picture = _encoded(bitmap.to_pil())
        text, boxes, ways = _characters(leaf)
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as exc:
        raise CannotDraw("broken_page") from exc
    return Leaf(len(pdf), bitmap.width, bitmap.height, kind, picture, text, boxes, ways)


def _scale(width: float, height: float, wanted: int) -> float:
    """Pixels for each point of a page of this size, within the limits."""
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise ValueError(f"a page of {width} by {height} points")
    limits = (wanted / width, LONGEST_SIDE / max(width, height), math.sqrt(MOST_PIXELS / (width * height)))
    return min(limits)


def _encoded(image: Any) -> tuple[str, bytes]:
    """The picture as PNG, which keeps letters sharp; as JPEG where that would be heavy."""
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=6)
    if written.tell() <= HEAVY_PNG:
        return "image/png", written.getvalue()
    written = io.BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=85)
    return "image/jpeg", written.getvalue()


def _characters(leaf: Any) -> tuple[str, tuple[int, ...], str]:
    """The characters of a page in pdfium's order, with boxes and ways; none where there are too many."""
    import pypdfium2.raw as raw

    place, turned = _placing(leaf), math.radians(leaf.get_rotation())
    page = _read_upright(leaf)
    count = page.count_chars()
    if count > MOST_CHARACTERS:
        return "", (), ""
    letters, boxes, ways = [], [], []
    for number in range(count):
        code = raw.FPDFText_GetUnicode(page, number)
        letters.append(chr(code) if code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF else _UNKNOWN)
        boxes += place(*_box(page, number))
        ways.append(_way(raw.FPDFText_GetCharAngle(page, number) + turned))
    return "".join(letters), tuple(boxes), "".join(ways)


def _read_upright(leaf: Any) -> Any:
    """The characters of a page, turned as most of its lines run.

    pdfium orders lines from the top of the page as it is seen: on one that is seen lying on its side, from
    the last line to the first. To be called last, since it turns the page.
    """
    import pypdfium2.raw as raw

    page = leaf.get_textpage()
    numbers = range(min(page.count_chars(), MOST_CHARACTERS))
    quarters = Counter(round(raw.FPDFText_GetCharAngle(page, one) / (math.pi / 2)) % 4 for one in numbers)
    most = min(quarters, key=lambda quarter: (-quarters[quarter], quarter), default=0)
    upright = -90 * most % 360
    if leaf.get_rotation() == upright:
        return page
    leaf.set_rotation(upright)
    return leaf.get_textpage()


def _box(page: Any, number: int) -> tuple[float, float, float, float]:
    """The box of a character: from its edge to the next one's, and as high as a line of its type.

    Fonts say how high they are, but many say it wrongly or not at all; their size is always right.
    """
    import pypdfium2.raw as raw

    left, bottom, right, top = page.get_charbox(number, loose=True)
    matrix, x, y = raw.FS_MATRIX(), c_double(), c_double()
    known = raw.FPDFText_GetMatrix(page, number, matrix) and raw.FPDFText_GetCharOrigin(page, number, x, y)
    if not known:  # a character that pdfium made up, as a space between two words
        return left, bottom, right, top
    size = raw.FPDFText_GetFontSize(page, number)
    across, up = matrix.c * size, matrix.d * size  # where the top of a line of this type is
    if max(top - bottom, right - left) > _TALLEST * math.hypot(across, up):
        left, bottom, right, top = page.get_charbox(number)
    if abs(across) < abs(up) / 10:
        reached = (y.value + _ASCENT * up, y.value - _DESCENT * up)
        bottom, top = min(bottom, *reached), max(top, *reached)
    elif abs(up) < abs(across) / 10:
        reached = (x.value + _ASCENT * across, x.value - _DESCENT * across)
        left, right = min(left, *reached), max(right, *reached)
    return left, bottom, right, top


def _placing(leaf: Any) -> Any:
    """A function from a box of the page (points, from its foot) to one of the picture (SCALE, from its top).

    pdfium knows what cropping and turning do to a page; that it is linear, three points show.
    """
    from pypdfium2 import PdfPosConv

    far = 1000
    convert = PdfPosConv(leaf, (0, 0, SCALE * 10, SCALE * 10, 0)).to_bitmap
    (x0, y0), (x1, y1), (x2, y2) = convert(0, 0), convert(far, 0), convert(0, far)

    def place(left: float, bottom: float, right: float, top: float) -> tuple[int, int, int, int]:
        corners = [(left, bottom), (right, top)]
        across = [(x0 + x * (x1 - x0) / far + y * (x2 - x0) / far) / 10 for x, y in corners]
        down = [(y0 + x * (y1 - y0) / far + y * (y2 - y0) / far) / 10 for x, y in corners]
        return round(min(across)), round(min(down)), round(max(across)), round(max(down))

    return place


def _way(angle: float) -> str:
    if abs(math.sin(angle)) < 0.1:
        return UPRIGHT
    return SIDEWAYS if abs(math.cos(angle)) < 0.1 else SLANTED


class _Opened:
    """The one file that was opened last, so that turning its pages does not read it again."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._pdf: Any = None

    def pdf(self, path: Path, sha256: str) -> Any:
        """The file, if it still is what it was when its text was read. Raises CannotDraw."""
        try:
            stat = path.stat()
            key = (str(path), sha256, stat.st_size, stat.st_mtime_ns)
            if key == self._key:
                return self._pdf
            content = path.read_bytes()
        except OSError as exc:
            raise CannotDraw("missing") from exc
        if hashlib.sha256(content).hexdigest() != sha256:
            raise CannotDraw("changed")
        if self._pdf is not None:
            self._pdf.close()
            self._key, self._pdf = (), None
        self._pdf = _opened(content)
        self._key = key
        return self._pdf


def _limit() -> None:
    """Takes from this process what it does not need: memory without end, and the first turn."""
    with suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.nice(5)


def _answer(opened: _Opened, line: bytes) -> tuple[dict[str, Any], bytes]:
    asked = json.loads(line)
    try:
        leaf = _drawn(opened.pdf(Path(asked["path"]), asked["sha256"]), asked["page"], asked["width"])
    except CannotDraw as exc:
        return {"reason": str(exc)}, b""
    said = asdict(leaf)
    picture = said.pop("picture")
    return said | {"bytes": len(picture)}, picture


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers requests until there are no more."""
    _limit()
    opened = _Opened()
    for line in requests:
        said, picture = _answer(opened, line)
        answers.write(json.dumps(said).encode() + b"\n" + picture)
        answers.flush()


if __name__ == "__main__":
    # What a library prints must not stand between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, answers)
