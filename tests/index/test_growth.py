"""An index that grew by adds, edits and removes answers, to the last digit, as one built from nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document
from index.build import BuildReport, build_index
from index.plan import Sizes
from index.store import SearchIndex, open_index

WORDS = (
    "inspectors referred cases back records were poor board met twice social workers like working here "
    "Rotherham caseloads manageable morale high Independent Reviewing Officer (IRO) visits plans late"
).split()
SMALL = Sizes(light_merge=12, most_segments=6, largest=40)  # passages: many segments, many merges

Build = Callable[..., BuildReport]


@pytest.fixture
def build(encoder, split) -> Build:
    def run(folder: Path, documents: Sequence[Document], *, sizes: Sizes = SMALL, most: int = 1000):
        return build_index(
            documents,
            (),
            "state",
            folder,
            encoder,
            progress=lambda _: None,
            split=split,
            chunking="paragraphs",
            most_token_passages=most,
            sizes=sizes,
        )

    return run


def paragraphs(chance: random.Random) -> list[str]:
    """Few different words and short paragraphs, so that equal scores and equal passages are common."""
    count = chance.choice([0, 1, 2, 5, 9])
    return [" ".join(chance.choices(WORDS, k=chance.choice([3, 6, 50]))) for _ in range(count)]


def change(documents: dict[str, Document], make_document, chance: random.Random) -> None:
    """One add, edit, remove or rename."""
    name = f"{chance.randrange(60):02d}.txt"
    kind = chance.random()
    if name in documents and kind < 0.4:
        del documents[name]
    elif documents and kind < 0.5:  # under another name: its passages have been encoded before
        old = chance.choice(sorted(documents))
        text = documents.pop(old).text
        documents[name] = make_document(name, *text.split("\n\n"))
    else:
        documents[name] = make_document(name, *paragraphs(chance))


def in_order(documents: dict[str, Document]) -> list[Document]:
    return [documents[name] for name in sorted(documents)]


def everything(index: SearchIndex, encoder) -> dict[str, object]:
    """What can be asked of an index, narrowed and not."""
    chance = random.Random(1)
    asked: dict[str, object] = {
        "documents": [index.document(name) for name in index.document_ids()],
        "details": index.details(),
        "passages": [index.passage(row) for row in range(len(index))],
        "sentences": [index.sentence_vectors(row).tolist() for row in range(len(index))],
        "words": index.written_words(),
        "names": [index.is_name(word) for word in WORDS],
        "abbreviations": index.abbreviations,
        "idf": index.token_idf(np.arange(30_000)).tolist(),
        "frequency": [index.document_frequency(word) for word in WORDS],
        "rows": index.rows_of(index.document_ids()[::2]),
    }
    if index.has_tokens:
        asked["tokens"] = [index.tokens(row).vectors.tolist() for row in range(len(index))]
    for number in range(12):
        words = chance.sample(WORDS, 4)
        query = encoder.encode_queries([" ".join(words)])[0]
        weights = {word.lower().rstrip("s"): chance.choice([0.5, 1.0, 1.7]) for word in words}
        within = None if number % 2 else index.rows_of(chance.sample(index.document_ids(), 5))
        for k in (1, 7, 1000):
            asked[f"dense {number} {k}"] = index.dense(query, k, within)
            asked[f"lexical {number} {k}"] = index.lexical(weights, k, within)
        asked[f"near {number}"] = index.nearest_words(query[np.newaxis], 10)
        asked[f"similar {number}"] = index.similarities(query, range(len(index))).tolist()
    return asked


def everything_in(folder: Path, encoder, most_exact: int) -> dict[str, object]:
    with open_index(folder, encoder, chunking="paragraphs", most_exact=most_exact) as index:
        return everything(index, encoder)


@pytest.mark.parametrize("seed", range(2))
def test_a_grown_index_answers_as_a_fresh_one(seed: int, tmp_path, build, make_document, encoder) -> None:
    chance = random.Random(seed)
    documents: dict[str, Document] = {}
    for _ in range(30):
        change(documents, make_document, chance)
    build(tmp_path / "grown", in_order(documents))
    segments = set()
    for step in range(13):
        for _ in range(chance.choice([1, 1, 1, 4])):
            change(documents, make_document, chance)
        build(tmp_path / "grown", in_order(documents))
        with open_index(tmp_path / "grown", encoder, chunking="paragraphs") as index:
            segments.add(len(index.manifest.segments))
            index.verify()
        if step % 6:
            continue
        build(tmp_path / f"fresh {step}", in_order(documents), sizes=Sizes())
        for most_exact in (1000, 10):  # compared vector by vector, and by their bits first
            grown, fresh = (
                everything_in(tmp_path / folder, encoder, most_exact) for folder in ("grown", f"fresh {step}")
            )
            for name, expected in fresh.items():
                assert grown[name] == expected, name
    assert max(segments) >= 4  # or nothing was shown


def test_documents_that_stay_are_neither_encoded_nor_written_again(
    tmp_path, build, make_document, encoder
) -> None:
    documents = {
        f"{n:02d}.txt": make_document(f"{n:02d}.txt", *[f"Words {n} {m}." for m in range(5)])
        for n in range(20)
    }
    build(tmp_path, in_order(documents))
    encoder.encoded.clear()
    documents["075.txt"] = make_document("075.txt", "Another paragraph.")

    report = build(tmp_path, in_order(documents))

    assert (report.documents, report.passages) == (21, 101)
    assert sorted(encoder.encoded) == [
        "Findings\nAnother paragraph.",
        "Letter 075.txt\nAnother paragraph.",
        "another",
        "paragraph",
    ]
    old, new = tmp_path / "generation-000001", tmp_path / "generation-000002"
    kept = "segment-000001/passages.faiss"
    assert os.path.samefile(old / kept, new / kept)
    with open_index(tmp_path, encoder, chunking="paragraphs") as index:
        assert index.document_ids()[7:9] == ("07.txt", "075.txt")
        assert index.passage(40).document_id == "075.txt"  # its row is where its document stands


def test_small_segments_are_merged(tmp_path, build, make_document, encoder) -> None:
    documents: dict[str, Document] = {}
    for number in range(40):
        name = f"{number:02d}.txt"
        documents[name] = make_document(name, f"The words of letter {number}.")
        build(tmp_path, in_order(documents))
        with open_index(tmp_path, encoder, chunking="paragraphs") as index:
            assert len(index.manifest.segments) <= SMALL.most_segments


def test_a_segment_that_is_mostly_removed_is_written_again(tmp_path, build, make_document, encoder) -> None:
    documents = {f"{n:02d}.txt": make_document(f"{n:02d}.txt", f"Words {n}.", "More.") for n in range(10)}
    build(tmp_path, in_order(documents))
    for number in range(6):
        del documents[f"{number:02d}.txt"]
    encoder.encoded.clear()

    build(tmp_path, in_order(documents))

    assert encoder.encoded == []
    with open_index(tmp_path, encoder, chunking="paragraphs") as index:
        assert index.manifest.segments == ("segment-000002",)
        assert len(index) == 8


def test_tokens_come_and_go_with_the_number_of_passages(tmp_path, build, make_document, encoder) -> None:
    documents = {f"{n:02d}.txt": make_document(f"{n:02d}.txt", f"Words {n}.", "More.") for n in range(10)}
    build(tmp_path, in_order(documents), most=20)
    for more, expected in ((True, False), (False, True)):
        if more:
            documents["10.txt"] = make_document("10.txt", "One too many.")
        else:
            del documents["10.txt"]
        build(tmp_path, in_order(documents), most=20)
        with open_index(tmp_path, encoder, chunking="paragraphs") as index:
            assert index.has_tokens is expected
            index.verify()
    with open_index(tmp_path, encoder, chunking="paragraphs") as index:
        assert [len(index.tokens(row).starts) for row in range(2)] == [4, 3]


def test_what_was_changed_on_the_disk_is_not_copied_into_a_merged_segment(
    tmp_path, build, make_document, encoder
) -> None:
    documents = {"a.txt": make_document("a.txt", "Some words.")}
    build(tmp_path, in_order(documents))
    path = tmp_path / "generation-000001" / "segment-000001" / "sentences.npy"
    before = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"\x7f")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a failing disk would
    documents["b.txt"] = make_document("b.txt", "Other words.")

    report = build(tmp_path, in_order(documents))

    assert (report.encoded, report.reused) == (4, 0)
    with open_index(tmp_path, encoder, chunking="paragraphs") as index:
        index.verify()


def test_two_documents_with_one_id_are_refused(tmp_path, build, make_document) -> None:
    with pytest.raises(ValueError, match=r"Two documents have the id 'a\.txt'"):
        build(tmp_path, [make_document("a.txt", "One."), make_document("a.txt", "Two.")])


def test_documents_in_another_order_have_their_rows_in_that_order(
    tmp_path, build, make_document, encoder
) -> None:
    letter, visit = make_document("a.txt", "The same words."), make_document("b.txt", "The same words.")
    build(tmp_path, [letter, visit])

    build(tmp_path, [visit, letter])

    with open_index(tmp_path, encoder, chunking="paragraphs") as index:
        assert index.document_ids() == ("b.txt", "a.txt")
        assert [row for row, _ in index.lexical({"word": 1.0}, 5)] == [0, 1]
        assert index.passage(0).document_id == "b.txt"
