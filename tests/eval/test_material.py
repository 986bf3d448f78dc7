"""The bundled question sets: what is tuned on and what is only reported on."""

from eval.material import BUNDLED_QUESTIONS, DEVELOPMENT_QUESTIONS, HELD_OUT_QUESTIONS, read_material
from eval.question import HELD_OUT


def test_all_four_sets_are_asked_where_none_is_named():
    material = read_material(None, ())
    assert material.settings["question_files"] == [path.name for path in BUNDLED_QUESTIONS]
    assert sorted({question.set_name for question in material.questions}) == [
        HELD_OUT,
        "project",
        "questions",
        "reworded",
    ]


def test_every_question_of_the_held_out_file_is_marked_as_such_and_no_other_is():
    held = read_material(None, HELD_OUT_QUESTIONS).questions
    others = read_material(None, DEVELOPMENT_QUESTIONS).questions
    assert {question.set_name for question in held} == {HELD_OUT}
    assert HELD_OUT not in {question.set_name for question in others}


def test_no_held_out_question_is_asked_in_a_development_set():
    held = read_material(None, HELD_OUT_QUESTIONS).questions
    others = read_material(None, DEVELOPMENT_QUESTIONS).questions
    alone = {question.text for question in held if not question.history}
    assert alone.isdisjoint(question.text for question in others if not question.history)
