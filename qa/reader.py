"""Reads a question and a passage together: does the passage answer, and which of its words?

Retrieval scores say what a passage is about; the reader says whether it answers. Any cross-encoder of
sentence-transformers can stand in for the bundled one (qa/cross_encoder.py); it says nothing of where.
How the bundled one was made and what it is worth: docs/reader.md.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.document import Passage
from index.graph import Graph, check_file
from index.minilm import model_folder
from index.onnx_encoder import published_weights
from index.tensors import Tensors, read_tensors
from qa.reader_input import Reading, prepare

GRAPH_FILE = "reader.onnx"
WEIGHTS_FILE = "reader.safetensors"
_CARD = "reader.toml"
_EMBEDDINGS = ("embeddings.",)
_CORES = os.cpu_count() or 1
_LONGEST_SPAN = 40  # word pieces of an answer


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document that may be the answer, and how likely they are."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one passage for one question gave.

    `starts` says for each word piece of the passage where it starts in the document and how likely the
    answer starts there; the probabilities and `nowhere` add up to 1. Both are empty and None from a model
    that only scores passages.
    """

    answers: float  # how likely the passage answers, 0 to 1
    nowhere: float | None
    starts: tuple[tuple[int, float], ...]
    best: Place | None

    def within(self, start: int, end: int) -> float:
        """How likely the answer starts within a span of the document."""
        return sum(probability for place, probability in self.starts if start <= place < end)


class Reader(Protocol):
    """Whoever judges passages for a question."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Read]:
        """One for each passage, in order."""
        ...


class BundledReader:
    """The reader that ships with the program. Safe to use from several threads."""

    def __init__(self, graph: Graph, tokenizer: Tokenizer) -> None:
        self._graph = graph
        self._tokenizer = tokenizer
        # All questions share the cores: more threads than there are make each of them later.
        self._cores = ThreadPoolExecutor(_CORES)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Read]:
        """One for each passage, in order. Raises ModelUnavailable where the bundled file is damaged."""
        texts = [(heading(passage), passage.text) for passage in passages]
        readings = prepare(self._tokenizer, question, texts)
        if len(readings) < 2:
            logits = [self._run(reading) for reading in readings]
        else:
            logits = list(self._cores.map(self._run, readings))
        return [
            _read(answers, span, reading, passage.start)
            for (answers, span), reading, passage in zip(logits, readings, passages, strict=True)
        ]

    def _run(self, reading: Reading) -> tuple[float, NDArray[np.float32]]:
        """The logit of answering, and those of start and end, shape (tokens, 2).

        Each passage is read by itself: inputs are put into eight bits with one scale a run, so that what
        is read beside a passage would change what is made of it.
        """
        ids, kinds = (np.array([numbers], dtype=np.int64) for numbers in (reading.ids, reading.kinds))
        answers, span = self._graph.run({"ids": ids, "kinds": kinds}, ["answering", "spans"])
        return float(answers[0]), span[0]


@cache
def bundled_reader() -> BundledReader:
    """The reader that ships with the program; its files are checked when it first reads."""
    folder = Path(str(files("qa")))
    card = tomllib.loads((folder / _CARD).read_text(encoding="utf-8"))
    return reader_of(folder, graph_sha256=card["graph_sha256"], weights_sha256=card["weights_sha256"])


def reader_of(folder: Path, *, graph_sha256: str, weights_sha256: str) -> BundledReader:
    """The reader whose two files lie in `folder`, as `python -m eval.train_reader` writes them."""

    def weights() -> Tensors:
        check_file(folder / WEIGHTS_FILE, weights_sha256)
        embeddings = published_weights(model_folder() / "model.safetensors", among=_EMBEDDINGS)
        return {**embeddings, **read_tensors(folder / WEIGHTS_FILE)}

    return BundledReader(Graph(folder / GRAPH_FILE, graph_sha256, weights=weights, threads=1), _tokenizer())


def heading(passage: Passage) -> str:
    """What a passage stands under, as the reader is given it."""
    return " › ".join(passage.section)


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _read(answers: float, span: NDArray[np.float32], reading: Reading, offset: int) -> Read:
    """From logits to probabilities over "nowhere" and the word pieces of the passage's text."""
    pieces = range(reading.text_from, reading.text_from + len(reading.offsets))
    start, end = (_softmax(span[[0, *pieces], side].astype(np.float64)) for side in (0, 1))
    places = [first for first, _ in reading.offsets]
    starts = tuple((offset + place, float(p)) for place, p in zip(places, start[1:], strict=True))
    return Read(
        answers=float(1 / (1 + np.exp(-np.float64(answers)))),
        nowhere=float(start[0]),
        starts=starts,
        best=_best_place(start[1:], end[1:], reading, offset),
    )


def _best_place(
    start: NDArray[np.float64], end: NDArray[np.float64], reading: Reading, offset: int
) -> Place | None:
    """The likeliest words: start and end at most 40 word pieces apart, by the product of the two."""
    if not len(start):
        return None
    pairs = np.outer(start, end)
    together = np.triu(pairs) - np.triu(pairs, k=_LONGEST_SPAN)
    first, last = np.unravel_index(int(together.argmax()), together.shape)
    (begins, _), (_, stops) = reading.offsets[int(first)], reading.offsets[int(last)]
    return Place(offset + begins, offset + stops, float(together[first, last]))


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(logits - logits.max())
    shares: NDArray[np.float64] = raised / raised.sum()
    return shares
