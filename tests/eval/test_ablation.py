"""Each part switched off by itself, with an assistant whose answers hang on one part alone."""

from dataclasses import replace

import pytest

from eval.ablation import WHOLE, Variant, ablate, ablation_table, weights_without
from eval.measure import score_all
from qa.answer import Answer, Citation, Hit, Status
from qa.weights import PARTS, SHIPPED, Weights
from tests.eval.worked_example import TEXTS, given, place, question, quote

CASES = place("letter.txt", "They referred 65 cases back to the authority.")
WEAK = place("letter.txt", "Leadership was weak.")
GROUP = [quote("letter.txt", "They referred 65 cases back to the authority.")]
QUESTIONS = [question(GROUP, id=f"q{n}", accept=[["65"]]) for n in range(6)]


class OneSentence:
    """Answers every question with the right sentence, or with a wrong one where words do not count."""

    def __init__(self, weights: Weights) -> None:
        self._span = CASES if weights.lexical else WEAK

    def ask(self, question, history=()):
        span = self._span
        said = TEXTS[span.document][span.start : span.end]
        citation = Citation(1, span.document, span.start, span.end, said, "paragraph 1", None, None)
        hits: tuple[Hit, ...] = ()
        return Answer(question, Status.ANSWERED, f"{said} [1]", (citation,), hits, 0.9, question)


def variants(parts, questions=QUESTIONS) -> tuple[Variant, ...]:
    return ablate(OneSentence, parts, questions, TEXTS, progress=lambda done, total: None)


def test_the_whole_system_is_asked_first_and_then_it_without_each_part():
    assert [one.name for one in variants(["dense", "lexical"])] == [WHOLE, "without dense", "without lexical"]


def test_a_part_that_matters_is_marked_and_one_that_does_not_is_not():
    whole, dense, lexical = ablation_table(variants(["dense", "lexical"])).rows
    # All of six differences have the same sign: p = 2 of 64 throws = .03.
    assert whole[4:6] == dense[4:6] == ("1.000", "1.000")
    assert lexical[4:6] == ("0.000*", "0.000*")


def test_too_few_questions_prove_nothing():
    rows = ablation_table(variants(["lexical"], QUESTIONS[:5])).rows
    assert rows[1][4] == "0.000"  # p = 2 of 32 throws = .06


def test_the_held_out_questions_have_a_figure_of_their_own():
    held = [replace(one, set_name="heldout") for one in QUESTIONS[:2]]
    table = ablation_table(variants(["lexical"], [*held, *QUESTIONS[2:]]))
    assert table.caption.startswith("6 questions / 2 held-out questions; * differs from the whole system")
    assert [row[4] for row in table.rows] == ["1.000 / 1.000", "0.000* / 0.000"]


def test_a_measure_that_no_question_speaks_to_has_a_dash():
    scored, _ = score_all([question(answerable=False)], {"q1": given(answer=None)}, TEXTS)
    assert set(ablation_table([Variant(WHOLE, scored)]).rows[0][1:]) == {"–"}


def test_parts_are_switched_off_together():
    assert weights_without(()) == SHIPPED
    assert weights_without(["dense", "times"]) == replace(SHIPPED, dense=0.0, times=0.0)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_switched_off(part):
    assert weights_without([part]) != SHIPPED
