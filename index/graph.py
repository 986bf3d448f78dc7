"""Runs a network that is stored as an ONNX graph; the only module that imports onnxruntime."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.manifest import checksum

if TYPE_CHECKING:
    import onnxruntime

# One thread more than there are cores makes every run later, not sooner.
_THREADS = os.cpu_count() or 1

Weights = Mapping[str, NDArray[Any]]


class Graph:
    """A graph that is loaded when it is first run. Safe to use from several threads."""

    def __init__(
        self,
        path: Path,
        sha256: str,
        *,
        weights: Callable[[], Weights] = dict,
        threads: int = _THREADS,
    ) -> None:
        """Runs each call in `threads` threads; `weights` gives what the file names and does not hold."""
        self._path = path
        self._sha256 = sha256
        self._read_weights = weights
        self._threads = threads
        self._weights: Weights = {}
        self._loading = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None

    def run(
        self, inputs: Mapping[str, NDArray[np.integer]], outputs: Sequence[str]
    ) -> list[NDArray[np.float32]]:
        """The outputs by their names. Raises ModelUnavailable where the file is not the one that is meant."""
        session = self._loaded()
        return [np.asarray(output) for output in session.run(list(outputs), dict(inputs))]

    def _loaded(self) -> onnxruntime.InferenceSession:
        with self._loading:  # or two threads that run it first would each load it
            if self._session is None:
                self._session = self._load()
            return self._session

    def _load(self) -> onnxruntime.InferenceSession:
        check_file(self._path, self._sha256)
        import onnxruntime  # takes a tenth of a second, and only who runs a graph pays

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        # The graphs are drawn as they should run; more would join operators that are quicker apart.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        # It plans memory anew for every length of text: without, a run takes a twentieth less.
        options.enable_mem_pattern = False
        options.log_severity_level = 3  # errors; the rest would mix with what the command line prints
        # Threads that spin while they wait starve everything else on a machine of two cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        weights = self._read_weights()
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in weights.values()]
        if weights:
            options.add_external_initializers(list(weights), values)
        self._weights = weights  # the session reads them where they are
        return _session(onnxruntime, self._path, options)


def check_file(path: Path, sha256: str) -> None:
    """Raise ModelUnavailable unless the file is there and is the one that is meant."""
    if not path.is_file():
        raise ModelUnavailable(f"{path} is missing; install the program again.")
    found = checksum(path)
    if found != sha256:
        raise ModelUnavailable(
            f"{path} has the SHA-256 {found} and {sha256} was expected; install the program again."
        )


def _session(onnxruntime: Any, path: Path, options: Any) -> onnxruntime.InferenceSession:
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # its errors have no common base but this
        raise ModelUnavailable(f"{path} cannot be run ({exc}); install the program again.") from exc
