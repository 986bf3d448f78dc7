"""What a document speaks of."""

from __future__ import annotations

from pathlib import Path

from corpus.read import read_documents
from qa.timeline_statements import statements
from qa.topics import Topic, topics


def topics_of(text: str, folder: Path) -> list[Topic]:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return list(topics(statements(read_documents(folder).documents[0])))


def test_a_phrase_that_names_something_is_a_topic_with_its_statements(tmp_path: Path) -> None:
    text = "The warden of the boating lake is tired. Visitors like the boating lake.\n"
    (lake,) = [one for one in topics_of(text, tmp_path) if "lake" in one.words]
    assert lake.words == "the boating lake"
    assert len(lake.statements) == 2


def test_words_that_join_or_count_are_part_of_no_topic(tmp_path: Path) -> None:
    text = "It was refused by the authority because of the first example.\n"
    found = [one.words for one in topics_of(text, tmp_path)]
    assert not [words for words in found if "because" in words or "first" in words]
