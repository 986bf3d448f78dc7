"""Peers scored like the assistant, with a retriever that a person can predict."""

from dataclasses import replace

import pytest

from eval.chunks import Chunk
from eval.errors import DifferentQuestions
from eval.material import read_material
from eval.run import load_run, save_run, score_run
from eval.side_by_side import kept_entrant, peer_entrant, peers_set_tables, peers_table, run_peer
from index.encode import Encoder


class NoEncoder:
    """A peer that searches by words needs no vectors."""


def by_words(texts, encoder: Encoder):
    """Sentences by the number of words that they share with the question; one chunk has words of its own."""
    chunks = [
        Chunk(name, part + ".") for name, text in texts.items() for part in text.rstrip(".").split(". ")
    ]
    chunks.append(Chunk("report.txt", "A summary that stands nowhere."))

    def search(question, k):
        words = set(question.lower().rstrip("?").split())
        shared = [len(words & set(chunk.text.lower().rstrip(".").split())) for chunk in chunks]
        return sorted(range(len(chunks)), key=lambda row: (-shared[row], row))[:k]

    return chunks, search


@pytest.fixture
def material(documents, question_file):
    return read_material(documents, [question_file])


def test_a_peers_chunks_are_scored_as_passages(material):
    made = run_peer(by_words, material, NoEncoder(), progress=lambda done, total: None)
    assert (made.chunks, made.unmapped) == (8, 1)
    run = score_run("words", material.settings, material.questions, made.answers, material.texts)
    # "How many cases were referred back?" shares three words with its sentence and fewer with any other.
    assert run.scored[0].values["success@1"] == 1.0
    assert run.scored[0].values["correct"] is None
    (row,) = peers_table([peer_entrant(run, made)]).rows
    assert row[0] == "words"
    assert row[-2:] == ("8", "1")


def test_each_question_set_has_a_table_and_the_held_out_one_comes_first(material):
    first, second, third = material.questions
    sets = replace(
        material,
        questions=(first, replace(second, set_name="heldout"), replace(third, set_name="after")),
    )
    made = run_peer(by_words, sets, NoEncoder(), progress=lambda done, total: None)
    run = score_run("words", sets.settings, sets.questions, made.answers, sets.texts)
    tables = peers_set_tables([peer_entrant(run, made)])
    assert [table.caption for table in tables] == [
        f"The same, {name} questions only" for name in ("held-out", "after", "questions")
    ]
    # The unanswerable question says nothing of retrieval.
    assert [table.rows[0][1] for table in tables] == ["1.000", "–", "1.000"]


def test_a_single_question_set_has_no_table_of_its_own(material):
    made = run_peer(by_words, material, NoEncoder(), progress=lambda done, total: None)
    run = score_run("words", material.settings, material.questions, made.answers, material.texts)
    assert peers_set_tables([peer_entrant(run, made)]) == ()


def test_a_run_over_other_questions_is_no_row_of_the_same_table(material, tmp_path):
    settings = material.settings | {"questions_sha256": "other"}
    save_run(score_run("old", settings, material.questions, [], material.texts), tmp_path / "old")
    with pytest.raises(DifferentQuestions, match="'old' is about other questions"):
        kept_entrant(load_run(tmp_path / "old"), material)
