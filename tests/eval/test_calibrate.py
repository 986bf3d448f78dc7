"""What the confidence is fitted on, and the file that it is written to."""

import math
import tomllib
from dataclasses import fields, replace

import pytest

from eval.calibrate import (
    SIGNALS,
    assess,
    check_questions_to_fit,
    observe,
    quality_table,
    weights_table,
    write_fitted,
)
from eval.cli import main
from eval.errors import UnfitQuestions
from eval.logistic import Fitted, Quality
from qa.confidence import Signals
from tests.eval.worked_example import question

ANSWERED = question(id="yes")
UNANSWERED = replace(question(id="no", answerable=False), text="How many horses are there?")
FITTED = Fitted(-1.0, (2.0, *(0.0 for _ in SIGNALS[1:])), 0.6)
LETTERS = {name: float(place) for place, name in enumerate(SIGNALS)}


class Known:
    """Has high signals for what it was told, and none at all for the word nothing."""

    def signals(self, question, history=()):
        if question == "nothing":
            return None
        return Signals(*(1.0 if question == ANSWERED.text else 0.0 for _ in fields(Signals)))


def seen(questions):
    return observe(Known(), questions, progress=lambda done, total: None)


def test_every_question_gives_a_row_of_signals():
    found = seen([ANSWERED, UNANSWERED])
    assert found.signals.tolist() == [[1.0] * len(SIGNALS), [0.0] * len(SIGNALS)]
    assert found.answerable.tolist() == [True, False]


def test_questions_without_signals_are_left_out():
    about, nothing = replace(UNANSWERED, text="What can you do?"), replace(UNANSWERED, text="nothing")
    assert seen([about, ANSWERED, nothing]).answerable.tolist() == [True]


def test_a_fit_is_assessed_as_the_assistant_works_it_out():
    # 1 / (1 + e) = .27 without signals and 1 / (1 + 1/e) = .73 with them, on both sides of .6.
    assert assess(FITTED, seen([ANSWERED, UNANSWERED])) == Quality(1.0, 1.0, 1.0)
    assert assess(replace(FITTED, threshold=0.2), seen([ANSWERED, UNANSWERED])) == Quality(1.0, 1.0, 0.0)
    assert assess(replace(FITTED, threshold=0.8), seen([ANSWERED, UNANSWERED])) == Quality(1.0, 0.0, 1.0)


def test_held_out_questions_are_never_fitted_to():
    held = [replace(one, set_name="heldout") for one in [ANSWERED, UNANSWERED] * 20]
    with pytest.raises(UnfitQuestions, match="reported on and never fitted to"):
        check_questions_to_fit(held)


def test_a_fit_needs_some_questions_of_each_kind():
    check_questions_to_fit([ANSWERED, UNANSWERED] * 20)
    with pytest.raises(UnfitQuestions, match=r"of 39 questions 20 are answerable; .* at least 20 that are"):
        check_questions_to_fit(([ANSWERED, UNANSWERED] * 20)[:-1])


def test_the_file_has_a_weight_for_each_signal_in_order(tmp_path):
    path = tmp_path / "confidence.toml"
    write_fitted(path, replace(FITTED, weights=tuple(LETTERS.values())), ["a.jsonl", "b.jsonl"])
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert content == {"intercept": -1.0, "threshold": 0.6, "weights": LETTERS}
    assert list(content["weights"]) == [field.name for field in fields(Signals)]
    assert path.read_text().startswith("# Made by `inspection-qa eval calibrate` over a.jsonl and b.jsonl.\n")


def test_tables_show_the_fit_and_what_it_is_worth():
    assert weights_table(FITTED).rows[0] == (SIGNALS[0], "2.0000")
    assert weights_table(FITTED).rows[-2:] == (("intercept", "-1.0000"), ("threshold", "0.60"))
    (row,) = quality_table([("held-out", 90, Quality(0.9, 0.8, 0.7))]).rows
    assert row == ("held-out", "90", "0.900", "0.800", "0.700", "0.750")
    assert math.isclose(Quality(0.9, 0.8, 0.7).mean, 0.75)


def test_the_command_says_what_it_lacks(documents, question_file, tmp_path, capsys):
    out = tmp_path / "confidence.toml"
    status = main(
        ["calibrate", "--documents", str(documents), "--questions", str(question_file), "--out", str(out)]
    )
    assert status == 2
    assert "of 3 questions 2 are answerable" in capsys.readouterr().err
    assert not out.exists()
