"""Documents that change while questions about them are answered."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.collection import collection_of
from corpus.collection_changes import CollectionChanges
from index.encode import Vectors
from qa.assistant import bring_up_to_date, index_folder
from qa.live_assistant import LiveAssistant, live_over
from tests.fakes import HashedWords
from tests.qa.conftest import LETTER_2018, LETTER_2021

QUESTION = "Who has a warden?"
LAKE = "The lake has had a warden since 2019."
BRIDGE = "6 June 2022\n\nDear Ms Smith\n\nThe old bridge has a warden too.\n"


class Gated(HashedWords):
    """Waits with a question until somebody opens the gate, where one is put up."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = threading.Event()
        self.gate: threading.Event | None = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        gate, self.gate = self.gate, None
        if gate is not None:
            self.waiting.set()
            assert gate.wait(20)
        return super().encode_queries(texts)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "2018.txt").write_text(LETTER_2018)
    (folder / "2021.txt").write_text(LETTER_2021)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def encoder() -> Gated:
    return Gated()


@pytest.fixture
def live(place: Path, data: Path, encoder: Gated) -> LiveAssistant:
    update(place, data, encoder)
    return live_over(place, data, encoder, threshold=0.0)


@pytest.fixture
def changes(place: Path, data: Path) -> CollectionChanges:
    return CollectionChanges(collection_of(place, data))


def update(place: Path, data: Path, encoder: HashedWords, *, alone: bool = False) -> None:
    bring_up_to_date(place, data, encoder, progress=lambda _: None, alone=alone)


def add(changes: CollectionChanges, text: str, name: str) -> str:
    path = changes.incoming / "sent"
    path.write_text(text)
    return changes.add(path, name)


def quoted(live: LiveAssistant) -> list[str]:
    return [" ".join(citation.quote.split()) for citation in live.ask(QUESTION).citations]


def test_an_added_document_answers_after_the_reload_and_not_before(
    live: LiveAssistant, changes: CollectionChanges, place: Path, data: Path, encoder: Gated
) -> None:
    assert not live.is_behind
    added = add(changes, BRIDGE, "bridge.txt")
    update(place, data, encoder)
    assert live.is_behind
    assert added not in dict(live.details())
    live.reload()
    assert not live.is_behind
    assert "The old bridge has a warden too." in quoted(live)
    assert live.original(added) is not None


def test_a_question_in_flight_keeps_the_documents_that_it_began_with(
    live: LiveAssistant, changes: CollectionChanges, place: Path, data: Path, encoder: Gated
) -> None:
    gate = threading.Event()
    found: list[str] = []
    encoder.gate = gate
    asking = threading.Thread(target=lambda: found.extend(quoted(live)))
    asking.start()
    assert encoder.waiting.wait(20)
    for number in range(3):  # more than once: the generation that it reads is deleted meanwhile
        (place / "2021.txt").unlink(missing_ok=True)
        add(changes, BRIDGE, f"bridge{number}.txt")
        update(place, data, encoder)
        live.reload()
    gate.set()
    asking.join(20)
    assert LAKE in found
    assert LAKE not in quoted(live)


def test_the_files_of_an_index_that_nothing_refers_to_are_given_back(
    live: LiveAssistant, changes: CollectionChanges, place: Path, data: Path, encoder: Gated
) -> None:
    before = weakref.ref(live.now)
    history = live.inspection_history()
    add(changes, BRIDGE, "bridge.txt")
    update(place, data, encoder)
    live.reload()
    assert len(history.documents) == 2  # still of the index before
    del history
    gc.collect()
    assert before() is None


def test_what_people_added_is_left_out_where_the_documents_are_to_be_alone(
    live: LiveAssistant, changes: CollectionChanges, place: Path, data: Path, encoder: Gated
) -> None:
    assert index_folder(place, data, alone=True) == index_folder(place, data)
    add(changes, BRIDGE, "bridge.txt")
    update(place, data, encoder)
    update(place, data, encoder, alone=True)
    assert index_folder(place, data, alone=True) != index_folder(place, data)
    live.reload()
    assert len(live.details()) == 3


def test_questions_asked_while_the_documents_change_all_get_an_answer(
    live: LiveAssistant, changes: CollectionChanges, place: Path, data: Path, encoder: Gated
) -> None:
    done = threading.Event()
    faults: list[Exception] = []
    asked: list[int] = []

    def keep_asking() -> None:
        while not done.is_set():
            try:
                answer = live.ask(QUESTION)
                asked.append(len(answer.citations))
                live.inspection_history().finder.places("warden")
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=keep_asking) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(2):
        add(changes, BRIDGE, f"bridge{number}.txt")
        update(place, data, encoder)
        live.reload()
    done.set()
    for thread in threads:
        thread.join(20)
    assert faults == []
    assert all(asked)
