"""Models are refused in plain words; the real one (marked slow: ten seconds to import) works."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from index.encode import Encoder
from index.errors import ModelUnavailable
from index.minilm import WEIGHTS_SHA256, check_weights, load_encoder


def test_the_default_is_named_by_its_weights_without_being_loaded() -> None:
    assert load_encoder().fingerprint == f"all-MiniLM-L6-v2 {WEIGHTS_SHA256}"


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
def test_a_name_that_is_no_model_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="'no-such-model-anywhere' cannot be loaded"):
        load_encoder("no-such-model-anywhere")
