"""What the reader is trained on: examples of the right size, and negatives that hold no answer."""

from __future__ import annotations

import random

import numpy as np
import pytest

pytest.importorskip("sklearn")

from eval.reader_examples import Asked, Example, Passage, occurrences, pieces, without_sentences_at
from eval.reader_material import examples
from eval.reader_negatives import Mine, removed, swapped

PARAGRAPH = (
    "The bridge over the river was opened in 1903. It was built by Ann Brown of Northby. "
    "The older bridge had stood there for ninety years and was taken down for its stone."
)


def nothing(texts):
    """No likeness of meaning: similar passages are found by their words."""
    return np.zeros((len(texts), 2), dtype=np.float32)


def example(question: str = "Who built the bridge?", answer: str = "Ann Brown") -> Example:
    spans = occurrences(PARAGRAPH, [answer])
    return Example(question, Passage("Bridge", PARAGRAPH), True, spans, "set")


def test_an_answer_is_found_as_whole_words_wherever_it_stands() -> None:
    assert occurrences("An art. The Art of art", ["art"]) == ((3, 6), (12, 15), (19, 22))
    assert occurrences("party", ["art"]) == ()


def test_a_paragraph_is_cut_between_sentences_and_nothing_is_lost() -> None:
    cut = pieces(PARAGRAPH, 60)
    assert len(cut) > 1
    assert " ".join(cut) == PARAGRAPH
    assert all(piece.endswith(".") for piece in cut)


def test_a_passage_without_its_answering_sentence_answers_no_more() -> None:
    less = removed(example())
    assert less is not None
    assert not less.answers
    assert "Ann Brown" not in less.passage.text
    assert "opened in 1903" in less.passage.text


def test_nothing_is_removed_where_the_answer_would_be_left() -> None:
    text = f"{PARAGRAPH} Ann Brown lived in Southby."
    both = Example("Who?", Passage("", text), True, occurrences(text, ["Ann Brown of Northby"]), "set")
    assert removed(both) is not None
    again = Example("Who?", Passage("", text), True, occurrences(text, ["Ann Brown"])[:1], "set")
    assert removed(again) is None


def test_a_swapped_question_names_what_the_passage_does_not() -> None:
    other = swapped(example("What was opened in 1903?", "bridge"), [], random.Random(1))
    assert other is not None
    assert not other.answers
    assert "1903" not in other.question


def test_a_question_without_year_number_or_name_is_not_swapped() -> None:
    assert swapped(example(), ["Southby"], random.Random(1)) is None


def test_a_similar_passage_never_holds_the_answer() -> None:
    passages = (
        Passage("Bridge", PARAGRAPH),
        Passage("Bridge", "Ann Brown built a bridge."),
        Passage("Bridge", "The bridge is long."),
    )
    mined = Mine(passages, nothing).similar([example()], random.Random(1))
    assert [one.passage.text for one in mined] == ["The bridge is long."]


def test_similar_passages_are_found_by_meaning_too() -> None:
    passages = (
        Passage("Bridge", PARAGRAPH),
        *(
            Passage("", f"The bridge of town {number} has lamps, two lanes and a toll.")
            for number in range(20)
        ),
        Passage("", "A crossing over water."),
    )

    def embed(texts):
        near = [text.endswith("water.") or text.startswith("Who") for text in texts]
        return np.array([[float(one), float(not one)] for one in near], dtype=np.float32)

    drawn = {
        one.passage.text
        for seed in range(20)
        for one in Mine(passages, embed).similar([example()], random.Random(seed))
    }
    assert "A crossing over water." in drawn


def test_sentences_are_taken_out_whole() -> None:
    assert without_sentences_at("One is. Two is. Three is.", [(8, 11)]) == "One is. Three is."


def test_the_same_seed_makes_the_same_examples() -> None:
    asked = [
        Asked(f"Who built bridge {number}?", f"Bridge {number}", PARAGRAPH, ("Ann Brown",), True, "set")
        for number in range(20)
    ]
    assert examples(asked, nothing, seed=1) == examples(asked, nothing, seed=1)
    assert {one.answers for one in examples(asked, nothing, seed=1)} == {True, False}
