"""The pages of a PDF through pdfium: runs of words with their places, ruled lines, pictures.

Everything that calls pdfium holds `PDFIUM_LOCK`: the library must not be entered by two threads at once.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.errors import UnreadableDocument
from corpus.pdf_lines import Line

PDFIUM_LOCK = threading.RLock()

_WIDE_GAP = 1.6  # sizes of the type; wider spaces stand between columns and cells, not between words
_WORD_GAP = 0.2  # sizes; wider than the space between two letters
_SAME_LINE = 0.25  # sizes; baselines that are nearer belong to one line
_RAISED = 0.6  # sizes; what is smaller and raised by less than this is a raised figure
_SMALLER = 0.85  # times the size of the type around it
_BOLD = 600  # weight; 400 is regular, 700 bold
_INVISIBLE = 3  # text rendering mode (PDF 32000-1, table 106): neither filled nor stroked
_THIN = 2.5  # points; what is thinner is a ruled line
_MOST_PATHS = 20_000  # of one page that are looked at
_MOST_RULES = 1_000  # of one page, put together; a drawing with more is no table that could be read
_WHOLE_PAGE = 0.5  # of the page's area; a picture that covers more is a scan
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\x02": "-", "￾": "-"}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, as the thin box that it fills; points, from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        """Whether it stands rather than lies."""
        return self.right - self.left < self.top - self.bottom


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What stands on a page. `runs` are in the order in which they were drawn.

    `turned` are the words that are set at an angle to the rest, `hidden` those that are not drawn
    although the page has others. `is_scan`: a picture fills the page. `is_layered`: its only text
    lies invisible over that picture, as programs for scanners leave it.
    """

    runs: tuple[Line, ...]
    rules: tuple[Rule, ...]
    bottom: float
    top: float
    turned: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    is_scan: bool = False
    is_layered: bool = False


