"""Refreshing does what is needed, no more, and says what it did."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import DocumentsNotFound
from corpus.read import Source
from index.build import BuildReport
from index.errors import IndexNotWritten
from index.progress import Progress
from index.refresh import refresh, refreshed_or_as_before
from index.sources import read_sources, write_sources
from index.store import open_index


def ignore(_: Progress) -> None:
    """Progress is not looked at here."""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "letter.txt").write_text("Inspectors referred 13 cases back.\n\nRecords were poor.\n")
    (folder / "visit.txt").write_text("Caseloads are manageable. Morale is high.\n")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_the_first_time_everything_is_indexed(documents: Path, folder: Path, encoder) -> None:
    report = refresh(documents, folder, encoder, progress=ignore)

    assert (report.documents, report.up_to_date, report.note) == (2, False, None)
    assert report.encoded > 0
    with open_index(folder, encoder) as index:
        assert index.document_ids() == ("letter.txt", "visit.txt")


def test_the_second_time_nothing_is_done(documents: Path, folder: Path, encoder) -> None:
    first = refresh(documents, folder, encoder, progress=ignore)
    steps: list[Progress] = []

    second = refresh(documents, folder, encoder, progress=steps.append)

    assert second.up_to_date
    assert (second.encoded, second.reused, second.passages) == (0, 0, first.passages)
    assert (second.encoded_words, second.reused_words) == (0, 0)
    assert steps == []
    assert sorted(path.name for path in folder.glob("generation-*")) == ["generation-000001"]


def test_a_changed_document_is_indexed_anew_and_the_other_is_not_encoded(
    documents: Path, folder: Path, encoder
) -> None:
    refresh(documents, folder, encoder, progress=ignore)
    encoder.encoded.clear()
    (documents / "visit.txt").write_text("Caseloads are not manageable. Morale is high.\n")

    report = refresh(documents, folder, encoder, progress=ignore)

    assert report.encoded > 0
    texts = [text for text in encoder.encoded if text != "not"]  # the only new word
    assert all("aseloads are not manageable" in text for text in texts)


def test_a_file_touched_but_not_changed_encodes_nothing(documents: Path, folder: Path, encoder) -> None:
    refresh(documents, folder, encoder, progress=ignore)
    os.utime(documents / "visit.txt", (1, 1))

    report = refresh(documents, folder, encoder, progress=ignore)

    assert (report.up_to_date, report.encoded) == (False, 0)


def test_a_removed_document_is_gone(documents: Path, folder: Path, encoder) -> None:
    refresh(documents, folder, encoder, progress=ignore)
    (documents / "letter.txt").unlink()

    report = refresh(documents, folder, encoder, progress=ignore)

    assert (report.documents, report.encoded) == (1, 0)
    with open_index(folder, encoder) as index:
        assert index.document_ids() == ("visit.txt",)
        assert index.lexical({"inspector": 1.0}, 5) == []


def test_a_damaged_index_is_built_again_and_the_note_says_so(documents: Path, folder: Path, encoder) -> None:
    refresh(documents, folder, encoder, progress=ignore)
    (folder / "generation-000001" / "segment-000001" / "sentences.npy").unlink()

    report = refresh(documents, folder, encoder, progress=ignore)

    assert report.note is not None
    assert report.note.endswith("sentences.npy is missing: the index was built again.")
    with open_index(folder, encoder) as index:
        index.verify()


def test_an_index_of_another_model_is_built_again_and_the_note_says_so(
    documents: Path, folder: Path, encoder, other_encoder
) -> None:
    refresh(documents, folder, other_encoder, progress=ignore)

    report = refresh(documents, folder, encoder, progress=ignore)

    assert report.note == (
        "The index was made with the model 'another model' and 'hashed words' is in use:"
        " the index was built again."
    )
    assert report.reused == 0


def test_documents_that_are_not_there_leave_the_index_as_it_is(
    documents: Path, folder: Path, encoder
) -> None:
    refresh(documents, folder, encoder, progress=ignore)

    with pytest.raises(DocumentsNotFound):
        refresh(documents / "nowhere", folder, encoder, progress=ignore)

    with open_index(folder, encoder) as index:
        assert len(index.document_ids()) == 2


def test_a_document_that_has_not_changed_is_not_even_read(documents: Path, folder: Path, encoder) -> None:
    refresh(documents, folder, encoder, progress=ignore)
    letter = documents / "letter.txt"
    before = letter.stat()
    letter.write_text("X" * before.st_size)  # nobody can see that it was opened but by what it says
    os.utime(letter, ns=(before.st_atime_ns, before.st_mtime_ns))
    (documents / "third.txt").write_text("The board met twice.\n")

    report = refresh(documents, folder, encoder, progress=ignore)

    assert report.documents == 3
    with open_index(folder, encoder) as index:
        assert index.document("letter.txt").text.startswith("Inspectors referred")
        assert index.lexical({"board": 1.0}, 5)[0][0] == 1  # it stands between the two others' rows


def test_an_index_that_cannot_be_written_stays_in_use_and_that_is_said(
    documents: Path, folder: Path, encoder
) -> None:
    def bring_up_to_date() -> BuildReport:
        return refresh(documents, folder, encoder, progress=ignore)

    assert refreshed_or_as_before(bring_up_to_date, folder, encoder) is None
    (documents / "third.txt").write_text("The board met twice.\n")
    (folder / "write.lock").unlink(missing_ok=True)
    (folder / "write.lock").mkdir()  # something is in the way of the lock

    note = refreshed_or_as_before(bring_up_to_date, folder, encoder)

    assert note is not None
    assert note.startswith(f"The index in {folder} could not be written (")
    assert note.endswith("Answers come from the index as it was before, without what has changed since.")
    with open_index(folder, encoder) as index:
        assert index.document_ids() == ("letter.txt", "visit.txt")


def test_where_there_is_no_whole_index_the_reason_is_raised(documents: Path, folder: Path, encoder) -> None:
    folder.mkdir()
    (folder / "write.lock").mkdir()
    with pytest.raises(IndexNotWritten, match="could not be written"):
        refreshed_or_as_before(lambda: refresh(documents, folder, encoder, progress=ignore), folder, encoder)


def test_what_was_refused_for_taking_too_much_is_kept_with_its_reason(tmp_path: Path) -> None:
    letter = Source("letter.txt", "as it was", refusal="reading it takes more than 120 seconds")
    write_sources([letter, Source("visit.txt", "as it was")], tmp_path)
    assert read_sources(tmp_path)["letter.txt"] == letter


def test_a_changed_catalogue_entry_changes_its_document_alone(documents: Path, folder: Path, encoder) -> None:
    refresh(documents, folder, encoder, progress=ignore)
    entry = '[[document]]\nfile = "letter.txt"\ntitle = "Letter of advice"\n'
    (documents / "documents.toml").write_text(entry)

    refresh(documents, folder, encoder, progress=ignore)

    with open_index(folder, encoder) as index:
        assert dict(index.details())["letter.txt"].title == "Letter of advice"


def test_lines_of_a_jsonl_file_that_have_not_changed_are_kept(tmp_path: Path, folder: Path, encoder) -> None:
    place = tmp_path / "corpus.jsonl"
    lines = [
        '{"_id": "a", "title": "A", "text": "Records were poor."}',
        '{"_id": "b", "text": "Morale is high."}',
    ]
    place.write_text("\n".join(lines))
    refresh(place, folder, encoder, progress=ignore)
    encoder.encoded.clear()
    place.write_text("\n".join([lines[1], lines[0], '{"_id": "c", "text": "Morale is low."}', "no JSON"]))

    report = refresh(place, folder, encoder, progress=ignore)

    assert (report.documents, len(report.skipped)) == (3, 1)
    assert {text.split("\n")[-1] for text in encoder.encoded} == {"Morale is low.", "low"}


def test_an_index_that_was_replaced_meanwhile_is_read_and_built_whole(
    documents: Path, folder: Path, encoder
) -> None:
    refresh(documents, folder, encoder, progress=ignore)
    (documents / "third.txt").write_text("The board met twice.\n")

    def replace_it(step: Progress) -> None:
        """Another process indexes another state of the documents while this one has read its own."""
        if (step.stage, step.done) == ("reading", 1) and not list(documents.glob("fourth.txt")):
            letter = documents / "letter.txt"
            letter.write_text("Everything is different now.\n")
            (documents / "fourth.txt").write_text("A fourth one.\n")
            refresh(documents, folder, encoder, progress=ignore)

    report = refresh(documents, folder, encoder, progress=replace_it)

    assert report.documents == 4
    with open_index(folder, encoder) as index:
        assert index.document("letter.txt").text == "Everything is different now.\n"


def test_the_reports_on_the_files_are_kept_with_the_index(documents: Path, folder: Path, encoder) -> None:
    (documents / "page.html").write_text("<nav>Home</nav><h1>Visit</h1><p>Morale is high.</p>")
    first = refresh(documents, folder, encoder, progress=ignore)
    (documents / "visit.txt").write_text("Caseloads are not manageable.\n")
    second = refresh(documents, folder, encoder, progress=ignore)
    third = refresh(documents, folder, encoder, progress=ignore)

    assert [one.path for one in first.files] == ["letter.txt", "page.html", "visit.txt"]
    assert [one.reason for one in first.files[1].left_out] == ["navigation"]
    assert second.files[:2] == first.files[:2]
    assert (third.up_to_date, third.files) == (True, second.files)
