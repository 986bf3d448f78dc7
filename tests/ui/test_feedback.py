"""What people say of answers: asked for plainly, kept whole, and given on to the evaluation."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eval.questions import check_questions
from qa.answer import Turn
from qa.contract import answer_to_json
from tests.ui.conftest import LETTER_2020, WORKERS
from tests.ui.plain_site import Seen, plain_site
from ui.browser_cookie import COOKIE
from ui.cli import main
from ui.conversations import Conversations, new_id
from ui.errors import UsageError
from ui.feedback import FILE, Feedback, FeedbackStore, Verdict, open_feedback
from ui.feedback_questions import question_lines

AT = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
QUESTION = "How do workers feel?"
SECRET = "a" * 43


@pytest.fixture
def store():
    return FeedbackStore()


@pytest.fixture
def kept():
    return Conversations()


@pytest.fixture
def client(assistant, kept, store):
    return plain_site(assistant, kept=kept, feedback=store)


def said(assistant, question, verdict, comment=""):
    answer = answer_to_json(assistant.ask(question), id=None, elapsed_ms=0.0)
    return Feedback(AT, "0.1.0", verdict, comment, question, ("Before?",), answer)


def test_what_is_kept_comes_back_whole_and_in_order(assistant, tmp_path):
    first = said(assistant, QUESTION, Verdict.RIGHT, "Yes.\n\nQuite — “so”.")
    second = said(assistant, "Hello", Verdict.WRONG)
    store = FeedbackStore(tmp_path / "data" / FILE)
    store.add(first)
    store.add(second)
    store.close()
    assert open_feedback(tmp_path / "data").all() == ((1, first), (2, second))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may read a file in another way")
def test_only_its_owner_can_read_the_file(tmp_path):
    FeedbackStore(tmp_path / FILE).close()
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


ADD_MANY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ui.feedback import Feedback, FeedbackStore, Verdict

store = FeedbackStore(Path(sys.argv[1]))
for number in range(25):
    store.add(Feedback(datetime.now(UTC), "1", Verdict.RIGHT, sys.argv[2], str(number), (), {}))
"""


def test_two_processes_at_once_lose_nothing(tmp_path):
    path = tmp_path / FILE
    others = [subprocess.Popen([sys.executable, "-c", ADD_MANY, str(path), name]) for name in ("a", "b")]
    assert [process.wait(timeout=60) for process in others] == [0, 0]
    said = [(one.comment, one.question) for _, one in FeedbackStore(path).all()]
    assert sorted(said) == sorted((name, str(number)) for name in ("a", "b") for number in range(25))


def test_the_page_shows_the_answer_and_asks_for_one_of_four(client):
    seen = Seen(client.get("/feedback", params={"q": QUESTION}).text)
    assert WORKERS in seen.folded
    values = {value for name, value in seen.attributes if name == "value"}
    assert {"right", "wrong", "wrong_source", "should_not_know"} <= values


def test_feedback_on_a_question_is_kept_with_answer_citations_version_and_time(client, store):
    page = client.post(
        "/feedback",
        data={"q": QUESTION, "earlier": "Before?", "verdict": "wrong_source", "comment": "See\r\npage 2"},
    )
    ((number, kept),) = store.all()
    assert page.status_code == 200
    assert "Thank you" in page.text
    assert (number, kept.verdict, kept.comment) == (1, Verdict.WRONG_SOURCE, "See\npage 2")
    assert (kept.question, kept.history) == (QUESTION, ("Before?",))
    assert [one["quote"] for one in kept.answer["citations"]] == [WORKERS]
    assert kept.version
    assert abs((datetime.now(UTC) - kept.at).total_seconds()) < 60


def test_feedback_on_a_kept_answer_says_what_was_asked_before_it(client, store, kept, assistant):
    first = kept.keep(SECRET, "", Turn("Hello", assistant.ask("Hello")), id=new_id())
    turn = Turn(QUESTION, assistant.ask(QUESTION))
    (exchange,) = kept.keep(SECRET, first.id, turn, id=new_id()).exchanges
    cookie = {"cookie": f"{COOKIE}={SECRET}"}
    client.post("/feedback", data={"answer": exchange.id, "verdict": "right"}, headers=cookie)
    ((_, feedback),) = store.all()
    assert (feedback.question, feedback.history) == (QUESTION, ("Hello",))


