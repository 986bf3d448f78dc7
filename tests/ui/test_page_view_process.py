"""Pages are drawn by a process of its own: whatever a file does to it, the next page is drawn."""

from __future__ import annotations

import io
import time
from hashlib import sha256
from threading import Thread

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, RectangleObject

from tests.ui.page_view_pdfs import Paper
from ui.page_view_drawing import LONGEST_SIDE, MOST_PIXELS, Leaf, draw
from ui.page_view_process import REASONS, NotDrawn, PageDrawer, Sheet

LETTER = Paper().lines("A letter of one line.").next_page().lines("Its second page.").saved()


@pytest.fixture
def drawer():
    found = PageDrawer(patience=5)
    yield found
    found.close()


@pytest.fixture
def sheet(tmp_path):
    def put(content: bytes, page: int = 1, *, sha: str | None = None) -> Sheet:
        path = tmp_path / f"{sha256(content).hexdigest()[:8]}.pdf"
        path.write_bytes(content)
        return Sheet(path, sha or sha256(content).hexdigest(), page, 500)

    return put


def written(writer: PdfWriter) -> bytes:
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def sized(width: float, height: float) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width, height)
    return written(writer)


def endless() -> bytes:
    """A small page that draws a form that draws forms, ten times ten times ten ...: for ever."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    inner = None
    for _ in range(12):
        form = DecodedStreamObject()
        form.set_data(b"/F Do " * 10 if inner is not None else b"0 0 500 500 re f ")
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = RectangleObject((0, 0, 595, 842))
        if inner is not None:
            form[NameObject("/Resources")] = resources(inner)
        inner = writer._add_object(form)
    page[NameObject("/Resources")] = resources(inner)
    drawn = DecodedStreamObject()
    drawn.set_data(b"/F Do " * 10)
    page[NameObject("/Contents")] = writer._add_object(drawn)
    return written(writer)


def resources(form: object) -> DictionaryObject:
    return DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/F"): form})})


def test_pages_are_drawn_with_the_characters_on_them(drawer, sheet):
    for number, words in enumerate(("A letter of one line.", "Its second page."), start=1):
        leaf = drawer.draw(sheet(LETTER, number))
        assert leaf == draw(LETTER, number, 500)
        assert leaf.text.strip() == words
        assert len(leaf.boxes) == 4 * len(leaf.text) == 4 * len(leaf.ways)


def test_a_page_that_never_ends_is_ended_and_the_next_one_is_drawn(sheet):
    drawer = PageDrawer(patience=1.5)
    assert drawer.draw(sheet(endless())) == NotDrawn(REASONS["too_slow"])
    assert isinstance(drawer.draw(sheet(LETTER)), Leaf)
    started = time.monotonic()
    assert drawer.draw(sheet(endless())) == NotDrawn(REASONS["too_slow"])
    assert time.monotonic() - started < 1  # it is not tried again at once
    drawer.close()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unreadable"),
        (b"%PDF-1.7\nnothing more", "unreadable"),
        (LETTER[: len(LETTER) // 2], "unreadable"),
        (b"\x00" * 10_000, "unreadable"),
        (b"<html><script>alert(1)</script></html>", "unreadable"),
    ],
)
def test_a_file_that_is_no_pdf_is_said_to_be_none(drawer, sheet, content, reason):
    assert drawer.draw(sheet(content)) == NotDrawn(REASONS[reason])
    assert isinstance(drawer.draw(sheet(LETTER)), Leaf)


def test_a_file_that_is_locked_is_said_to_be(drawer, sheet):
    writer = PdfWriter(io.BytesIO(LETTER))
    writer.encrypt("password", "owner", algorithm="RC4-128")
    assert drawer.draw(sheet(written(writer))) == NotDrawn(REASONS["locked"])


def test_a_file_that_has_changed_since_it_was_read_is_not_drawn(drawer, sheet):
    assert drawer.draw(sheet(LETTER, sha="0" * 64)) == NotDrawn(REASONS["changed"])


def test_a_file_that_is_gone_is_not_drawn(drawer, sheet):
    wanted = sheet(LETTER)
    wanted.path.unlink()
    assert drawer.draw(wanted) == NotDrawn(REASONS["missing"])


def test_a_page_that_is_not_in_the_file_is_not_drawn(drawer, sheet):
    assert drawer.draw(sheet(LETTER, 3)) == NotDrawn(REASONS["no_page"])


@pytest.mark.parametrize("size", [(14_400, 14_400), (3, 14_400), (14_400, 3), (0.5, 0.5), (1e30, 1e-30)])
def test_no_picture_is_larger_than_the_limits(size):
    leaf = draw(sized(*size), 1, 3000)
    assert leaf.width * leaf.height <= MOST_PIXELS * 1.01
    assert max(leaf.width, leaf.height) <= LONGEST_SIDE + 1


def test_a_process_that_was_ended_from_outside_is_replaced(drawer, sheet):
    drawer.draw(sheet(LETTER))
    drawer.close()
    assert isinstance(drawer.draw(sheet(LETTER, 2)), Leaf)


def test_several_people_may_ask_at_once(drawer, sheet):
    wanted = [sheet(LETTER, number) for number in (1, 2)]
    drawn: list[tuple[int, object]] = []

    def ask(number: int) -> None:
        drawn.append((number, drawer.draw(wanted[number % 2])))

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 8
    assert all(leaf.text.startswith(("A letter", "Its second")[number % 2]) for number, leaf in drawn)
