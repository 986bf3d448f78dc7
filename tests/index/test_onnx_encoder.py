"""The default model run by onnxruntime: what it gives, and that nothing heavy is imported for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encode import Encoder
from index.errors import ModelUnavailable
from index.graph import Graph
from index.minilm import load_encoder, model_folder, reference_encoder
from index.onnx_encoder import GRAPH, OnnxEncoder, onnx_encoder

TEXTS = [
    "Inspectors referred 13 cases back to the authority.",
    "",
    "The number of cases that were returned to the council by inspectors.",
    "Advertisement: win a holiday.",
    "case " * 1000,
    "  Naïve café — “quoted”,\n\ttwo lines; 50 % of £1,000.  ",
]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_vectors_have_length_1_and_follow_the_meaning(encoder: Encoder) -> None:
    vectors = encoder.encode_documents(TEXTS)

    assert vectors.shape == (len(TEXTS), encoder.width) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)
    assert vectors[0] @ vectors[2] > 0.6 > 0.3 > vectors[0] @ vectors[3]


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_documents([]).shape == (0, 384)
    assert encoder.encode_passages([])[1] == []


def test_the_same_texts_give_the_same_vectors_and_their_order_does_not_matter(encoder: Encoder) -> None:
    many = [f"{text} {number}" for number in range(20) for text in TEXTS[:4]]
    forwards = encoder.encode_documents(many)

    assert np.array_equal(forwards, encoder.encode_documents(many))
    assert forwards == pytest.approx(encoder.encode_documents(many[::-1])[::-1], abs=1e-5)
    assert forwards[7] == pytest.approx(encoder.encode_documents([many[7]])[0], abs=1e-5)


def test_each_token_has_a_unit_vector_and_says_where_it_stands(encoder: Encoder) -> None:
    vectors, tokens = encoder.encode_passages(TEXTS)

    assert vectors == pytest.approx(encoder.encode_documents(TEXTS), abs=1e-6)
    for text, of_text in zip(TEXTS[:4], tokens[:4], strict=True):
        assert np.linalg.norm(of_text.vectors, axis=1) == pytest.approx(np.ones(len(of_text)), abs=1e-6)
        pieces = [text[start:end] for start, end in zip(of_text.starts, of_text.ends, strict=True)]
        assert "".join(pieces) == text.replace(" ", "")
    assert len(tokens[4]) == 254  # of 256, two mark the start and the end


def test_a_question_has_its_vector_and_its_tokens(encoder: Encoder) -> None:
    question = "Who referred cases back?"

    vector, tokens = encoder.encode_question(question)

    assert vector == pytest.approx(encoder.encode_queries([question])[0], abs=1e-6)
    words = [question[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert words == ["Who", "referred", "cases", "back", "?"]


def test_in_eight_bits_a_text_has_the_same_vector_alone_and_among_others() -> None:
    eight_bits = onnx_encoder(model_folder(), name="MiniLM", eight_bits=True)
    long = [text for text in TEXTS if len(text) > 30]

    among_others = eight_bits.encode_documents(long)

    for text, vector in zip(long, among_others, strict=True):
        assert np.array_equal(eight_bits.encode_documents([text])[0], vector)


def test_eight_bits_stay_close_to_single_precision() -> None:
    eight_bits, single = (onnx_encoder(model_folder(), name="MiniLM", eight_bits=on) for on in (True, False))

    assert (eight_bits.encode_documents(TEXTS) * single.encode_documents(TEXTS)).sum(axis=1).min() > 0.98
    assert np.array_equal(eight_bits.encode_queries(TEXTS[:1]), single.encode_queries(TEXTS[:1]))
    assert np.array_equal(eight_bits.encode_documents(["cases"]), single.encode_documents(["cases"]))
    assert eight_bits.fingerprint != single.fingerprint  # vectors of two kinds never meet


def test_smoothing_that_was_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.onnx_encoder.SMOOTHING_SHA256", "0" * 64)
    encoder = onnx_encoder(model_folder(), name="MiniLM", eight_bits=True)

    with pytest.raises(ModelUnavailable, match=r"minilm_smoothing.safetensors has the SHA-256 .* and 0000"):
        encoder.encode_documents(TEXTS)


def test_a_processor_that_cuts_off_sums_of_products_gets_single_precision(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.onnx_encoder.adds_eight_bits_exactly", lambda: False)
    there, told = (
        onnx_encoder(model_folder(), name="A"),
        onnx_encoder(model_folder(), name="A", eight_bits=False),
    )

    assert there.fingerprint == told.fingerprint


@pytest.mark.parametrize(
    ("name", "draw"),
    [
        ("minilm.onnx", lambda graphs: graphs.draw_encoder(eight_bits=False)),
        ("minilm_8bit.onnx", lambda graphs: graphs.draw_encoder(eight_bits=True)),
        ("eight_bit_check.onnx", lambda graphs: graphs.draw_check()),
    ],
)
def test_the_graphs_are_those_that_are_drawn(name: str, draw: Callable[[Any], Any], tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from index import bert_graph

    bert_graph.write_graph(draw(bert_graph), tmp_path / name)

    assert (tmp_path / name).read_bytes() == (ROOT / "index" / name).read_bytes()


def test_a_graph_that_was_changed_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / GRAPH
    changed.write_bytes(b"another graph")
    encoder = OnnxEncoder(Graph(changed, "0" * 64), model_folder() / "tokenizer.json", fingerprint="changed")

    with pytest.raises(ModelUnavailable, match=r"has the SHA-256 .* and 0000"):
        encoder.encode_documents(TEXTS)


def test_a_question_is_answered_without_importing_torch_or_sentence_transformers(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "visit.txt").write_text(
        "The visit to the library took place in May 2015. Inspectors read 13 files.\n", encoding="utf-8"
    )
    asking = (
        "import sys\nfrom ui.cli import main\n"
        f"main(['ask', 'How many files did inspectors read?', '--documents', {str(tmp_path / 'documents')!r},"
        f" '--data', {str(tmp_path / 'kept')!r}])\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'gradio'} & set(sys.modules)))"
    )

    asked = subprocess.run(
        [sys.executable, "-c", asking], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert asked.stdout.splitlines()[-1] == "[]"
    assert "13 files" in asked.stdout


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors_and_tokens() -> None:
    expected, expected_tokens = reference_encoder().encode_passages(TEXTS)
    encoder = onnx_encoder(model_folder(), name="MiniLM", eight_bits=False)

    found, found_tokens = encoder.encode_passages(TEXTS)

    assert (found * expected).sum(axis=1).min() > 0.999
    for of_text, wanted in zip(found_tokens, expected_tokens, strict=True):
        assert np.array_equal(of_text.ids, wanted.ids)
        assert np.array_equal(of_text.starts, wanted.starts)
        assert np.array_equal(of_text.ends, wanted.ends)
        assert (of_text.vectors * wanted.vectors).sum(axis=1).min(initial=1) > 0.999
