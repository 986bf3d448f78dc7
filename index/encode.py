"""What the index needs of an embedding model: one protocol, so that tests and other models fit in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text as the model reads them, in order, without those that stand for no words.

    Token i is `text[starts[i]:ends[i]]`; `ids[i]` is its number in the model's vocabulary and
    `vectors[i]` what it means where it stands, of length 1. What the model cuts off has no tokens.
    """

    ids: Integers
    starts: Integers
    ends: Integers
    vectors: Vectors  # shape (tokens, width)

    def __len__(self) -> int:
        return len(self.ids)


def no_tokens(width: int) -> Tokens:
    """Of an empty text, or of a model that gives its tokens no vectors."""
    none = np.zeros(0, dtype=np.int32)
    return Tokens(none, none, none, np.zeros((0, width), dtype=np.float32))


def of_length_one(vectors: NDArray[Any]) -> Vectors:
    """Each row divided by its length; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


class Encoder(Protocol):
    """Turns texts into unit vectors of one width."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its weights; two encoders that agree here give the same vectors."""
        ...

    @property
    def width(self) -> int:
        """The number of dimensions."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """One row per text, in order; shape (len(texts), width), each of length 1."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_documents`, for questions; a model may treat the two differently."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """As `encode_documents`, and the tokens of each text, which cost nothing on top."""
        ...

    def encode_question(self, text: str) -> tuple[Vectors, Tokens]:
        """The vector of one question, of shape (width,), and its tokens."""
        ...
