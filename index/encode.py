"""What the index needs of an embedding model: one protocol, so that tests and other models fit in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


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
