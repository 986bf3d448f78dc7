"""Building keeps rows together, encodes only what is new, and replaces the index as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document, Passage, Skipped
from index.build import BuildReport, build_index
from index.encode import Encoder, Tokens, Vectors, no_tokens
from index.errors import IndexBusy
from index.generations import writing
from index.progress import Progress
from index.searchable import passage_text, sentence_text
from index.store import SearchIndex, open_index
from index.words import analyse
from tests.fakes import HashedWords

LETTER = ("Inspectors referred 13 cases back. Managers agreed.", "Records were poor.", "The board met twice.")
VISIT = ("Social workers like working in Rotherham.", "Caseloads are manageable. Morale is high.")

MakeDocument = Callable[..., Document]
Build = Callable[..., BuildReport]
Open = Callable[..., SearchIndex]


@pytest.fixture
def build(tmp_path: Path, split: Callable[[Document], tuple[Passage, ...]], encoder: Encoder) -> Build:
    def run(
        *documents: Document,
        encoder: Encoder = encoder,
        chunking: str = "paragraphs",
        skipped: Sequence[Skipped] = (),
        progress: Callable[[Progress], None] = lambda _: None,
        most_token_passages: int = 1000,
    ) -> BuildReport:
        return build_index(
            documents,
            skipped,
            "state 1",
            tmp_path,
            encoder,
            progress=progress,
            split=split,
            chunking=chunking,
            most_token_passages=most_token_passages,
        )

    return run


@pytest.fixture
def opened(tmp_path: Path, encoder: Encoder) -> Open:
    return lambda encoder=encoder: open_index(tmp_path, encoder, chunking="paragraphs")


def test_row_i_is_passage_i_for_vectors_words_and_contents(
    build: Build, opened: Open, make_document: MakeDocument, encoder
) -> None:
    build(make_document("a.txt", *LETTER), make_document("b.txt", *VISIT))

    with opened() as index:
        assert len(index) == 5
        for row in range(5):
            passage = index.passage(row)
            assert index.dense(encoder.encode_queries([passage_text(passage)])[0], 1)[0][0] == row
            assert index.lexical(dict.fromkeys(analyse(passage.text), 1.0), 1)[0][0] == row
            document = index.document(passage.document_id)
            texts = [sentence_text(document, passage, sentence) for sentence in passage.sentences]
            assert index.sentence_vectors(row) == pytest.approx(encoder.encode_queries(texts), abs=1e-3)


def test_documents_come_back_equal_and_in_order(
    build: Build, opened: Open, make_document: MakeDocument
) -> None:
    documents = [make_document("b.txt", *VISIT), make_document("a.txt", *LETTER)]
    skipped = (Skipped("broken.pdf", 3, "The page has no text."),)

    report = build(*documents, skipped=skipped)

    with opened() as index:
        assert index.document_ids() == ("b.txt", "a.txt")
        assert [index.document(document_id) for document_id in index.document_ids()] == documents
        assert index.details() == tuple((document.id, document.details) for document in documents)
        assert (index.state, index.skipped, report.skipped) == ("state 1", skipped, skipped)


def test_every_text_is_encoded_once_at_first(build: Build, make_document: MakeDocument, encoder) -> None:
    report = build(make_document("a.txt", *LETTER))

    assert (report.passages, report.sentences) == (3, 4)
    assert (report.encoded, report.reused) == (7, 0)
    # agreed, back, board, cases, inspectors, managers, met, poor, records, referred, the, twice, were
    assert (report.encoded_words, report.reused_words) == (13, 0)
    assert len(encoder.encoded) == 20


def test_nothing_is_encoded_when_nothing_has_changed(
    build: Build, make_document: MakeDocument, encoder
) -> None:
    build(make_document("a.txt", *LETTER))
    encoder.encoded.clear()

    report = build(make_document("a.txt", *LETTER))

    assert encoder.encoded == []
    assert (report.encoded, report.reused) == (0, 7)
    assert (report.encoded_words, report.reused_words) == (0, 13)


def test_editing_a_document_encodes_only_its_changed_passages_and_sentences_and_its_new_words(
    build: Build, opened: Open, make_document: MakeDocument, encoder
) -> None:
    visit = make_document("b.txt", *VISIT)
    build(make_document("a.txt", *LETTER), visit)
    encoder.encoded.clear()

    build(make_document("a.txt", "An added paragraph.", LETTER[0], "Records were good.", LETTER[2]), visit)

    assert sorted(encoder.encoded) == [
        "Findings\nAn added paragraph.",
        "Findings\nRecords were good.",
        "Letter a.txt\nAn added paragraph.",
        "Letter a.txt\nRecords were good.",
        "added",
        "good",
        "paragraph",
    ]
    with opened() as index:  # rows have moved: their vectors must have moved with them
        for row in range(len(index)):
            query = encoder.encode_queries([passage_text(index.passage(row))])[0]
            assert index.dense(query, 1) == [(row, 1.0)]
            assert_tokens_are_words(index, row, encoder)
        words = ["good", "caseloads", "records"]
        nearest = index.nearest_words(encoder.encode_queries(words), 1)
        assert nearest == [[("good", 1.0)], [("caseload", 1.0)], [("record", 1.0)]]


def assert_tokens_are_words(index: SearchIndex, row: int, encoder) -> None:
    """Those of the context first, then those of the passage, each in its place with its own vector."""
    passage, tokens = index.passage(row), index.tokens(row)
    text = index.document(passage.document_id).text
    context = passage.context.split()
    words = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True) if start >= 0]
    assert words == passage.text.split()
    assert (
        tokens.starts[: len(context)].tolist() == tokens.ends[: len(context)].tolist() == [-1] * len(context)
    )
    assert np.array_equal(tokens.vectors, encoder.encode_queries([*context, *words]))


def test_every_passage_has_its_tokens(
    build: Build, opened: Open, make_document: MakeDocument, encoder
) -> None:
    build(make_document("a.txt", *LETTER), make_document("b.txt", *VISIT, LETTER[0]))

    with opened() as index:
        assert index.has_tokens
        for row in range(6):
            assert_tokens_are_words(index, row, encoder)


def test_above_a_number_of_passages_tokens_are_not_stored(
    build: Build, opened: Open, make_document: MakeDocument, encoder
) -> None:
    build(make_document("a.txt", *LETTER), most_token_passages=2)

    with opened() as index:
        assert not index.has_tokens
        assert index.dense(encoder.encode_queries(["Records were poor."])[0], 1)[0][0] == 1
        with pytest.raises(LookupError, match=r"made without tokens; ask has_tokens"):
            index.tokens(0)


def test_passages_are_encoded_again_where_their_tokens_were_not_stored(
    build: Build, opened: Open, make_document: MakeDocument, encoder
) -> None:
    build(make_document("a.txt", *LETTER), most_token_passages=2)

    report = build(make_document("a.txt", *LETTER))

    assert (report.encoded, report.reused) == (3, 4)
    with opened() as index:
        for row in range(3):
            assert_tokens_are_words(index, row, encoder)


def test_a_model_without_tokens_makes_an_index_without_them(
    build: Build, opened: Open, make_document: MakeDocument
) -> None:
    encoder = Tokenless()
    build(make_document("a.txt", *LETTER), encoder=encoder)

    report = build(make_document("a.txt", *LETTER), encoder=encoder)

    assert (report.encoded, report.reused) == (0, 7)
    with opened(encoder) as index:
        assert not index.has_tokens


class Tokenless(HashedWords):
    """A model that gives its tokens no vectors."""

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        return self.encode_documents(texts), [no_tokens(self.width) for _ in texts]


def test_an_index_built_step_by_step_answers_as_one_built_at_once(
    build: Build, opened: Open, make_document: MakeDocument, encoder
) -> None:
    letter, visit = make_document("a.txt", *LETTER), make_document("b.txt", *VISIT)
    query = encoder.encode_queries(["cases referred back by inspectors"])[0]
    weights = {"case": 1.0, "referr": 0.5, "caseload": 2.0}

    build(letter, visit)
    with opened() as index:
        at_once = answers(index, query, weights)
    build(make_document("c.txt", "Something else."), visit)
    build(letter, visit)
    with opened() as index:
        step_by_step = answers(index, query, weights)

    assert step_by_step == at_once


def answers(index: SearchIndex, query: Vectors, weights: dict[str, float]) -> tuple[object, ...]:
    return (
        index.dense(query, 10),
        index.lexical(weights, 10),
        index.sentence_vectors(2).tolist(),
        [index.tokens(row).vectors.tolist() for row in range(len(index))],
        index.token_idf(np.arange(30_000)).tolist(),
        index.nearest_words(query[np.newaxis], 10),
        index.written_words(),
    )


def test_a_text_that_occurs_twice_is_encoded_once(
    build: Build, opened: Open, make_document: MakeDocument, encoder
) -> None:
    build(make_document("a.txt", "The same words.", "The same words."))

    texts = [text for text in encoder.encoded if "\n" in text]
    assert texts == ["Letter a.txt\nThe same words.", "Findings\nThe same words."]
    with opened() as index:
        assert np.array_equal(index.sentence_vectors(0), index.sentence_vectors(1))
        assert_tokens_are_words(index, 1, encoder)


def test_another_model_encodes_everything_anew(
    build: Build, opened: Open, make_document: MakeDocument, other_encoder
) -> None:
    build(make_document("a.txt", *LETTER))

    report = build(make_document("a.txt", *LETTER), encoder=other_encoder)

    assert (report.encoded, report.reused) == (7, 0)
    with opened(other_encoder) as index:
        assert index.manifest.encoder == "another model"


def test_damaged_vectors_are_not_passed_on(
    build: Build, make_document: MakeDocument, encoder, tmp_path: Path
) -> None:
    build(make_document("a.txt", *LETTER))
    path = tmp_path / "generation-000001" / "segment-000001" / "passages.faiss"
    path.write_bytes(path.read_bytes()[:-1] + b"\x7f")

    report = build(make_document("a.txt", *LETTER))

    assert (report.encoded, report.reused) == (7, 0)


def test_an_index_of_no_documents_can_be_asked(build: Build, opened: Open, encoder) -> None:
    report = build()

    assert (report.documents, report.passages, report.encoded) == (0, 0, 0)
    with opened() as index:
        assert index.dense(encoder.encode_queries(["anything"])[0], 5) == []
        assert index.lexical({"anyth": 1.0}, 5) == []
        assert index.document_ids() == ()
        assert index.nearest_words(encoder.encode_queries(["anything"]), 5) == [[]]
        assert (index.has_tokens, index.written_words(), index.abbreviations) == (False, {}, ())


def test_a_document_without_text_has_no_passages(
    build: Build, opened: Open, make_document: MakeDocument
) -> None:
    build(make_document("empty.txt"), make_document("a.txt", *LETTER))

    with opened() as index:
        assert len(index) == 3
        assert index.document("empty.txt").text == ""


def test_every_stage_reports_its_end(build: Build, make_document: MakeDocument) -> None:
    seen: list[Progress] = []

    build(make_document("a.txt", *LETTER), progress=seen.append)

    ends = [(step.stage, step.total) for step in seen if step.done == step.total]
    assert ends == [
        ("splitting", 1),
        ("encoding passages", 3),
        ("encoding sentences", 4),
        ("encoding words", 13),
        ("writing", 3),
    ]


class Failing:
    """A model that breaks down, or returns what it should not."""

    fingerprint = "failing"
    width = 32

    def __init__(self, vectors: Vectors | None) -> None:
        self.vectors = vectors

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        if self.vectors is None:
            raise RuntimeError("out of memory")
        return self.vectors

    encode_queries = encode_documents

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        return self.encode_documents(texts), [no_tokens(self.width) for _ in texts]


def test_a_failed_build_leaves_the_index_as_it_was_and_no_half_generation(
    build: Build, opened: Open, make_document: MakeDocument, tmp_path: Path
) -> None:
    build(make_document("a.txt", *LETTER))

    with pytest.raises(RuntimeError, match="out of memory"):
        build(make_document("b.txt", *VISIT), encoder=Failing(None))

    with opened() as index:
        assert index.document_ids() == ("a.txt",)
    assert sorted(path.name for path in tmp_path.glob("generation-*")) == ["generation-000001"]


def test_a_model_that_returns_the_wrong_shape_is_named(build: Build, make_document: MakeDocument) -> None:
    with pytest.raises(ValueError, match=r"shape \(1, 8\) and \(3, 32\) was expected"):
        build(make_document("a.txt", *LETTER), encoder=Failing(np.zeros((1, 8), dtype=np.float32)))


def test_an_open_index_stays_usable_while_newer_ones_are_built(
    build: Build, opened: Open, make_document: MakeDocument
) -> None:
    build(make_document("a.txt", *LETTER))
    with opened() as index:
        build(make_document("b.txt", *VISIT))
        build(make_document("c.txt", *VISIT))

        assert index.passage(0).document_id == "a.txt"
        assert index.written_words()["inspectors"] == 1  # read only now
        assert len(index.tokens(0).starts) == 9
        assert index.lexical({"inspector": 1.0}, 1)[0][0] == 0


def test_the_generation_before_the_current_is_kept_and_older_ones_are_not(
    build: Build, make_document: MakeDocument, tmp_path: Path
) -> None:
    for _ in range(4):
        build(make_document("a.txt", *LETTER))

    kept = sorted(path.name for path in tmp_path.glob("generation-*"))
    assert kept == ["generation-000003", "generation-000004"]


def test_two_writers_exclude_each_other(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(IndexBusy, match=r"holds .*write\.lock"), writing(tmp_path, wait=0):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass
    with writing(tmp_path, wait=0):
        pass
