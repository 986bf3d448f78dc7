"""Hostile and broken files: each is read, or ends as one plain sentence, and the others are read."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Skipped
from corpus.errors import BadCatalogue, DocumentsNotFound, TakesTooMuch
from corpus.isolated import Readers
from corpus.limits import LIMITS, Limits
from corpus.read import read_changes, read_documents, state_of
from tests.corpus import hostile
from tests.corpus.damage import check_document
from tests.corpus.pdf_builder import pdf

GOOD = "The council met on Monday."
LINES = ["Overview", "", GOOD]


def read_with_a_good_one(folder: Path, name: str, content: bytes) -> dict[str, str]:
    """The texts of the documents by id, and the reasons of those that were skipped, by path."""
    (folder / "good.txt").write_text(GOOD)
    (folder / name).write_bytes(content)
    reading = read_documents(folder)
    for document in reading.documents:
        check_document(document)
    assert "good.txt" in {document.id for document in reading.documents}
    return {one.path: one.reason for one in reading.skipped}


def text_of(folder: Path, name: str, content: bytes) -> str:
    assert read_with_a_good_one(folder, name, content) == {}
    return next(document.text for document in read_documents(folder).documents if document.id == name)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param(
            "locked.pdf",
            pdf(LINES, password="x"),
            "it is protected with a password; save a copy without one and try again",
            id="encrypted",
        ),
        pytest.param(
            "cut.pdf",
            pdf(LINES)[:400],
            "it is not a readable PDF (Data format error); save it again as PDF",
            id="truncated",
        ),
        pytest.param("empty.pdf", b"", "it is empty; put text into it or remove it", id="zero bytes, PDF"),
        pytest.param("empty.txt", b"", "it is empty; put text into it or remove it", id="zero bytes, text"),
        pytest.param(
            "letter.pdf",
            b"Dear Sir",
            "it is text and its name ends in .pdf; expected .txt, .md, .pdf, .docx, .html, .eml or .csv",
            id="text called PDF",
        ),
        pytest.param(
            "program.txt",
            b"\x7fELF\0\0\1",
            "it is a program; expected .txt, .md, .pdf, .docx, .html, .eml or .csv",
            id="program called text",
        ),
        pytest.param(
            "circle.pdf",
            hostile.pages_in_a_circle(),
            "page 2 of it is broken (Failed to load page.); save it again as PDF",
            id="pages in a circle",
        ),
        pytest.param(
            "nested.pdf",
            hostile.nested(100_000),
            "it has no text layer on any of its 1 pages; it may be a scan",
            id="100,000 brackets in each other",
        ),
        pytest.param(
            "bomb.pdf",
            hostile.explodes(60),
            "what reads it broke down (status -",
            id="a drawing packed a thousandfold",
        ),
        pytest.param(
            "long.pdf",
            hostile.many_pages(5_001),
            "it has 5,001 pages and at most 5,000 are read; split it into smaller files",
            id="too many pages",
        ),
    ],
)
def test_what_cannot_be_read_ends_as_one_sentence(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    skipped = read_with_a_good_one(tmp_path, name, content)
    assert list(skipped) == [name]
    assert skipped[name].startswith(reason)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(hostile.draws_itself(), id="a form that draws itself"),
        pytest.param(hostile.refers_to_itself(), id="an object that is itself"),
        pytest.param(hostile.tables_in_a_circle(), id="tables of places in a circle"),
        pytest.param(hostile.claims_many_pages(), id="one page that claims to be two thousand million"),
        pytest.param(hostile.doubles(8), id="forms that draw each other twice"),
    ],
)
def test_what_can_be_read_all_the_same_is_read(content: bytes, tmp_path: Path) -> None:
    assert text_of(tmp_path, "odd.pdf", content).split("\n")[0] == GOOD


def test_active_content_of_a_pdf_neither_runs_nor_becomes_text(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    text = text_of(tmp_path, "active.pdf", hostile.active(opens=f"this.saveAs('{touched}')"))
    assert GOOD in text
    assert "saveAs" not in text
    assert "invoice.exe" not in text
    assert not touched.exists()


def test_a_pdf_that_takes_too_long_is_refused_and_the_next_one_is_read(tmp_path: Path) -> None:
    from corpus.read import _read_file

    slow, good = tmp_path / "slow.pdf", tmp_path / "good.pdf"
    slow.write_bytes(hostile.explodes(60))
    good.write_bytes(pdf(LINES))
    started = time.monotonic()
    # with room, or a quick machine fills the memory that is allowed before the time is over
    with Readers(Limits(seconds=3, memory_bytes=6 * 2**30)) as readers:
        with pytest.raises(TakesTooMuch, match="reading it takes more than 3 seconds"):
            readers.read(_read_file, slow, "slow.pdf", None)
        assert time.monotonic() - started < 20
        assert GOOD in readers.read(_read_file, good, "good.pdf", None)[0].text


def test_a_file_that_takes_too_much_is_not_tried_again_until_it_changes(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    slow = tmp_path / "slow.pdf"
    slow.write_bytes(pdf(LINES))
    sources = {one.id: one for one in read_changes(tmp_path, {}).sources}
    before = sources | {"slow.pdf": replace(sources["slow.pdf"], refusal="reading it takes too much")}
    told: list[tuple[int, int]] = []

    changes = read_changes(tmp_path, before, advance=lambda done, total: told.append((done, total)))

    assert changes.skipped == (Skipped("slow.pdf", None, "reading it takes too much"),)
    assert [document.id for document in changes.documents] == ["good.txt"]
    assert {one.id: one for one in changes.sources} == before
    assert told == []  # nothing had to be read
    slow.write_bytes(pdf(LINES, LINES))
    documents = read_changes(tmp_path, before).documents
    assert [document.id for document in documents] == ["good.txt", "slow.pdf"]


def test_a_file_above_the_largest_size_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(LIMITS.file_bytes + 1)  # takes no room on the disk
    skipped = read_with_a_good_one(tmp_path, "other.txt", b"Other words.")
    assert skipped == {"large.pdf": "it has 257 MB and at most 256 MB are read; split it into smaller files"}


def test_a_line_of_50_megabytes_is_refused(tmp_path: Path) -> None:
    skipped = read_with_a_good_one(tmp_path, "line.txt", b"words " * (50 * 2**20 // 6))
    most = "at most 10,000,000 are read; split it into smaller files"
    assert skipped == {"line.txt": f"it holds 52,428,798 characters of text and {most}"}


def test_a_line_of_two_megabytes_is_read(tmp_path: Path) -> None:
    line = "The council met on Monday and agreed. " * 50_000
    assert text_of(tmp_path, "line.txt", line.encode()) == line


def test_a_hundred_thousand_headings_are_refused_within_the_time_for_a_file(tmp_path: Path) -> None:
    content = "".join(f"# Heading {number}\n" for number in range(100_000))
    skipped = read_with_a_good_one(tmp_path, "headings.md", content.encode())
    sentence = (
        "it has 100,000 sections under headings and at most 20,000 are read; split it into smaller files"
    )
    assert skipped == {"headings.md": sentence}


def test_text_from_right_to_left_and_control_characters_are_kept_as_they_are(tmp_path: Path) -> None:
    text = "The word \u202edoog\u202c and \u05d0\u05d1\u05d2 and \x1b[2J and \x85 and \u2028 stand here."
    assert text_of(tmp_path, "odd.txt", text.encode()) == text


@pytest.mark.parametrize(
    ("name", "shown", "code"),
    [
        ("inspection\u202efdp.txt", "inspection\\u202efdp.txt", "U+202E"),
        ("two\nlines.txt", "two\\nlines.txt", "U+000A"),
        ("\x1b[2J.txt", "\\x1b[2J.txt", "U+001B"),
        (os.fsdecode(b"caf\xe9.txt"), "caf\\udce9.txt", "U+DCE9"),
    ],
)
def test_a_name_that_hides_something_is_not_read(name: str, shown: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / name).write_text("Words.")
    reading = read_documents(tmp_path)
    reason = f"its name holds a character that cannot be seen ({code}); rename the file"
    assert reading.skipped == (Skipped(shown, None, reason),)
    assert state_of(tmp_path)


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("A secret.")
    (inside / "good.txt").write_text(GOOD)
    (inside / "linked.txt").symlink_to(outside / "secret.txt")
    (inside / "climbs.txt").symlink_to("../outside/secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "again").symlink_to(inside)
    (inside / "other name.txt").symlink_to("good.txt")
    reading = read_documents(inside)
    assert [document.id for document in reading.documents] == ["good.txt", "other name.txt"]
    out = "it is a link that leads out of the folder; put a copy of the file there"
    assert {one.path: one.reason for one in reading.skipped} == {
        "again": "it is a link to a folder; put a copy of the folder there",
        "climbs.txt": out,
        "folder": out,
        "linked.txt": out,
    }


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    reasons = {one.path: one.reason for one in read_documents(tmp_path).skipped}
    assert reasons["pipe.txt"] == "it is no file but a device or a pipe; put a file in its place"
    assert reasons["zero.txt"].startswith("it is a link that leads out of the folder")


def test_an_entry_of_the_catalogue_reads_no_file_outside_of_the_folder(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (tmp_path / "secret.txt").write_text("A secret.")
    (place / "good.txt").write_text(GOOD)
    entries = "".join(
        f'[[document]]\nfile = "{name}"\ntitle = "T"\n'
        for name in ("../secret.txt", "/etc/passwd", "a\\u202eb.txt", str(tmp_path / "secret.txt"))
    )
    (place / "documents.toml").write_text(entries)
    reading = read_documents(place)
    assert [document.id for document in reading.documents] == ["good.txt"]
    assert {one.reason for one in reading.skipped} == {
        "it is named in documents.toml but is not in the folder"
    }
    assert "a\\u202eb.txt" in {one.path for one in reading.skipped}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"a = " + b"[" * 100_000, id="brackets in each other"),
        pytest.param(b"\xff\xfe\0", id="no UTF-8"),
        pytest.param(b"a.b" * 5_000, id="names in each other"),
        pytest.param(b"# " + b"x" * (LIMITS.catalogue_bytes + 1), id="too large"),
    ],
)
def test_a_hostile_catalogue_is_one_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "documents.toml").write_bytes(content)
    with pytest.raises(BadCatalogue, match=r"documents\.toml"):
        read_documents(tmp_path)


def test_hostile_lines_of_a_jsonl_file_end_as_one_sentence_each(tmp_path: Path) -> None:
    place = tmp_path / "corpus.jsonl"
    long = "words " * (LIMITS.characters // 6 + 2)
    lines = [
        hostile.json_line(_id="good", text=GOOD),
        hostile.json_line(_id="long", text=long),
        b'{"_id": "deep", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        hostile.json_line(_id="../../etc/passwd", text="Other words."),
        hostile.json_line(_id="a large one", text=GOOD + "\n\n" + "The board met. " * 20_000),
    ]
    place.write_bytes(b"\n".join(lines))
    reading = read_documents(place)
    ids = [document.id for document in reading.documents]
    assert ids == ["../../etc/passwd", "a large one", "good"]
    assert [one.reason for one in reading.skipped] == [
        f"line 2: it holds {len(long):,} characters of text and at most 10,000,000 are read; "
        "split it into smaller files",
        "line 3: it is not valid JSON; expected one object with _id, title and text",
    ]


def test_a_jsonl_file_above_the_largest_size_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "corpus.jsonl"
    with place.open("wb") as file:
        file.truncate(LIMITS.collection_bytes + 1)
    with pytest.raises(DocumentsNotFound, match="has 4,097 MB and at most 4,096 MB are read"):
        read_documents(place)


def test_reading_says_how_far_it_is_and_stops_when_it_is_told_to(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.pdf").write_bytes(pdf(LINES))
    told: list[tuple[int, int]] = []
    read_changes(tmp_path, {}, advance=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_changes(tmp_path, {}, advance=stop)
