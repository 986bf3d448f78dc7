"""A model whose vectors a person can predict."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from index.encode import Vectors

WIDTH = 512  # wide enough that words rarely share a dimension


class HashedWords:
    """Each word adds one to the dimension that its checksum names; counts what it encodes."""

    def __init__(self, name: str = "hashed words") -> None:
        self.fingerprint = name
        self.width = WIDTH
        self.encoded: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or ["nothing"]:
                vectors[row, zlib.crc32(word.encode()) % WIDTH] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
