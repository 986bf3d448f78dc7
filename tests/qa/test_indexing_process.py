"""Indexing in a process of its own: the real program, over a folder of two letters."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.generations import current
from index.progress import Progress
from qa.assistant import index_folder
from qa.indexing_process import IndexingFailed, IndexingStopped, Order, index_in_process
from tests.qa.conftest import LETTER_2018, LETTER_2021


@pytest.fixture
def order(tmp_path: Path) -> Order:
    place = tmp_path / "documents"
    place.mkdir()
    (place / "2018.txt").write_text(LETTER_2018)
    return Order(place, tmp_path / "data")


def ignore(_: Progress) -> None:
    pass


def test_it_indexes_says_how_far_it_is_and_leaves_the_old_index_where_it_is_stopped(order: Order) -> None:
    steps: list[Progress] = []
    index_in_process(order, progress=steps.append, stop=threading.Event())
    assert steps[0].stage == "reading"
    assert {"encoding passages", "encoding sentences", "writing"} <= {step.stage for step in steps}
    before = current(index_folder(order.documents, order.data))

    (order.documents / "2021.txt").write_text(LETTER_2021)
    stop = threading.Event()
    with pytest.raises(IndexingStopped):
        index_in_process(order, progress=lambda _: stop.set(), stop=stop)
    assert current(index_folder(order.documents, order.data)) == before


def test_why_it_failed_is_said_in_a_sentence(order: Order) -> None:
    (order.documents / "2018.txt").unlink()
    with pytest.raises(IndexingFailed, match="is an empty folder"):
        index_in_process(order, progress=ignore, stop=threading.Event())
