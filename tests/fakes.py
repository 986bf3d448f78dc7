"""A model whose vectors a person can predict."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from index.encode import Tokens, Vectors

WIDTH = 512  # wide enough that words rarely share a dimension
IDS = 30_000  # words are numbered below this


class HashedWords:
    """Each word adds one to the dimension that its checksum names; counts what it encodes.

    A token is a word (what stands between white space); its vector is 1 in that dimension.
    """

    def __init__(self, name: str = "hashed words") -> None:
        self.fingerprint = name
        self.width = WIDTH
        self.encoded: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.width), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.split() or ["nothing"]:
                vectors[row, _checksum(word) % self.width] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        return self.encode_documents(texts), [self._tokens(text) for text in texts]

    def encode_question(self, text: str) -> tuple[Vectors, Tokens]:
        return self.encode_queries([text])[0], self._tokens(text)

    def _tokens(self, text: str) -> Tokens:
        words = list(re.finditer(r"\S+", text))
        checksums = np.array([_checksum(word.group()) for word in words], dtype=np.int64)
        vectors = np.zeros((len(words), self.width), dtype=np.float32)
        vectors[np.arange(len(words)), checksums % self.width] = 1
        return Tokens(
            ids=(checksums % IDS).astype(np.int32),
            starts=np.array([word.start() for word in words], dtype=np.int32),
            ends=np.array([word.end() for word in words], dtype=np.int32),
            vectors=vectors,
        )


def _checksum(word: str) -> int:
    return zlib.crc32(word.lower().encode())
