"""The short table: the held-out questions stand first, with their interval."""

from dataclasses import replace

from eval.headline import headline_table, held_out_sentence
from eval.measure import score_all
from eval.summary import Summary, summarise
from tests.eval.worked_example import TEXTS, given, place, question, quote

CASES = place("letter.txt", "They referred 65 cases back to the authority.")
GROUP = [quote("letter.txt", "They referred 65 cases back to the authority.")]


def summary_of(sets: dict[str, bool]) -> Summary:
    """One question a set, found or not as the set says."""
    questions = [replace(question(GROUP, id=name), set_name=name) for name in sets]
    answers = {name: given(*([CASES] if found else []), id=name, answer=None) for name, found in sets.items()}
    scored, _ = score_all(questions, answers, TEXTS)
    return summarise(scored, {})


def test_the_held_out_questions_come_before_the_other_sets():
    table = headline_table(summary_of({"first": True, "heldout": False, "second": True}))
    assert table.columns == (
        *("Measure", "held-out", "95 % interval", "first", "second"),
        *("all questions", "95 % interval"),
    )
    assert table.rows[0] == (
        *("coverage@5", "0.000", "0.000 to 0.000", "1.000", "1.000"),
        *("0.667", "0.000 to 1.000"),
    )


def test_it_is_said_what_the_held_out_questions_are_for():
    assert "nothing is fitted to them" in held_out_sentence(summary_of({"first": True, "heldout": True}))


def test_without_held_out_questions_nothing_is_said_of_them():
    summary = summary_of({"first": True, "second": True})
    assert held_out_sentence(summary) == ""
    assert "held-out" not in headline_table(summary).columns


def test_a_single_set_has_no_column_of_its_own():
    table = headline_table(summary_of({"first": True}))
    assert table.columns == ("Measure", "all questions", "95 % interval")


def test_only_measures_that_a_question_speaks_to_have_a_row():
    names = [row[0] for row in headline_table(summary_of({"first": True})).rows]
    assert names == ["coverage@5", "coverage@2000c", "MRR@10"]
