"""All measures of one question, worked out by hand."""

from dataclasses import replace

import pytest

from eval.measure import HEADLINE, MEASURES, SHOWN, score_all
from tests.eval.worked_example import TEXTS, given, place, question, quote

WEAK = place("letter.txt", "Leadership was weak.")
CASES = place("letter.txt", "They referred 65 cases back to the authority.")
ASKED = question([quote("letter.txt", "They referred 65 cases back to the authority.")], accept=[["65"]])
UNANSWERABLE = question(id="q3", kind="near_miss", answerable=False)


def values_of(asked, one):
    scored, _ = score_all([asked], {} if one is None else {one.id: one}, TEXTS)
    return scored[0].values


def test_a_right_answer_in_second_place():
    one = given(WEAK, CASES, answer="They referred 65 cases back to the authority. [1]", cited=[CASES],
                confidence=0.8, elapsed_ms=20.0)  # fmt: skip
    values = values_of(ASKED, one)
    assert (values["coverage@1"], values["coverage@2"], values["MRR@10"]) == (0.0, 1.0, 0.5)
    assert (values["correct"], values["citation_recall"], values["citation_precision"]) == (1.0, 1.0, 1.0)
    assert (values["verbatim"], values["answered"], values["silence"]) == (1.0, 1.0, None)
    assert values["brier"] == pytest.approx(0.04)
    assert values["answer_characters"] == len("They referred 65 cases back to the authority. [1]")
    assert values["elapsed_ms"] == 20.0


def test_a_question_without_an_answer_line_is_zero_in_everything_that_counts_it():
    values = values_of(ASKED, None)
    retrieval = ("coverage@5", "coverage@2000c", "MRR@10", "nDCG@10")
    answering = ("correct", "citation_recall", "citation_precision", "answered")
    assert {values[name] for name in retrieval + answering} == {0.0}
    assert values["answer_characters"] is None


def test_a_follow_up_is_counted_among_the_follow_ups_too():
    followed = replace(ASKED, history=("How was leadership?",))
    assert values_of(followed, given(CASES))["followup_coverage@5"] == 1.0
    assert values_of(followed, None)["followup_coverage@5"] == 0.0
    assert values_of(ASKED, given(CASES))["followup_coverage@5"] is None


def test_a_missing_line_is_not_silence():
    assert values_of(UNANSWERABLE, None)["silence"] == 0.0


def test_silence_is_right_on_an_unanswerable_question_and_nothing_else_is_judged():
    values = values_of(UNANSWERABLE, given(WEAK, id="q3", answerable=False, confidence=0.3))
    assert values["silence"] == 1.0
    assert values["answered"] is None
    assert values["coverage@5"] is None
    assert values["brier"] == pytest.approx(0.09)


def test_an_answer_to_an_unanswerable_question_is_not_silence():
    assert values_of(UNANSWERABLE, given(id="q3", answer="Weak. [1]", cited=[WEAK]))["silence"] == 0.0


def test_citing_what_contradicts_a_false_premise_is_as_right_as_silence():
    premise = question([quote("letter.txt", "Leadership was weak.")], kind="false_premise", answerable=False)
    assert values_of(premise, given(answer="Leadership was weak. [1]", cited=[WEAK]))["silence"] == 1.0
    assert values_of(premise, given(answer="65 cases. [1]", cited=[CASES]))["silence"] == 0.0


def test_a_system_that_only_retrieves_is_scored_for_its_passages_alone():
    values = values_of(ASKED, given(CASES, answer=None))
    assert values["coverage@1"] == 1.0
    assert {values[name] for name in ("correct", "answered", "citation_recall", "verbatim")} == {None}


def test_every_measure_has_a_name_of_its_own():
    names = [measure.name for measure in MEASURES]
    assert len(names) == len(set(names))
    assert set(HEADLINE) <= set(SHOWN) <= set(names)
