"""A place with documents, what people added to it, and what they changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.collection import Collection, amendments, collection_state, read_collection
from corpus.collection_changes import UNDO_SECONDS, CollectionChanges
from corpus.document import Details
from corpus.errors import BadCatalogue, DocumentsNotFound, UnknownDocument
from corpus.period import Period

LETTER = "4 May 2018\n\nDear Ms Smith\n\nLighting in the parks was poor.\n"
DETAILS = Details(
    'A "title" \\ with é and 😀',
    publisher="Northby",
    kind="letter",
    published=date(2018, 5, 4),
    period=Period(date(2018, 1, 1), date(2018, 4, 30)),
)


class Clock:
    """A time that the test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "first.txt").write_text(LETTER)
    (folder / "documents.toml").write_text(
        '[[document]]\nfile = "first.txt"\ntitle = "The first"\nexamples = ["How was the lighting?"]\n'
    )
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def changes(place: Path, tmp_path: Path, clock: Clock) -> CollectionChanges:
    return CollectionChanges(Collection(place, tmp_path / "additions"), now=clock)


def sent(changes: CollectionChanges, text: str = LETTER + "More.\n") -> Path:
    """A file that somebody sent."""
    path = changes.incoming / "sent"
    path.write_text(text)
    return path


def ids(changes: CollectionChanges) -> list[str]:
    return [document.id for document in read_collection(changes.collection).documents]


def test_without_additions_a_collection_is_the_place_alone(place: Path, tmp_path: Path) -> None:
    alone = Collection(place)
    untouched = Collection(place, tmp_path / "additions")
    assert read_collection(alone) == read_collection(untouched)
    assert collection_state(alone) == collection_state(untouched)
    assert not untouched.has_additions


def test_an_added_document_stands_after_those_of_the_place(changes: CollectionChanges, place: Path) -> None:
    before = collection_state(changes.collection)
    assert changes.add(sent(changes), "../../second.txt") == "added/second.txt"
    assert ids(changes) == ["first.txt", "added/second.txt"]
    assert collection_state(changes.collection) != before
    assert sorted(path.name for path in place.iterdir()) == ["documents.toml", "first.txt"]


def test_two_documents_of_one_name_are_both_kept(changes: CollectionChanges) -> None:
    changes.add(sent(changes, "One."), "same.txt")
    assert changes.add(sent(changes, "Two."), "SAME.txt") == "added/SAME (2).txt"
    texts = [document.text for document in read_collection(changes.collection).documents]
    assert texts[1:] == ["Two.", "One."]


def test_the_original_of_each_document_is_found(changes: CollectionChanges, place: Path) -> None:
    added = changes.add(sent(changes), "second.txt")
    original = changes.collection.original
    assert original("first.txt") == (place / "first.txt").resolve()
    path = original(added)
    assert path is not None
    assert path.read_text() == LETTER + "More.\n"
    assert original("added/../.documents.toml") is None
    assert original("third.txt") is None


@pytest.mark.parametrize("which", ["first.txt", "added/second.txt"])
def test_details_are_corrected_for_any_document(changes: CollectionChanges, which: str) -> None:
    changes.add(sent(changes), "second.txt")
    changes.correct(which, DETAILS)
    reading = read_collection(changes.collection)
    assert {document.id: document.details for document in reading.documents}[which] == DETAILS
    assert amendments(changes.collection).details == {which: DETAILS}
    assert reading.examples == ("How was the lighting?",)


def test_a_hidden_document_is_left_out_until_it_is_shown_again(changes: CollectionChanges) -> None:
    changes.add(sent(changes), "second.txt")
    changes.hide("first.txt")
    assert ids(changes) == ["added/second.txt"]
    assert read_collection(changes.collection).examples == ()
    changes.show("first.txt")
    assert ids(changes) == ["first.txt", "added/second.txt"]


def test_when_everything_is_hidden_there_is_nothing_to_read(changes: CollectionChanges) -> None:
    changes.hide("first.txt")
    with pytest.raises(DocumentsNotFound):
        read_collection(changes.collection)


