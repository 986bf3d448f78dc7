"""The default model on a processor: its published weights, run by onnxruntime.

Documents are encoded with weights in eight bits (index/eight_bits.py), each text by itself, so that its
vector does not depend on what is encoded beside it, several at a time on as many cores. Questions stay in
single precision, for a question is short and half of the loss would be its own; single words too, which
lose the most; and everything on a processor that cannot add eight-bit products without loss. In single
precision, texts of one length are encoded together. The graphs hold no weights (index/bert_graph.py draws
them).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.resources import files
from pathlib import Path

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.eight_bits import in_eight_bits
from index.encode import Tokens, Vectors, of_length_one
from index.graph import Graph, check_file
from index.tensors import Tensors, read_tensors

GRAPH = "minilm.onnx"
GRAPH_SHA256 = "bf8e1695859a06caa29a260b01e528c767b18c517a01464a7b985d2b8e76e32a"
EIGHT_BIT_GRAPH = "minilm_8bit.onnx"
EIGHT_BIT_SHA256 = "5adb04df9d599f97fc773bf24382db57c15a3776cca6f41efe6104c24da3f528"
_SMOOTHING = "minilm_smoothing.safetensors"
SMOOTHING_SHA256 = "5c60da4e7d19a4bcacdad6f4c60cfbbb8631e0d62a6671e65c59b688ea637216"
_CHECK = "eight_bit_check.onnx"
_CHECK_SHA256 = "55677f90b81d6995e600a3dcd78f786bd8c4b294f473a1aa568dc4cd02e13179"
_LAYERS = 6
_BOTH = ("sentences", "tokens")
_WIDTH = 384
_LONGEST = 256  # tokens, the marks of start and end among them; as sentence-transformers is told
_A_WORD = 6  # tokens at most, the marks among them
_TOGETHER = 1024  # tokens of a batch in single precision, padding counted
_BODY = ("embeddings.", "encoder.")
_UNUSED = "embeddings.position_ids"
_CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some texts that were encoded together; `outputs` have one row for each of `rows`."""

    rows: Sequence[int]
    readings: Sequence[Encoding]
    outputs: list[Vectors]


def onnx_encoder(folder: Path, *, name: str, eight_bits: bool | None = None) -> OnnxEncoder:
    """The encoder of a folder with the published weights, which are checked already.

    `name` names the model and its weights; how they are run is added to it. In eight bits where the
    processor does that exactly (None), or as told.
    """
    weights = folder / "model.safetensors"
    tokenizer = folder / "tokenizer.json"
    single = _graph(GRAPH, GRAPH_SHA256, partial(published_weights, weights))
    if eight_bits if eight_bits is not None else adds_eight_bits_exactly():
        graph = _graph(EIGHT_BIT_GRAPH, EIGHT_BIT_SHA256, partial(_eight_bit_weights, weights))
        run = f"{GRAPH_SHA256} eight bits {EIGHT_BIT_SHA256} {SMOOTHING_SHA256}"
        return OnnxEncoder(single, tokenizer, fingerprint=f"{name} onnx {run}", eight_bits=graph)
    return OnnxEncoder(single, tokenizer, fingerprint=f"{name} onnx {GRAPH_SHA256}")


def _graph(name: str, sha256: str, weights: Callable[[], Tensors]) -> Graph:
    # One thread a run and a run for each core; a question takes as long with one thread as with two.
    return Graph(_shipped(name), sha256, weights=weights, threads=1)


def _shipped(name: str) -> Path:
    return Path(str(files("index").joinpath(name)))


@cache
def adds_eight_bits_exactly() -> bool:
    """Whether products of eight bits are added without loss on this processor.

    Older ones of Intel's kind add them in pairs in 16 bits, and cut off what is larger.
    """
    check = Graph(_shipped(_CHECK), _CHECK_SHA256, threads=1)
    found, expected = check.run({"ones": np.ones((1, 64), dtype=np.float32)}, ["found", "expected"])
    return bool(np.allclose(found, expected, rtol=0.01))


