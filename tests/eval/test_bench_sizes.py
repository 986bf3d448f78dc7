"""Passages are repeated with variation: as many as were asked for, no two alike, in the same words."""

from __future__ import annotations

from pathlib import Path

from corpus.passages import split
from corpus.read import read_documents
from eval.bench_sizes import write_corpus


def test_repeated_passages_are_all_different_and_have_the_words_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text(
        "The visit took place in May 2015. Inspectors read 13 files. Two were returned.\n", encoding="utf-8"
    )
    passages = [passage for document in read_documents(tmp_path).documents for passage in split(document)]

    write_corpus(passages, 3, tmp_path / "corpus.jsonl")

    repeated = read_documents(tmp_path / "corpus.jsonl").documents
    assert [document.details.title for document in repeated] == ["Copy 0", "Copy 1", "Copy 2"]
    assert len({document.text for document in repeated}) == 3
    assert len({tuple(sorted(document.text.split())) for document in repeated}) == 1
