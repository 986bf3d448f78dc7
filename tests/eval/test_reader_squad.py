"""F1 and silence on SQuAD 2.0, against values worked out by hand."""

import pytest

from eval.reader_squad import Reply, f1, result


def test_f1_is_the_overlap_of_words_without_articles_and_punctuation() -> None:
    assert f1("the Northby bridge", ["Northby Bridge."]) == 1.0
    assert f1("bridge over the river", ["river bridge"]) == pytest.approx(2 * 2 / (3 + 2))
    assert f1("lake", ["river", "lake"]) == 1.0
    assert f1("lake", []) == 0.0


def test_the_best_threshold_answers_the_sure_and_is_silent_on_the_rest() -> None:
    replies = [Reply(0.9, 1.0, True), Reply(0.8, 0.5, True), Reply(0.3, 0.0, False), Reply(0.2, 0.4, True)]
    scored = result(replies)
    assert scored.questions == 4
    assert scored.f1 == pytest.approx((1.0 + 0.5 + 1.0) / 4)
    assert scored.accuracy == pytest.approx(3 / 4)


def test_always_silent_gets_the_share_of_questions_without_an_answer() -> None:
    assert result([Reply(0.9, 0.0, False), Reply(0.1, 0.0, True)]).f1 == 0.5
