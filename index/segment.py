"""Some documents of an index, written together and never changed; row i of all its files is passage i."""

from __future__ import annotations

from pathlib import Path

from index.contents import Contents
from index.dense import DenseCodes, DenseIndex
from index.lexical import LexicalIndex
from index.manifest import (
    CONTENTS,
    DENSE,
    DENSE_CHOSEN,
    DENSE_FAST,
    LEXICAL,
    SENTENCE_OFFSETS,
    SENTENCES,
    TOKENS,
)
from index.sentence_vectors import SentenceVectors
from index.token_vectors import TokenVectors


class Segment:
    """The files of one segment, opened. `tokens` is None where none were written."""

    def __init__(self, folder: Path, *, width: int) -> None:
        self.folder = folder
        self.contents = Contents(folder / CONTENTS)
        self.dense = DenseIndex(folder / DENSE)
        self.codes = DenseCodes(folder / DENSE_FAST, folder / DENSE_CHOSEN)
        self.lexical = LexicalIndex(folder / LEXICAL)
        self.sentences = SentenceVectors(folder / SENTENCES, folder / SENTENCE_OFFSETS)
        has_tokens = (folder / TOKENS).is_file()
        self.tokens = TokenVectors(folder, width=width) if has_tokens else None

    def __len__(self) -> int:
        return len(self.dense)

    def close(self) -> None:
        """Give the files back."""
        self.contents.close()
