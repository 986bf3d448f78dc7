"""The default model on a processor: its published weights, run by onnxruntime.

The graph, index/minilm.onnx, holds no weights (index/minilm_graph.py draws it); they are read from the
published file, mapped into memory, when the first text is encoded. Texts of about one length are encoded
together, one batch on each core.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.encode import Tokens, Vectors, of_length_one
from index.errors import ModelUnavailable
from index.graph import Graph

GRAPH = "minilm.onnx"
GRAPH_SHA256 = "d10b3710d2e41b15eccef494384cd9adf11e0c1b86a06ac2b0622d3721630903"
_WIDTH = 384
_LONGEST = 256  # tokens, the marks of start and end among them; as sentence-transformers is told
_AT_ONCE = 1024  # tokens of a batch, padding counted
_PREFIXES = ("embeddings.", "encoder.")
_UNUSED = "embeddings.position_ids"
_CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some texts that were encoded together; `outputs` have one row for each of `rows`."""

    rows: Sequence[int]
    readings: Sequence[Encoding]
    outputs: list[Vectors]


def onnx_encoder(folder: Path, *, name: str) -> OnnxEncoder:
    """The encoder of a folder with the published weights, which are checked already.

    `name` names the model and its weights; how they are run is added to it.
    """
    weights = partial(_weights, folder / "model.safetensors")
    path = Path(str(files("index").joinpath(GRAPH)))
    # One thread a batch and a batch for each core; a question takes 7 ms with one thread or with two.
    graph = Graph(path, GRAPH_SHA256, weights=weights, threads=1)
    return OnnxEncoder(graph, folder / "tokenizer.json", fingerprint=f"{name} onnx {GRAPH_SHA256}")


class OnnxEncoder:
    """A model that is loaded when the first text is encoded. Safe to use from several threads.

    The same texts give the same vectors; a text encoded among others may differ from the same text
    alone in the last bits.
    """

    def __init__(self, graph: Graph, tokenizer: Path, *, fingerprint: str) -> None:
        self._graph = graph
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
        batches = self._encoded(texts, ["sentences"])
        return _sentence_vectors(batches, len(texts))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per question; the model reads a question as it reads a document."""
        return self.encode_documents(texts)

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """The same vectors as `encode_documents` gives, and the tokens, out of one pass of the model."""
        batches = self._encoded(texts, ["sentences", "tokens"])
        tokens = {
            row: _tokens(reading, vectors)
            for batch in batches
            for row, reading, vectors in zip(batch.rows, batch.readings, batch.outputs[1], strict=True)
        }
        return _sentence_vectors(batches, len(texts)), [tokens[row] for row in range(len(texts))]

    def encode_question(self, text: str) -> tuple[Vectors, Tokens]:
        """The vector that `encode_queries` gives, and the tokens."""
        vectors, (tokens,) = self.encode_passages([text])
        return vectors[0], tokens

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
        tokenizer.no_padding()
        tokenizer.enable_truncation(_LONGEST)
        return tokenizer

    def _encoded(self, texts: Sequence[str], outputs: Sequence[str]) -> list[_Batch]:
        readings = self._tokenizer.encode_batch(list(texts))
        batches = _batches([len(reading.ids) for reading in readings])
        run = partial(self._run, readings, outputs)
        if len(batches) < 2:
            return [run(rows) for rows in batches]
        with ThreadPoolExecutor(_CORES) as cores:
            return list(cores.map(run, batches))

    def _run(self, readings: Sequence[Encoding], outputs: Sequence[str], rows: Sequence[int]) -> _Batch:
        chosen = [readings[row] for row in rows]
        ids = np.zeros((len(rows), max(len(reading.ids) for reading in chosen)), dtype=np.int64)
        mask = np.zeros(ids.shape, dtype=np.int32)
        for row, reading in enumerate(chosen):
            ids[row, : len(reading.ids)] = reading.ids
            mask[row, : len(reading.ids)] = 1
        return _Batch(rows, chosen, self._graph.run({"ids": ids, "mask": mask}, outputs))


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """The rows of the texts, longest first, in batches of about `_AT_ONCE` tokens, padding counted."""
    batches: list[list[int]] = []
    room = 0
    for row in sorted(range(len(lengths)), key=lambda row: (-lengths[row], row)):
        if not room:
            batches.append([])
            room = max(1, _AT_ONCE // lengths[row])
        batches[-1].append(row)
        room -= 1
    return batches


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


def _weights(path: Path) -> dict[str, Vectors]:
    """The weights that the graph names, where they lie in the file, which is mapped into memory.

    A file of safetensors has the length of its heading in 8 bytes, the heading in JSON, and the weights.
    """
    content = np.memmap(path, dtype=np.uint8, mode="r")
    begin = 8 + int(content[:8].view("<u8")[0])
    heading: dict[str, Any] = json.loads(content[8:begin].tobytes())
    weights = {}
    for name, entry in heading.items():
        if name.startswith(_PREFIXES) and name != _UNUSED:
            first, last = entry["data_offsets"]
            if entry["dtype"] != "F32":
                raise ModelUnavailable(f"{path} holds {name} as {entry['dtype']} and F32 was expected.")
            weights[name] = content[begin + first : begin + last].view("<f4").reshape(entry["shape"])
    return weights
