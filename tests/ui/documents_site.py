"""A small town's letters on a server whose documents can be changed, indexed without a model."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.collection import collection_of
from corpus.collection_changes import CollectionChanges
from index.progress import Progress, Report
from qa.assistant import bring_up_to_date
from qa.indexing_process import IndexingFailed, IndexingStopped
from qa.live_assistant import LiveAssistant, live_over
from tests.fakes import HashedWords
from ui.documents_desk import Desk
from ui.incoming import Incoming
from ui.indexing import BackgroundIndexing, Phase

PARKS = "4 May 2018\n\nDear Ms Smith\n\nInspection of parks\n\nLighting in the parks was poor.\n"
LAKE = "6 June 2021\n\nDear Ms Smith\n\nInspection of the lake\n\nThe lake has had a warden since 2019.\n"
BRIDGE = "7 July 2022\n\nDear Ms Smith\n\nInspection of the bridge\n\nThe bridge is closed at night.\n"
LARGEST = 1024 * 1024  # bytes of a file
PATIENCE = 30.0  # seconds


@dataclass
class Run:
    """Indexes in the thread; waits before the end while the gate is shut, and fails where it is told to."""

    place: Path
    data: Path
    encoder: HashedWords
    gate: threading.Event = field(default_factory=threading.Event)
    failure: str = ""

    def __call__(self, *, progress: Report, stop: threading.Event) -> str | None:
        progress(Progress("encoding passages", 1, 4))
        while not self.gate.wait(0.02):
            if stop.is_set():
                raise IndexingStopped
        if self.failure:
            raise IndexingFailed(self.failure)
        return bring_up_to_date(self.place, self.data, self.encoder, progress=progress).note


@dataclass
class Town:
    """The documents of a server, and everything that a test does to them from outside."""

    place: Path
    data: Path
    live: LiveAssistant
    desk: Desk
    run: Run

    def until(self, so: Callable[[], bool]) -> None:
        """Waits for a state."""
        deadline = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < deadline, "the state did not come"
            time.sleep(0.01)

    def indexed(self) -> None:
        """Waits until nothing is being indexed."""
        self.until(lambda: self.desk.state().phase is not Phase.RUNNING)

    def ids(self) -> list[str]:
        """The documents that can be asked about."""
        return [id for id, _ in self.live.details()]


def build_town(folder: Path, *, largest: int = LARGEST) -> Town:
    """Two letters in a folder; `largest` is the size of a file in bytes from which it is refused."""
    place, data, encoder = folder / "documents", folder / "data", HashedWords()
    place.mkdir()
    (place / "parks.txt").write_text(PARKS)
    (place / "lake.txt").write_text(LAKE)
    bring_up_to_date(place, data, encoder, progress=lambda _: None)
    live = live_over(place, data, encoder, threshold=0.0)
    changes = CollectionChanges(collection_of(place, data))
    run = Run(place, data, encoder)
    run.gate.set()
    indexing = BackgroundIndexing(live, run, look_every=0.05)
    return Town(place, data, live, Desk(live, changes, Incoming(changes, largest=largest), indexing), run)
