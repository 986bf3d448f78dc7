"""Any cross-encoder of sentence-transformers, by name or folder, in the reader's place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Passage
from index.errors import ModelUnavailable
from qa.reader import Read, heading


class CrossEncoderReader:
    """Scores passages and says nothing of where in them the answer stands. Safe for several threads."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load
        self._model: Any = None
        self._lock = threading.Lock()

    def read(self, question: str, passages: Sequence[Passage]) -> list[Read]:
        """One for each passage, in order; the logistic function brings scores between 0 and 1."""
        pairs = [(question, f"{heading(passage)}\n{passage.text}".strip()) for passage in passages]
        if not pairs:
            return []
        with self._lock:
            self._model = self._model or self._load()
            scores = np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=np.float64)
        if scores.shape != (len(pairs),):
            raise ModelUnavailable(
                f"The cross-encoder gives {scores.shape[1:]} scores a passage and one is needed;"
                " name a model that scores relevance."
            )
        if scores.min() < 0 or scores.max() > 1:
            scores = 1 / (1 + np.exp(-scores))
        return [Read(answers=float(score), nowhere=None, starts=(), best=None) for score in scores]


def cross_encoder(name: str) -> CrossEncoderReader:
    """A cross-encoder by folder, or by the name that sentence-transformers knows; loaded when first used.

    Raises ModelUnavailable for a folder that is not there; a name is looked up when it is first used.
    """
    path = Path(name).expanduser()
    if (path.is_absolute() or name.startswith((".", "~"))) and not path.is_dir():
        raise ModelUnavailable(f"There is no model folder {path}; name a folder or a model.")
    return CrossEncoderReader(lambda: _load(str(path) if path.is_dir() else name))


def _load(source: str) -> Any:
    from index.minilm import load_cross_encoder

    return load_cross_encoder(source)