class Pdf:
    """An open PDF. Raises UnreadableDocument where pdfium cannot open it."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        try:
            with PDFIUM_LOCK:
                self._pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as exc:
            raise _unreadable(exc) from exc

    def __len__(self) -> int:
        with PDFIUM_LOCK:
            return len(self._pdf)

    def close(self) -> None:
        """Give its memory back."""
        with PDFIUM_LOCK:
            self._pdf.close()

    def title(self) -> str | None:
        """The title that its properties give, trimmed; None where there is none."""
        return self._property("Title")

    def author(self) -> str | None:
        """The author that its properties give, trimmed; None where there is none."""
        return self._property("Author")

    def created(self) -> date | None:
        """The day on which the file was made (PDF 32000-1, 7.9.4); None where no property says it."""
        match = _DAY.match(self._property("CreationDate") or "")
        try:
            return date(*map(int, match.groups())) if match else None
        except ValueError:
            return None

    def _property(self, name: str) -> str | None:
        with PDFIUM_LOCK:
            return str(self._pdf.get_metadata_value(name)).strip().strip("\0") or None

    def labels(self) -> list[str]:
        """The label of each page as the file gives it; "" where it gives none."""
        with PDFIUM_LOCK:
            return [str(self._pdf.get_page_label(number) or "") for number in range(len(self._pdf))]

    def page(self, index: int) -> PrintedPage:
        """What stands on a page, 0 for the first."""
        with PDFIUM_LOCK:
            page = self._opened(index)
            try:
                return _printed(page)
            finally:
                page.close()

    def picture(self, index: int, *, dpi: int) -> Any:
        """The page as a grey Pillow image."""
        with PDFIUM_LOCK:
            page = self._opened(index)
            try:
                return page.render(scale=dpi / 72, grayscale=True).to_pil()
            finally:
                page.close()

    def _opened(self, index: int) -> Any:
        import pypdfium2

        try:
            return self._pdf[index]
        except pypdfium2.PdfiumError as exc:
            raise UnreadableDocument(
                f"page {index + 1} of it is broken ({exc}); save it again as PDF"
            ) from exc


def _unreadable(exc: Any) -> UnreadableDocument:
    import pypdfium2.raw as pdfium

    code = getattr(exc, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        return UnreadableDocument("it is protected with a password; save a copy without one and try again")
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableDocument(
            "it is encrypted in a way that is not known; save a copy without encryption"
        )
    reason = str(exc).rstrip(".").split("PDFium: ")[-1].rstrip(").")
    return UnreadableDocument(f"it is not a readable PDF ({reason}); save it again as PDF")


@dataclass(frozen=True, slots=True)
class _Character:
    words: str
    x: float
    y: float
    right: float
    size: float
    is_bold: bool
    angle: int  # of the words to the page, in degrees; -1 for a space that pdfium has put in
    is_visible: bool


def _printed(page: Any) -> PrintedPage:
    text = page.get_textpage()
    try:
        characters = list(_characters(text.raw))
    finally:
        text.close()
    left, bottom, right, top = page.get_bbox()
    is_scan = _has_whole_picture(page, (right - left) * (top - bottom))
    seen = [one for one in characters if one.is_visible]
    is_layered = bool(characters) and not _has_letters(seen) and is_scan
    kept = characters if is_layered else seen
    hidden = () if is_layered else _words_of([one for one in characters if not one.is_visible])
    angle = _most_common([one.angle for one in kept if one.angle >= 0])
    corners = [_turned(x, y, angle) for x in (left, right) for y in (bottom, top)]
    upright = [_upright(c, angle) for c in kept if c.angle in (angle, -1)]
    rules = tuple(_put_together(list(_rules(page, angle))))
    return PrintedPage(
        runs=tuple(_runs(upright, [rule for rule in rules if rule.is_upright])),
        rules=rules,
        bottom=min(y for _, y in corners),
        top=max(y for _, y in corners),
        turned=_words_of([one for one in kept if one.angle not in (angle, -1)]),
        hidden=hidden,
        is_scan=is_scan,
        is_layered=is_layered,
    )


def _has_letters(characters: Sequence[_Character]) -> bool:
    return any(one.words.isalnum() for one in characters)


def _most_common(angles: Sequence[int]) -> int:
    counts = Counter(angles)
    return min(counts, key=lambda angle: (-counts[angle], angle), default=0)


def _turned(x: float, y: float, angle: int) -> tuple[float, float]:
    """The place on a page that is turned until words at this angle stand upright."""
    if angle == 0:
        return x, y
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cos + y * sin, y * cos - x * sin


def _upright(character: _Character, angle: int) -> _Character:
    if angle == 0:
        return character
    x, y = _turned(character.x, character.y, angle)
    return replace(character, x=x, y=y, right=x + (character.right - character.x))


def _words_of(characters: Sequence[_Character]) -> tuple[str, ...]:
    words = " ".join("".join(one.words for one in characters).split())
    return (words,) if words else ()


def _characters(text: Any) -> Iterator[_Character]:
    """The characters of a page as pdfium gives them; its own line ends are left out."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    looks: dict[int, tuple[bool, bool]] = {}
    for index in range(pdfium.FPDFText_CountChars(text)):
        words = _readable(pdfium.FPDFText_GetUnicode(text, index))
        generated = pdfium.FPDFText_IsGenerated(text, index) == 1
        if not words or words in "\r\n":
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.addressof(drawn.contents) if drawn else 0
        if key not in looks:
            looks[key] = (
                not drawn or pdfium.FPDFTextObj_GetTextRenderMode(drawn) != _INVISIBLE,
                "bold" in _font_name(text, index).casefold(),
            )
        is_visible, is_named_bold = looks[key]
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        yield _Character(
            words=" " if generated else words,
            x=x.value,
            y=y.value,
            right=x.value + (box.right - box.left if angle % 180 == 0 else box.top - box.bottom),
            size=pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d),
            is_bold=is_named_bold or pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD,
            angle=angle if not generated else -1,
            is_visible=is_visible,
        )


def _font_name(text: Any, index: int) -> str:
    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), None)
    return name.value.decode("utf-8", "replace")


def _readable(code: int) -> str:
    """The character, ligatures spelt out; nothing for zero and half surrogate pairs (broken fonts)."""
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    words = chr(code).translate(_LIGATURES)
    return " " if words == "\xa0" or (words.isspace() and words not in "\r\n") else words


def _runs(characters: Sequence[_Character], uprights: Sequence[Rule]) -> Iterator[Line]:
    """Characters that stand side by side, put together.

    A wide gap, an upright rule between two words, or another line of the page starts a new run.
    """
    open_run: list[_Character] = []
    for character in characters:
        if open_run and not character.words.isspace() and _is_apart(open_run, character, uprights):
            yield from _run(open_run)
            open_run = []
        if character.words.isspace() and not open_run:
            continue
        open_run.append(character)
    yield from _run(open_run)


