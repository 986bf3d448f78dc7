"""The commands, as a person or a script calls them."""

import json

import pytest

from eval.cli import main
from eval.run import ask_all
from qa.answer import Answer, Citation, Hit, Status
from qa.errors import EmptyQuestion
from tests.eval.worked_example import TEXTS, answer_line, place, write

CASES = place("letter.txt", "They referred 65 cases back to the authority.")
STRONG = place("report.txt", "Leadership was strong.")
ANSWERS = [
    answer_line("q1", CASES, answer="They referred 65 cases back to the authority. [1]", cited=[CASES]),
    answer_line("q2", STRONG, answer="Leadership was strong. [1]", cited=[STRONG]),
    answer_line("q3", STRONG, answerable=False, confidence=0.1),
]
RUN_FILES = {
    *("answers.jsonl", "values.jsonl", "settings.json", "summary.json", "questions.json"),
    *("run.trec", "qrels.trec", "report.html", "report.md"),
}


@pytest.fixture
def evaluate(tmp_path, documents, question_file):
    """Scores answer lines as `eval run --answers` does; gives the run folder."""

    def run(name, lines):
        write(tmp_path / f"{name}.jsonl", lines)
        folder = tmp_path / name
        status = main(
            ["run", "--documents", str(documents), "--questions", str(question_file), "--label", name,
             "--answers", str(tmp_path / f"{name}.jsonl"), "--out", str(folder), "--data", str(tmp_path)]
        )  # fmt: skip
        assert status == 0
        return folder

    return run


def test_run_prints_the_table_and_writes_the_run_folder(evaluate, capsys):
    folder = evaluate("right", ANSWERS)
    assert {path.name for path in folder.iterdir()} == RUN_FILES
    printed = capsys.readouterr().out
    assert "coverage@5" in printed
    assert "near_miss" in printed
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["overall"]["correct"]["mean"] == 1.0
    assert summary["overall"]["abstention"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "questions": 3}


def test_run_ends_with_what_it_comes_to(evaluate, capsys):
    evaluate("right", ANSWERS)
    lines = capsys.readouterr().out.splitlines()
    short = lines[lines.index("In short") :]
    assert [line.split()[0] for line in short[2:10]] == [
        *("coverage@5", "coverage@2000c", "MRR@10", "correct", "answer_characters"),
        *("citation_recall", "citation_precision", "abstention"),
    ]
    assert lines[-1].startswith("Report: ")


def test_a_part_that_does_not_exist_is_named_with_those_that_do(capsys):
    assert main(["run", "--without", "luck"]) == 2
    error = capsys.readouterr().err
    assert "luck" in error
    assert "lexical" in error


def test_answers_that_are_there_already_have_no_part_to_switch_off(question_file, capsys):
    assert main(["run", "--answers", str(question_file), "--without", "lexical"]) == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_settings_name_questions_documents_versions_and_machine(evaluate):
    settings = json.loads((evaluate("right", ANSWERS) / "settings.json").read_text())
    assert settings["question_files"] == ["questions.jsonl"]
    assert set(settings["documents"]) == set(TEXTS)
    assert {"numpy", "ir_measures"} <= set(settings["versions"])
    assert settings["machine"]["cores"] >= 1


def test_compare_lists_the_questions_won_and_lost(evaluate, capsys):
    a, b = evaluate("right", ANSWERS), evaluate("half", ANSWERS[:1])
    capsys.readouterr()
    assert main(["compare", str(a), str(b), "--measure", "correct"]) == 0
    assert "correct: won none; lost q2" in capsys.readouterr().out


