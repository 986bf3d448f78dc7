"""Runs compared: a worse retriever is reported as worse, and a run differs in nothing from itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eval.compare import compare
from eval.equal_silence import equally_silent
from eval.errors import BadRun, DifferentQuestions
from eval.measure import MEASURES, Scored
from eval.question import Question, Quote
from eval.run import Kept, load_run, save_run, score_run
from eval.span import Span

# Forty findings of twenty characters; question n asks for finding n.
TEXT = "".join(f"Finding number {number:03d}. " for number in range(40))
TEXTS = {"findings.txt": TEXT}
WIDTH = 20


def finding(number: int) -> Span:
    return Span("findings.txt", number * WIDTH, number * WIDTH + WIDTH - 1)


def asked(number: int) -> Question:
    span = finding(number)
    evidence = ((Quote("findings.txt", TEXT[span.start : span.end], (span,)),),)
    return Question(
        f"q{number}", f"Finding {number}?", (), "fact", "tests", True, evidence, ((f"{number:03d}",),)
    )


def kept_run(folder: Path, label: str, retrieve: Callable[[int], list[int]], questions: int = 40) -> Kept:
    """A run in which question n gets the findings that `retrieve` gives for n, the first as its answer."""
    lines = []
    for number in range(questions):
        spans = [finding(one) for one in retrieve(number)]
        places = [{"document": s.document, "start": s.start, "end": s.end} for s in spans]
        said = TEXT[spans[0].start : spans[0].end]
        lines.append(
            {
                "id": f"q{number}",
                "answerable": True,
                "confidence": 0.9,
                "answer": said + " [1]",
                "citations": [places[0] | {"quote": said}],
                "passages": places,
                "elapsed_ms": 1.0,
            }
        )
    save_run(score_run(label, {}, [asked(n) for n in range(questions)], lines, TEXTS), folder)
    return load_run(folder)


def good(number: int) -> list[int]:
    return [number, (number + 1) % 40, (number + 2) % 40]


def poor(number: int) -> list[int]:
    """Right for three questions of four; for the others the finding is missing."""
    return good(number) if number % 4 else [(number + 1) % 40, (number + 2) % 40]


def test_a_worse_retriever_is_reported_as_worse_with_its_p_value(tmp_path):
    a, b = kept_run(tmp_path / "a", "good", good), kept_run(tmp_path / "b", "poor", poor)
    found = {difference.measure: difference for difference in compare(a, b)}
    for measure in ("coverage@5", "MRR@10", "correct", "citation_recall"):
        difference = found[measure]
        assert (difference.a, difference.b, difference.verdict) == (1.0, 0.75, "worse")
        # Ten of ten differences have the same sign: 2 of 1,024 throws are as extreme.
        assert difference.p == pytest.approx(2 / 1024, abs=0.002)
        assert difference.high < 0
        assert difference.lost == tuple(f"q{number}" for number in range(0, 40, 4))
        assert difference.won == ()


def test_the_other_way_round_it_is_better(tmp_path):
    a, b = kept_run(tmp_path / "a", "poor", poor), kept_run(tmp_path / "b", "good", good)
    assert {d.measure: d.verdict for d in compare(a, b)}["coverage@5"] == "better"


def test_one_question_more_or_less_may_be_luck(tmp_path):
    def nearly_good(number: int) -> list[int]:
        return good(number) if number else [1, 2, 3]

    a, b = kept_run(tmp_path / "a", "good", good), kept_run(tmp_path / "b", "nearly", nearly_good)
    found = {difference.measure: difference for difference in compare(a, b)}["coverage@5"]
    assert (found.verdict, found.p) == ("may be luck", 1.0)


def test_a_run_differs_in_nothing_from_itself(tmp_path):
    a = kept_run(tmp_path / "a", "good", poor)
    assert {(d.verdict, d.p, d.won, d.lost) for d in compare(a, a)} == {("no difference", 1.0, (), ())}


def test_longer_answers_are_worse_and_not_better(tmp_path):
    a = kept_run(tmp_path / "a", "good", good)
    longer = [one.values | {"answer_characters": one.values["answer_characters"] + 10} for one in a.scored]
    b = Kept("longer", a.settings, a.questions, a.answers,
             tuple(type(one)(one.id, one.kind, one.set_name, True, values)
                   for one, values in zip(a.scored, longer, strict=True)))  # fmt: skip
    found = {difference.measure: difference for difference in compare(a, b)}["answer_characters"]
    assert (found.b - found.a, found.verdict, len(found.lost)) == (10, "worse", 40)


def test_runs_over_other_questions_are_refused(tmp_path):
    a, b = kept_run(tmp_path / "a", "all", good), kept_run(tmp_path / "b", "half", good, questions=20)
    with pytest.raises(
        DifferentQuestions, match="'all' and 'half' differ in 20 of their questions, first 'q20'"
    ):
        compare(a, b)


def test_a_folder_without_a_run_is_named(tmp_path):
    with pytest.raises(BadRun, match="has no settings"):
        load_run(tmp_path)


def test_a_damaged_run_says_so(tmp_path):
    kept_run(tmp_path, "good", good)
    (tmp_path / "values.jsonl").write_text('{"id": "q0"}\n')
    with pytest.raises(BadRun, match="run it again"):
        load_run(tmp_path)


def test_a_run_reads_back_as_it_was(tmp_path):
    kept = kept_run(tmp_path, "poor", poor)
    again = score_run("poor", {}, [asked(n) for n in range(40)], list(kept.answers.values()), TEXTS)
    assert kept.scored == again.scored
    assert kept.summary == again.summary


def answers_to(sure: dict[str, float], unanswerable: frozenset[str]) -> Kept:
    """A run with one answer, of this confidence, to each question; all are right where one can be."""
    questions = tuple({"id": name} for name in sure)
    scored = tuple(
        Scored(
            name,
            "fact",
            "tests",
            name not in unanswerable,
            dict.fromkeys(part for measure in MEASURES for part in measure.parts)
            | ({"silence": 0.0} if name in unanswerable else {"correct": 1.0, "answered": 1.0}),
        )
        for name in sure
    )
    lines = {name: {"id": name, "answerable": True, "confidence": how} for name, how in sure.items()}
    return Kept("run", {}, questions, lines, scored)


def values(run: Kept, measure: str) -> list[float | None]:
    return [one.values[measure] for one in run.scored]


def test_the_less_silent_of_two_runs_takes_its_least_sure_answers_back() -> None:
    talks = answers_to({"a": 0.9, "b": 0.5, "c": 0.6, "d": 0.95}, frozenset("cd"))
    silent = answers_to({"a": 0.9, "b": 0.9, "c": 0.2, "d": 0.95}, frozenset("cd"))
    as_shown = silent.scored[2]
    silent = replace(
        silent,
        scored=(
            *silent.scored[:2],
            replace(as_shown, values=as_shown.values | {"silence": 1.0}),
            silent.scored[3],
        ),
    )
    for one, other in (equally_silent(talks, silent), reversed(equally_silent(silent, talks))):
        assert other == silent
        assert values(one, "silence") == [None, None, 1.0, 0.0]
        assert values(one, "correct") == [1.0, 0.0, None, None]
        assert values(one, "answered") == [1.0, 0.0, None, None]
        assert values(one, "citation_recall") == [None] * 4


def test_runs_that_are_equally_silent_stay_as_they_are() -> None:
    run = answers_to({"a": 0.9, "c": 0.6}, frozenset("c"))
    assert equally_silent(run, run) == (run, run)


def test_the_surest_answer_is_taken_back_too_where_the_other_run_never_answers() -> None:
    talks = answers_to({"a": 0.9, "c": 0.95}, frozenset("c"))
    mute = replace(
        talks, scored=tuple(replace(one, values=one.values | {"silence": 1.0}) for one in talks.scored[1:])
    )
    assert values(equally_silent(talks, mute)[0], "silence") == [None, 1.0]


def test_a_run_without_confidences_cannot_be_made_silent() -> None:
    talks, silent = (answers_to({"a": 0.9, "c": 0.6}, frozenset("c")) for _ in range(2))
    silent = replace(
        silent,
        scored=(
            silent.scored[0],
            replace(silent.scored[1], values=talks.scored[1].values | {"silence": 1.0}),
        ),
    )
    talks = replace(
        talks, answers={name: line | {"confidence": None} for name, line in talks.answers.items()}
    )
    with pytest.raises(BadRun, match="2 answers of the run 'run' have no confidence, first 'a'"):
        equally_silent(talks, silent)