def _last(run: Sequence[_Character]) -> _Character:
    return next(one for one in reversed(run) if not one.words.isspace())


def _main(run: Sequence[_Character]) -> _Character:
    """A character of the type that most of the run is set in, which its line stands by."""
    sizes = Counter(round(one.size, 1) for one in run if not one.words.isspace())
    usual = min(sizes, key=lambda size: (-sizes[size], -size))
    return next(one for one in run if round(one.size, 1) == usual and not one.words.isspace())


def _is_apart(run: Sequence[_Character], character: _Character, uprights: Sequence[Rule]) -> bool:
    last, size = _last(run), max(run[0].size, character.size, run[-1].size)
    gap = character.x - last.right
    if gap > _WIDE_GAP * size or gap < -size:
        return True
    if gap > _WORD_GAP * size and any(_parts(rule, last, character) for rule in uprights):
        return True
    rise = abs(character.y - last.y)
    if rise <= _SAME_LINE * size:
        return False
    differ = min(character.size, last.size) < _SMALLER * max(character.size, last.size)
    return not (differ and rise < _RAISED * size)


def _parts(rule: Rule, before: _Character, after: _Character) -> bool:
    return before.right - 1 <= rule.left <= after.x + 1 and rule.bottom - 1 <= after.y <= rule.top + 1


def _run(run: Sequence[_Character]) -> Iterator[Line]:
    while run and run[-1].words.isspace():
        run = run[:-1]
    if not run:
        return
    main = _main(run)
    words, last = "", None
    for one in run:
        if last is not None and not one.words.isspace() and not words.endswith(" "):
            words += " " if one.x - last.right > _WORD_GAP * main.size else ""
        words += _set(one, main)
        last = one if not one.words.isspace() else last
    letters = [one for one in run if one.words.isalnum()] or list(run)
    is_bold = 2 * sum(one.is_bold for one in letters) > len(letters)
    yield Line(words.strip(), run[0].x, main.y, main.size, is_bold, right=_last(run).right)


def _set(character: _Character, main: _Character) -> str:
    """The character's words, a raised small figure as the sign for one."""
    is_raised = character.size < _SMALLER * main.size and character.y > main.y + 0.1 * main.size
    return character.words.translate(_SUPERSCRIPTS) if is_raised else character.words


def _has_whole_picture(page: Any, area: float) -> bool:
    import pypdfium2.raw as pdfium

    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _WHOLE_PAGE * area:
            return True
    return False


def _rules(page: Any, angle: int) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    for count, path in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count == _MOST_PATHS:
            return
        left, bottom, right, top = path.get_bounds()
        (left, bottom), (right, top) = _turned(left, bottom, angle), _turned(right, top, angle)
        box = Rule(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        if min(box.right - box.left, box.top - box.bottom) <= _THIN:
            yield box
        elif path.raw and pdfium.FPDFPath_CountSegments(path.raw) >= 4:
            yield from _sides(box)


def _put_together(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, pieces that go on in one another as one; none at all where a drawing leaves too many."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (one.is_upright, round(_across(one)), _along(one))):
        last = whole[-1] if whole else None
        if last is None or not _goes_on(last, rule):
            whole.append(rule)
            continue
        whole[-1] = Rule(
            min(last.left, rule.left),
            min(last.bottom, rule.bottom),
            max(last.right, rule.right),
            max(last.top, rule.top),
        )
    return whole if len(whole) <= _MOST_RULES else []


def _across(rule: Rule) -> float:
    return rule.left if rule.is_upright else rule.bottom


def _along(rule: Rule) -> float:
    return rule.bottom if rule.is_upright else rule.left


def _goes_on(last: Rule, rule: Rule) -> bool:
    if last.is_upright is not rule.is_upright or abs(_across(last) - _across(rule)) > _THIN / 2:
        return False
    return _along(rule) <= (last.top if last.is_upright else last.right) + _THIN


def _sides(box: Rule) -> Iterator[Rule]:
    yield Rule(box.left, box.bottom, box.right, box.bottom)
    yield Rule(box.left, box.top, box.right, box.top)
    yield Rule(box.left, box.bottom, box.left, box.top)
    yield Rule(box.right, box.bottom, box.right, box.top)
