"""The documents' own words are counted, told from names, and found by their meaning."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.abbreviations import find_abbreviations
from corpus.document import Details, Document, Role, Sentence
from index.encode import Vectors
from index.errors import IndexDamaged
from index.vocabulary import Term, Vocabulary, choose_terms, count_words, write_vocabulary

SENTENCES = (
    ("Key Findings for Rotherham", Role.HEADING),
    ("Inspectors met staff of Rotherham Council.", Role.PROSE),
    ("Findings of inspectors were shared.", Role.PROSE),
    ("The independent reviewing officer (IRO) met 13 children’s guardians in Rotherham.", Role.PROSE),
    ("Children's plans were late, said the inspector.", Role.ITEM),
)


def document_of(*sentences: tuple[str, Role]) -> Document:
    text, spans = "", []
    for words, role in sentences:
        spans.append(Sentence(len(text), len(text) + len(words), role))
        text += words + "\n"
    return Document("a.txt", Details("A"), "0" * 64, text, sentences=tuple(spans))


def write(folder: Path, vectors: Vectors, *sentences: tuple[str, Role]) -> Vocabulary:
    document = document_of(*sentences)
    write_vocabulary(count_words([document]), find_abbreviations(document.text), folder)
    np.save(folder / "word_vectors.npy", vectors.astype(np.float16))
    return Vocabulary(folder)


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    return write(tmp_path, np.zeros((0, 3)), *SENTENCES)


def test_words_are_counted_in_lower_case_with_plain_apostrophes(vocabulary: Vocabulary) -> None:
    counts = vocabulary.counts

    assert {word: counts[word] for word in ("rotherham", "inspectors", "children's", "13", "iro")} == {
        "rotherham": 3,
        "inspectors": 2,
        "children's": 2,
        "13": 1,
        "iro": 1,
    }
    assert list(counts) == sorted(counts)


@pytest.mark.parametrize("word", ["Rotherham", "rotherham", "council", "IRO"])
def test_what_has_a_capital_inside_sentences_is_a_name(word: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.is_name(word)


@pytest.mark.parametrize("word", ["inspectors", "Children's", "Findings", "plans", "13", "absent"])
def test_what_has_a_capital_only_at_the_start_or_in_headings_is_none(
    word: str, vocabulary: Vocabulary
) -> None:
    assert not vocabulary.is_name(word)


def test_terms_are_the_most_frequent_with_their_commonest_word_in_alphabetical_order() -> None:
    words = count_words([document_of(*SENTENCES)])

    # children's 2, findings 2, inspector(s) 3, met 2, rotherham 3, the 2, were 2; then in alphabetical order
    assert choose_terms(words, most=8) == [
        Term("children", "children's"),
        Term("council", "council"),
        Term("find", "findings"),
        Term("inspector", "inspectors"),
        Term("met", "met"),
        Term("rotherham", "rotherham"),
        Term("the", "the"),
        Term("were", "were"),
    ]


def test_numbers_and_words_of_two_letters_are_no_terms() -> None:
    words = count_words([document_of(("The 13 of 2b3 or S60 met in 2,014.", Role.PROSE))])

    assert [term.term for term in choose_terms(words)] == ["met", "the"]


def test_abbreviations_come_back_once_each(tmp_path: Path) -> None:
    sentence = SENTENCES[3]
    vocabulary = write(tmp_path, np.zeros((0, 3)), sentence, sentence)

    assert vocabulary.abbreviations == (("IRO", "independent reviewing officer"),)


def test_the_nearest_terms_come_first_and_ties_in_alphabetical_order(tmp_path: Path) -> None:
    east, north, up = np.eye(3)
    words = ("zebras apples bananas cherries", Role.PROSE)  # terms: appl, banana, cherri, zebra
    vocabulary = write(tmp_path, np.stack([east, north, north, (north + up) / 2**0.5]), words)

    first, second = vocabulary.nearest(np.stack([north, up]).astype(np.float32), 3)

    assert [term for term, _ in first] == ["banana", "cherri", "zebra"]
    assert [cosine for _, cosine in first] == pytest.approx([1, 1, 0.707], abs=1e-3)
    assert [term for term, _ in second] == ["zebra", "appl", "banana"]
    assert [len(found) for found in vocabulary.nearest(np.eye(3, dtype=np.float32), 99)] == [4, 4, 4]


def test_the_nearest_terms_are_those_of_sorting_all_cosines(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    names = sorted(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(300))
    vectors = chance.integers(-1, 2, size=(300, 4)).astype(np.float32)  # few directions: many ties
    vocabulary = write(tmp_path, vectors, (" ".join(names), Role.PROSE))

    for query in chance.integers(-1, 2, size=(20, 4)).astype(np.float32):
        expected = sorted((-float(vectors[row] @ query), vocabulary.terms[row].term) for row in range(300))
        assert [term for term, _ in vocabulary.nearest(query[np.newaxis], 25)[0]] == [
            term for _, term in expected[:25]
        ]


def test_a_missing_file_is_damage(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert "rotherham" in json.loads((tmp_path / "written_words.json").read_text())["words"]
    (tmp_path / "written_words.json").unlink()

    with pytest.raises(IndexDamaged, match=r"written_words\.json cannot be read"):
        Vocabulary(tmp_path)