def test_an_empty_folder_with_an_added_document_is_a_collection(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    changes = CollectionChanges(Collection(empty, tmp_path / "additions"))
    with pytest.raises(DocumentsNotFound):
        collection_state(changes.collection)
    changes.add(sent(changes), "second.txt")
    assert ids(changes) == ["added/second.txt"]
    assert collection_state(changes.collection)


def test_a_removed_document_can_be_brought_back_with_its_details(changes: CollectionChanges) -> None:
    added = changes.add(sent(changes), "second.txt", DETAILS)
    removed = changes.remove(added)
    assert ids(changes) == ["first.txt"]
    assert changes.can_be_undone() == (removed,)
    assert removed.title == DETAILS.title
    assert changes.undo(removed.token) == added
    assert read_collection(changes.collection).documents[1].details == DETAILS
    assert changes.can_be_undone() == ()


def test_after_ten_minutes_what_was_removed_is_deleted(changes: CollectionChanges, clock: Clock) -> None:
    removed = changes.remove(changes.add(sent(changes), "second.txt"))
    clock.now += UNDO_SECONDS + 1
    assert changes.can_be_undone() == ()
    with pytest.raises(UnknownDocument):
        changes.undo(removed.token)
    folder = changes.collection.additions
    assert folder is not None
    assert not [path for path in folder.rglob("*") if path.is_file() and path.read_bytes()[:5] == b"4 May"]


def test_a_document_of_the_place_cannot_be_removed(changes: CollectionChanges) -> None:
    for wrong in ("first.txt", "added/../.documents.toml", "added/.lock", "added/", "added/nothing.txt"):
        with pytest.raises(UnknownDocument):
            changes.remove(wrong)


def test_a_replaced_document_keeps_its_id_and_details(changes: CollectionChanges) -> None:
    added = changes.add(sent(changes, "Old words."), "second.txt", DETAILS)
    aside = changes.replace(added, sent(changes, "New words."), "a name of its own.TXT")
    document = read_collection(changes.collection).documents[1]
    assert (document.id, document.text, document.details) == (added, "New words.", DETAILS)
    assert changes.undo(aside.token) == added
    document = read_collection(changes.collection).documents[1]
    assert (document.text, document.details) == ("Old words.", DETAILS)


def test_a_replacement_of_another_kind_gets_the_suffix_of_its_kind(changes: CollectionChanges) -> None:
    added = changes.add(sent(changes, "Old words."), "second.txt", DETAILS)
    aside = changes.replace(added, sent(changes, "# New words"), "other.md")
    assert ids(changes) == ["first.txt", "added/second.md"]
    assert changes.undo(aside.token) == added
    assert ids(changes) == ["first.txt", "added/second.txt"]


def test_the_same_content_is_recognised_under_another_name(changes: CollectionChanges) -> None:
    assert changes.same_content(sent(changes, LETTER)) == "first.txt"
    added = changes.add(sent(changes, "Other words."), "second.txt")
    assert changes.same_content(sent(changes, "Other words.")) == added
    assert changes.same_content(sent(changes, "Words, other.")) is None


def test_a_document_that_the_place_gets_later_under_the_same_id_goes_first(
    changes: CollectionChanges, place: Path
) -> None:
    changes.add(sent(changes), "second.txt")
    (place / "added").mkdir()
    (place / "added" / "second.txt").write_text("Of the place.")
    reading = read_collection(changes.collection)
    assert {one.id: one.text for one in reading.documents}["added/second.txt"] == "Of the place."
    assert [one.path for one in reading.skipped] == ["added/second.txt"]


def test_lines_of_a_collection_file_can_be_hidden_and_corrected(tmp_path: Path) -> None:
    place = tmp_path / "corpus.jsonl"
    place.write_text('{"_id": "a", "title": "A", "text": "Alpha."}\n{"_id": "b", "text": "Beta."}\n')
    changes = CollectionChanges(Collection(place, tmp_path / "additions"))
    changes.hide("a")
    changes.correct("b", DETAILS)
    changes.add(sent(changes), "second.txt")
    documents = read_collection(changes.collection).documents
    assert [one.id for one in documents] == ["b", "added/second.txt"]
    assert documents[0].details == DETAILS
    assert changes.collection.original("b") is None


@pytest.mark.parametrize("written", ["hidden = 1\n", "hidden = [\n", '[[document]]\nfile = "a"\n'])
def test_what_was_broken_by_hand_is_named(changes: CollectionChanges, written: str) -> None:
    assert changes.collection.additions is not None
    changes.collection.additions.mkdir()
    (changes.collection.additions / ".documents.toml").write_text(written)
    with pytest.raises(BadCatalogue, match=r"documents\.toml"):
        read_collection(changes.collection)
