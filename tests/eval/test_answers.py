"""Files of answers: what can be scored is read, what cannot is named."""

import pytest

from eval.answers import parse_all, parse_answer, read_answers
from eval.errors import BadAnswers
from tests.eval.worked_example import answer_line, place, write

WEAK = place("letter.txt", "Leadership was weak.")


def test_an_answer_is_read_with_its_places():
    one = parse_answer(answer_line("q1", WEAK, answer="Leadership was weak. [1]", cited=[WEAK]))
    assert one.passages == (WEAK,)
    assert one.citations[0].span == WEAK
    assert one.confidence == 0.9


def test_words_about_the_assistant_claim_nothing_about_the_documents():
    line = answer_line("q1", answerable=False, confidence=1.0) | {"status": "about_the_assistant"}
    assert parse_answer(line).confidence is None


def test_a_line_that_reports_a_fault_counts_as_no_answer(tmp_path):
    path = tmp_path / "answers.jsonl"
    write(path, [{"id": "q1", "error": "the question is empty"}])
    assert parse_all(read_answers(path, ["q1"])) == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (answer_line("q7"), "answers 'q7', which is not the id of a question"),
        (answer_line("q1"), "answers 'q1' again; line 1 did already"),
        (answer_line("q2") | {"passages": None}, "has null as 'passages'; a list was expected"),
        (answer_line("q2") | {"answerable": "yes"}, "has a text as 'answerable'"),
        (
            answer_line("q2") | {"passages": [{"document": "a", "start": 9, "end": 3}]},
            "has impossible offsets: a span cannot go from 9 to 3",
        ),
    ],
)
def test_a_broken_line_is_named_with_its_reason(tmp_path, line, reason):
    path = tmp_path / "answers.jsonl"
    write(path, [answer_line("q1"), line])
    with pytest.raises(BadAnswers) as caught:
        read_answers(path, ["q1", "q2"])
    (problem,) = caught.value.problems
    assert problem.line == 2
    assert reason in problem.reason
