"""Ranking measures: how qrels come about, and the library's figures against ones worked out by hand."""

from math import log2

import pytest

from eval.question import Question
from eval.ranking import Judged, judge, score
from eval.span import Span
from eval.trec import write_qrels, write_run
from tests.eval.worked_example import given, place, question, quote

WEAK = place("letter.txt", "Leadership was weak.")
STRONG = place("report.txt", "Leadership was strong.")
BOARD = place("letter.txt", "The board was not compliant.")
ASKED = question(
    [quote("letter.txt", "Leadership was weak.")], [quote("report.txt", "Leadership was strong.")]
)


def doc(span: Span) -> str:
    return f"{span.document}#{span.start}-{span.end}"


def test_a_group_is_credited_to_the_first_passage_that_shows_it():
    wider = Span(WEAK.document, WEAK.start - 5, WEAK.end)
    judged = judge(ASKED, given(BOARD, WEAK, wider, STRONG))
    assert judged.ranked == (doc(BOARD), doc(WEAK), doc(wider), doc(STRONG))
    assert judged.qrels == ((doc(WEAK), 1), (doc(STRONG), 1))


def test_a_group_that_nothing_shows_stands_in_the_qrels_as_not_found():
    assert judge(ASKED, given(STRONG)).qrels == ((doc(STRONG), 1), ("not-found-1", 1))


def test_a_passage_that_shows_two_groups_has_grade_two():
    both = question(
        [quote("letter.txt", "Leadership was weak.")], [quote("letter.txt", "The board was not compliant.")]
    )
    whole = Span("letter.txt", BOARD.start, WEAK.end)
    assert judge(both, given(whole)).qrels == ((doc(whole), 2),)


def test_the_same_stretch_twice_is_one_document():
    assert judge(ASKED, given(WEAK, WEAK, STRONG)).ranked == (doc(WEAK), doc(STRONG))


def test_the_librarys_figures_are_those_worked_out_by_hand():
    # Two relevant documents, found at ranks 2 and 4.
    judged = Judged(qrels=(("b", 1), ("d", 1)), ranked=("a", "b", "c", "d"))
    values = score({"q": judged})["q"]
    assert values == {
        "success@1": 0.0,
        "success@5": 1.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "MRR@10": 0.5,
        "nDCG@10": pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3))),
    }


def test_what_stands_below_the_depth_does_not_count():
    ranked = tuple("abcdefghijkl")
    values = score({"q": Judged(qrels=(("f", 1), ("k", 1)), ranked=ranked)})["q"]
    assert values["recall@5"] == 0.0
    assert values["recall@10"] == 0.5
    assert values["MRR@10"] == pytest.approx(1 / 6)


def test_grades_weigh_in_ndcg():
    values = score({"q": Judged(qrels=(("a", 1), ("b", 2)), ranked=("a", "b"))})["q"]
    assert values["nDCG@10"] == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))


def test_a_question_without_an_answer_is_zero_and_not_left_out():
    values = score({"q": judge(ASKED, None), "r": judge(ASKED, given(WEAK, id="r"))})
    assert set(values["q"].values()) == {0.0}
    assert values["r"]["success@1"] == 1.0


def test_more_than_ten_passages_keep_their_order():
    ranked = tuple(f"d{number}" for number in range(20))
    assert score({"q": Judged((("d2", 1),), ranked)})["q"]["MRR@10"] == pytest.approx(1 / 3)


def test_whole_documents_are_judged_where_there_are_no_quotes():
    asked = Question("q", "x", (), "beir", "tests", True, relevant=(("report.txt", 2),))
    judged = judge(asked, given(WEAK, BOARD, STRONG))
    assert judged.ranked == ("letter.txt", "report.txt")
    assert score({"q": judged})["q"]["MRR@10"] == 0.5


def test_trec_files_hold_what_other_tools_read(tmp_path):
    judged = {"q1": judge(ASKED, given(Span("a file.txt", 0, 5), STRONG))}
    write_run(tmp_path / "run.trec", judged, tag="tests")
    write_qrels(tmp_path / "qrels.trec", judged)
    assert (tmp_path / "run.trec").read_text() == (
        f"q1 Q0 a%20file.txt#0-5 1 2 tests\nq1 Q0 {doc(STRONG)} 2 1 tests\n"
    )
    assert (tmp_path / "qrels.trec").read_text() == f"q1 0 {doc(STRONG)} 1\nq1 0 not-found-1 1\n"


def test_another_reader_of_the_trec_files_gets_the_same_figures(tmp_path):
    import ir_measures

    judged = {"q1": judge(ASKED, given(BOARD, STRONG)), "q2": judge(ASKED, None)}
    write_run(tmp_path / "run.trec", judged, tag="tests")
    write_qrels(tmp_path / "qrels.trec", judged)
    theirs = ir_measures.calc_aggregate(
        [ir_measures.nDCG @ 10],
        list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.trec"))),
        list(ir_measures.read_trec_run(str(tmp_path / "run.trec"))),
    )
    ours = [values["nDCG@10"] for values in score(judged).values()]
    assert list(theirs.values()) == [pytest.approx(sum(ours) / 2)]