def test_compare_prints_json_for_programs(evaluate, capsys):
    folder = evaluate("right", ANSWERS)
    capsys.readouterr()
    assert main(["compare", str(folder), str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {difference["verdict"] for difference in found} == {"no difference"}


def test_the_gate_passes_what_is_as_it_was_and_stops_what_fell(evaluate, tmp_path, capsys):
    baseline = ["--baseline", str(tmp_path / "baseline.json")]
    right, half = evaluate("right", ANSWERS), evaluate("half", ANSWERS[:1])
    assert main(["gate", str(right), *baseline]) == 2
    assert main(["gate", str(right), *baseline, "--record"]) == 0
    assert main(["gate", str(right), *baseline]) == 0
    assert main(["gate", str(half), *baseline]) == 1
    assert "FAILED" in capsys.readouterr().out


def test_report_writes_the_page_again(evaluate, documents, tmp_path):
    folder = evaluate("right", ANSWERS)
    assert main(["report", str(folder), "--documents", str(documents), "--out", str(tmp_path / "r")]) == 0
    assert (tmp_path / "r" / "report.html").read_bytes() == (folder / "report.html").read_bytes()


def test_a_report_needs_the_documents_of_its_run(evaluate, documents, capsys):
    folder = evaluate("right", ANSWERS)
    (documents / "report.txt").write_text("Something else.")
    assert main(["report", str(folder), "--documents", str(documents)]) == 2
    assert "was made on other documents; name them with --documents" in capsys.readouterr().err


def test_check_names_the_line_and_the_reason(question_file, documents, capsys):
    assert main(["check", str(question_file), "--documents", str(documents)]) == 0
    assert capsys.readouterr().out == "3 questions, no problem found.\n"
    with question_file.open("a") as out:
        out.write("{\n")
    assert main(["check", str(question_file), "--documents", str(documents)]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("questions.jsonl, line 4: is not JSON")


def test_drafts_pass_the_check_and_never_replace_a_file(documents, tmp_path, capsys):
    out = tmp_path / "drafts.jsonl"
    assert main(["draft", "--documents", str(documents), "--out", str(out)]) == 0
    assert main(["check", str(out), "--documents", str(documents)]) == 0
    before = out.read_bytes()
    assert main(["draft", "--documents", str(documents), "--out", str(out)]) == 2
    assert out.read_bytes() == before
    assert "exists already" in capsys.readouterr().err


def test_wrong_usage_is_a_status_and_not_an_exit(capsys):
    assert main(["compare"]) == 2
    assert main(["--help"]) == 0
    assert "COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["check", "missing.jsonl"], "missing.jsonl cannot be used: No such file or directory"),
        (["compare", "no-run", "no-run"], "no-run is not the folder of a complete run"),
        (["run", "--answers", "missing.jsonl"], "missing.jsonl cannot be used"),
        (["run", "--documents", "missing"], "missing does not exist"),
    ],
)
def test_wrong_input_is_one_plain_sentence(command, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_a_sample_is_the_same_every_time(tmp_path, documents, question_file, capsys):
    for name in ("a", "b"):
        write(tmp_path / "none.jsonl", [])
        main(["run", "--documents", str(documents), "--questions", str(question_file), "--sample", "2",
              "--answers", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / name)])  # fmt: skip
    a, b = ((tmp_path / name / "values.jsonl").read_text() for name in ("a", "b"))
    assert a == b
    assert a.count("\n") == 2


class Quoting:
    """Answers every question with the same quotation, and refuses one that is empty."""

    def ask(self, question, history=()):
        if question == "empty":
            raise EmptyQuestion("nothing was asked")
        citation = Citation(
            1, "report.txt", STRONG.start, STRONG.end, "Leadership was strong.", "paragraph 1", None, None
        )
        hits: tuple[Hit, ...] = ()
        return Answer(
            question,
            Status.ANSWERED,
            "Leadership was strong. [1]",
            (citation,),
            hits,
            0.7,
            " | ".join(history),
        )


def test_every_question_is_asked_with_its_history_and_gets_a_line(question_file):
    from dataclasses import replace

    from eval.questions import read_questions

    first, second, _ = read_questions([question_file], TEXTS)
    asked = [replace(first, history=("earlier",)), replace(second, text="empty")]
    seen: list[tuple[int, int]] = []
    lines = ask_all(Quoting(), asked, progress=lambda done, total: seen.append((done, total)))
    assert [line["id"] for line in lines] == ["q1", "q2"]
    assert lines[0]["searched"] == "earlier"
    assert lines[1]["error"] == "nothing was asked"
    assert seen == [(1, 2), (2, 2)]
