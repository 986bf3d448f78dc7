"""Question files: every fault has its line and its reason."""

import json

import pytest

from eval.errors import BadQuestions
from eval.questions import check_questions, read_questions
from tests.eval.worked_example import LETTER, TEXTS, write

FINE = {
    "id": "q9",
    "type": "fact",
    "question": "Was the board compliant?",
    "answerable": True,
    "evidence": [[{"document": "letter.txt", "quote": "The board was not compliant."}]],
    "accept": [["not compliant"]],
}


def changed(**keys: object) -> dict[str, object]:
    return FINE | keys


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in FINE.items() if name != key}


def test_a_good_file_is_read_in_order(question_file):
    questions = read_questions([question_file], TEXTS)
    assert [question.id for question in questions] == ["q1", "q2", "q3"]
    assert questions[0].set_name == "questions"
    assert questions[2].evidence == ()


def test_a_quote_knows_every_place_where_it_stands(tmp_path):
    twice = {"twice.txt": "Leadership was weak. Practice was poor. Leadership was weak."}
    write(
        tmp_path / "q.jsonl",
        [changed(evidence=[[{"document": "twice.txt", "quote": "Leadership was weak."}]])],
    )
    (question,) = read_questions([tmp_path / "q.jsonl"], twice)
    assert [place.start for place in question.evidence[0][0].places] == [0, 40]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "q9"', "is not JSON"),
        ('["q9"]', "holds a list; an object was expected"),
        (without("answerable"), "has no key 'answerable'"),
        (without("evidence"), "has no key 'evidence'"),
        (changed(question=7), "has a whole number as 'question'; a text was expected"),
        (changed(answerable=1), "has a whole number as 'answerable'; true or false was expected"),
        (changed(question="  "), "has an empty text as 'question'"),
        (changed(history="earlier"), "has a text as 'history'; a list was expected"),
        (changed(history=[None]), "has null as an entry of 'history'; a text was expected"),
        (changed(evidence=[[]]), "has an empty group 1 of 'evidence'"),
        (changed(evidence=[]), "is answerable but has no evidence group"),
        (changed(accept=[["yes"], []]), "has an empty group 2 of 'accept'"),
        (changed(evidence=[[{"document": "letter.txt"}]]), "has no key 'quote'"),
        (
            changed(evidence=[[{"document": "memo.txt", "quote": "x"}]]),
            "names the document 'memo.txt', which is not among the documents",
        ),
        (
            changed(evidence=[[{"document": "report.txt", "quote": "Leadership was weak."}]]),
            "has a quote that does not stand in report.txt",
        ),
        (
            changed(evidence=[[{"document": "letter.txt", "quote": "The board was\nnot compliant."}]]),
            "with other spaces or line breaks",
        ),
    ],
)
def test_a_broken_line_is_named_with_its_reason(tmp_path, question_lines, line, reason):
    path = tmp_path / "questions.jsonl"
    write(path, question_lines)
    with path.open("a", encoding="utf-8") as out:
        out.write("\n" + (line if isinstance(line, str) else json.dumps(line)) + "\n")
    questions, problems = check_questions(path, TEXTS)
    assert len(questions) == 3
    (problem,) = problems
    assert problem.line == 5  # after three questions and a blank line
    assert reason in problem.reason


def test_a_repeated_id_names_where_it_stood_before(tmp_path, question_lines):
    path = tmp_path / "questions.jsonl"
    write(path, [*question_lines, question_lines[1]])
    _, (problem,) = check_questions(path, TEXTS)
    assert str(problem) == "line 4: repeats the id 'q2' of line 2 of questions.jsonl; give it another"


def test_ids_are_unique_over_all_files(tmp_path, question_file, question_lines):
    other = tmp_path / "more.jsonl"
    write(other, question_lines[:1])
    with pytest.raises(
        BadQuestions, match=r"more.jsonl, line 1: repeats the id 'q1' of line 1 of questions.jsonl"
    ):
        read_questions([question_file, other], TEXTS)


def test_every_problem_of_a_file_is_found_at_once(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text("{\n\n[]\n", encoding="utf-8")
    _, problems = check_questions(path, TEXTS)
    assert [problem.line for problem in problems] == [1, 3]


def test_an_empty_file_is_a_problem(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text("\n", encoding="utf-8")
    _, (problem,) = check_questions(path, TEXTS)
    assert problem.reason == "the file holds no question"


def test_the_worked_example_quotes_its_documents():
    assert "They referred 65 cases back to the authority." in LETTER