class OnnxEncoder:
    """A model that is loaded when the first text is encoded. Safe to use from several threads.

    The same texts give the same vectors. In eight bits so does a text alone and among others; in single
    precision the two may differ in the last bits. The vectors of a text as a question and as a document
    are a little apart: a cosine of .998 in the mean.
    """

    def __init__(
        self, single: Graph, tokenizer: Path, *, fingerprint: str, eight_bits: Graph | None = None
    ) -> None:
        """Runs `single` in single precision, and `eight_bits`, if there is one, on texts of documents."""
        self._single = single
        self._eight_bits = eight_bits
        self._tokenizer_file = tokenizer
        self._fingerprint = fingerprint

    @property
    def fingerprint(self) -> str:
        """The name of the model, the hash of its weights, and that of the graph that runs them."""
        return self._fingerprint

    @property
    def width(self) -> int:
        """The number of dimensions."""
        return _WIDTH

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        batches = self._encoded(texts, ["sentences"], eight_bits=self._eight_bits)
        return _sentence_vectors(batches, len(texts))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per question, in single precision."""
        return _sentence_vectors(self._encoded(texts, ["sentences"], eight_bits=None), len(texts))

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """The same vectors as `encode_documents` gives, and the tokens, out of one pass of the model."""
        return _with_tokens(self._encoded(texts, _BOTH, eight_bits=self._eight_bits), len(texts))

    def encode_question(self, text: str) -> tuple[Vectors, Tokens]:
        """The vector that `encode_queries` gives, and the tokens."""
        vectors, (tokens,) = _with_tokens(self._encoded([text], _BOTH, eight_bits=None), 1)
        return vectors[0], tokens

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
        tokenizer.no_padding()
        tokenizer.enable_truncation(_LONGEST)
        return tokenizer

    def _encoded(
        self, texts: Sequence[str], outputs: Sequence[str], *, eight_bits: Graph | None
    ) -> list[_Batch]:
        readings = self._tokenizer.encode_batch(list(texts))
        plan = self._plan([len(reading.ids) for reading in readings], eight_bits)
        if len(plan) < 2:
            return [self._run(readings, outputs, graph, rows) for graph, rows in plan]
        with ThreadPoolExecutor(_CORES) as cores:
            return list(cores.map(lambda one: self._run(readings, outputs, *one), plan))

    def _plan(self, lengths: Sequence[int], eight_bits: Graph | None) -> list[tuple[Graph, list[int]]]:
        """Which rows are encoded together by which graph, longest first."""
        rows = sorted(range(len(lengths)), key=lambda row: (-lengths[row], row))
        if eight_bits is None:
            return [(self._single, batch) for batch in _batches(rows, lengths)]
        alone = [row for row in rows if lengths[row] > _A_WORD]
        words = _batches(rows[len(alone) :], lengths)
        return [*((eight_bits, [row]) for row in alone), *((self._single, batch) for batch in words)]

    def _run(
        self, readings: Sequence[Encoding], outputs: Sequence[str], graph: Graph, rows: Sequence[int]
    ) -> _Batch:
        chosen = [readings[row] for row in rows]
        ids = np.zeros((len(rows), max(len(reading.ids) for reading in chosen)), dtype=np.int64)
        mask = np.zeros(ids.shape, dtype=np.int32)
        for row, reading in enumerate(chosen):
            ids[row, : len(reading.ids)] = reading.ids
            mask[row, : len(reading.ids)] = 1
        return _Batch(rows, chosen, graph.run({"ids": ids, "mask": mask}, outputs))


def _batches(rows: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """The rows, which come longest first, in batches of about `_TOGETHER` tokens, padding counted."""
    batches: list[list[int]] = []
    room = 0
    for row in rows:
        if not room:
            batches.append([])
            room = max(1, _TOGETHER // lengths[row])
        batches[-1].append(row)
        room -= 1
    return batches


def _with_tokens(batches: Sequence[_Batch], texts: int) -> tuple[Vectors, list[Tokens]]:
    tokens = {
        row: _tokens(reading, vectors)
        for batch in batches
        for row, reading, vectors in zip(batch.rows, batch.readings, batch.outputs[1], strict=True)
    }
    return _sentence_vectors(batches, texts), [tokens[row] for row in range(texts)]


def _sentence_vectors(batches: Sequence[_Batch], texts: int) -> Vectors:
    vectors = np.zeros((texts, _WIDTH), dtype=np.float32)
    for batch in batches:
        vectors[batch.rows] = batch.outputs[0]
    return of_length_one(vectors)


def _tokens(reading: Encoding, vectors: Vectors) -> Tokens:
    """The tokens of one text; `vectors` has a row for each, and for the padding after them."""
    spans = np.array(reading.offsets, dtype=np.int32)
    starts, ends = spans.T
    kept = np.flatnonzero((np.array(reading.special_tokens_mask) == 0) & (ends > starts))
    ids = np.array(reading.ids, dtype=np.int32)
    return Tokens(ids[kept], starts[kept], ends[kept], of_length_one(vectors[kept]))


def published_weights(path: Path, *, among: tuple[str, ...] = _BODY) -> dict[str, Vectors]:
    """The weights that a graph names, mapped into memory: all but the last layer, which no vector needs."""
    weights = read_tensors(path, among=among)
    return {name: values for name, values in weights.items() if name != _UNUSED}


def _eight_bit_weights(path: Path) -> Tensors:
    smoothing = _shipped(_SMOOTHING)
    check_file(smoothing, SMOOTHING_SHA256)
    return in_eight_bits(published_weights(path), read_tensors(smoothing), layers=_LAYERS)
