"""The lexical index ranks by BM25, as a slow implementation in plain Python does."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.lexical import BODY_WEIGHT, CONTEXT_WEIGHT, K1, B, LexicalIndex, write_lexical
from index.words import analyse

Passages = Sequence[tuple[str, str]]

PASSAGES = [
    ("Inspectors referred 13 cases back to the authority.", "Advice letter"),
    ("The authority did not keep records of cases.", "Advice letter"),
    ("Social workers said that caseloads are manageable.", "Focused visit"),
    ("Managers refer cases to the improvement board.", "Improvement letter"),
]


def index_of(passages: Passages, folder: Path) -> LexicalIndex:
    write_lexical(passages, folder / "words")
    return LexicalIndex(folder / "words")


def plain_bm25(passages: Passages, weights: Mapping[str, float]) -> list[float]:
    """The score of every passage, straight from the formula in the module's docstring."""
    scores = [0.0] * len(passages)
    both = [[analyse(passage[field]) for passage in passages] for field in (0, 1)]
    for fields, share in zip(both, (BODY_WEIGHT, CONTEXT_WEIGHT), strict=True):
        mean = sum(map(len, fields)) / len(fields)
        for term, weight in weights.items():
            holding = max(sum(term in terms for terms in one) for one in both)
            idf = math.log(1 + (len(fields) - holding + 0.5) / (holding + 0.5))
            for row, terms in enumerate(fields):
                count = terms.count(term)
                norm = K1 * (1 - B + B * len(terms) / mean)
                scores[row] += weight * share * idf * count * (K1 + 1) / (count + norm)
    return scores


def random_passages(count: int) -> Passages:
    """Passages of up to 40 words, whose lengths are kept exactly, out of a few words, so that ties occur."""
    chance = random.Random(3)
    words = [f"word{n}" for n in range(30)]
    return [
        (" ".join(chance.choices(words, k=chance.randint(1, 40))), " ".join(chance.choices(words, k=4)))
        for _ in range(count)
    ]


def test_it_scores_and_ranks_as_the_formula_does(tmp_path: Path) -> None:
    passages = random_passages(400)
    index = index_of(passages, tmp_path)
    chance = random.Random(4)

    for _ in range(25):
        weights = {f"word{n}": chance.choice([0.3, 1.0, 2.5]) for n in chance.sample(range(30), 6)}
        expected = plain_bm25(passages, weights)
        found = index.search(weights, 400)
        assert len(found) == sum(score > 0 for score in expected)
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
        for row, score in found:
            assert score == pytest.approx(expected[row], abs=2e-3)


def test_a_word_of_most_titles_is_not_rare_for_standing_in_few_bodies(tmp_path: Path) -> None:
    titled = [("Caseloads are high.", "Ofsted letter")] * 8
    index = index_of([*titled, ("Ofsted wrote this.", ""), ("Plans were late.", "")], tmp_path)

    assert index.search({"ofst": 1.0, "plan": 1.0}, 1)[0][0] == 9


def test_the_weight_of_a_term_decides(tmp_path: Path) -> None:
    index = index_of(PASSAGES, tmp_path)

    assert index.search({"record": 2.0, "caseload": 1.0}, 1)[0][0] == 1
    assert index.search({"record": 1.0, "caseload": 2.0}, 1)[0][0] == 2


def test_the_order_in_which_weights_are_given_does_not_matter(tmp_path: Path) -> None:
    index = index_of(random_passages(100), tmp_path)
    weights = {f"word{n}": 1 / (n + 1) for n in range(12)}
    backwards = dict(reversed(weights.items()))

    assert index.search(weights, 50) == index.search(backwards, 50)


def test_a_word_of_the_context_finds_the_passage_but_counts_less(tmp_path: Path) -> None:
    index = index_of([("visit", "letter"), ("letter", "visit")], tmp_path)

    (first, high), (second, low) = index.search({"visit": 1.0}, 2)

    assert (first, second) == (0, 1)
    assert low == pytest.approx(high * CONTEXT_WEIGHT / BODY_WEIGHT, abs=1e-3)


def test_equal_passages_are_in_row_order_also_at_the_cut(tmp_path: Path) -> None:
    index = index_of([("other words", ""), *[("the same words", "")] * 20], tmp_path)

    assert [row for row, _ in index.search({"same": 1.0, "word": 0.5}, 5)] == [1, 2, 3, 4, 5]


def test_k_larger_than_the_index_gives_only_passages_with_a_term(tmp_path: Path) -> None:
    index = index_of(PASSAGES, tmp_path)

    assert sorted(row for row, _ in index.search({"refer": 1.0}, 1000)) == [0, 3]


def test_unknown_words_no_words_and_weightless_words_find_nothing(tmp_path: Path) -> None:
    index = index_of(PASSAGES, tmp_path)

    assert index.search({"pineappl": 1.0}, 10) == []
    assert index.search({}, 10) == []
    assert index.search({"refer": 0.0}, 10) == []


@pytest.mark.parametrize("weight", [-1.0, math.nan, math.inf])
def test_a_weight_that_is_no_weight_is_refused(weight: float, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="The weight of 'refer' is"):
        index_of(PASSAGES, tmp_path).search({"refer": weight}, 10)


def test_document_frequency_counts_passages_not_contexts(tmp_path: Path) -> None:
    index = index_of(PASSAGES, tmp_path)

    assert index.document_frequency("case") == 3
    assert index.document_frequency("letter") == 0
    assert index.document_frequency("pineappl") == 0


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = index_of([], tmp_path)

    assert len(index) == 0
    assert index.search({"case": 1.0}, 10) == []


def test_a_folder_without_an_index_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="holds no index of words"):
        LexicalIndex(tmp_path)