def test_feedback_on_an_answer_of_another_browser_is_refused(client, store, kept, assistant):
    (exchange,) = kept.keep(SECRET, "", Turn(QUESTION, assistant.ask(QUESTION)), id=new_id()).exchanges
    other = {"cookie": f"{COOKIE}={'b' * 43}"}
    for answer in (
        client.get("/feedback", params={"answer": exchange.id}, headers=other),
        client.post("/feedback", data={"answer": exchange.id, "verdict": "right"}, headers=other),
    ):
        assert answer.status_code == 404
        assert WORKERS not in answer.text
    assert store.all() == ()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose what the answer is."),
        ({"verdict": "splendid"}, "Choose what the answer is."),
        ({"verdict": "right", "comment": "x" * 4_001}, "The comment has 4,001 characters"),
    ],
)
def test_what_is_missing_is_explained_at_the_form_and_nothing_is_lost(client, store, fields, said):
    page = client.post("/feedback", data={"q": QUESTION, "comment": "My words"} | fields)
    assert page.status_code == 422
    assert said in page.text
    assert 'aria-describedby="error"' in page.text
    assert (fields.get("comment") or "My words") in page.text
    assert store.all() == ()


def test_a_form_that_is_too_large_or_broken_is_refused(client, store):
    assert client.post("/feedback", content=b"x" * 300_000).status_code == 413
    assert client.post("/feedback", content=b"q=%ff\xff&verdict=right").status_code == 400
    assert client.post("/feedback", content="&".join(["a=b"] * 500)).status_code == 400
    assert client.post("/feedback", data={"verdict": "right"}).status_code == 404
    assert client.post("/feedback", data={"conversation": "x", "verdict": "right"}).status_code == 422
    assert store.all() == ()


def test_the_lines_of_an_export_are_read_by_the_evaluation(assistant, tmp_path):
    given = [
        said(assistant, "How good are children's plans?", Verdict.RIGHT),
        said(assistant, "What is the capital of France?", Verdict.RIGHT),
        said(assistant, QUESTION, Verdict.SHOULD_NOT_KNOW, "Not these workers."),
        said(assistant, "Hello", Verdict.RIGHT),  # about the assistant: no question for the evaluation
    ]
    lines, incomplete = question_lines(enumerate(given, start=1))
    file = tmp_path / "feedback.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    texts = {LETTER_2020: assistant.document(LETTER_2020).text}
    questions, problems = check_questions(file, texts)
    assert (problems, incomplete) == ((), 0)
    assert [(one.id, one.answerable, len(one.evidence)) for one in questions] == [
        ("feedback-00001", True, 2),
        ("feedback-00002", False, 0),
        ("feedback-00003", False, 0),
    ]
    assert questions[0].history == ("Before?",)


@pytest.mark.parametrize("verdict", [Verdict.WRONG, Verdict.WRONG_SOURCE])
def test_a_line_that_a_person_must_complete_is_refused_until_it_is(assistant, tmp_path, verdict):
    (line,), incomplete = question_lines([(1, said(assistant, QUESTION, verdict, "See page 2"))])
    content = json.loads(line)
    assert incomplete == 1
    assert (content["comment"], content["given"][0]["quote"]) == ("See page 2", WORKERS)
    assert "give the quotations" in content["to_complete"]
    file = tmp_path / "feedback.jsonl"
    texts = {LETTER_2020: assistant.document(LETTER_2020).text}
    file.write_text(line, encoding="utf-8")
    assert len(check_questions(file, texts)[1]) == 1
    completed = content | {"answerable": True, "evidence": [content["given"]]}
    file.write_text(json.dumps(completed), encoding="utf-8")
    assert check_questions(file, texts)[1] == ()


def test_the_command_counts_and_exports(assistant, tmp_path, capsys):
    store = FeedbackStore(tmp_path / FILE)
    store.add(said(assistant, QUESTION, Verdict.RIGHT))
    store.add(replace(said(assistant, QUESTION, Verdict.WRONG), comment="No."))
    store.close()
    out = tmp_path / "questions.jsonl"
    assert main(["feedback", "--data", str(tmp_path)]) == 0
    assert "The answer is right: 1" in capsys.readouterr().out
    assert main(["feedback", "--data", str(tmp_path), "--export", str(out)]) == 0
    assert "2 questions written" in capsys.readouterr().out
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_the_command_says_where_there_is_none(tmp_path, capsys):
    assert main(["feedback", "--data", str(tmp_path)]) == 2
    assert "holds no feedback yet" in capsys.readouterr().err
    assert not (tmp_path / FILE).exists()
    with pytest.raises(UsageError):
        open_feedback(tmp_path)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "example.org", ""])
def test_an_address_that_others_can_reach_needs_a_flag_that_says_so(host, capsys):
    assert main(["serve", "--host", host]) == 2
    complaint = capsys.readouterr().err
    assert "there is no sign-in" in complaint
    assert "--open-to-the-network" in complaint
