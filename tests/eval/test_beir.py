"""BEIR folders, good and broken."""

from pathlib import Path

import pytest

from eval.beir import is_beir, read_beir
from eval.errors import BadQuestions
from tests.eval.worked_example import write

DOCUMENTS = ("d1", "d2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    write(
        tmp_path / "queries.jsonl",
        [
            {"_id": "1", "text": "Who wrote?", "metadata": {}},
            {"_id": "2", "text": "When?"},
            {"_id": "3", "text": "Never judged?"},
            {"_id": "4", "text": "Not answered?", "answerable": False},
        ],
    )
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n2\td1\t1\n2\td2\t0\n1\td2\t2\n")
    return tmp_path


def test_judged_and_unanswerable_queries_are_read_in_order(folder):
    assert is_beir(folder)
    questions = read_beir(folder, DOCUMENTS)
    assert [(q.id, q.relevant, q.answerable) for q in questions] == [
        ("1", (("d2", 2),), True),
        ("2", (("d1", 1),), True),
        ("4", (), False),
    ]


def test_given_answers_become_strings_any_of_which_is_right(folder):
    write(
        folder / "queries.jsonl",
        [{"_id": "1", "text": "a", "answers": ["x", "y"]}, {"_id": "2", "text": "b"}],
    )
    assert read_beir(folder, DOCUMENTS)[0].accept == (("x", "y"),)


def test_one_file_of_judgements_may_stand_beside_the_queries(folder):
    (folder / "qrels" / "test.tsv").rename(folder / "qrels.tsv")
    (folder / "qrels").rmdir()
    assert len(read_beir(folder, DOCUMENTS)) == 3


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1\td2", "line 4: has 2 columns"),
        ("1\td9\t1", "line 4: names the document 'd9'"),
        ("1\td2\tyes", "line 4: has 'yes' as the grade"),
        ("9\td2\t1", "judges the query '9', which queries.jsonl lacks"),
    ],
)
def test_a_broken_judgement_is_named_with_its_reason(folder, line, reason):
    path = folder / "qrels" / "test.tsv"
    path.write_text(f"query-id\tcorpus-id\tscore\n2\td1\t1\n2\td2\t0\n{line}\n")
    with pytest.raises(BadQuestions, match=reason):
        read_beir(folder, DOCUMENTS)


def test_a_missing_split_says_what_to_do(folder):
    with pytest.raises(BadQuestions, match=r"dev\.tsv, line 1: the file is missing; name another --split"):
        read_beir(folder, DOCUMENTS, split="dev")


def test_a_broken_query_is_named_with_its_line(folder):
    write(folder / "queries.jsonl", [{"_id": "1", "text": "a"}, {"_id": "2"}])
    with pytest.raises(BadQuestions, match=r"queries\.jsonl, line 2: has no key 'text'"):
        read_beir(folder, DOCUMENTS)
