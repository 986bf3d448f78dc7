"""Hostile Word documents, web pages, e-mails and tables: read as what they say, or one plain sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.read import read_documents
from tests.corpus import hostile_office
from tests.corpus.damage import check_document
from tests.corpus.hostile_office import WORDS

TOO_MUCH = "reading it takes more than"
NOT_WORD = "it is not a readable Word document ("


def read_with_a_good_one(folder: Path, name: str, content: bytes) -> tuple[str, str]:
    """The text of the document, or why it was skipped."""
    (folder / "good.txt").write_text("Other words.")
    (folder / name).write_bytes(content)
    reading = read_documents(folder)
    texts = {document.id: document.text for document in reading.documents}
    for document in reading.documents:
        check_document(document)
    assert "good.txt" in texts
    reasons = {one.path: one.reason for one in reading.skipped}
    assert len(texts) + len(reasons) == 2
    return texts.get(name, ""), reasons.get(name, "")


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param(
            "bomb.docx",
            hostile_office.explodes(600),
            "unpacked it would have 601 MB and at most 512 MB are unpacked; save it again without what is "
            "not text",
            id="a part packed a thousandfold",
        ),
        pytest.param("cut.docx", hostile_office.word_document()[:9000], "it is a damaged", id="truncated"),
        pytest.param(
            "nested.zip",
            zipped(a=zipped(b=zipped(c=b"words"))),
            "it is an archive of files (zip); unpack it and add the documents in it",
            id="archives in an archive",
        ),
        pytest.param(
            "archive.docx",
            zipped(letter=b"words"),
            "it is an archive of files (zip); unpack it and add the documents in it",
            id="an archive called Word",
        ),
        pytest.param("empty.docx", b"", "it is empty", id="zero bytes"),
        pytest.param(
            "laughs.docx", hostile_office.laughs(), NOT_WORD, id="entities that stand for ten of each other"
        ),
        pytest.param(
            "broken.docx",
            hostile_office.with_parts({"word/document.xml": b"<w:document"}),
            NOT_WORD,
            id="broken XML",
        ),
        pytest.param(
            "program.csv", b"MZ\x90\0\3\0\0\0" + bytes(100), "it is a program", id="program called table"
        ),
        pytest.param("picture.docx", b"\x89PNG\r\n\x1a\n", "it is a picture (PNG)", id="picture called Word"),
    ],
)
def test_what_cannot_be_read_ends_as_one_sentence(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    assert read_with_a_good_one(tmp_path, name, content)[1].startswith(reason)


def test_a_word_document_that_lies_about_its_size_takes_no_more_memory_than_it_may(tmp_path: Path) -> None:
    content = hostile_office.lies_about_its_size(100)
    text, reason = read_with_a_good_one(tmp_path, "bomb.docx", content)
    assert WORDS in text or reason.startswith((NOT_WORD, TOO_MUCH, "it is a damaged archive"))


@pytest.mark.parametrize("scheme", ["file://{}", "{}"])
def test_an_external_entity_is_not_read(scheme: str, tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere" / "secret"
    secret.parent.mkdir()
    secret.write_text("topsecret")
    folder = tmp_path / "folder"
    folder.mkdir()
    declared = f'<!ENTITY b SYSTEM "{scheme.format(secret)}">'
    text, reason = read_with_a_good_one(folder, "entity.docx", hostile_office.with_entity(declared))
    assert WORDS in text or reason.startswith(NOT_WORD)
    assert "topsecret" not in text + reason


def test_a_part_of_a_word_document_with_a_path_in_its_name_is_written_nowhere(tmp_path: Path) -> None:
    content = hostile_office.with_parts({"../../escaped.txt": b"out", "/tmp/escaped-too": b"out"})
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    assert WORDS in read_with_a_good_one(folder, "path.docx", content)[0]
    assert not (tmp_path / "escaped.txt").exists()
    assert not Path("/tmp/escaped-too").exists()


@pytest.mark.parametrize("depth", [50, 5_000])
def test_tables_in_tables_are_read_or_refused(depth: int, tmp_path: Path) -> None:
    text, reason = read_with_a_good_one(tmp_path, "deep.docx", hostile_office.nested_tables(depth))
    assert WORDS in text or reason.startswith((NOT_WORD, TOO_MUCH))


def test_nothing_of_a_web_page_runs_is_fetched_or_becomes_text_but_its_words(tmp_path: Path) -> None:
    text, _ = read_with_a_good_one(tmp_path, "page.html", hostile_office.active_page("file:///etc/passwd"))
    assert WORDS in text
    for hidden in ("alert", "fetch", "passwd", "frame words", "form words", "<"):
        assert hidden not in text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<div>" * 10_000 + b"<p>The council met on Monday.</p>", id="10,000 elements nested"),
        pytest.param(b"<html><b>" + b"<p>The council met.</p>" * 20_000, id="20,000 paragraphs"),
        pytest.param(
            b"<html><table>" + b"<tr><td rowspan=65534 colspan=1000>x<td>y" * 20, id="cells that span all"
        ),
        pytest.param(b"<html><style>" + b"@a{b{" * 30_000 + b"</style><p>Words", id="style rules nested"),
        pytest.param(b"<html><p>" + b"&amp;" * 200_000, id="entities"),
        pytest.param(b"<html><!--" + b"-->" * 100_000 + b"<p>Words", id="comments"),
    ],
)
def test_a_web_page_nested_without_end_is_read_or_refused(content: bytes, tmp_path: Path) -> None:
    text, reason = read_with_a_good_one(tmp_path, "deep.html", content)
    assert bool(text) != bool(reason)


def test_an_attachment_is_reported_by_its_name_and_not_read(tmp_path: Path) -> None:
    content = hostile_office.message(**{"../../plan.exe": "TVqQAAMAAAAE"})
    text, _ = read_with_a_good_one(tmp_path, "mail.eml", content)
    assert WORDS in text
    assert "TVqQ" not in text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(hostile_office.parts_in_parts(2_000), id="parts in parts"),
        pytest.param(hostile_office.message(header="X: " + "a, " * 100_000), id="a long field"),
        pytest.param(hostile_office.message(header="To: " + "<a@b>, " * 2_000), id="2,000 receivers"),
        pytest.param(hostile_office.message(header="Date: " + "9" * 100_000), id="a date of digits"),
        pytest.param(hostile_office.message(header="Subject: " + "=?utf-8?q?=00?=" * 5_000), id="encoded"),
        pytest.param(hostile_office.message().replace(b"utf-8", b"no-such"), id="an unknown encoding"),
    ],
)
def test_a_hostile_message_is_read_or_refused(content: bytes, tmp_path: Path) -> None:
    text, reason = read_with_a_good_one(tmp_path, "mail.eml", content)
    assert bool(text) != bool(reason)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'"' + b"a,b\n" * 50_000, id="a quotation mark that is never closed"),
        pytest.param(b"a," * 200_000, id="200,000 columns"),
        pytest.param(b"a,b\n" + b"a," * 5_000 + b"\n" + b"a,b\n" * 5_000, id="one wide row among many"),
        pytest.param(b"=cmd|' /C calc'!A0,b\n1,2\n", id="a formula"),
    ],
)
def test_a_hostile_table_is_read_or_refused(content: bytes, tmp_path: Path) -> None:
    text, reason = read_with_a_good_one(tmp_path, "table.csv", content)
    assert bool(text) != bool(reason)
